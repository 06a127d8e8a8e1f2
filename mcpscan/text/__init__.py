"""Views of a text: folded and decoded forms that map every character back to the original."""

from mcpscan.text.decoding import DECODERS, Decoder, read_base64, windows
from mcpscan.text.fold import fold, fold_pattern, fold_view, is_hidden
from mcpscan.text.late import Late
from mcpscan.text.quoting import is_mention, is_quoted, speaks_of_attacks
from mcpscan.text.smuggle import flags, smuggled
from mcpscan.text.view import View
from mcpscan.text.visible import visible

__all__ = [
    "DECODERS",
    "Decoder",
    "Late",
    "View",
    "flags",
    "fold",
    "fold_pattern",
    "fold_view",
    "is_hidden",
    "is_mention",
    "is_quoted",
    "read_base64",
    "smuggled",
    "speaks_of_attacks",
    "visible",
    "windows",
]
