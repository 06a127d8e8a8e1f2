"""How deep JSON is nested, without reading it."""

from __future__ import annotations

import re

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_ALIKE = bytes.maketrans(b"[]", b"{}")
_NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))


def too_deep(data: bytes, most: int) -> bool:
    """Whether arrays and objects of a JSON text are nested more than `most` levels deep.

    Linear in the size of the text times `most` at worst; text that is no JSON gives False or True, and never raises.

    >>> too_deep(b'[[["]]]"]]]', 2), too_deep(b'[[["]]]"]]]', 3)
    (True, False)
    """
    if data.count(b"[") + data.count(b"{") <= most:
        return False
    left = _STRING.sub(b"", data).translate(_ALIKE, _NO_BRACKETS)
    for _ in range(most):
        size = len(left)
        left = left.replace(b"{}", b"")
        if len(left) == size:
            # Brackets without their counterpart: whoever reads it as JSON refuses it.
            return size > most
    return bool(left)
