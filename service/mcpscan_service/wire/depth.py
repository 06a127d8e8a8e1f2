"""How deep JSON is nested, without reading it."""

from __future__ import annotations

import re
from array import array
from itertools import accumulate

# A string without an end is read to the end of the text once, not once for every quotation mark in it.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")


def too_deep(data: bytes, most: int) -> bool:
    """Whether arrays and objects of a JSON text are nested more than `most` levels deep.

    Takes time linear in the size of the text; text that is no JSON gives False or True, and never raises.

    >>> too_deep(b'[[["]]]"]]]', 2), too_deep(b'[[["]]]"]]]', 3)
    (True, False)
    """
    if data.count(b"[") + data.count(b"{") <= most:
        return False
    # Opening brackets become 1 and closing ones -1, as signed bytes; their running sum is the depth.
    steps = array("b", _STRING.sub(b"", data).translate(_STEPS, _NO_BRACKETS))
    return max(accumulate(steps), default=0) > most
