"""Hand-made dependency trees for tests: one word a line, `form lemma UPOS head relation`, heads counted from 1."""

from kutub.records import Part, PieceKind, Sentence, Token
from kutub.text.tree import Tree


def tree_from(lines: str) -> Tree:
    """The tree of a sentence; words are joined by one blank."""
    tokens, position = [], 0
    for index, line in enumerate(row for row in lines.strip().splitlines() if row.strip()):
        form, lemma, upos, head, relation = line.split()
        start, position = position, position + len(form) + 1
        tokens.append(
            Token(
                index=index,
                text=form,
                start=start,
                end=start + len(form),
                upos=upos,
                lemma=lemma,
                head=int(head) - 1,
                deprel=relation,
            )
        )
    text = " ".join(token.text for token in tokens)
    return Tree(
        Sentence(
            part=Part.TEXT,
            kind=PieceKind.BODY,
            index=0,
            start=0,
            end=len(text),
            text=text,
            tokens=tuple(tokens),
        )
    )
