"""What a tool's definition costs in tokens, estimated without any model's tokenizer.

Four characters of English count as one token (OpenAI, "What are tokens and how to count them?", help centre article
4936856); a character of Chinese, Japanese or Korean counts as one, and two characters of any other script. Tokenizers
differ by a quarter and more: the number compares servers, it bills nobody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

_CJK = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def tokens(tool: Mapping[str, object]) -> int:
    """The tokens of a tool as a host puts it before a model: name, description and the schema of its input as JSON.

    >>> tokens({"name": "add", "description": "Adds two numbers", "inputSchema": {"type": "object"}})
    22
    """
    schema = next((tool[key] for key in ("inputSchema", "input_schema", "parameters") if key in tool), {})
    sent = {"name": tool.get("name", ""), "description": tool.get("description") or "", "input_schema": schema}
    try:
        said = json.dumps(sent, ensure_ascii=False, default=str)
    except (RecursionError, ValueError, TypeError):
        said = str(sent["name"]) + str(sent["description"])
    return of_text(said)


def of_text(text: str) -> int:
    """The tokens of a text, estimated; at least 1 for one that is not empty.

    >>> of_text("four letters per token"), of_text("\u8bfb\u53d6\u6587\u4ef6"), of_text("")
    (6, 4, 0)
    """
    if text.isascii():
        return -(-len(text) // 4)
    wide = sum(1 for char in text if _is_cjk(ord(char)))
    narrow = sum(1 for char in text if char.isascii())
    return wide + -(-narrow // 4) + -(-(len(text) - wide - narrow) // 2)


def _is_cjk(point: int) -> bool:
    return any(first <= point <= last for first, last in _CJK)
