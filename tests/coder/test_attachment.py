"""What hangs in the wrong place is mended by what stands beside it: trees as the models have got them wrong."""

from __future__ import annotations

import pytest
from tests.trees import tree_from

from kutub.codebook import load_codebook
from kutub.coder.actors import load_gazetteer
from kutub.coder.attachment import attach
from kutub.coder.lexicon import load_lexicon
from kutub.coder.mentions import find_mentions
from kutub.language import load_language
from kutub.text.grammar import load_grammar

SPEAKER = """
    Russia Russia PROPN 2 nsubj
    poisoned poison VERB 7 ccomp
    him he PRON 2 obj
    , , PUNCT 5 punct
    Angela Angela PROPN 2 nsubj
    Merkel Merkel PROPN 5 flat
    said say VERB 0 root
"""
SECOND_CLAUSE = """
    Iran Iran PROPN 2 nsubj
    condemned condemn VERB 0 root
    Israel Israel PROPN 2 obj
    and and CCONJ 5 cc
    Syria Syria PROPN 3 conj
    praised praise VERB 2 conj
    it it PRON 6 obj
"""
TWO_MARKERS = """
    Penyensoran sensor NOUN 0 root
    oleh oleh ADP 5 case
    Tiongkok Tiongkok PROPN 1 nmod
    terhadap hadap ADP 5 case
    BBC BBC PROPN 1 nmod
"""
NAME_OF_A_NOUN = """
    Benin Benin PROPN 2 nsubj
    withdrew withdraw VERB 0 root
    from from ADP 5 case
    the the DET 5 det
    alliance alliance NOUN 2 obl
    ECOWAS ECOWAS PROPN 2 obl
"""
NAME_OF_AN_OBJECT = """
    Israel Israel PROPN 2 nsubj
    closed close VERB 0 root
    the the DET 4 det
    broadcaster broadcaster NOUN 2 obj
    Al Al PROPN 2 obj
    Jazeera Jazeera PROPN 5 flat
"""
PHRASE_AS_SUBJECT = """
    Mali Mali PROPN 3 nmod:poss
    's 's PART 1 case
    appeal appeal NOUN 8 nsubj
    to to ADP 5 case
    Russia Russia PROPN 3 nmod
    for for ADP 7 case
    truce truce NOUN 8 nsubj
    failed fail VERB 0 root
"""
AGENT = """
    Farmers farmer NOUN 3 nsubj:pass
    were be AUX 3 aux:pass
    threatened threaten VERB 0 root
    with with ADP 5 case
    arrest arrest NOUN 3 obl
    by by ADP 7 case
    Cambodia Cambodia PROPN 5 nmod
"""
LENGTH = """
    Kunjungan kunjung NOUN 0 root
    selama lama ADP 4 case
    enam enam NUM 4 nummod
    hari hari NOUN 1 nmod:tmod
    yang yang PRON 6 nsubj
    melibatkan libat VERB 4 acl:relcl
    pembicaraan pembicaraan NOUN 6 obj
"""
BEFORE_ITS_VERB = """
    Israel Israel PROPN 8 nsubj
    yang yang PRON 3 nsubj:pass
    didesak desak VERB 1 acl:relcl
    agar agar SCONJ 5 mark
    menahan tahan VERB 8 advcl
    diri diri NOUN 5 obj
    , , PUNCT 5 punct
    mengabaikan abai VERB 0 root
    surat surat NOUN 8 obj
"""
CONJUNCTION = """
    Kim Kim PROPN 2 nsubj
    meninggalkan tinggal VERB 0 root
    Rusia Rusia PROPN 2 obj
    setelah telah SCONJ 2 mark
    kunjungan kunjung NOUN 2 obl
"""
ASKED_FOR = """
    Vietnam Vietnam PROPN 2 nsubj
    bekerja kerja VERB 0 root
    sama sama ADJ 2 xcomp
    dengan dengan ADP 6 mark
    Jepang Jepang PROPN 6 nsubj
    membangun bangun VERB 2 advcl
    kapal kapal NOUN 6 obj
"""
VERB_AS_MARKER = """
    Warga warga NOUN 2 nsubj
    berdemonstrasi demonstrasi VERB 0 root
    melawan lawan VERB 2 xcomp
    Israel Israel PROPN 2 obl
"""
GIFT = """
    Tiongkok Tiongkok PROPN 2 nsubj
    memberi beri VERB 0 root
    Mesir Mesir PROPN 2 obj
    sejumlah jumlah DET 3 nmod
    kapal kapal NOUN 4 nmod
"""
CASES = {
    "a speaker behind the quoted clause": ("en", SPEAKER, {"Angela": ("nsubj", "said")}),
    "the subject of a second clause": ("en", SECOND_CLAUSE, {"Syria": ("nsubj", "praised"), "and": ("cc", "praised")}),
    "a preposition of the next noun": ("id", TWO_MARKERS, {"oleh": ("case", "Tiongkok"), "terhadap": ("case", "BBC")}),
    "the name of a noun": ("en", NAME_OF_A_NOUN, {"ECOWAS": ("appos", "alliance")}),
    "the name of an object": ("en", NAME_OF_AN_OBJECT, {"Al": ("appos", "broadcaster")}),
    "a phrase of the subject": ("en", PHRASE_AS_SUBJECT, {"truce": ("nmod", "appeal"), "for": ("case", "truce")}),
    "the agent of a passive": ("en", AGENT, {"Cambodia": ("obl:agent", "threatened")}),
    "a clause on a length of time": ("id", LENGTH, {"melibatkan": ("acl:relcl", "Kunjungan")}),
    "a clause of the clause before": ("id", BEFORE_ITS_VERB, {"menahan": ("advcl", "didesak")}),
    "a conjunction that marks a noun": ("id", CONJUNCTION, {"setelah": ("case", "kunjungan")}),
    "what a rule asks for": ("id", ASKED_FOR, {"Jepang": ("obl", "bekerja"), "dengan": ("case", "Jepang")}),
    "a verb that is a preposition": ("id", VERB_AS_MARKER, {"melawan": ("case", "Israel")}),
    "a gift and its receiver": ("id", GIFT, {"Mesir": ("iobj", "memberi"), "kapal": ("obj", "memberi")}),
}
OWN_SUBJECT = SPEAKER.replace("Angela PROPN 2 nsubj", "Angela PROPN 7 nsubj")
OWN_PREPOSITION = NAME_OF_A_NOUN.replace("ECOWAS ECOWAS PROPN 2 obl", "in in ADP 7 case\n ECOWAS ECOWAS PROPN 2 obl")
ACTIVE = AGENT.replace("nsubj:pass", "nsubj").replace("AUX 3 aux:pass", "AUX 3 aux")
BEHIND_A_COMMA = BEFORE_ITS_VERB.replace("agar agar SCONJ 5 mark", ", , PUNCT 5 punct")
NOT_COUNTED = LENGTH.replace("enam enam NUM 4 nummod", "para para DET 4 det")
FOR_AN_ATTACK = AGENT.replace("with with", "for for").replace("arrest arrest", "attack attack")
FRONTED = """
    Setelah telah SCONJ 5 mark
    pria pria NOUN 5 nsubj
    yang yang PRON 4 nsubj
    menyerang serang VERB 2 acl:relcl
    ditangkap tangkap VERB 7 advcl
    warga warga NOUN 7 nsubj
    bersorak sorak VERB 0 root
"""
GIVEN = """
    Mali Mali PROPN 2 nsubj
    gave give VERB 0 root
    states state NOUN 2 obj
    Timbuktu Timbuktu PROPN 2 obj
"""
SOUND = {
    "two objects": ("en", GIVEN),
    "a clause that holds the clause before": ("id", FRONTED),
    "an agent in the reason": ("en", FOR_AN_ATTACK),
    "a subject of its own": ("en", OWN_SUBJECT),
    "a name with a preposition": ("en", OWN_PREPOSITION),
    "an agent in an active clause": ("en", ACTIVE),
    "a clause behind a comma": ("id", BEHIND_A_COMMA),
    "a day that is not counted": ("id", NOT_COUNTED),
}


@pytest.fixture(scope="module")
def attached():
    def run(code: str, lines: str) -> dict[str, tuple[str, str | None]]:
        language = load_language(code)
        grammar = load_grammar(language)
        lexicon = load_lexicon(language, grammar=grammar, codebook=load_codebook())
        tree = tree_from(lines)
        tokens = list(tree.tokens)
        mentions = find_mentions(tree, gazetteer=load_gazetteer(language), grammar=grammar)
        attach(tokens, mentions, lexicon, markers=grammar.words)
        return {t.text: (t.deprel, tokens[t.head].text if t.head >= 0 else None) for t in tokens}

    return run


@pytest.mark.parametrize(("code", "lines", "wanted"), CASES.values(), ids=list(CASES))
def test_what_hangs_wrong_is_mended(attached, code: str, lines: str, wanted: dict[str, tuple[str, str]]):
    found = attached(code, lines)
    assert {word: found[word] for word in wanted} == wanted


@pytest.mark.parametrize(("code", "lines"), SOUND.values(), ids=list(SOUND))
def test_what_hangs_right_stays(attached, code: str, lines: str):
    tokens = tree_from(lines).tokens
    before = {t.text: (t.deprel, tokens[t.head].text if t.head >= 0 else None) for t in tokens}
    assert attached(code, lines) == before
