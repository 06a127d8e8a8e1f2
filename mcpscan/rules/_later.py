"""Words for what acts later in a memory: what is kept, and what it says."""

from __future__ import annotations

from mcpscan.finding import Confidence
from mcpscan.rules._carrying import ADDRESS, FLAGS
from mcpscan.rules._sentence import Sentence
from mcpscan.text import Late

GAP = r"[\w ,'\"`()&%#:;/+=$@<>-]"
LATER = (
    r"(?:(?:all |every |any |each )?(?:future|later|subsequent|following|further|next|coming) (?:sessions?"
    r"|conversations?|chats?|tasks?|repl(?:y|ies)|requests?|runs?|prompts?"
    r"|answers?|turns?|summar(?:y|ies)|reports?|interactions?)|across (?:sessions|turns|chats|conversations)"
    r"|(?:every|each) later (?:chat|session|conversation)"
    r"|when this server is no longer)"
)
KEEPS = (
    r"\b(?:remember|memori[sz]e|stor(?:e|es|ed|ing)|sav(?:e|es|ed|ing)|keep(?:s|ing)?|kept|not(?:e|es|ed)"
    r"|record(?:s|ed|ing)?|retain(?:s|ed)?|add(?:s|ed|ing)?|writ(?:e|es|ten|ing)"
    r"|put|persist(?:s|ed)?|commit(?:s|ted)?|treat(?:s|ed)?|plant|learn)\b"
)
MEMORY = (
    r"(?:(?:your |its |the |long.term |permanent |persistent |agent'?s? ){0,3}(?:memory|memories|knowledge graph"
    r"|memory (?:file|server|tool|bank))|permanently|forever|for good|(?:lasting|standing|permanent"
    r"|fixed) (?:preferences?|instructions?|orders?|rules?)|your notes|user's profile|user profile"
    r"|profile of the user|notes on (?:this|the) user|preferences? (?:of|for) the user)\b"
)
STORES = KEEPS + GAP + r"{0,60}\b(?:" + LATER + "|" + MEMORY + ")"
ONWARD = (
    r"\b(?:from (?:now|today|this (?:point|moment|line|call|message)|that moment|then) on(?:wards?)?|from (?:now"
    r"|today)|starting (?:now|today|immediately)|from here on|going forward|henceforth|in (?:all |every "
    r"|any )?(?:future|later|subsequent|further) (?:sessions?|conversations?|chats?|tasks?|repl(?:y|ies)|answers?"
    r"|summar(?:y|ies)|reports?)"
    r"|also in later|for the (?:rest|remainder) of (?:the|this|your) (?:\w{1,12} )?(?:conversation|session|chat"
    r"|task)|until (?:told|instructed|notified) otherwise|rule to keep|for ever|forever)\b"
)
FACT = (
    r"\b(?:the )?(?:user|owner|customer|admin\w{0,10}|account holder|human|operator) (?:really |always "
    r"|usually )?(?:wants?|dislikes?|prefers?|has (?:agreed|given|consented|approved|granted|allowed"
    r"|authori[sz]ed)"
    r"|agree[sd]|approve[sd]|does not (?:want|like|mind|need|care)|doesn't (?:want|like|mind|need|care)"
    r"|never wants?|hates?|allow[sd]?|consents?|trusts?|finds?|waives?|gave|is fine with|already)\b" + GAP + r"{0,70}"
)
RETAIN = (
    r"\b(?:retain|remember|keep|memori[sz]e|learn)(?: this| the following)? (?:permanently|forever|for good|always"
    r"|in mind (?:forever|for ever|always|for all|in every))\b|\bmemori[sz]e\s?:"
)
KEPT = (
    r"\b(?:preferences?|facts?|memor(?:y|ies)|observations?|rules?)\b"
    + GAP
    + r"{0,20}\b(?:stored|saved|kept|recorded|remembered|noted|memori[sz]ed|update|entry)\b"
)
RISK = Late(
    r"\b(?:trust(?:ed|s|worthy)?|no\s+(?:approval|confirmation|permission|review|need)|need\s+no|without|agreed"
    r"|consent\w*|approv\w+|permission|confirm\w*|asked|bcc|forward\w*|secrets?"
    r"|tokens?|passwords?|credentials?|payments?|wire|transfers?|skip\w*|delet\w+|ignor\w+|prefer\w*|allowed"
    r"|authori[sz]\w*|shar(?:e|ed|ing)|accept\w*|unattended|always|never|must|included?"
    r"|append\w*|repeat\w*|warnings?|speaks?\s+for|on\s+behalf|counts?\s+as|unwanted|not\s+wanted|as\s+if"
    r"|whatever|even\s+(?:if|when)|displayed|bypass\w*|trusted"
    r"|questions?\s+about|answered?|auto-?approve\w*|vendor|every\s+(?:mail|message|report|reply))\b",
    FLAGS,
)
ASSERTS = Late(r"^[^.!?\n]{0,60}?(?:\bthat\b|:|[\"'`]\w)", FLAGS)
THAT = Late(r"\bthat\s+(?:the|all|every|any|no|an?|\w{3,12}s)\b|:\s", FLAGS)
DANGER = Late(
    r"\b(?:permission|confirm\w*|asked|asking|approv\w*|consent\w*|secrets?|tokens?|passwords?|credentials?"
    r"|shar(?:e|ed|ing)|wire|transfers?|payments?|unattended|warnings?|terms|"
    r"review|notif\w*|confirmations?|prompt(?:s|ed)|checks?|delet\w+|access|2fa|two-factor)\b",
    FLAGS,
)
DESPITE = Late(
    r"\beven\s+(?:when|if|though)\b[^.!?\n]*\b(?:user|owner|customer|traveller|guest|he|she|they|someone|asks?"
    r"|says?|names?|wants?)\b|\b(?:whatever|regardless|no\s+matter|irrespective)\b"
    rf"|\bbcc\b|\b(?:send|sent|forward|post|upload|copy|cop(?:y|ied)|mail|go(?:es)?|through|via"
    rf"|share)\w*\b[^.!?\n]*{ADDRESS}|\bwithout\s+(?:asking|confirm)\w*|\bas\s+if\b|\btreat\b[^.!?\n]*\bas\b",
    FLAGS,
)
MEMORY_JOB = Late(r"memor|remember|note|knowledge|graph|entit|observ|recall|prefer|journal|fact|store|save", FLAGS)
PERSON = Late(
    r"\bbcc\b|@|\bwhatever\s+(?:they|the\s+user|he|she)|\btreat\s+(?:every|all|any)|\beven\s+(?:when|if)\b", FLAGS
)
OWN = Late(
    r"\b(?:your|its|long-?term|permanent|memory\s+(?:file|server|tool|bank)|knowledge\s+graph|(?:future|later"
    r"|subsequent|next)\s+(?:sessions?|conversations?|chats?|tasks?|repl\w+|answers?)|across)\b",
    FLAGS,
)
STORED_AS = Late(
    r"\b(?:remember|memor\w+|stor\w+|sav(?:e|ed)|note|record\w*|preferences?|fact|observation|known)\b", FLAGS
)
ASSERTED = Late(
    r"\b(?:sentence|following|the\s+fact|the\s+preference|this\s+(?:note|paragraph|rule|line)|the\s+rule"
    r"|note\s+[\"'`])",
    FLAGS,
)
ASKED = Late(
    r"\b(?:(?:when|if|only\s+if|once|because|what|something)\s+(?:the\s+)?(?:user|customer|person)\s+(?:asks?"
    r"|asked|says|wants|requests?|tells)|(?:saved|stored|kept)\s+on\s+request|at\s+the\s+user'?s?\s+request"
    r"|user\s+asked)\b",
    FLAGS,
)

SUPPOSED = Late(r"\b(?:when|if|whether|unless|once|after|whose)\s+(?:the\s+)?$", FLAGS)


def planted(pattern: int, at: Sentence) -> bool | Confidence:
    """Whether the text says what to believe, or what to do from now on."""
    if pattern == 2:
        return _fact(at)
    if pattern == 4:
        keep = ":" in at.right and DANGER.search(at.right) is not None
    elif pattern == 1:
        keep = _from_now_on(at)
    else:
        keep = _kept(at, always=pattern == 3)
    if not keep or ASKED.search(at.wide) or (at.metadata and at.owned_by(MEMORY_JOB) and not at.says(DESPITE)):
        return False
    return not at.lesson or Confidence.LOW


def _fact(at: Sentence) -> bool | Confidence:
    if not DANGER.search(at.found.text + at.right) or SUPPOSED.search(at.left):
        return False
    if at.lesson:
        return Confidence.LOW
    meant = at.metadata or at.mentions_agent or "memory" in at.wide.lower()
    return at.is_value or (STORED_AS.search(at.wide) is not None and meant)


def _from_now_on(at: Sentence) -> bool:
    if at.says(DESPITE) and (at.metadata or at.mentions_agent or at.says(PERSON)):
        return True
    return RISK.search(at.right) is not None and at.mentions_agent and "you" not in at.found.text.lower()


def _kept(at: Sentence, *, always: bool) -> bool:
    asserted = at.says(ASSERTED)
    if not (always or asserted or ASSERTS.search(at.right) or THAT.search(at.found.text)):
        return False
    risky = RISK.search(at.found.text + at.right + at.following) is not None
    own = OWN.search(at.found.text + at.right[:16]) is not None
    return (risky or (asserted and at.mentions_agent)) and (always or own or at.metadata or at.mentions_agent)
