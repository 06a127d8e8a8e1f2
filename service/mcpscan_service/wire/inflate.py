"""Compressed bodies, undone piece by piece, so that a small one cannot become a huge one unseen."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

PIECE = 256 * 1024
"""Bytes that come out at once."""


class EncodingError(ValueError):
    """A body whose encoding is not known here, or that is not what it says."""


class Inflate:
    """Undoes one content coding (RFC 9110 section 8.4): "", "identity", "gzip", "x-gzip" or "deflate".

    Raises `EncodingError` for another one.
    """

    def __init__(self, coding: str) -> None:
        coding = coding.strip().lower()
        if coding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise EncodingError("a content coding that the filter does not read")
        # Window bits of zlib: 31 for the gzip format, 15 for the zlib format.
        bits = 15 if coding == "deflate" else 31
        self.plain = coding in {"", "identity"}
        self._inner = None if self.plain else zlib.decompressobj(bits)

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """What comes out of some more bytes, in pieces of at most `PIECE` bytes. Raises `EncodingError`."""
        if self._inner is None:
            yield chunk
            return
        while True:
            try:
                piece = self._inner.decompress(chunk, PIECE)
            except zlib.error:
                raise EncodingError("a body that is not compressed the way it says") from None
            if self._inner.unused_data:
                raise EncodingError("more than one compressed body")
            chunk = self._inner.unconsumed_tail
            if piece:
                yield piece
            if not chunk and len(piece) < PIECE:
                return

    @property
    def ended(self) -> bool:
        """Whether the body is whole."""
        return self._inner is None or self._inner.eof
