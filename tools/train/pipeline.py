"""Build and train the spaCy pipeline of one language: tok2vec, morphologizer, lemmatizer, parser."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam, warmup_linear

from kutub.text.parser import see_prefixes
from tools.train.conllu import Tree
from tools.train.corpora import Recipe
from tools.train.variation import vary

WIDTH = 96
ROWS = [8000, 1500, 4000, 1500]
BATCH = 800  # words
RATE = 0.002
WARM_UP = 300  # steps


def make_pipeline(*, prefix: int) -> Any:
    """An untrained pipeline with the shared vectors and the three components that listen to them."""
    nlp = spacy.blank("xx")
    nlp.meta["prefix_letters"] = prefix
    see_prefixes(nlp)
    vectors = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": ROWS,
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    listen = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listen, "nO": None}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listen,
        "nO": None,
    }
    nlp.add_pipe("tok2vec", config={"model": vectors})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger, "min_tree_freq": 2, "top_k": 3})
    nlp.add_pipe("parser", config={"model": parser, "min_action_freq": 10})
    return nlp


def gold(nlp: Any, tree: Tree) -> Any:
    """The tree as a spaCy Doc with its annotation."""
    words = tree.words
    return Doc(
        nlp.vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        pos=[word.upos if word.upos != "_" else "X" for word in words],
        morphs=["" for _ in words],
        lemmas=[word.lemma for word in words],
        heads=[i if word.head < 0 else word.head for i, word in enumerate(words)],
        deps=["ROOT" if word.head < 0 else word.deprel for word in words],
    )


def example(nlp: Any, tree: Tree) -> Any:
    """A training example: bare words against the annotated ones."""
    doc = gold(nlp, tree)
    return Example(Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc)


def batches(trees: Sequence[Tree], recipe: Recipe, chance: random.Random) -> Iterator[list[Tree]]:
    """An epoch in batches of about BATCH words, shuffled."""
    order = list(trees)
    chance.shuffle(order)
    batch: list[Tree] = []
    size = 0
    for tree in order:
        batch.append(vary(tree, recipe, chance))
        size += len(tree.words)
        if size >= BATCH:
            yield batch
            batch, size = [], 0


def steps_of(trees: Sequence[Tree], recipe: Recipe) -> int:
    """The fixed number of training steps."""
    return recipe.epochs * sum(len(tree.words) for tree in trees) // BATCH


def train(trees: Sequence[Tree], recipe: Recipe, *, report: Callable[[Any, int, dict[str, float]], None]) -> Any:
    """The trained pipeline. Runs a fixed number of steps, with a fixed seed; `report` is told every 500 steps."""
    fix_random_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    nlp = make_pipeline(prefix=recipe.prefix)
    total = steps_of(trees, recipe)
    first = [example(nlp, tree) for tree in trees]
    nlp.initialize(lambda: first)
    adam = Adam(
        learn_rate=warmup_linear(RATE, WARM_UP, total + total // 20),
        beta1=0.9,
        beta2=0.999,
        eps=1e-8,
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    losses: dict[str, float] = {}
    step = 0
    while step < total:
        for batch in batches(trees, recipe, chance):
            nlp.update([example(nlp, tree) for tree in batch], sgd=adam, drop=recipe.dropout, losses=losses)
            adam.step_schedules()
            step += 1
            if step % 500 == 0 or step == total:
                with nlp.use_params(adam.averages):
                    report(nlp, step, losses)
                losses = {}
            if step == total:
                break
    _settle(nlp, adam)
    return nlp


def _settle(nlp: Any, adam: Any) -> None:
    """Make the averaged parameters the pipeline's own."""
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk():
            for name in node.param_names:
                key = (node.id, name)
                if node.has_param(name) and key in adam.averages:
                    node.set_param(name, adam.averages[key])
