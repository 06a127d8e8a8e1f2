"""Folding by table: one numpy look-up a code point, for long texts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
"""For each character of a folded text, the place of the original one; indexes like a sequence of int."""

POINTS = 0x110000
UNKNOWN = -1
SPECIAL = POINTS
"""Values from here on are not code points but the place of a longer or empty form in `FoldTable.forms`."""


class FoldTable:
    """Maps every code point to its folded form; the table fills a page of 256 the first time one of it is seen."""

    def __init__(self, fold_char: Callable[[str], str]) -> None:
        self._fold_char = fold_char
        self._points = np.full(POINTS, UNKNOWN, dtype=np.int32)
        self._points[:128] = np.arange(128)
        self.forms: list[str] = [""]
        self._lengths = np.zeros(1, dtype=np.int64)

    def fold(self, text: str) -> tuple[str, Places | None]:
        """The folded text, and for each of its characters the place of the original one (None: nothing moved)."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        mapped = self._points[points]
        if mapped.min() == UNKNOWN:
            self._learn(points[mapped == UNKNOWN])
            mapped = self._points[points]
        if mapped.max() < SPECIAL:
            return _text(mapped), None
        return self._uneven(mapped)

    def _uneven(self, mapped: np.ndarray) -> tuple[str, Places]:
        special = np.flatnonzero(mapped >= SPECIAL)
        forms = mapped[special] - SPECIAL
        if not forms.any():
            kept = np.flatnonzero(mapped < SPECIAL)
            return _text(mapped[kept]), kept
        lengths = np.ones(len(mapped), dtype=np.int64)
        lengths[special] = self._lengths[forms]
        starts = np.repeat(np.arange(len(mapped)), lengths)
        folded = mapped[starts]
        written = "".join([self.forms[form] for form in forms.tolist()])
        folded[folded >= SPECIAL] = np.frombuffer(written.encode("utf-32-le"), dtype=np.uint32)
        return _text(folded), starts

    def _learn(self, points: np.ndarray) -> None:
        for page in np.unique(points >> 8).tolist():
            for point in range(page << 8, (page + 1) << 8):
                form = self._fold_char(chr(point))
                self._points[point] = ord(form) if len(form) == 1 else self._form(form)
        self._lengths = np.array([len(form) for form in self.forms], dtype=np.int64)

    def _form(self, form: str) -> int:
        if not form:
            return SPECIAL
        self.forms.append(form)
        return SPECIAL + len(self.forms) - 1


def _text(points: np.ndarray) -> str:
    return points.astype("<u4").tobytes().decode("utf-32-le", "replace")
