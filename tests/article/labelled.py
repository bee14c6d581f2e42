"""Dumps with a label for every line (tests/article/dumps/*.tsv): reading them, and scoring what Kutub makes of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kutub.article import read_article
from kutub.records import Article, Page, PieceKind

DUMPS = sorted((Path(__file__).parent / "dumps").glob("*.tsv"))
STORY = {kind.value for kind in PieceKind}
_MARK = re.compile(r"⟦([a-z ]+)\|([^⟦⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line that is not blank; `marks` are the stretches (reason, text) within it that are not the story."""

    label: str
    text: str
    start: int
    end: int
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump: its name, what its header says (language, published, byline, editor), its text and its lines."""

    name: str
    header: dict[str, str]
    text: str
    lines: tuple[LabelledLine, ...]


def load(path: Path) -> Dump:
    header: dict[str, str] = {}
    lines: list[LabelledLine] = []
    texts: list[str] = []
    position = 0
    for raw in path.read_text(encoding="utf-8").split("\n"):
        if raw.startswith("#: "):
            key, _, value = raw[3:].partition("=")
            header[key] = value
            continue
        label, _, marked = raw.partition("\t")
        text = _MARK.sub(r"\2", marked)
        if text.strip():
            start = position + len(text) - len(text.lstrip())
            marks = tuple((reason, stretch) for reason, stretch in _MARK.findall(marked))
            lines.append(LabelledLine(label, text.strip(), start, start + len(text.strip()), marks))
        texts.append(text)
        position += len(text) + 1
    return Dump(path.stem, header, "\n".join(texts), tuple(lines))


def read(dump: Dump) -> Article:
    article = read_article(Page(path=f"{dump.name}.txt", content=dump.text.encode()))
    assert isinstance(article, Article), (dump.name, article)
    return article


def labels(article: Article, dump: Dump) -> Iterator[tuple[LabelledLine, str]]:
    """Each line with the label that it got: the one that covers most of it, the story where it is a tie."""
    spans = [(piece.start, piece.end, piece.kind.value) for piece in article.pieces]
    spans += [(span.start, span.end, span.reason.value) for span in article.left_out]
    for line in dump.lines:
        cover: Counter[str] = Counter()
        for start, end, label in spans:
            cover[label] += max(0, min(end, line.end) - max(start, line.start))
        best = max(cover, key=lambda label: (cover[label], label in STORY), default="")
        if line.label in STORY and line.marks and cover[line.label]:
            best = line.label  # a line of both is the story's when its story is kept
        yield line, best if cover[best] else "nothing"


@dataclass(slots=True)
class Score:
    """Counts over lines: of the story, kept, both; of labels, all and right; of stretches, given, found and both."""

    story: int = 0
    kept: int = 0
    both: int = 0
    lines: int = 0
    right: int = 0
    marks: int = 0
    cut: int = 0
    same: int = 0

    @property
    def story_f1(self) -> float:
        """F1 of the lines that are the story against the others."""
        return 2 * self.both / (self.story + self.kept)

    @property
    def label_f1(self) -> float:
        """Micro F1 of all labels: one a line on both sides, hence their share that is right."""
        return self.right / self.lines

    @property
    def mark_f1(self) -> float:
        """F1 of the stretches within lines of the story, by their exact text."""
        return 2 * self.same / (self.marks + self.cut)


def score(dumps: list[Dump]) -> Score:
    result = Score()
    for dump in dumps:
        article = read(dump)
        for line, label in labels(article, dump):
            result.lines += 1
            result.right += label == line.label
            result.story += line.label in STORY
            result.kept += label in STORY
            result.both += line.label in STORY and label in STORY
            if line.label in STORY and label in STORY:
                cut = Counter(
                    (span.reason.value, span.text)
                    for span in article.left_out
                    if line.start <= span.start and span.end <= line.end
                )
                given = Counter((reason, stretch.strip()) for reason, stretch in line.marks)
                result.marks += given.total()
                result.cut += cut.total()
                result.same += (given & cut).total()
    return result
