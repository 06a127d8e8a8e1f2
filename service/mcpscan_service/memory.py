"""What a server process tells Python about its memory."""

from __future__ import annotations

import gc

YOUNG = 3_000
"""New objects after which the youngest are looked through: a message makes thousands, and hardly any in a circle."""


def settle() -> None:
    """Keep the garbage collector away from what stays for the life of the process: rules, expressions, modules.

    Looking through all of that again and again costs a busy process up to half of its time. Call it when all is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
