"""Texts that are mended, and texts that must not be touched."""

from __future__ import annotations

import html
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutub.article import read_article
from kutub.article.decoding import decode, in_order, mend
from kutub.article.drop import PageDroppedError
from kutub.records import Article, DropReason, Page, Part, Repair

GOOD = {
    "Indonesian": "“Kami tidak akan mundur,” kata Menlu – yang menjabat sejak 2014 – di Jakarta, Jum’at… 40°C.",
    "English": "The café’s owner said: “It’s £20—not €20.” Zoë Müller, São Paulo’s mayor, agreed… ½ of them didn’t.",
    "French": (
        "«\xa0Voilà\xa0», a déclaré l’État à Paris… Là\xa0» encore, L’ÉTÉ… LA SOCIÉTÉ… À… çà et là\u202f; œuvre, "
        "où, dès, Noël, naïf, Île-de-France, “PRÉSIDENTE”."
    ),
    "German": "„Spaß“, „Fuß“, „EÜ“ und „Grüße aus Österreich“: die Straße, Äcker, Öl, Übung… §\xa05 Abs.\xa02 – „Ä“.",
    "Turkish": "Cumhurbaşkanı Erdoğan’ın “İstanbul” ziyareti: Ğ, Ş, İ, ı, “ÖĞÜT”, Kâzım, Çağdaş – güçlü ve özgür…",
    "Portuguese": "“Não”, disse o João à multidão… “IRMÔ, “MAÇû – maçã, irmã, Águeda; «avô» e «avó».",
    "Spanish": "¿Dónde está Bogotá…? «Perú» — ¡“ESPAÑA”! El Niño, “Á”, “É”, “Í”, “Ó”, “Ú”, n.º\xa01.",
    "Polish": "„Łódź” i „Gdańsk” – ąęćłńóśźż; „PAŃSTWO”…",
    "Arabic": "قال وزير الخارجية: «لن نتراجع»، اليوم الجمعة… في القاهرة؟",
    "Persian": "وزیر خارجه گفت: «ما عقب‌نشینی نمی‌کنیم» و می‌خواهم صلح.",
    "Chinese": "外交部长说：“我们不会后退。”——北京，２０２３年９月２０日……《人民日报》",
    "Russian": "«Мы не отступим», — заявил министр иностранных дел в Москве… “Да” – №\xa05.",
    "Hindi": "विदेश मंत्री ने कहा, “हम पीछे नहीं हटेंगे”। क्ष और क्\u200dष",
    "emoji": "Hidup 👩\u200d👩\u200d👧 ❤️ 🇮🇩!",
}


def mended(text: str) -> str:
    return mend(text).text


class TestGoodText:
    @pytest.mark.parametrize("language", GOOD)
    def test_good_text_is_the_same_object(self, language):
        found = mend(GOOD[language])
        assert found.text is GOOD[language]
        assert not found.repairs

    @pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\n\n\t", "\t\r\n"])
    def test_line_breaks_and_tabs_stay(self, breaks):
        text = f"satu{breaks}dua{breaks}"
        assert mend(text).text is text

    @pytest.mark.parametrize("text", ["AT&T", "R&D; kata", "&foo;", "a=1&copy=2", "& ", "&#;", "&#xyz;", "&;"])
    def test_ampersands_that_begin_no_reference_stay(self, text):
        assert mend(text).text is text

    def test_letters_that_look_alike_are_left_alone(self):
        text = "Ｋａｂａｒ Рutin раypal"
        assert mend(text).text is text

    @settings(max_examples=200, deadline=None)
    @given(
        st.text(alphabet=st.characters(categories=("L", "N", "Zs", "P"), exclude_characters="&", max_codepoint=0xBF))
    )
    def test_western_text_of_one_byte_stays(self, text):
        assert mend(text).text == text.replace("\xad", "")


class TestMojibake:
    @pytest.mark.parametrize(
        "text", ["“Hello”", "It’s", "café", "Rückkehr", "Straße – Köln", "20°C", "São Paulo", "naïve…", "20 €"]
    )
    @pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
    @pytest.mark.parametrize("times", [1, 2])
    def test_utf_8_that_was_read_as_something_else(self, text, encoding, times):
        wrong = text
        for _ in range(times):
            raw = wrong.encode("utf-8")
            wrong = raw.decode("latin-1") if encoding == "latin-1" else "".join(map(sloppy, raw))
        found = mend(f"Kata dia {wrong} kemarin.")
        assert found.text == f"Kata dia {text} kemarin."
        assert found.repairs[Repair.MOJIBAKE] >= 1

    @pytest.mark.parametrize("text", ["Привет, мир", "İstanbul’da açıklama yapıldı", "مرحبا بكم"])
    def test_other_alphabets(self, text):
        assert mended("".join(map(sloppy, text.encode("utf-8")))) == text

    def test_only_the_damaged_line_is_changed(self):
        text = "„Spaß“ und „Fuß“\nHe said â€œyesâ€\x9d\n“Good”"
        assert mended(text) == "„Spaß“ und „Fuß“\nHe said “yes”\n“Good”"

    def test_good_and_bad_quotation_marks_in_one_line(self):
        assert mended("“Ya,” kata dia. â€œTidak,â€\x9d kata saya.") == "“Ya,” kata dia. “Tidak,” kata saya."

    @pytest.mark.parametrize("after", [" kata dia.", ", kata dia.", "."])
    def test_a_closing_mark_whose_last_byte_was_lost(self, after):
        assert mended(f"â€œKami menolak,â€{after}") == f"“Kami menolak,”{after}"

    def test_a_mark_that_a_tokeniser_has_torn(self):
        assert mended("Democratic Peopleâ€ ™s Republic") == "Democratic People’s Republic"

    def test_signs_of_windows_1252_that_came_as_controls(self):
        found = mend("\x93Ya,\x94 kata dia\x85 it\x92s")
        assert found.text == "“Ya,” kata dia… it’s"
        assert found.repairs == {Repair.MOJIBAKE: 4}

    def test_ftfy_is_loaded_only_for_suspicious_text(self):
        code = (
            "import sys; from kutub.article.decoding import mend; mend('caf\\xe9 “ya”'); a = 'ftfy' in sys.modules;"
            "mend('cafÃ©'); print(a, 'ftfy' in sys.modules)"
        )
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert found.stdout.split() == ["False", "True"]


def sloppy(byte: int) -> str:
    """A byte as windows-1252 shows it; those that stand for nothing there as in Latin-1."""
    return bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)


class TestSigns:
    @pytest.mark.parametrize(
        ("text", "expected", "repairs"),
        [
            ("pemerin\xadtah", "pemerintah", {Repair.ZERO_WIDTH: 1}),
            ("\ufeffJakarta\u200b (\u2060AFP)", "Jakarta (AFP)", {Repair.ZERO_WIDTH: 3}),
            ("pe\u200cme\u200d\u200crintah", "pemerintah", {Repair.ZERO_WIDTH: 3}),
            ("\u202a+62\u202c \u200eRI\u2069", "+62 RI", {Repair.BIDI_CONTROL: 4}),
            ("a\x07b\x1bc\x7fd\x81e", "a b c d e", {Repair.CONTROL: 4}),
            ("a\x0bb\x0cc\u2028d\u2029e", "a\nb\nc\nd\ne", {Repair.CONTROL: 4}),
            ("a\0b\0", "a\ufffdb\ufffd", {Repair.NUL: 2}),
            ("a\ud800b", "a\ufffdb", {Repair.LONE_SURROGATE: 1}),
        ],
    )
    def test_what_is_no_sign(self, text, expected, repairs):
        found = mend(text)
        assert found.text == expected
        assert found.repairs == repairs

    @settings(max_examples=300, deadline=None)
    @given(st.text(alphabet=st.characters()))
    def test_nothing_is_left_that_would_be_repaired_again(self, text):
        once = mend(mend(text.replace("&", "")).text)
        assert not set(once.repairs) - {Repair.MOJIBAKE}
        assert not any(sign in once.text for sign in "\0\x07\x0b\x0c\x1c\x85\xad\u200b\u200e\u2028\ufeff")


class TestEntities:
    @pytest.mark.parametrize(
        ("text", "expected", "count"),
        [
            ("&quot;Ya&quot; &amp; tidak", '"Ya" & tidak', 3),
            ("it&#8217;s &#x2019;", "it’s ’", 2),
            ("it&#146;s", "it’s", 1),
            ("&amp;quot;Ya&amp;amp;quot;", '"Ya"', 5),
            ("Rp5&nbsp;miliar", "Rp5\xa0miliar", 1),
            ("baris&#13;&#10;baru&NewLine;", "baris  baru ", 3),
            ("a=1&amp;b=2", "a=1&b=2", 1),
        ],
    )
    def test_references_in_plain_text(self, text, expected, count):
        assert mend(text).text == expected
        assert mend(text).repairs == {Repair.ENTITY: count}

    def test_a_reference_to_what_nobody_sees(self):
        found = mend("pemerin&shy;tah&#8203; &#0;&#xD800;")
        assert found.text == "pemerintah \ufffd\ufffd"
        assert found.repairs[Repair.ZERO_WIDTH] == 2

    def test_mojibake_in_references(self):
        assert mended("Kata &acirc;&euro;&oelig;ya&acirc;&euro;, begitu.") == "Kata “ya”, begitu."

    @settings(max_examples=200, deadline=None)
    @given(st.text(alphabet=st.characters(categories=("L", "P", "S"), max_codepoint=0x17F)))
    def test_what_was_escaped_comes_back(self, text):
        escaped = html.escape(text)
        assert html.unescape(mended(escaped)) == html.unescape(html.unescape(mended(text)))


class TestDecode:
    def test_good_bytes(self):
        found = decode("“Ya”".encode())
        assert (found.text, dict(found.repairs)) == ("“Ya”", {})

    def test_what_was_replaced_is_counted(self):
        text = "é" * 60 + "kata " * 60
        found = decode(text.encode() + b"\xff\0" + "\ufffd".encode())
        assert found.text == text + "\ufffd\ufffd\ufffd"
        assert found.repairs == {Repair.REPLACED_BYTES: 1, Repair.NUL: 1}

    def test_noise(self):
        with pytest.raises(PageDroppedError) as caught:
            decode(b"kata\0\0\0\0")
        assert caught.value.reason is DropReason.UNDECODABLE

    def test_the_sum_of_counts_is_in_the_order_of_the_kinds(self):
        found = in_order([{Repair.ENTITY: 1, Repair.NUL: 0}, {Repair.NUL: 2, Repair.ENTITY: 3}])
        assert found == ((Repair.NUL, 2), (Repair.ENTITY, 4))


STORY = (
    "Pemerintah Tanah Utara menutup perbatasan dengan Tanah Selatan pada Jumat malam dan menarik duta besarnya.\n"
    "Perdana menteri menuduh tetangganya memasang ranjau di sepanjang sungai yang memisahkan kedua negara itu."
)


def read(page: Page) -> Article:
    found = read_article(page)
    assert isinstance(found, Article), found
    return found


class TestArticles:
    def test_a_row_is_mended_before_it_is_read(self):
        text = f"{STORY}\nâ€œKami menolak,â€\x9d kata juru&nbsp;bicara peme\xadrintah kepada wartawan di ibu kota."
        article = read(Page(path="r:1", text=text, title="Utara &amp; Selatan\u200b"))
        assert article.title_text == article.title == "Utara & Selatan"
        assert article.text.endswith("“Kami menolak,” kata juru\xa0bicara pemerintah kepada wartawan di ibu kota.")
        last = article.pieces[-1]
        assert article.text[last.start : last.end].startswith("“Kami")
        assert dict(article.repairs) == {Repair.MOJIBAKE: 2, Repair.ENTITY: 2, Repair.ZERO_WIDTH: 2}

    def test_a_good_row_is_exactly_as_given(self):
        text = f"\r\n {STORY}\r\n\tKata dia: “Ya.” \r"
        article = read(Page(path="r:1", text=text, title=" Utara "))
        assert article.text is text
        assert article.title_text == " Utara "
        assert article.repairs == ()

    def test_a_dump_is_mended(self):
        content = f"{STORY}\nâ€œKami menolak,â€\x9d kata juru bicara\0 pemerintah.".encode()
        article = read(Page(path="a.txt", content=content))
        assert "“Kami menolak,” kata juru bicara\ufffd" in article.text
        assert article.repairs == ((Repair.NUL, 1), (Repair.MOJIBAKE, 2))

    def test_a_web_page_is_mended_where_it_is_read(self):
        lines = [
            *STORY.splitlines(),
            "Warga menyebut langkah itu â€œperangâ€\x9d dingin dengan pemerintah kota hari Jum\x92at.",
        ]
        body = "".join(f"<p>{line}</p>" for line in lines)
        head = '<meta property="og:title" content="Utara &amp;amp; Selatan">'
        author = '{"@type": "NewsArticle", "author": {"name": "Sri O&#039;Brien"}}'
        head += f'<script type="application/ld+json">{author}</script>'
        content = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
        article = read(Page(path="a.html", content=content.encode()))
        assert article.title == "Utara & Selatan"
        assert article.byline == "Sri O'Brien"
        assert "langkah itu “perang” dingin dengan pemerintah kota hari Jum’at." in article.text
        assert dict(article.repairs) == {Repair.MOJIBAKE: 3, Repair.ENTITY: 2}

    def test_a_mended_caption_is_still_a_caption(self):
        caption = "Prajurit Tanah Utara berjaga di tepi ChÃ¢teau Rouge pada hari Jumat malam"
        body = "".join(f"<p>{line}</p>" for line in [STORY.splitlines()[0], caption, STORY.splitlines()[1]])
        content = (
            f"<html><body><article>{body}</article><figure><figcaption>{caption}</figcaption></figure></body></html>"
        )
        article = read(Page(path="a.html", content=content.encode()))
        text = [article.part_text(Part.TEXT)[piece.start : piece.end] for piece in article.pieces]
        assert not [line for line in text if "berjaga" in line]
        assert {span.text for span in article.left_out} == {caption.replace("Ã¢", "â")}
