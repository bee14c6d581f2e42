"""Gzip: what is whole of a damaged file is read before the damage is told."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

_GZIP = 31  # zlib's word for a gzip header and its checks
_PIECE = 8192  # packed bytes that are looked at at once


class Unpacked(io.RawIOBase):
    """What is packed in a stream of gzip members. Raises OSError and EOFError when all before the damage is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = zlib.decompressobj(_GZIP)
        self._packed = b""
        self._step = _PIECE  # 1 in the piece that holds the damage
        self._damage: Exception | None = None

    def readable(self) -> bool:
        """As io.RawIOBase has it."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """As much as the buffer takes; 0 at the end."""
        filled = 0
        try:
            while filled < len(buffer) and not self._damage and (data := self._next(len(buffer) - filled)):
                buffer[filled : filled + len(data)] = data
                filled += len(data)
        except (OSError, EOFError) as error:
            self._damage = error
        if self._damage and not filled:
            raise self._damage
        return filled

    def _next(self, size: int) -> bytes:
        """At most so many of the next bytes; b"" at the end."""
        data = b""
        while not data and (not self._decoder.eof or self._is_another()):
            self._packed = self._packed or self._stream.read(_PIECE)
            piece, before = self._packed[: self._step], self._decoder.copy()
            try:
                data = self._decoder.decompress(piece, size)
            except zlib.error as error:
                if self._step == 1:
                    raise OSError(f"damaged gzip: get the file again ({error})") from error
                self._decoder, self._step = before, 1
                continue
            rest = self._decoder.unused_data if self._decoder.eof else self._decoder.unconsumed_tail
            self._packed = rest + self._packed[len(piece) :]
            if not piece and not data and not self._decoder.eof:
                raise EOFError("the gzip file is cut off: get it again")
        return data

    def _is_another(self) -> bool:
        """Whether another member follows; it is begun. Padding is skipped."""
        self._packed = self._packed.lstrip(b"\0")
        while not self._packed and (read := self._stream.read(_PIECE)):
            self._packed = read.lstrip(b"\0")
        if self._packed:
            self._decoder = zlib.decompressobj(_GZIP)
        return bool(self._packed)
