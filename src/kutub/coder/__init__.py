"""The coder: from an article to its events, with a reason for each (docs/languages.md, docs/events.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from kutub.codebook import load_codebook
from kutub.coder.actors import ACTORS, load_gazetteer
from kutub.coder.attribution import load_speech
from kutub.coder.coding import Equipment, code_sentence
from kutub.coder.dates import Calendar
from kutub.coder.frames import Scene
from kutub.coder.lexicon import load_lexicon
from kutub.coder.parties import Discourse
from kutub.coder.places import Gazetteer as Places
from kutub.coder.relate import Relation, relate_spans
from kutub.coder.repair import mend
from kutub.coder.trace import Explanation, SentenceTrace
from kutub.datafiles import digest
from kutub.language import Language, load_language
from kutub.records import Article, Event, Part, Piece, PieceKind
from kutub.text import parse_article
from kutub.text.clauses import clauses
from kutub.text.grammar import Grammar, load_grammar
from kutub.text.parser import Parser
from kutub.text.tree import Tree

__all__ = ["Coder", "Explanation", "Relation"]


def _data_digest(language: Language) -> str:
    """Hash of all data that coding in this language rests on: its folder without the model, and the actor tables."""
    folders = (language.path, language.path / "lexicon", ACTORS)
    return digest([path for folder in folders for path in folder.iterdir() if path.suffix in (".yaml", ".tsv")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Everything that codes one language. Load it once a process; `code` keeps nothing between articles."""

    language: Language
    grammar: Grammar
    parser: Parser
    equipment: Equipment

    @classmethod
    def load(cls, language_code: str, *, model: str | None = None) -> Coder:
        """The coder of a language. model: path or name of a spaCy pipeline that replaces the packaged one.

        Raises InputError for an unknown language, DataErrors for faulty data, ModelError for a missing model.
        """
        language = load_language(language_code)
        grammar = load_grammar(language)
        codebook = load_codebook()
        parser = Parser.load(language, model=model)
        contexts = {name: tuple(words) for name, words in language.data("contexts").items()}
        equipment = Equipment(
            lexicon=load_lexicon(language, grammar=grammar, codebook=codebook),
            codebook=codebook,
            speech=load_speech(language),
            calendar=Calendar.load(language),
            places=Places.load(language),
            contexts=contexts,
            versions={
                "kutub": version("kutub"),
                "codebook": f"{codebook.version}, {language.code} {_data_digest(language)}",
                "model": parser.model,
            },
        )
        return cls(language=language, grammar=grammar, parser=parser, equipment=equipment)

    def code(self, article: Article) -> tuple[Event, ...]:
        """The article's events in the order of the text."""
        return tuple(event for trace in self.trace(article) for event in trace.events)

    def trace(self, article: Article, *, full: bool = False) -> tuple[SentenceTrace, ...]:
        """The article's sentences with their events and, when `full`, their clauses and what each mention stood for."""
        sentences = parse_article(article, parser=self.parser)
        trees = [Tree(sentence) for sentence in sentences]
        discourse = Discourse(
            gazetteer=load_gazetteer(self.language),
            grammar=self.grammar,
            day=article.published,
            home=self.language.settings.get("home_state"),
        )
        found = []
        for parsed, mentions in zip(trees, discourse.prepare(trees), strict=True):
            tree = mend(parsed, mentions, self.equipment.lexicon, markers=self.grammar.words)
            resolved = discourse.read(tree, mentions)
            scene = Scene(
                tree=tree,
                grammar=self.grammar,
                resolved=resolved,
                mentions=mentions,
                countries=sorted(discourse.states),
            )
            coded = code_sentence(article, scene, self.equipment)
            for event in coded.events:
                discourse.remember_pair((*event.actors, *event.recipients))
            named = tuple((r.parties[0].text, ", ".join(p.name for p in r.parties), r.why) for r in resolved)
            found.append(
                SentenceTrace(
                    sentence=tree.sentence,
                    clauses=clauses(tree, grammar=self.grammar) if full else (),
                    mentions=named if full else (),
                    attempts=coded.attempts if full else (),
                    events=coded.events,
                )
            )
        return tuple(found)

    def explain(self, text: str, *, published: date | None = None) -> Explanation:
        """Why a text was coded as it was: parse, clauses, mentions, every rule tried, events."""
        return Explanation(language=self.language.code, sentences=self.trace(self._plain(text, published), full=True))

    def relate(
        self, text: str, actor: tuple[int, int], recipient: tuple[int, int], *, abstain: bool = False
    ) -> Relation:
        """The best event type between two given spans (character offsets); with `abstain`, none where no rule fits."""
        sentences = parse_article(self._plain(text, None), parser=self.parser)
        return relate_spans(
            sentences,
            actor,
            recipient,
            lexicon=self.equipment.lexicon,
            grammar=self.grammar,
            codebook=self.equipment.codebook,
            abstain=abstain,
        )

    def _plain(self, text: str, published: date | None) -> Article:
        piece = Piece(kind=PieceKind.BODY, part=Part.TEXT, start=0, end=len(text))
        return Article(
            id="text", path="text", text=text, pieces=(piece,), published=published, language=self.language.code
        )
