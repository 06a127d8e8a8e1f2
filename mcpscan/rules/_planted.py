"""Words for what acts later by itself: files that steer, moments that trigger, and what follows."""

from __future__ import annotations

from mcpscan.finding import Confidence
from mcpscan.rules._carrying import ADDRESS, FLAGS
from mcpscan.rules._later import GAP
from mcpscan.rules._sentence import Sentence
from mcpscan.text import Late

CONFIG = (
    r"(?:\b(?:claude\.md|agents\.md|gemini\.md|copilot.instructions(?:\.md)?|claude_desktop_config(?:\.json)?"
    r"|mcp\.json|settings\.json|launchagents|authorized_keys|sudoers|crontab"
    r"|cron (?:entry|job|table)|(?:daily|nightly|hourly|weekly|scheduled|recurring) (?:job|task)|autostart"
    r"|startup (?:folder|script|item)|systemd (?:unit|service)|git hooks?"
    r"|(?:pre|post)-(?:commit|push|merge|checkout|receive) hook|the hook|(?:agent|assistant|project|copilot"
    r"|claude|cursor)(?:'s|s)? (?:configuration|config|rules?|instructions?)(?: file)?"
    r"|instructions? files?|rules? files?|mcp (?:configuration|config|settings)|auto.?approve|always.?allow)\b"
    r"|\.cursorrules|\.windsurfrules|\.clinerules|\.cursor/\w{3,8}|\.claude/\w{3,10}"
    r"|\.(?:bash|zsh)rc|\.(?:bash_)?profile\b|\.git/hooks|/etc/(?:hosts|cron))"
)
WRITES = Late(
    r"\b(?:add|append|writ|put|plac|cop(?:y|ie)|insert|install|register|set|creat|schedul|stor|updat|past|sav"
    r"|includ|modif|edit|extend|prepend|enable|turn\s+on|load|place|inject|amend|keep)"
    r"(?:e|es|s|ing|d|ed|ten|t|ting)?\b[^!?\n]{0,120}$",
    FLAGS,
)
SELF = Late(
    r"\b(?:this|these)\s+(?:paragraphs?|lines?|rules?|text|notes?|instructions?|sentences?|section|block"
    r"|description|policy)\b|\btext\s+of\s+this\b|\bcopy\s+of\s+these\b",
    FLAGS,
)
LOAD = Late(
    r"\b(?:trust\s+all|always\s+(?:approve|allow|trust|accept|run|merge)|auto-?approve\w*|always-?allow"
    r"|skip\s+(?:review|confirm\w*|approval)|without\s+(?:asking|review|confirm\w*)|future\s+sessions"
    r"|every\s+(?:session|start)|curl\s|wget\s|\|\s*(?:ba)?sh\b|ssh-(?:rsa|ed25519)\s|never\s+ask"
    r"|from\s+https?://|at\s+https?://|https?://|uploads?\b|ignore\s|disable\w*|everyone\s+on|never\s+(?:mention"
    r"|ask|tell|show)|mcp__|permissions\.allow|allow\s+list|allowed\s+(?:commands|tools)|\bbash\(|only\s+trusted"
    r"|trusted\s+source|\balias\s|\beval\b|\bpath=|the\s+key\s+below|(?:following|this)\s+(?:public\s+)?key)",
    FLAGS,
)
HOWTO = Late(
    r"\b(?:to\s+use\s+this\s+server|to\s+configure|e\.?g\.?|for\s+example|see\s+(?:the\s+)?(?:docs|readme)"
    r"|installation|quick\s?start|at\s+the\s+user'?s?\s+request|if\s+the\s+user|asks?\s+before"
    r"|user\s+(?:asks|wants|asked)|your\s+claude_desktop_config|mcpservers|given\s+cron|cron\s+expression"
    r"|(?:never|do\s+not|don't|must\s+not)\s+(?:edit|change|modify|write|commit|touch|put|add|store)|confirmation"
    r"|y/n)\b",
    FLAGS,
)
CONFIG_JOB = Late(
    (
        r"config|install|setup|init|rule|hook|cron|schedul|job|setting|mcp|memor|agent|workspace|server|key|host"
        r"|task|doc"
        r"|instruction|trigger|workflow|automat|routine"
    ),
    FLAGS,
)
WHEN = (
    r"\b(?:(?:on|at|after|from|with|upon|until|by|every) (?:the )?(?:second|third|fourth|fifth|sixth|tenth"
    r"|\d{1,3}(?:st|nd|rd|th)|next|last) (?:user )?(?:call|use|invocation|request|message|run|time|turn|prompt"
    r"|query)"
    r"|after \d{1,4} (?:calls?|uses?|requests?|runs?|messages|invocations|minutes?|hours?|days?)|after (?:five"
    r"|ten|a few|several|three|two) (?:calls|minutes|hours|messages|days|requests|turns)"
    r"|(?:as soon as|once|when(?:ever)?|if|the moment|from the moment|wait until|until) (?:the )?(?:user|person"
    r"|customer|owner|guest|he|she|they|anyone|someone|anybody)(?: in \w{2,5} \w{2,10})? (?:next |ever "
    r"|first )?(?:says?|said|types?|mentions?|leaves?|left|writes?|thanks?"
    r"|answers?|has (?:confirmed|left|said|gone)|goes|is (?:away|idle|gone|offline|asleep|done)|logs?|closes?"
    r"|disconnects?)|next time (?:the |an? |any )?\w{3,12}|after (?:midnight|noon)|should the user|wait(?:s"
    r"|ing)? for (?:the )?user|(?:called|used|run|invoked) (?:\w{2,8} )?(?:times|twice)|true twice"
    r"|for the (?:second|third|fourth) time|(?:on|at|during) (?:weekends?"
    r"|nights?|holidays?|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)days?)|weekends|starting (?:in|on|from) \w{3,10}|should the date|if the date|(?:enable"
    r"|active|activate)[a-z_]{0,10}after[a-z_]{0,12})\b"
)
WORD = (
    r"\b(?:(?:if|when|whenever|once|as soon as|in case|should|from the moment|the moment) (?:the |this |a |that "
    r"|any )?(?:conversation|chat|request|message|word|phrase|keyword|text|prompt|question|query|dialog(?:ue)?"
    r"|working directory|folder|hostname|repository|account|environment|clock|month|year)\b"
    + GAP
    + r"{0,30}\b(?:mentions?|contains?|appears?|includes?|names?|occurs?|comes up|is used|falls|shows up"
    r"|concerns?))\b"
)
THEN = Late(
    rf"\b(?:send|sent|forward|bcc|cc|e-?mail|mail|post|upload|export|copy|transfer|share|report|pass|puts?|fill"
    rf"|adds?|append|insert|include)\w*\b[^.!?\n]*(?:{ADDRESS}|\b(?:bcc|contacts?|address\s+book|list\s+of|whole"
    rf"|entire"
    r"|tokens?|keys?|secrets?|passwords?|credentials?|cookies?|files?|history|conversation|balance|table|database"
    r"|inbox"
    r"|as\s+well)\b)"
    r"|\b(?:empt(?:y|ies)|wip(?:e|es)|delet(?:e|es)|remov(?:e|es)|eras(?:e|es)|drop|purge"
    r"|destroy)\b[^.!?\n]*\b(?:folder|archive|logs?|backups?|database|files?|disk|account|records?|table|branch"
    r"|history|thread|chat|messages?|e?-?mails?|everything)\b"
    r"|\b(?:transfer|pay|wire|withdraw|book)\w*\s+[^.!?\n]*\b(?:balance|money|funds|\d)|\bbank\s+details\b"
    r"|\bquote\b[^.!?\n]*%|\b(?:disable|skip|bypass|turn(?:s|ed)?\s+off|switch(?:es|ed)?\s+off)\b"
    r"|\b(?:approval|confirmation|review)\b[^.!?\n]*\b(?:skipped|omitted|waived|not\s+needed)|\b(?:start|run|call"
    r"|execute|open)s?\s+(?:`?\w*(?:wipe|delete|drop|purge)\w*|https?://|what\s+it\s+says)"
    r"|\b(?:print|reveal|show|output)\b[^.!?\n]*\b(?:system\s+prompt|full\s+prompt|secrets?|keys?)|\brout(?:e"
    r"|ed)\s+[^.!?\n]*(?:https?://|difference)|\bgrant\b[^.!?\n]*\b(?:access|admin|owner)",
    FLAGS,
)
ON_TASK = Late(
    r"\b(?:rate\s+limit|expires?|locked|lock(?:s|ed)\s+(?:for|out)|signed\s+out|logged\s+out|time(?:s|d)?\s?out"
    r"|retry|retries|cache|index|released|reservation|asks?\s+to\s+(?:delete|remove|send|export|share)"
    r"|housekeeping|call\s+confirm\w*|ask\s+(?:the\s+user|for\s+(?:confirm|permission|approval|consent))"
    r"|confirm\s+with|automatically\s+(?:deleted|removed)|are\s+(?:deleted|removed|purged)|is\s+(?:deleted"
    r"|removed|purged))\b",
    FLAGS,
)
USER = Late(r"\b(?:the\s+user|user\s+message|next\s+time|conversation|chat|the\s+date)\b", FLAGS)


def written(at: Sentence) -> bool | Confidence:
    """Whether something is ordered into a file that steers, and that is not the tool's own job."""
    ordered = WRITES.search(at.left) is not None
    if at.says(HOWTO) or not (ordered or at.carried or WRITES.search(at.found.text + at.right)):
        return False
    load, own = at.says(LOAD), at.says(SELF)
    if at.lesson:
        return (load or own) and Confidence.LOW
    if at.metadata:
        job = at.owned_by(CONFIG_JOB) and not at.mentions_agent
        return (load or own) and not job and (ordered or Confidence.MEDIUM)
    return (own and ordered) or (load and at.mentions_agent) or "future sessions" in at.whole.lower()


def triggered(at: Sentence) -> bool | Confidence:
    """Whether what follows a moment, a count or a word moves, deletes or opens something."""
    if at.says(ON_TASK) or at.denied or not THEN.search(at.right + (at.left if at.metadata else "")):
        return False
    if at.lesson:
        return Confidence.LOW
    return at.metadata or at.mentions_agent or at.calls or at.address or at.says(USER)
