"""Sentences and words, by the data of each language. Needs no model."""

from __future__ import annotations

import time

import pytest

from kutub.language import load_language
from kutub.text.sentences import split_sentences
from kutub.text.tokens import Tokeniser

SENTENCES = {
    "en": [
        ["Troops crossed the river at dawn.", "The town fell by noon."],
        ["Mr. Dunn met Gen. Ortiz of the U.S. Army on Sept. 3.", "No. 5 on the list was Iran."],
        ["He moved to the U.S. in 1990.", "They stayed."],
        ["Envoys flew to the U.S.", "The talks failed."],
        ["J. R. Palmer Jr. of Acme Inc. sued Kenya.", "A judge agreed."],
        ['"We will answer," he said.', '"They know it."'],
        ['"Who fired first?" the general asked.', "Nobody knew."],
        ['"Who fired first?" Mr. Ortiz asked.', "Nobody knew."],
        ["They waited...", "Then the shelling began."],
        ["The minister ... declined to answer."],
        ["MOSCOW (Reuters) -", "Russia recalled its envoy."],
        ["SEOUL, March 3 (AP) —", '"We object," it said.'],
        ["Beijing –", "China closed its consulate."],
        ["The union imposed limits -- its first -- on trade."],
        ["Rebels took the port.", "Later they fled (by sea)."],
        ["It cost $3.5 million.", "Ghana paid."],
        ["Is it war?", "Yes!", "It is."],
        ["The convoy left at dawn.", "nobody saw it go."],
        ["Will they come?", "nobody knows!", "the road is shut."],
        ["Shares of Yahoo! fell, he said."],
        ["The fund is empty.", "$40 million has gone.", "€3 million is left."],
        ["The two sides can't.", "Troops fought on in the 1990's.", "Then came peace."],
        ["The raid began at 5 a.m.", "Sudanese troops fled at 6 p.m. Monday."],
        ["He lived on 21st St.", "It was quiet."],
        ["The bridge fell...", "Engineers blamed the flood."],
        ["It said the ... Ministry was closed."],
        ['"I... I cannot say," the clerk said.'],
        ["Sen. Ruiz (D-Calif.) and Gov. Moe (R-Fla.) met at Ft. Hood, Tex., in May.", "They agreed."],
        ['"Who fired first?" the old general asked.', '"You will see!" he shouted.', '"Good!"'],
        ["The treaty ended the war. [4]", "It was signed in Bern."],
        ["She chose three of them: 1. Be quick."],
        ["Smith v. Jones et al. was heard in May.", "No. IV. was lost."],
    ],
    "id": [
        ["Menlu Retna tiba di Kairo.", "Ia bertemu Presiden."],
        ["Drs. H. Amir, M.Si. ditahan di Jl. Merdeka No. 5.", "Polisi menolak berkomentar."],
        ["Negara itu mengirim bantuan, a.l. beras dan gula.", "Harganya Rp 1.000 per kilo."],
        ["Bantuan senilai Rp. 500 juta dikirim.", "Menteri berterima kasih."],
        ['"Kami menolak usul itu." kata dia.', "Israel membantah."],
        ['"Kami menolak usul itu," ujarnya.', '"Kami akan membalas."'],
        ['"Apakah ini adil?" Ujar Budi.', "Semua diam."],
        ["Jakarta, CNN Indonesia --", "Iran mengecam serangan itu."],
        ["Jakarta, CNN Indonesia - -", "Iran mengecam serangan itu."],
        ["KOMPAS.com -", "Turki menutup perbatasan."],
        ["JAKARTA, KOMPAS.com -", "Polisi menahan dua orang."],
        ["Jakarta (ANTARA) -", "Malaysia menarik duta besarnya."],
        ["TEMPO.CO, Jakarta -", "Mesir membuka perundingan."],
        ["Mereka membawa pangan, obat, dll. ke Gaza.", "Namun truk itu ditolak."],
        ["Perundingan gagal.", "(abc/def)"],
        ["PT. Karya Laut Tbk. dan Letkol. Inf. Rusdi dari Kav. 5 hadir.", "Semua setuju."],
        ["Laporan itu dibuat PT Karya Laut Tbk.", "Perseroan membantah."],
        ["Mereka mundur.", "tentara mengejar."],
        ['"Siapa yang menembak?" kata jenderal itu.', "Tak ada jawaban."],
        ["Hal itu diatur Peraturan No. XI dan Jl. Bunga.", "Warga menolak."],
    ],
}


@pytest.mark.parametrize("glue", [" ", "\n"], ids=["space", "newline"])
@pytest.mark.parametrize(("code", "sentences"), [(code, row) for code, rows in SENTENCES.items() for row in rows])
def test_sentences(code: str, sentences: list[str], glue: str):
    text = glue.join(sentences)
    spans = split_sentences(text, 0, len(text), language=load_language(code))
    assert [text[start:end] for start, end in spans] == sentences


def test_spans_stay_within_the_paragraph():
    text = "One. Two went. Three."
    assert split_sentences(text, 5, 14, language=load_language("en")) == [(5, 14)]


def test_lost_space_after_a_stop():
    text = "Mereka menolak.Dia pergi ke kompas.com kemarin."
    spans = split_sentences(text, 0, len(text), language=load_language("id"))
    assert [text[start:end] for start, end in spans] == ["Mereka menolak.", "Dia pergi ke kompas.com kemarin."]


def test_headlines_have_no_dateline():
    text = "Rusia - Ukraina Saling Serang"
    spans = split_sentences(text, 0, len(text), language=load_language("id"), datelines=False)
    assert spans == [(0, len(text))]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "...", "\u200b"])
def test_next_to_nothing(text: str):
    assert len(split_sentences(text, 0, len(text), language=load_language("en"))) <= 1


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "A. ",
        "A.",
        '"',
        "(",
        "word, ",
        "U.S. ",
        "-",
        "A-",
        "'s",
        "1.",
        "- A ",
        ". ",
        "1-",
        "1,000/",
        "a+",
        '?" A ',
        "I... ",
    ],
)
@pytest.mark.parametrize("code", ["en", "id"])
def test_long_lines_do_not_hang(code: str, unit: str):
    text = unit * (100_000 // len(unit))
    language = load_language(code)
    began = time.perf_counter()
    for start, end in split_sentences(text, 0, len(text), language=language):
        Tokeniser(language.settings).words(text, start, end) if end - start > 10 else None
    assert time.perf_counter() - began < 5


WORDS = {
    "en": [
        "The|U.S.|-|led|coalition|did|n't|re-elect|Mr.|Dunn|'s|man|.",
        "They|can|not|pay|$|5|bn|by|5|pm|in|the|states|'|view|.",
        "Kim|Jong-un|met|Moon|Jae - in|and|George|W.|Bush|in|Washington|,|D.C.|,|today|.",
        "Kyiv|’s|army|and|/|or|police|took|10|%|of|1,000|sq|km|in|the|1980s|...",
        "See|https://example.org/a?b=c|or|write|to|info@example.org|.",
        "In|the|1990's|and|the|’80s|Sen.|Ruiz|left|Miami|,|Fla.|,|with|J.|B.|Dunn|.",
        "They|walked|5|km|to|Acme|Inc|.",
        "The|U.S.|'s|plan|of|2014|'s|war|is|no.|1|.",
        "anti-government|protesters|and|a|Saudi|-|Iranian|deal",
    ],
    "id": [
        "Presiden|menemui|nya|,|kata|nya|.",
        "Biasanya|negara-negara|lainnya|hanya|punya|satu|wakil|.",
        "Akhirnya|sebelumnya|khususnya|Kenya|bertanya|.",
        "Perang|Rusia|-|Ukraina|dan|Undang-Undang|ke-2|non-aktif|pada|1960-an|.",
        "Apa|kah|APBN|-|nya|naik|Rp|5.000|atau|US|$|5|juta|?",
        "Drs.|Amir|,|a.l.|,|membaca|kompas.com|.",
        "Moon|Jae - in|dan|Kim|Jong-un|bertemu|.",
        "Pergi|lah|!|Siapa|kah|yang|di|PT.|Laut|Tbk.|itu|?",
        "Rupiah|dari|9.100|/|9.105|ke|8.900|menurut|Letkol.|Rusdi|,|dll|.",
        "Negara - negara|itu|anti - perang|dan|Iran|-|Irak|berunding|.",
    ],
}


@pytest.mark.parametrize(("code", "row"), [(code, row) for code, rows in WORDS.items() for row in rows])
def test_words(code: str, row: str):
    words = row.split("|")
    text = _glue(words)
    spans = Tokeniser(load_language(code).settings).words(text)
    assert [text[start:end] for start, end in spans] == words


def test_an_abbreviation_behind_a_hyphen_keeps_its_stop():
    text = "Ruiz (D-Calif.) left."
    spans = Tokeniser(load_language("en").settings).words(text)
    assert [text[start:end] for start, end in spans] == ["Ruiz", "(", "D", "-", "Calif.", ")", "left", "."]


def _glue(words: list[str]) -> str:
    """The words with spaces, save where they are printed together."""
    text = " ".join(words)
    joined = [" .", " ,", " ?", " %", " ...", " nya", " n't", " 's", " ’s", " '"]
    for mark in joined:
        text = text.replace(mark, mark.strip())
    for mark in ["$ ", "Rp ", "US "]:
        text = text.replace(mark, mark.strip())
    for pair in [
        "U.S. - led",
        "Saudi - Iranian",
        "Rusia - Ukraina",
        "Iran - Irak",
        "APBN -nya",
        "and / or",
        "9.100 / 9.105",
    ]:
        text = text.replace(pair, pair.replace(" ", ""))
    return text.replace("can not", "cannot").replace("5 bn", "5bn").replace("5 pm", "5pm").replace("Apa kah", "Apakah")
