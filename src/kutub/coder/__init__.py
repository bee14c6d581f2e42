"""The coder: from an article to its events, with a reason for each (docs/languages.md, docs/events.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from kutub.codebook import load_codebook
from kutub.coder.actors import ACTORS, Gazetteer
from kutub.coder.attribution import load_speech
from kutub.coder.coding import Equipment, code_sentence
from kutub.coder.dates import Calendar
from kutub.coder.following import Told
from kutub.coder.frames import Scene
from kutub.coder.geography import FOLDER as PLACES
from kutub.coder.lexicon import load_lexicon
from kutub.coder.overlay import gazetteer_with, overlay_digest
from kutub.coder.parties import Discourse
from kutub.coder.places import Gazetteer as Places
from kutub.coder.relate import Relation, relate_spans
from kutub.coder.repair import mend
from kutub.coder.resolved import mention_text
from kutub.coder.trace import Explanation, SentenceTrace
from kutub.coder.who import Identity, identities
from kutub.datafiles import digest
from kutub.language import Language, load_language
from kutub.records import Article, Event, Part, Piece, PieceKind, Token
from kutub.text import parse_article
from kutub.text.clauses import clauses
from kutub.text.grammar import Grammar, load_grammar
from kutub.text.parser import Parser
from kutub.text.tree import Tree

__all__ = ["Coder", "Explanation", "Relation"]


def _data_digest(language: Language) -> str:
    """Hash of all data that coding in this language rests on: its folder without the model, and all tables."""
    folders = (language.path, language.path / "lexicon", ACTORS, PLACES)
    return digest([path for folder in folders for path in folder.iterdir() if path.suffix in (".yaml", ".tsv")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Everything that codes one language. Load it once a process; `code` keeps nothing between articles."""

    language: Language
    grammar: Grammar
    parser: Parser
    equipment: Equipment
    gazetteer: Gazetteer

    @classmethod
    def load(cls, language_code: str, *, model: str | None = None, actors: str | None = None) -> Coder:
        """The coder of a language. model: path or name of a spaCy pipeline that replaces the packaged one; actors: file
        of actors of the user's own.

        Raises InputError for an unknown language, DataErrors for faulty data, ModelError for a missing model.
        """
        language = load_language(language_code)
        grammar = load_grammar(language)
        codebook = load_codebook()
        parser = Parser.load(language, model=model)
        own = Path(actors) if actors is not None else None
        gazetteer = gazetteer_with(language, own)
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
                "codebook": f"{codebook.version}, {language.code} {_data_digest(language)}"
                + (f", actors {overlay_digest(own)}" if own else ""),
                "model": parser.model,
            },
        )
        return cls(language=language, grammar=grammar, parser=parser, equipment=equipment, gazetteer=gazetteer)

    def code(self, article: Article) -> tuple[Event, ...]:
        """The article's events in the order of the text."""
        return tuple(event for trace in self.trace(article) for event in trace.events)

    def trace(self, article: Article, *, full: bool = False) -> tuple[SentenceTrace, ...]:
        """The article's sentences with their events and, when `full`, their clauses and what each mention stood for."""
        sentences = parse_article(article, parser=self.parser)
        trees = [Tree(sentence) for sentence in sentences]
        discourse = Discourse(
            gazetteer=self.gazetteer,
            grammar=self.grammar,
            day=article.published,
            home=self.language.settings.get("home_state"),
            speech=self.equipment.speech.verbs,
            types_of=self._types_of,
        )
        told = Told(self.equipment.calendar, article.published)
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
            coded = code_sentence(article, scene, self.equipment, told)
            told.remember(tree, coded.events)
            for event in coded.events:
                discourse.remember(event)
            named = (
                *((r.parties[0].text, ", ".join(p.name for p in r.parties), r.why) for r in resolved),
                *((mention_text(tree, mention), "nobody", why) for mention, why in discourse.nobody if mention.pronoun),
            )
            found.append(
                SentenceTrace(
                    sentence=tree.sentence,
                    clauses=clauses(tree, grammar=self.grammar) if full else (),
                    mentions=named if full else (),
                    attempts=coded.attempts if full else (),
                    events=coded.events,
                    identities=self._identities(tree, discourse) if full else (),
                )
            )
        return tuple(found)

    def _identities(self, tree: Tree, discourse: Discourse) -> tuple[Identity, ...]:
        return identities(
            tree,
            discourse.mentions,
            discourse.past[-1],
            discourse.nobody,
            gazetteer=self.gazetteer,
            day=discourse.day,
        )

    def _types_of(self, token: Token) -> frozenset[str]:
        """The event types that a noun may denote."""
        return frozenset(reading.entry.type for reading in self.equipment.lexicon.readings(token))

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
