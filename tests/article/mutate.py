"""Web pages made hostile: a page and a seed give the same bytes everywhere. And what must come of such a page.

`mutate` changes a page in one to four ways of `MUTATIONS`; seeds that follow each other go through all of them.
`fault_of` says what is wrong with the result of a page. Above all no story may be lost without a word: where over nine
tenths of the story's words are still shown as plain paragraphs (`shown`), and not much else is, the result must be an
article with over half of them, or dropped for a reason of `EXPLAINED`.
"""

from __future__ import annotations

import base64
import codecs
import html
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kutub.article import read_article
from kutub.pipeline.work import Settings, read_page
from kutub.records import Article, Dropped, DropReason, Page, PieceKind

SIZE = 2_000_000  # bytes that a mutation may add, unless told otherwise
DEPTH = 100_000  # levels of the deepest nesting
ATTRIBUTES = 5_000  # attributes of a tag
_MOST = 4  # mutations of a page

SURELY_SHOWN = 0.9  # share of a story's words above which it is asked for
KEPT = 0.5  # share of them that the article must have more of
FEW_WORDS = 15  # words of body that an article has at least
EXPLAINED = {
    DropReason.TOO_DEEP,
    DropReason.TOO_LARGE,
    DropReason.UNDECODABLE,
    DropReason.BINARY,
    DropReason.QUARANTINED,
}

Mutation = Callable[[bytes, Random, int], bytes]  # of a page, with at most so many bytes added
Make = Callable[[Random, int], bytes]

_TAG = re.compile(rb"<[^<>]{1,2000}>")
_END_TAG = re.compile(rb"</[a-zA-Z][^<>]{0,20}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutated:
    """A mutated page, and the names of what was done to it, in order."""

    content: bytes
    mutations: tuple[str, ...]


def mutate(content: bytes, seed: int, *, size: int = SIZE) -> Mutated:
    """The page after one to four mutations. size: bytes that each of them may add, roughly."""
    random = Random(seed)
    names = list(MUTATIONS)
    first = names[seed % len(names)]
    others = [random.choice(names) for _ in range(random.choice((0, 0, 1, 1, 2, _MOST - 1)))]
    for name in (first, *others):
        content = MUTATIONS[name](content, random, size)
    return Mutated(content=content, mutations=(first, *others))


# Bytes and tags


def _cut(content: bytes, random: Random) -> tuple[int, int]:
    """A stretch of the page: anything from a byte to all of it, short ones more often."""
    length = _upto(random, max(len(content), 1))
    start = random.randint(0, max(len(content) - length, 0))
    return start, start + length


def _upto(random: Random, limit: int) -> int:
    """A number from 1 to the limit; each order of magnitude is as likely as another."""
    return min(limit, int(math.exp(random.uniform(0, math.log(max(limit, 1) + 1)))))


def _cut_end(content: bytes, random: Random, _: int) -> bytes:
    return content[: random.randint(0, len(content))]


def _cut_start(content: bytes, random: Random, _: int) -> bytes:
    return content[random.randint(0, len(content)) :]


def _cut_middle(content: bytes, random: Random, _: int) -> bytes:
    start, end = _cut(content, random)
    return content[:start] + content[end:]


def _repeat_stretch(content: bytes, random: Random, size: int) -> bytes:
    start, end = _cut(content, random)
    count = min(_upto(random, 10_000), size // max(end - start, 1))
    return content[:end] + content[start:end] * count + content[end:]


def _swap_stretches(content: bytes, random: Random, _: int) -> bytes:
    first, second, third, last = sorted(random.randint(0, len(content)) for _ in range(4))
    return content[:first] + content[third:last] + content[second:third] + content[first:second] + content[last:]


def _flip_bytes(content: bytes, random: Random, _: int) -> bytes:
    result = bytearray(content)
    for _turn in range(_upto(random, max(len(content) // 20, 1)) if content else 0):
        result[random.randrange(len(result))] = random.choice((0, 0x20, 0x22, 0x26, 0x3C, 0x3E, random.randrange(256)))
    return bytes(result)


def _delete_bytes(content: bytes, random: Random, _: int) -> bytes:
    gone = {random.randrange(len(content)) for _turn in range(_upto(random, len(content) // 20 + 1))} if content else ()
    return bytes(byte for index, byte in enumerate(content) if index not in gone)


def _sprinkle(*signs: bytes) -> Mutation:
    """One of the signs at some places of the page."""

    def sprinkle(content: bytes, random: Random, size: int) -> bytes:
        sign = random.choice(signs)
        count = _upto(random, max(min(len(content) // 5, size // len(sign)), 1))
        places = sorted({random.randint(0, len(content)) for _turn in range(count)})
        bounds = zip([0, *places], [*places, len(content)], strict=True)
        return sign.join(content[start:end] for start, end in bounds)

    return sprinkle


def _delete_tags(content: bytes, random: Random, _: int) -> bytes:
    share = random.choice((0.01, 0.05, 0.3, 1.0))
    return _TAG.sub(lambda match: b"" if random.random() < share else match[0], content)


def _repeat_tags(content: bytes, random: Random, size: int) -> bytes:
    share, most = random.choice((0.01, 0.05, 0.3)), max(size // max(len(content), 1), 2)
    return _TAG.sub(lambda match: match[0] * (random.randint(1, most) if random.random() < share else 1), content)


def _swap_tags(content: bytes, random: Random, _: int) -> bytes:
    tags: list[bytes] = _TAG.findall(content)
    share = random.choice((0.01, 0.05, 0.3))
    return _TAG.sub(lambda match: random.choice(tags) if random.random() < share else match[0], content)


def _drop_end_tags(content: bytes, random: Random, _: int) -> bytes:
    share = random.choice((0.1, 0.5, 1.0))
    return _END_TAG.sub(lambda match: b"" if random.random() < share else match[0], content)


def _drop_quotes(content: bytes, random: Random, _: int) -> bytes:
    share = random.choice((0.01, 0.5, 1.0))
    return re.sub(rb"[\"']", lambda match: b"" if random.random() < share else match[0], content)


def _drop_spaces(content: bytes, _: Random, __: int) -> bytes:
    return re.sub(rb">\s+<", b"><", content)


def _shout(content: bytes, _: Random, __: int) -> bytes:
    return _TAG.sub(lambda match: match[0].upper(), content)


# What is put into a page


def _places(content: bytes, where: str) -> list[int]:
    """Offsets where something can be put: in the head, before or after the story, in it, between tags."""
    patterns = {
        "head": rb"<head[^>]*>|</title>|(?=</head>)",
        "before": rb"<body[^>]*>",
        "after": rb"(?=</body)",
        "story": rb"(?<=</p>)|(?=<p[ >])",
        "paragraph": rb"<p(?: [^>]{0,200})?>|(?=</p>)|(?<=[a-z]) (?=[a-z]{3,20} [a-z]{3,20} )",
        "title": rb"<title[^>]*>",
        "anywhere": rb"",
        "tag": rb"<[a-z0-9]+(?=[ >])",
        "attribute": rb"=\"",
    }
    return [match.end() for match in re.finditer(patterns[where], content, re.IGNORECASE)] or [0, len(content)]


def _put(*where: str, make: Make) -> Mutation:
    def put(content: bytes, random: Random, size: int) -> bytes:
        place = random.choice(_places(content, random.choice(where)))
        return content[:place] + make(random, size) + content[place:]

    return put


def _many(*units: str) -> Make:
    """One of the units, again and again, a million times at most."""

    def many(random: Random, size: int) -> bytes:
        unit = random.choice(units).encode("utf-8", "surrogatepass")
        return unit * min(_upto(random, 1_000_000), size // len(unit))

    return many


def _one(*texts: str) -> Make:
    return lambda random, _: random.choice(texts).encode()


_BLOCKS = ("div", "p", "article", "section", "main", "blockquote", "center", "form", "h1", "h2", "figure", "figcaption")
_INLINE = ("b", "i", "span", "font", "a", "em", "strong", "small", "u", "label", "q", "ins")
_LISTS = ("<ul><li>", "<ol><li>", "<dl><dd>", "<table><tr><td>", "<table><tbody><tr><th>", "<ul><li><p>", "<table>")
_CLASSES = ("", ' class="article-body"', ' id="content"', ' itemprop="articleBody"', ' href="/a"')


def _nested(random: Random, size: int) -> bytes:
    """Elements in elements, to 100,000 levels; sometimes much stands within the innermost; not always closed."""
    start = f"<{random.choice(_BLOCKS + _INLINE)}{random.choice(_CLASSES)}>"
    start = random.choice((start, start, start + random.choice(("<b>", "<div>", "<p>", "")), random.choice(_LISTS)))
    names = re.findall(r"<(\w+)", start)
    depth = min(_upto(random, random.choice((100, 250, 250, DEPTH))), size // len(start))
    inner = _many(*_UNITS)(random, size) if random.random() < 0.4 else b"kata "
    end = "".join(f"</{name}>" for name in reversed(names)) if random.random() < 0.7 else ""
    return (start * depth).encode() + inner + (end * depth).encode()


def _captions(random: Random, size: int) -> bytes:
    """Captions in captions, and much in the innermost."""
    start, end = random.choice(((b"<div class='caption'>", b"</div>"), (b"<figcaption>", b"</figcaption>")))
    depth = min(_upto(random, 250), size // 20)
    return start * depth + _many("<b>x</b>", "<p class='caption'>x</p>", "kata ")(random, size) + end * depth


_UNITS = (
    "<br>", "<br/>x", "<hr>", "<a>", "<a href='/x'>", "<a href='/x'>Menteri tiba di kota itu</a>", "<p>", "<p>x",
    "<p></p>", "<li>x", "<td>", "<tr><td>x", "<b>x</b>", "<b>", "<i>", "</i>", "<font>", "<span>x</span>",
    "<h1>x</h1>", "<h2>x", "<time>x</time>", "<figcaption>x</figcaption>", "<p class='caption'>x</p>", "<img src=x>",
    "<input>", "<option>x", "<dt>x<dd>x", "<script></script>", "<script>x=1</script>", "<style></style>",
    "<noscript>x</noscript>", "<template>x</template>", "<iframe></iframe>", "<!---->", "<!-- x -->", "<!-->",
    "<?x?>", "<?x", "<!x>", "</p>", "</div>", "</b>", "</body></html>", "<html>", "<body>", "<head>", "<article>",
    "<main>", "<ruby>x<rt>", "<div>x</div>", "<div ", "<x>", "<x-y>", "<x:y/>", "</x", "<", ">",
    "<article></article>", "<header><time></time></header>", "<blockquote>", "<center>", "<del>x</del>",
    "<sub>x</sub>", "<tt>",
)  # fmt: skip
_REFERENCES = (
    "&", "&amp;", "&amp;amp;", "&lt;", "&lt;p&gt;", "&#65;", "&#x41;", "&#0;", "&#xD800;", "&#xDC00;", "&#x110000;",
    "&#99999999999;", "&#x80;", "&nbsp;", "&shy;", "&zwj;", "&notit;", "&no;", "&#", "&#x", "&#x;",
    "&NotEqualTilde;", "&#x1F600;", "&a", "&lol;",
)  # fmt: skip
_OPEN = (
    "<!--", "<![CDATA[", "<script>", "<script>'", "<script><!--<script>", "<style>", "<textarea>", "<title>",
    "<xmp>", "<iframe>", "<noembed>", "<noframes>", "<plaintext>", "<select>", "<svg>", "<svg><title>", "<math>",
    "<noscript>", "<template>", "<frameset>", '<a href="', "<a href='", "<p title=", '<p "', "<", "</", "<!", "<?",
    "<?php", "<!DOCTYPE", '<!DOCTYPE html PUBLIC "', "<!DOCTYPE html [", "&", "&#", "&#x", "</p", "<p/", "<button>",
    "<table>", "<form>", "<a>", "<li>", "<object>", "<video>", "<canvas>", "<dialog>",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"',
    '<script type="application/ld+json">{"a":[',
)  # fmt: skip
_ODD = (
    '<svg><foreignObject><p>kata</p></foreignObject><path d="M0 0L1 1"/></svg>', "<svg><style><p></style></svg>",
    "<math><mi><p>x</p></mi><annotation-xml encoding='text/html'><p>x</math>", "<base href='javascript:x'>",
    "<base href='//['>", "<frameset cols=1><frame src=x></frameset>", "<meta http-equiv=refresh content='0;url=/'>",
    "<link rel=canonical href='http://[::1'>", "<link rel=canonical href='http://a:99999999/x'>",
    "<link rel=canonical href='//'>", "<link rel=canonical>", "<body><body a=1>", "<html lang=xx><html b=2>",
    "</head><head>", "<?xml version='1.0' encoding='utf-16'?>", "<?xml-stylesheet href='x'?>",
    "<![if IE]>x<![endif]>", "<!--[if IE]><p>x<![endif]-->", "<p hidden>x</p>", "<details><summary>x</summary>",
    "<image src=x>", "<isindex>", "<marquee>x", "<bgsound>", "<noscript><p>x</noscript>", "<table><p>x<tr>",
    "<p><table>", "<a><a><p></a>", "<b><p></b></p>", "<form><form>", "<x xml:lang=en xmlns:a='b' a:c=d>",
    "<p\0id=1>", "<p id=1 id=2>", "<p =a=b>", "<p a=`b`>", "<p/=/>", "<meta charset=utf-7>",
    "<time datetime='9999-99-99'>", "<time datetime=''>",
    '<meta property="article:published_time" content="0000-00-00T99:99">',
    '<meta property="og:locale" content="xx_XX">', "<h1></h1>", "<h1> </h1>",
)  # fmt: skip
_DOCTYPES = (
    "<!DOCTYPE html>" * 2, '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Frameset//EN" "http://127.0.0.1:1/x.dtd">',
    '<!DOCTYPE html SYSTEM "file:///etc/passwd">', "<!DOCTYPE " + "html " * 2000 + ">", "<!doctypehtml>",
    '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;',
    '<!DOCTYPE html [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>', '<?xml version="1.0"?><!DOCTYPE html>',
    '<?xml version="1.0" encoding="x"?>', "\ufeff<!DOCTYPE html>", "<!-- --><!DOCTYPE html>",
)  # fmt: skip


def _laughs(random: Random, _: int) -> bytes:
    """An entity that would be a billion ones."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE html [<!ENTITY l0 "kata ">{levels}]><p>{"&l9;" * _upto(random, 1000)}</p>'.encode()


def _conditional(random: Random, size: int) -> bytes:
    """Comments at the top of the page, where its kind is looked for."""
    return random.choice((b"<!---->", b"<!-- x -->", b"<!--\n-->", b"<!-- > -->")) * min(_upto(random, 1000), size // 8)


def _attributes(random: Random, size: int) -> bytes:
    """Tags with up to 5,000 attributes."""
    count = _upto(random, random.choice((900, ATTRIBUTES)))
    form = random.choice(("a{}", "a{}=1", "a{}='x y'", 'on{}="a>b"', "data-{}=", "a=1 b{}"))
    name = random.choice(("p", "div", "a", "script", "meta", "x"))
    tag = f"<{name} {' '.join(map(form.format, range(count)))}>".encode()
    return tag * max(min(_upto(random, 1000), size // len(tag)), 1)


def _giant(random: Random, size: int) -> bytes:
    """One thing that is very large: an attribute, a text, a comment, a script, a name, an image, a class list."""
    filler = random.choice((b"a", b"kata ", b"a-", b" ", b"&amp;", "語".encode(), b"<", b"\n", b"x=1;", b"a a", b"'"))
    big = filler * (_upto(random, size) // len(filler))
    before, after = random.choice(
        (
            (b'<p title="', b'">'), (b'<a href="', b'">x</a>'), (b'<div class="', b'">'), (b"<p>", b"</p>"),
            (b"<!--", b"-->"), (b"<script>", b"</script>"), (b"<style>", b"</style>"), (b"<title>", b"</title>"),
            (b"<h1>", b"</h1>"), (b"<", b">"), (b"<x", b">"), (b"<p ", b">"),
            (b'<meta name="author" content="', b'">'), (b'<meta property="og:title" content="', b'">'),
            (b'<time datetime="', b'">'), (b"<figcaption>", b"</figcaption>"), (b"<pre>", b"</pre>"), (b"&#", b";"),
            (b"&", b";"),
            (b'<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"', b'"}</script>'),
            (b"<p>", b""), (b'<script type="application/ld+json">["', b'"]</script>'),
            (b"<textarea>", b"</textarea>"), (b"<?", b"?>"),
        )
    )  # fmt: skip
    return before + big + after


def _image(random: Random, size: int) -> bytes:
    data = base64.b64encode(random.randbytes(_upto(random, max(size * 3 // 4, 1))))
    return random.choice((b'<img src="data:image/png;base64,%s">', b"<p>data:image/png;base64,%s</p>")) % data


_JSON_LEVELS = (("[", "]"), ('{"name":', "}"), ('{"@graph":[', "]}"), ('{"mainEntity":', "}"), ('{"a":', "}"))
_JSON_FORMS = (
    '{{"@type":"NewsArticle","{}":{}}}',
    '[{{"@type":["Article",1],"{}":{}}}]',
    '{{"{}":{}}};',
    "<!--{{{}:{}}}-->",
)
_JSON_FIELDS = ("author", "editor", "publisher", "headline", "datePublished", "url", "@type", "@graph", "articleBody")


def _json_ld(random: Random, size: int) -> bytes:
    """JSON-LD that is deep, of wrong types, or almost JSON."""
    depth = min(_upto(random, random.choice((1_000, 3_000, DEPTH))), size // 20)
    opening, closing = random.choice(_JSON_LEVELS)
    deep = opening * depth + random.choice(('"x"', "1", "null", "")) + closing * depth
    field = random.choice(_JSON_FIELDS)
    odd = random.choice(
        (
            deep, "9" * 5000, "1e999", "NaN", "-Infinity", "null", "true", "[]", "{}", '""', '"\\ud800"',
            '"\\u0000"', '[null,1,{"name":[]}]', '"' + "\\u0041" * 5000 + '"', '"x",' * 3 + '"y"',
            '{"name":{"name":{"@id":1}}}', '"<b>x</b>&amp;"', "'x'", '"x" // y', "[" + "{}," * 5000 + "{}]",
            '"2025-13-45"', '"https://x.example/"', '["NewsArticle",["Article"]]',
        )
    )  # fmt: skip
    text = random.choice(_JSON_FORMS)
    return b'<script type="application/ld+json">%s</script>' % text.format(field, odd).encode()


_PUMPS = (
    "(", ")", "[", "]", "a - ", " - ", "- ", "-", "–", "—", " ", "\t", "\xa0", '"', "'", "“", "1", "1 ", "1/", "1-",
    "1.", "1:", "12 ", "a", "A", "a ", "A ", "A. ", "a.", "a@", "@a ", "#a ", "/a", "a/", "/", " / ", "|", "a | ",
    "->", "> ", "a > ", "»", "::", "a: ", ": ", ", ", "A, ", ". ", "! ", "?", "…", "...", "www.", "a.b", "http://",
    "Jan ", "1 Jan ", "Mei 2020 ", "2020-01-", "2020", "(AP", "AFP ", "ANTARA/", "Baca juga: ", "Read more: ",
    "Oleh: ", "By ", "©", "&", "\\", "_", "%", "Aa", "Aa ", "é", "語", "`", "*", "* ", "# ", "data:image/", ".jpg",
    "![", "](", "{", "}", "<", "Jakarta, ", "JAKARTA, ", "Jakarta (", "Jakarta - ",
)  # fmt: skip
_STARTS = (
    "", "", "(", "(AP", "[AP", "Oleh ", "By ", "Oleh: ", "Baca juga: ", "Jakarta, 1 Mei 2020 ", "JAKARTA ", "![",
    "https://", "Foto: ", "1 Januari ", '"',
)  # fmt: skip
_ENDS = ("", "", "!", " kata", " kata" * 60, ")", "]", "1", "\x00", ".", "x." * 3)
_HOLDERS = (
    "<title>{}</title>", "<h1>{}</h1>", '<meta name="author" content="{}">',
    '<meta property="og:title" content="{}">', '<meta property="og:description" content="{}">',
    '<meta property="article:published_time" content="{}">', '<time datetime="{}">{}</time>',
    '<link rel="canonical" href="https://a.example/{}">',
    '<meta property="og:site_name" content="{}"><title>{} - {}</title>', '<p class="caption">{}</p>',
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"{}","author":{"name":"{}"}}</script>',
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"{}","url":"{}"}</script>',
    "<span class=author>{}</span>", "<h1>x</h1><span>{}</span>",
)  # fmt: skip


def _pumped(random: Random, limit: int) -> str:
    """A text that patterns with more than one way to match are slow with."""
    unit = "".join(random.choice(_PUMPS) for _turn in range(random.choice((1, 1, 1, 2, 3))))
    start, end = random.choice(_STARTS), random.choice(_ENDS)
    return start + unit * (max(limit - len(start) - len(end), 0) // len(unit)) + end


def _pump_field(random: Random, size: int) -> bytes:
    text = _pumped(random, random.choice((60, 64, 500, 512, 2048, min(size, 200_000))))
    return random.choice(_HOLDERS).replace("{}", text).encode()


def _pump_lines(random: Random, size: int) -> bytes:
    """Lines that patterns are slow with, as paragraphs; patterns see the first 600 characters of a line."""
    lines = [_pumped(random, random.choice((100, 118, 290, 580, 600, 3000))) for _turn in range(_upto(random, 20))]
    wrap = random.choice(
        ("<p>{}</p>", "<p>Kata menteri itu kepada pers. {}</p>", "{}<br>", "<p>{} Kata menteri itu kepada pers.</p>")
    )
    return "".join(wrap.format(line) for line in lines)[: max(size, 1000)].encode()


def _metas(random: Random, size: int) -> bytes:
    name = random.choice(("og:title", "author", "date", "article:published_time", "x{}", "twitter:title"))
    count = min(_upto(random, 200_000), size // 45)
    return "".join(f'<meta property="{name.format(number)}" content="{number}">' for number in range(count)).encode()


# The whole page


_CODECS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-8-sig", "cp1252", "latin-1",
    "cp1251", "gb18030", "shift_jis", "utf-7",
)  # fmt: skip
_DECLARED = (
    "utf-8", "utf-16", "utf-7", "iso-8859-1", "windows-1252", "gb2312", "shift_jis", "x-user-defined", "none", "",
    "utf-8\0", "UTF8", "big5", "tis-620",
)  # fmt: skip
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"+/v8-")
_SIGNS = (
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad", "\u202e", "\u202a", "\u2066", "\u2069", "\u200f",
    "\u061c", "\u0301", "\x07", "\x85", "\u2028",
)  # fmt: skip


def _recode(content: bytes, random: Random, _: int) -> bytes:
    return _text(content).encode(random.choice(_CODECS), "replace")


def _declare(content: bytes, random: Random, _: int) -> bytes:
    name = random.choice(_DECLARED).encode()
    declared = re.compile(rb"(charset\s*=\s*[\"']?)[\w-]+", re.IGNORECASE)
    if declared.search(content):
        return declared.sub(lambda match: match[1] + name, content)
    return content.replace(b"<head>", b'<head><meta charset="%s">' % name, 1)


def _mix_encodings(content: bytes, random: Random, _: int) -> bytes:
    text = _text(content)
    start, end = sorted(random.randint(0, len(text)) for _turn in range(2))
    stretch = text[start:end].encode(random.choice(_CODECS), "replace")
    return text[:start].encode() + stretch + text[end:].encode()


def _mojibake(content: bytes, random: Random, _: int) -> bytes:
    text = _text(content)
    for _turn in range(random.choice((1, 1, 2, 3))):
        text = text.encode().decode("latin-1")
    return text.encode()


def _mark(content: bytes, random: Random, _: int) -> bytes:
    return random.choice(_BOMS) + content


def _signs_everywhere(content: bytes, random: Random, size: int) -> bytes:
    """An invisible sign before every letter, or every word, of the page's texts."""
    sign, pattern = random.choice(_SIGNS), random.choice((r"(?=\w)", r"(?<= )"))

    def fill(match: re.Match[str]) -> str:
        return re.sub(pattern, sign, match[0])

    filled = re.sub(r"(?<=>)[^<>]+(?=<)", fill, _text(content)).encode()
    return filled if len(filled) <= len(content) + size else content


def _odd_spaces(content: bytes, random: Random, _: int) -> bytes:
    space = random.choice(
        (b"\xc2\xa0", b"&nbsp;", b"\t", b"\n", b"\r\n", b"\x0c", "\u2003".encode(), "\u3000".encode(), b"  ")
    )
    return re.sub(rb"(?<=[a-z]) (?=[a-z])", space, content)


def _end_lines(content: bytes, random: Random, _: int) -> bytes:
    return content.replace(b"\n", random.choice((b"\r\n", b"\r", b"", b"\n" * 100, b"\x0b", b"\xe2\x80\xa8")))


_AROUND = ("div", "b", "p", "ul", "table", "object", "frameset", "iframe", "noscript", "template", "textarea", "svg")


def _wrap(content: bytes, random: Random, size: int) -> bytes:
    name = random.choice(_AROUND)
    depth = min(_upto(random, DEPTH), size // 12)
    return f"<{name}>".encode() * depth + content + f"</{name}>".encode() * depth


def _again(content: bytes, random: Random, size: int) -> bytes:
    """The page twice or more, after itself or within itself."""
    count = max(min(_upto(random, 20), size // max(len(content), 1)), 1)
    if random.random() < 0.5:
        return content * (count + 1)
    return content.replace(b"</body>", content * count + b"</body>", 1)


def _nothing(_: bytes, random: Random, size: int) -> bytes:
    """A page with no story at all."""
    kinds: tuple[Make, ...] = (
        _one(""), _many(" ", "\n", "\t", "\xa0", "\0", "\ufeff"), _many("<script>a=1</script>"),
        _many("<!-- kata kata -->"), _many("<"), _many("<p>"), _many("\u200b", "&nbsp;"), _one(*_DOCTYPES),
        _one("<html>", "<html></html>", "<body>", "<p></p>", "</html>", "<!--", "<?xml"),
        _one("<html><frameset cols=1><frame src=a><noframes>kata</noframes></frameset></html>"),
        _many("<a href='/x'>Menteri tiba di kota itu</a>\n"),
        lambda random, size: random.randbytes(_upto(random, size)), _many("\ud800", "\udfff"), _many("kata "),
        _giant, _nested,
    )  # fmt: skip
    return random.choice(kinds)(random, size)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


MUTATIONS: dict[str, Mutation] = {
    "cut end": _cut_end,
    "cut start": _cut_start,
    "cut middle": _cut_middle,
    "repeat stretch": _repeat_stretch,
    "swap stretches": _swap_stretches,
    "flip bytes": _flip_bytes,
    "delete bytes": _delete_bytes,
    "sprinkle NUL": _sprinkle(b"\0"),
    "sprinkle surrogates": _sprinkle(b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80"),
    "sprinkle marks of order": _sprinkle(*_BOMS),
    "sprinkle bad UTF-8": _sprinkle(b"\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\xff", b"\xe2\x82", b"\x93", b"\xa0"),
    "sprinkle controls": _sprinkle(b"\x01", b"\x08", b"\x0b", b"\x1b[31m", b"\x7f", b"\x0c", b"\xc2\x85"),
    "delete tags": _delete_tags,
    "repeat tags": _repeat_tags,
    "swap tags": _swap_tags,
    "drop end tags": _drop_end_tags,
    "drop quotes": _drop_quotes,
    "drop spaces": _drop_spaces,
    "shout": _shout,
    "nest before": _put("before", "head", make=_nested),
    "nest after": _put("after", make=_nested),
    "captions": _put("before", "after", make=_captions),
    "nest in story": _put("story", "paragraph", make=_nested),
    "many elements before": _put("before", "head", make=_many(*_UNITS)),
    "many elements after": _put("after", make=_many(*_UNITS)),
    "many elements in story": _put("story", make=_many(*_UNITS)),
    "many references": _put("story", "title", "attribute", "after", "head", make=_many(*_REFERENCES)),
    "entity bomb": _put("anywhere", "before", make=_laughs),
    "comments at the top": lambda content, random, size: _conditional(random, size) + content,
    "many attributes": _put("before", "after", "story", "head", make=_attributes),
    "giant before": _put("head", "before", "attribute", make=_giant),
    "giant in story": _put("story", "paragraph", make=_giant),
    "giant after": _put("after", make=_giant),
    "image": _put("before", "story", "after", make=_image),
    "unterminated in head": _put("head", make=_one(*_OPEN)),
    "unterminated in story": _put("story", "paragraph", make=_one(*_OPEN)),
    "unterminated after": _put("after", make=_one(*_OPEN)),
    "unterminated anywhere": _put("anywhere", "tag", make=_one(*_OPEN)),
    "JSON-LD": _put("head", "after", make=_json_ld),
    "metas": _put("head", make=_metas),
    "pumped field": _put("head", "before", "after", make=_pump_field),
    "pumped lines before": _put("before", make=_pump_lines),
    "pumped lines in story": _put("story", make=_pump_lines),
    "pumped lines after": _put("after", make=_pump_lines),
    "odd element": _put("head", "before", "story", "after", "anywhere", make=_one(*_ODD)),
    "odd doctype": lambda content, random, size: _one(*_DOCTYPES)(random, size) + content,
    "recode": _recode,
    "declare charset": _declare,
    "mixed encodings": _mix_encodings,
    "mojibake": _mojibake,
    "mark of order": _mark,
    "invisible signs": _signs_everywhere,
    "odd spaces": _odd_spaces,
    "line ends": _end_lines,
    "wrap": _wrap,
    "again": _again,
    "nothing": _nothing,
}


# What a page shows


_ELEMENTS = re.compile(
    r"""
    <!--(?:>|->|.*?(?:--!?>|\Z))
    | <(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|template|svg|math|select)(?=[\s/>])
      (?:=\s*+(?:"[^"]*+"?|'[^']*+'?)|[^>])*+>?(?P<content>.*?)(?:</(?P=raw)(?=[\s/>])|\Z)
    | <plaintext.*
    | <(?P<end>/?)(?P<name>[a-z][^ \t\n\f\r/>]*)(?:=\s*+(?:"[^"]*+"?|'[^']*+'?)|[^>])*+>?
    | <[!?/][^>]*+>?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SHOWN_BLOCKS = frozenset({"html", "body", "div", "p", "article", "section", "main", "center", "br", "hr"})
_SHOWN_INLINE = frozenset({"b", "i", "em", "strong", "span", "font", "u", "ins", "a", "wbr", "img"})
_VOID = frozenset({"meta", "link", "input", "base", "embed", "param", "area", "col", "track", "source"})
_INVISIBLE = re.compile("[\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORDS = re.compile(r"\w+")
_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def plain(text: str) -> str:
    """The words of a text in lower case, each after a blank, without invisible signs: for asking what stands in it."""
    return "".join(f" {word}" for word in _WORDS.findall(_INVISIBLE.sub("", text).casefold())) + " "


def shown(text: str) -> str:
    """The words of a page that surely stand in plain paragraphs, as `plain` gives them.

    Nothing counts within an element that is not for paragraphs (lists, tables, navigation, whatever is unknown) until
    it is closed, nor paragraphs within a link, nor what is commented out, raw or unterminated. So much is missing.
    """
    parts: list[str] = []
    apart: Counter[str] = Counter()  # open elements within which nothing counts
    links = position = 0
    is_linked = False  # whether paragraphs stand within a link
    for match in _ELEMENTS.finditer(text):
        if not apart and not is_linked:
            parts.append(text[position : match.start()])
        position = match.end()
        name, is_end = (match["name"] or "").lower(), bool(match["end"])
        if (match["raw"] or "").lower() == "script" and "<!--" in match["content"].rpartition("-->")[2]:
            return plain(html.unescape("".join(parts)))  # where such a script ends, readers do not agree
        if name == "a":
            links = max(links - 1, 0) if is_end else links + 1
            is_linked = is_linked and links > 0
        elif name in _SHOWN_BLOCKS:
            is_linked = links > 0 and name != "br"
        elif name and name not in _SHOWN_INLINE | _VOID:
            apart[name] += -1 if is_end else 1
            if apart[name] <= 0:
                del apart[name]
        if name not in _SHOWN_INLINE:
            parts.append(" ")
    if not apart and not is_linked:
        parts.append(text[position:])
    return plain(html.unescape("".join(parts)))


def shown_by(content: bytes) -> str:
    """`shown` of bytes: as their mark of order says, else as UTF-8; nothing where some seem to be of UTF-16."""
    codec = next((codec for mark, codec in _MARKED if content.startswith(mark)), None)
    if codec is None and content.count(b"\0") > 0.05 * len(content):
        return ""
    return shown(content.decode(codec or "utf-8", "replace"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The paragraphs of a story, as `plain` gives them."""

    paragraphs: tuple[str, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> Story:
        """The story with these paragraphs."""
        return cls(paragraphs=tuple(plain(paragraph) for paragraph in paragraphs))

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    def share(self, text: str) -> float:
        """The share of the story's words that stand in paragraphs which the text (as `plain` gives it) holds whole."""
        held = sum(len(paragraph.split()) for paragraph in self.paragraphs if paragraph in text)
        return held / max(self.words, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page before its mutation; `story` is what is read of it then, `words` how many words it surely shows."""

    name: str
    content: bytes
    story: Story
    words: int

    def is_shown_by(self, content: bytes) -> bool:
        """Whether the page (bytes) surely shows the story, and not so much else that the story were lost in it."""
        text = shown_by(content)
        return len(text.split()) <= self.words + self.story.words / 2 and self.story.share(text) > SURELY_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What came of a page, and the seconds that it took."""

    path: str
    result: Article | Dropped
    seconds: float


def sources(paths: Sequence[Path]) -> list[Source]:
    """The pages that give an article, as sources of mutated ones."""
    found = []
    for path in paths:
        content = path.read_bytes()
        article = read_article(Page(path=path.name, content=content))
        if isinstance(article, Article):
            story = Story.of(body_of(article))
            found.append(Source(name=path.name, content=content, story=story, words=len(shown_by(content).split())))
    return found


def body_of(article: Article) -> list[str]:
    """The body's paragraphs."""
    return [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]


def fault_of(source: Source, content: bytes, result: Article | Dropped) -> str | None:
    """What is wrong with the result of a mutated page; None where all is well."""
    if isinstance(result, Dropped):
        if result.reason in EXPLAINED or not source.is_shown_by(content):
            return None
        return f"the story is shown, and the page is dropped: {result.reason}, {result.detail}"
    body = plain(" ".join(body_of(result)))
    if len(body.split()) < FEW_WORDS:
        return f"an article with {len(body.split())} words of body"
    kept = source.story.share(body)
    if kept > KEPT or not source.is_shown_by(content):
        return None
    return f"the story is shown, and the article has {kept:.0%} of it"


def read_timed(page: Page, settings: Settings, on_read: Callable[[], None]) -> Timed:
    """Work of a worker: read a page, and tell how long it took."""
    begun = time.monotonic()
    result = read_page(page, settings, on_read)
    return Timed(path=page.path, result=result, seconds=time.monotonic() - begun)
