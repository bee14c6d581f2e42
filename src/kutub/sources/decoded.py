"""A stream of bytes becomes a stream of text: by mark of order, as UTF-16 without one, UTF-8, or windows-1252."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from kutub.sources.kinds import SAMPLE, utf16_order

CHUNK = 256 * 1024  # bytes that are read at once
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LAST = "windows-1252"


class Decoded:
    """The text of a stream, piece by piece in constant memory.

    encoding: the one in use; it is settled when the first bytes are met that are not UTF-8: few of them are faults,
    many are another encoding. replaced: how many characters (U+FFFD) stand so far for bytes that stand for nothing.
    """

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self.encoding = "utf-8"
        self.replaced = 0
        self._stream = stream
        self._is_settled = False

    def __iter__(self) -> Iterator[str]:
        data = self._stream.read1(CHUNK)
        data = self._without_mark(data)
        decoder = self._decoder()
        has_foreign = False
        while data:
            if not self._is_settled:
                try:
                    text = decoder.decode(data)
                    has_foreign = has_foreign or not text.isascii()
                except UnicodeDecodeError:
                    data = decoder.getstate()[0] + data
                    self._settle(data, has_foreign=has_foreign)
                    decoder = self._decoder()
            if self._is_settled:
                text = decoder.decode(data)
                self.replaced += text.count("\ufffd")
            if text:
                yield text
            data = self._stream.read1(CHUNK)
        yield from self._rest(decoder)

    def _rest(self, decoder: codecs.IncrementalDecoder) -> Iterator[str]:
        """What is left of a character that the end has cut."""
        left = decoder.getstate()[0]
        if left:
            self.replaced += 1
            yield "\ufffd"

    def _without_mark(self, data: bytes) -> bytes:
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                self.encoding, self._is_settled = encoding, True
                return data.removeprefix(mark)
        if order := utf16_order(data[:SAMPLE]):
            self.encoding, self._is_settled = order, True
        return data

    def _settle(self, data: bytes, *, has_foreign: bool) -> None:
        """Decide between UTF-8 with faults and windows-1252."""
        text = data.decode("utf-8", "replace")
        faults = text.count("\ufffd")
        letters = sum(character > "\x7f" for character in text) - faults
        if not has_foreign and faults >= letters:
            self.encoding = _LAST
        self._is_settled = True

    def _decoder(self) -> codecs.IncrementalDecoder:
        return codecs.getincrementaldecoder(self.encoding)("replace" if self._is_settled else "strict")
