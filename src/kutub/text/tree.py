"""A sentence's dependency tree: children, subtrees, phrases."""

from __future__ import annotations

from collections.abc import Iterator

from kutub.records import Sentence, Token

_CLAUSAL = ("acl", "acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "advcl:relcl", "discourse")


class Tree:
    """Quick look-ups over a sentence's tokens; indexes are token indexes."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self._children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                self._children[token.head].append(token.index)

    def token(self, index: int) -> Token:
        """The token at this index."""
        return self.tokens[index]

    def children(self, index: int, *relations: str) -> list[int]:
        """Dependents in order; with relations, those whose relation is one of them or a subtype of one."""
        found = self._children[index]
        if not relations:
            return found
        return [child for child in found if is_relation(self.tokens[child].deprel, *relations)]

    def ancestors(self, index: int) -> Iterator[int]:
        """Heads from the nearest to the root; stops if the tree has a cycle."""
        seen = {index}
        head = self.tokens[index].head
        while head >= 0 and head not in seen:
            yield head
            seen.add(head)
            head = self.tokens[head].head

    def subtree(self, index: int, *, clauses: bool = True, conjuncts: bool = True) -> set[int]:
        """The token and all below it, without relative and complement clauses, without conjuncts, if so asked."""
        found: set[int] = set()
        todo = [index]
        while todo:
            current = todo.pop()
            if current in found:
                continue
            found.add(current)
            for child in self._children[current]:
                relation = self.tokens[child].deprel
                if not clauses and relation in _CLAUSAL:
                    continue
                if not conjuncts and relation in ("conj", "cc"):
                    continue
                todo.append(child)
        return found

    def conjuncts(self, index: int) -> list[int]:
        """The token and the tokens coordinated with it (below it), in order."""
        found = [index]
        for current in found:
            found.extend(child for child in self.children(current, "conj") if child not in found)
        return sorted(found)

    def marker(self, index: int) -> str:
        """The preposition of a phrase, in lower case, as printed ("" when bare); fixed ones joined by spaces."""
        cases = self.children(index, "case")
        if not cases:
            return ""
        first = cases[0]
        words = [first, *self.children(first, "fixed")]
        return " ".join(self.tokens[word].text.lower() for word in sorted(words))


def is_relation(relation: str, *names: str) -> bool:
    """Whether a relation is one of the names or a subtype of one (`obl` covers `obl:agent`)."""
    return relation in names or relation.partition(":")[0] in names
