"""ClearNLP's dependency trees as Universal Dependencies: spaCy's own English pipelines speak the former.

The facts about ClearNLP's scheme are those of Jinho Choi and Martha Palmer, Guidelines for the Clear Style Constituent
to Dependency Conversion (technical report 01-12, University of Colorado Boulder, 2012), with the labels as renamed in
clearnlp-guidelines 3.1; those about Universal Dependencies are https://universaldependencies.org/u/dep and /en. Where
these leave a choice, it is made as our own model makes it (`obl:unmarked` where older treebanks have `obl:tmod`).

What differs in structure: in ClearNLP a preposition is above its noun, the copula above what is predicated, each
conjunct and its conjunction hang on the conjunct before, and the doer of an infinitive is its subject in the clause of
another verb. What differs in name alone stands in `NAMES`.
"""

from __future__ import annotations

from collections.abc import Sequence

SIGNS = frozenset(("dobj", "pobj"))  # labels by which the scheme is known
NAMES = {
    "ROOT": "root",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "nsubjpass": "nsubj:pass",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
}
DISSOLVED = frozenset(("acomp", "agent", "attr", "dative", "oprd", "pcomp", "pobj", "prep"))  # by structure, below
CLAUSES = frozenset(("advcl", "ccomp", "conj", "csubj", "parataxis", "xcomp"))  # these and the next mean the same
WORDS = frozenset(
    ("advmod", "amod", "appos", "case", "cc", "compound", "dep", "det", "expl", "mark", "nsubj", "nummod")
)
KEPT = DISSOLVED | CLAUSES | WORDS | {"punct"}
NOUNS = frozenset(("NOUN", "PROPN", "PRON", "NUM", "DET", "SYM", "X"))
VERBS = frozenset(("VERB", "AUX"))
PREPOSITIONS = ("prep", "pcomp", "agent", "dative", "advmod")  # labels of prepositions that have an object
PREDICATES = ("attr", "acomp", "oprd")
SUBJECTS = ("nsubj", "csubj", "nsubj:pass", "csubj:pass")
CLAUSAL = ("cop", "aux", "mark", *SUBJECTS)
FINITE = frozenset(("VerbForm=Fin", "VerbType=Mod"))


def translated(
    heads: Sequence[int], labels: Sequence[str], *, upos: Sequence[str], feats: Sequence[str]
) -> tuple[list[int], list[str], list[str]]:
    """Heads, relations and UPOS of a sentence in Universal Dependencies.

    heads: indexes of words, -1 for a root, of which there may be several. labels: ClearNLP's; one that is not
    known becomes `dep`. upos, feats: as spaCy's pipelines have them, in the notation of Universal Dependencies.
    """
    tree = _Tree(heads, labels, upos, feats)
    tree.rename()
    tree.straighten()
    for index in tree.from_below():
        tree.lower_preposition(index)
        tree.lower_copula(index)
    for index in range(len(tree.heads)):
        tree.raise_subject(index)
    tree.coordinate()
    for index in range(len(tree.heads)):
        tree.fix(index)
        tree.finish(index)
    return tree.heads, tree.labels, tree.upos


class _Tree:
    """A tree on its way from one scheme to the other."""

    def __init__(self, heads: Sequence[int], labels: Sequence[str], upos: Sequence[str], feats: Sequence[str]) -> None:
        self.heads, self.upos = list(heads), list(upos)
        self.labels = ["ROOT" if head < 0 else label for head, label in zip(heads, labels, strict=True)]
        self.feats = [frozenset(part.split("|")) for part in feats]

    def below(self, index: int, *labels: str) -> list[int]:
        """What hangs on a word, with any label or one of these, in order."""
        return [i for i, head in enumerate(self.heads) if head == index and (not labels or self.labels[i] in labels)]

    def from_below(self) -> list[int]:
        """All words, each behind those that hang on it."""
        order = [i for i, head in enumerate(self.heads) if head < 0]
        for index in order:
            order += self.below(index)
        return order[::-1]

    def swap(self, index: int, child: int, *, label: str, kept: Sequence[int] = ()) -> None:
        """Put a child in the place of its head; the head gets the label, and keeps nothing but the words of kept."""
        for other in self.below(index):
            if other != child and other not in kept:
                self.heads[other] = child
        self.heads[child] = self.heads[index]
        self.heads[index], self.labels[index] = child, label

    def above(self, index: int) -> str:
        """The UPOS of a word's head, "" for a root."""
        return self.upos[self.heads[index]] if self.heads[index] >= 0 else ""

    def rename(self) -> None:
        """The labels for which it is enough to look at the word and its head."""
        new = list(self.labels)
        for i, label in enumerate(self.labels):
            upos, above = self.upos[i], self.above(i)
            match label:
                case "aux":
                    new[i] = "mark" if upos == "PART" else "aux"
                case "neg":
                    new[i] = "det" if upos == "DET" else "advmod"
                case "nmod" | "nounmod":
                    new[i] = "amod" if upos == "ADJ" else "compound"
                case "npadvmod" | "npmod":
                    new[i] = "nmod:unmarked" if above in NOUNS else "obl:unmarked"
                case "quantmod":
                    new[i] = "compound" if upos in NOUNS else "advmod"
                case "relcl":
                    new[i] = "advcl:relcl" if above in VERBS else "acl:relcl"
                case "acl":
                    new[i] = "advcl" if above in VERBS else "acl"
                case _:
                    new[i] = NAMES.get(label, label if label in KEPT else "dep")
        self.labels = new

    def straighten(self) -> None:
        """Prepositions that hang on another one that has a noun, and those that share a noun, as UD has them."""
        for i, label in enumerate(self.labels):
            head = self.heads[i]
            if label == "prep":  # "from Rome to Tunis", where one hangs on the other
                while self.heads[head] >= 0 and self.below(head, "pobj"):
                    head = self.heads[head]
                self.heads[i] = head
            elif label == "pobj" and self.labels[head] == "conj":
                first = self.heads[head]
                if self.upos[first] == self.upos[head] == "ADP" and not self.below(first, "pobj", "pcomp"):
                    self.heads[i] = first

    def lower_preposition(self, index: int) -> None:
        """Make a preposition the `case` of its noun, or the `mark` of its clause."""
        objects = self.below(index, "pobj", "pcomp")
        if not objects:
            return
        thing, role = objects[0], self.labels[index]
        is_clause = self.labels[thing] == "pcomp" and (self.upos[thing] in VERBS or bool(self.below(thing, *CLAUSAL)))
        if role not in PREPOSITIONS:
            found = role
        elif self._waits(self.heads[index], index):
            found = self.labels[thing]  # for the preposition above: "out of", "because of"
        elif is_clause:
            found = "acl" if self.above(index) in NOUNS else "advcl"
        elif role == "agent":
            found = "obl:agent"
        else:
            found = "nmod" if self.above(index) in NOUNS else "obl"
        shared = [i for i in self.below(index, "conj") if self.upos[i] == "ADP"]
        kept = [*shared, *(self.below(index, "cc") if shared else ())]
        kept += [i for i in self.below(index, "amod") if i == index - 1]
        self.swap(index, thing, label="mark" if is_clause else "case", kept=kept)
        self.labels[thing] = found
        for inner in self.below(thing, "case", "mark"):
            if inner == index + 1 and self.upos[index] != "ADP":
                self.heads[inner], self.labels[inner] = index, "fixed"
        if is_clause and self.upos[index] == "ADP":
            self.upos[index] = "SCONJ"

    def _waits(self, index: int, below: int) -> bool:
        """Whether this is a preposition that has no object but what hangs on the one below it."""
        waiting = index >= 0 and self.labels[index] in PREPOSITIONS and self.labels[index] != "advmod"
        return waiting and set(self.below(index, "pobj", "pcomp")) <= {below}

    def lower_copula(self, index: int) -> None:
        """Make what is predicated the head of the clause and the auxiliary above it its `cop`."""
        if self.upos[index] != "AUX" or "VerbType=Mod" in self.feats[index]:
            return
        predicates, subjects = self.below(index, *PREDICATES), self.below(index, *SUBJECTS)
        if self.below(index, "expl") and not subjects:  # "there is": what there is, is the subject
            self.upos[index] = "VERB"
            for thing in predicates[:1]:
                self.labels[thing] = "nsubj"
            return
        if not predicates and (subjects or self.below(index, "mark") or self.labels[index] == "conj"):
            predicates = [i for i in self.below(index, "obl", "ccomp", "xcomp") if i > index]
        if not predicates:
            return
        thing, label = predicates[0], self.labels[index]
        if self.labels[thing] in ("ccomp", "xcomp"):  # a clause that has a subject of its own, or could have one
            for subject in subjects:
                self.labels[subject] = self.labels[subject].partition(":")[0] + ":outer"
        self.swap(index, thing, label="cop")
        self.labels[thing] = label

    def raise_subject(self, index: int) -> None:
        """Make the doer of an infinitive, a participle or an adjective under a verb the verb's object."""
        head = self.heads[index]
        if self.labels[index] != "ccomp" or head > index or self.upos[head] != "VERB" or self.below(head, "obj"):
            return
        doers = [i for i in self.below(index, "nsubj", "nsubj:pass") if head < i < index]
        marks = [i for i in self.below(index, "mark") if self.upos[i] != "PART"]
        if not doers or marks or "PUNCT" in self.upos[head:index] or self._is_finite(index):
            return
        self.heads[doers[0]], self.labels[doers[0]] = head, "obj"
        self.labels[index] = "xcomp"

    def _is_finite(self, index: int) -> bool:
        verbs = [index, *self.below(index, "aux", "aux:pass", "cop")]
        feats = frozenset().union(*(self.feats[i] for i in verbs))
        named = any(feat.startswith("VerbForm=") for feat in feats)
        is_verbal = self.upos[index] in VERBS or len(verbs) > 1
        infinitive = any(self.upos[i] == "PART" for i in self.below(index, "mark"))
        return bool(FINITE & feats) or (is_verbal and not named and not infinitive)

    def coordinate(self) -> None:
        """Hang conjuncts on the first one; conjunctions, and commas before conjuncts, on the next one."""
        before = {i: self.heads[i] for i, label in enumerate(self.labels) if label == "conj"}
        for i, label in enumerate(self.labels):
            if label == "cc":
                behind = [conjunct for conjunct, head in before.items() if conjunct > i and head == self.heads[i]]
                self.heads[i] = min(behind, default=self.heads[i])
        for i, head in before.items():
            comma = min([i, *self._all_below(i)]) - 1
            if comma >= 0 and self.upos[comma] == "PUNCT" and self.heads[comma] == head:
                self.heads[comma] = i
        for i in before:
            while self.heads[i] in before:
                self.heads[i] = self.heads[self.heads[i]]

    def _all_below(self, index: int) -> list[int]:
        found = self.below(index)
        for current in found:
            found += self.below(current)
        return found

    def fix(self, index: int) -> None:
        """Make a function word with the words right before it a fixed expression with the first as its head."""
        before = self.below(index)
        if self.labels[index] not in ("cc", "case") or not before or before != list(range(before[0], index)):
            return
        first = before[0]
        self.heads[first], self.labels[first] = self.heads[index], self.labels[index]
        for word in (*before[1:], index):
            self.heads[word], self.labels[word] = first, "fixed"

    def finish(self, index: int) -> None:
        """The labels that have no place in UD and are still there."""
        label, upos = self.labels[index], self.upos[index]
        if label in PREDICATES:
            self.labels[index] = "xcomp"
        elif label == "dative" and upos in NOUNS:
            self.labels[index] = "iobj"
        elif label in ("prep", "dative", "agent"):
            self.labels[index] = "obl" if upos == "ADP" else "advmod"
        elif label in ("pobj", "pcomp"):
            self.labels[index] = "dep"
        elif label == "mark" and upos == "ADP":
            self.upos[index] = "SCONJ"
