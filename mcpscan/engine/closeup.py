"""Which parts of a text are worth the patterns of common words: short texts, and what stands near words of attention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcpscan.match import Pattern
from mcpscan.text import View, fold_pattern, windows

SHORT = 1_200
"""Texts up to this many characters are read with every pattern all over."""

ATTENTION = Pattern(
    fold_pattern(
        r"(?:assistant|asistente?|assistente|\bagents?\b|agente\b|llms?\b|language model|the model\b|chat ?bot|\bbots?\b|copilot"
        r"|the user|user's|do not (?:tell|ask|mention|show|reveal|inform|say)|(?:never|not) (?:tell|mention)|without (?:asking|telling)"
        r"|conversation|~/\.|id_rsa|\.ssh|\.env\b|password|credential|api key|secret|(?:a copy|copies) of|also (?:send|forward|post|add)"
        r"|chatgpt|instruct|instruc[ct]i|instruk|\bprompt|approval|consent|secretly|silently|\bbcc|\biban\b|wallet|whoever"
        r"|ассистент|помощник|агент|инструкц|助手|助理|代理|模型|指示|指令|アシスタント|エージェント|어시스턴트|에이전트|지시"
        r"|مساعد|وكيل|دستیار|עוזר|סוכן|सहायक|एजेंट|ผู้ช่วย|trợ lý|yapay zek|βοηθ)"
    ),
    literal=True,
)
"""Words that address the reader of a text or speak of what it is told; the dear patterns are for what stands near."""

FEW = 4
"""Words of attention in a text, each of which is looked at even if it stands alone."""

COMPANY = 480
"""Characters within which a second word of attention makes the first one count."""


def close_ups(view: View, ends: Sequence[int]) -> Iterator[View]:
    """All of a short text, else what stands near words of attention, given where those end."""
    if len(view.text) <= SHORT:
        yield view
        return
    for start, end in windows(crowded(ends), len(view.text)):
        yield view.derive(view.text[start:end], "", range(start, end), range(start + 1, end + 1))


def crowded(ends: Sequence[int]) -> list[int]:
    """The places that have another one near them, where they are many: one word of attention alone is in any manual."""
    if len(ends) <= FEW:
        return list(ends)
    return [
        end
        for before, end, after in zip(
            (-COMPANY, *ends), ends, (*ends[1:], ends[-1] + COMPANY) if ends else (), strict=False
        )
        if end - before < COMPANY or after - end < COMPANY
    ]
