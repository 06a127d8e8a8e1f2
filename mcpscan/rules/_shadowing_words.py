"""Where a text speaks of a tool, and what it says of it: the signs that it changes how another tool is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from mcpscan.rules._schema_words import compiled, signs
from mcpscan.text import Late

LATIN = {
    "defect": (
        "(?:has|have) (?:\\w{2,12} ){0,2}(?:been )?(?:renamed|replaced|moved|retired|disabled|deprecated|discontinued|superseded"
        "|compromised|hacked|revoked|withdrawn|shut down|taken over|switched off|removed)"
        "|(?:is|are|was|were|now|being) (?:\\w{2,12} ){0,2}(?:renamed|retired|disabled|deprecated|discontinued|superseded|compromised"
        "|hacked|revoked|broken|unsafe|insecure|vulnerable|outdated|obsolete|unreliable|malicious|offline|defunct|decommissioned"
        "|leaking|out of (?:service|order|date))"
        "|no longer (?:works?|working|maintained|supported|available|safe|secure|trusted|valid)|stopped working"
        "|(?:leaks|corrupts|loses|steals) \\w{3,12}|known to (?:leak|lose|fail|corrupt|drop|steal|crash)|buggy|flaky"
        "|(?:ist|sind|wurden?|sei) (?:\\w{2,12} ){0,2}(?:veraltet|abgeschaltet|umbenannt|ersetzt|kompromittiert|unsicher|defekt|gesperrt)"
        "|funktionier\\w{1,3} nicht mehr|nicht mehr (?:verfugbar|sicher|gepflegt)"
        "|(?:est|sont|a ete|ont ete) (?:\\w{2,12} ){0,2}(?:obsoletes?|desactive\\w{0,2}|renomme\\w{0,2}|remplace\\w{0,2}|compromis\\w{0,2}"
        "|hors service|defectueu\\w{1,2})|ne fonctionne(?:nt)? plus|plus disponibles?"
        "|(?:esta|estan|fue|fueron|ha sido|han sido) (?:\\w{2,12} ){0,2}(?:obsolet\\w{1,2}|desactivad\\w{1,2}|renombrad\\w{1,2}"
        "|reemplazad\\w{1,2}|comprometid\\w{1,2}|rot[oa]s?|fuera de servicio)|ya no (?:funcionan?|es segur[oa]|esta disponible)"
        "|(?:e|sono|e stat[oa]|sono stat[ie]) (?:\\w{2,12} ){0,2}(?:obsolet[oaie]|disattivat[oaie]|rinominat[oaie]|sostituit[oaie]"
        "|compromess[oaie]|guast[oaie])|non funzionan?o? piu|non (?:e|sono) piu (?:sicur\\w|disponibil\\w)"
        "|(?:esta|estao|foi|foram) (?:\\w{2,12} ){0,2}(?:obsolet\\w{1,2}|desativad\\w{1,2}|renomead\\w{1,2}|substituid\\w{1,2}"
        "|comprometid\\w{1,2}|quebrad\\w{1,2})|nao funcionam? mais"
        "|(?:jest|sa|zostal[aoy]?) (?:\\w{2,12} ){0,2}(?:przestarza[lł]\\w{1,2}|wy[lł]aczon\\w{1,2}|zastapion\\w{1,2}|uszkodzon\\w{1,2}|niebezpieczn\\w{1,2})|nie dzia[lł]a(?:ja)?"
        "|kullanimdan kaldiril\\w{2,6}|devre disi|yeniden adlandiril\\w{2,6}|artik calis\\w{2,8}|guvenli degil"
        "|loi thoi|khong con (?:hoat|an toan|dung)|ngung hoat|bi xam nhap|usang|tidak berfungsi|dinonaktifkan|tidak aman lagi"
        "|werkt niet meer|verouderd|uitgeschakeld"
    ),
    "weaken": (
        "(?:is|are|be|becomes?|remains?|as) (?:\\w{2,12} ){0,1}(?:optional|unnecessary|redundant|not needed|no longer needed|superfluous)"
        "|(?:can|may|should|must|could|to) (?:\\w{2,8} )?be (?:omitted|skipped|left (?:out|empty|blank)|bypassed|ignored|disabled|waived|turned off)"
        "|(?:leave|leaving|left) (?:\\w{2,16} ){1,6}(?:empty|blank|out|off|unset)|(?:may|can|could) (?:\\w{2,8} ){0,2}(?:run|called|used|executed|sent) without"
        "|(?:skips?|skipping|drops?|omits?|omitting|waives?) (?:the |its |their |any )?(?:confirm\\w{0,6}|approvals?|checks?|review|dialog\\w{0,3}"
        "|verification|prompts?|dry[- ]run|limits?|where clause)"
        "|(?:dry|dry[-_ ]?run|confirm|force|verify|safe|sandbox|preview)\\s{0,2}[=:]\\s{0,2}(?:false|true|0|1|no|yes|off|on)"
        "|(?:needs?|requires?) no (?:confirmation|approval|review|consent)|(?:is|are) (?:harmless|reversible|read[- ]only|risk[- ]free|a no[- ]op)"
        "|(?:do|does) not (?:really|actually) \\w{3,12}|(?:do|does) not (?:need|require) (?:a |any |the |further )?(?:confirm\\w{0,5}|approval|review|consent"
        "|permission|questions?|checks?)"
        "|only simulates?|(?:wider|broader|full|admin|elevated|all) (?:scopes?|permissions?|rights|access)"
        "|(?:braucht|brauchen|benotigt|erfordert) (?:\\w{1,8} )?keine?|(?:kein\\w{0,2}|ohne) (?:\\w{1,8} )?(?:bestatigung|freigabe|zustimmung|ruckfrage|genehmigung|prufung)"
        "|sans (?:confirmation|approbation|validation|accord)|sin (?:confirmacion|aprobacion)|senza (?:conferma|approvazione)|sem (?:confirmacao|aprovacao)"
        "|bez (?:potwierdzenia|zgody)|tanpa (?:konfirmasi|persetujuan)|(?:n'a|n'ont) (?:pas|plus) besoin"
        "|ne (?:necessite|demande)\\w{0,2} (?:pas|plus)|no (?:\\w{2,8} )?(?:necesita\\w?|requiere\\w?)|no hace falta|non (?:richied\\w{1,3}|serv\\w{1,3}|occorr\\w)"
        "|nao (?:precisa\\w?|requer|exige)|nie (?:wymaga|trzeba)|gerektirmez|istemez|tidak memerlukan"
        "|entfallt|nicht (?:mehr )?(?:notig|erforderlich)|weglassen|leer lassen|freiwillig|(?:n'est|ne sont) (?:pas|plus) (?:necessaires?|requis\\w{0,2})"
        "|laiss\\w{1,3} vide|facultati\\w{1,2}|no (?:es|hace|son) (?:\\w{2,8} )?(?:necesari\\w{1,2}|falta)|dejar\\w{0,2} vaci\\w{1,2}|opcional"
        "|se puede omitir|non (?:e|sono|serve) (?:\\w{2,8} )?(?:necessari\\w{1,2}|richiest\\w)|lasciar\\w{1,2} vuot\\w|opzional\\w|facoltativ\\w"
        "|nao (?:e|sao) (?:\\w{2,8} )?necessari\\w{1,2}|deixar vazi\\w|nie jest (?:wymagan\\w|potrzebn\\w)|pozostawic pust\\w{1,2}"
        "|gerekmez|gerek yok|bos birak\\w{0,6}|khong (?:can|bat buoc)|tidak (?:perlu|wajib)|kosongkan"
    ),
    "via": (
        "(?:hand|pass|send|return|forward|feed|give|post|copy|relay|mirror)\\w{0,3} (?:\\w{2,12} ){0,2}(?:outputs?|results?|responses?|answers?|content) (?:\\w{2,12} ){0,2}to"
        "|(?:hand|pass|send|forward|feed|post|copy|relay|mirror)\\w{0,3} (?:on )?(?:whatever|everything|anything|all that|what (?:it|they))"
        "|an dieses (?:werkzeug|tool)|a cet outil|a esta (?:herramienta|ferramenta)|a questo strumento|do tego narzedzia|bu araca|cho cong cu nay|ke alat ini"
        "|uber dieses (?:werkzeug|tool)|par cet outil|por esta (?:herramienta|ferramenta)|da questo strumento"
        "|(?:through|via|with|to|into|by|using) (?:this (?:tool|server|one|function)|our (?:\\w{2,12} )?(?:server|tool|gateway|proxy|endpoint|relay|mirror))"
        "|(?:hand|pass|return|feed|route|relay|mirror|report|forward|send|copy|post|sent)\\w{0,3} (?:\\w{2,14} ){0,6}(?:here|to us|to this tool|back here)"
        "|call(?:ing)? (?:this|it) (?:tool )?(?:first|instead|before|after|as well|too)|(?:output|result|return value|response)s? (?:\\w{2,12} ){1,4}"
        "(?:must|should|shall|is|are|to be|ha(?:s|ve) to) (?:\\w{2,12} ){0,2}(?:passed|sent|forwarded|handed|copied|posted|logged|stored)"
    ),
    "copy": (
        "bcc\\w{0,3}|blind[- ](?:carbon[- ])?cop(?:y|ies)|in copy|(?:add|set|put|use|include|insert|append|replace|change|switch|override|swap)\\w{0,3}"
        " [^\\n;]{0,60}(?:recipients?|addressee|payee|beneficiar\\w{1,3}|iban|reply-to|wallet)"
        "|(?:invit|add|includ|notif|inform|loop|cc|copy|tell)\\w{0,3} [^\\n;]{0,30}@|(?:as|into) (?:the )?(?:payee|recipient|beneficiary|destination account)"
        "|(?:recipients?|payee|beneficiary|account|destination|iban|wallet|reply-to|remote) (?:\\w{2,12} ){0,4}(?:replaced|changed|overridden|set|switched|swapped)"
        "|(?:also|additionally|as well|too|likewise|copy|duplicate|second) (?:\\w{1,12} ){0,4}(?:to|send|sent|post|forward|copy|go|goes|addressed)"
        "|en copie|en copia|in kopie|in copia|em copia|com copia|kopi\\w{1,4} (?:an|do)|an die adresse|a la direccion|a l'adresse"
    ),
    "guard": (
        "confirm\\w{0,7}|approv\\w{1,3}|consent|permissions?|review\\w{0,3}|where clause|dry[-_ ]?run|verif\\w{1,7}|checks?|backups?|two[- ]factor|sandbox"
        "|safeguards?|force|(?:dry|verify|safe|sandbox)\\s{0,2}[=:]|bestatigung|freigabe|zustimmung|approbation|confirmacion|aprobacion|conferma|approvazione|confirmacao|aprovacao|potwierdzeni\\w"
        "|onay\\w{0,4}|xac nhan|konfirmasi|persetujuan"
    ),
    "event": (
        "(?:whichever|no matter which|regardless of which|(?:vor|bei|nach) jedem aufruf|avant chaque|apres chaque|antes de cada|prima di ogni|cada vez|chaque fois"
        "|jedes mal|ogni volta|cada chamada|przed kazdym|her cagri\\w{0,6})|(?:when|whenever|once|before|after|each time|every time|any time|if|while|during|on)(?: \\w{1,14}){0,6}"
        " (?:use[sd]?|using|call(?:s|ed|ing)?|invok\\w{1,3}|run(?:s|ning)?|execut\\w{1,3}|is used|fires|triggered|sends?|deletes?|return\\w{0,3}|finish\\w{0,3})"
    ),
}
OTHER = {
    "defect": (
        "đa (?:bi )?(?:ngung|hong|đoi ten|thay)|устарел|отключен|переименован|замен[её]н|скомпрометирован|не работа|небезопас|сломан"
        "|(?:已|被)(?:经)?(?:停用|弃用|废弃|失效|改名|更名|替换|入侵|下线|禁用|淘汰)|不再(?:可用|维护|支持|安全)|不安全|已损坏"
        "|廃止|非推奨|使用不可|名称変更|改名|置き換え|使えな|動作しな|危険です|사용 중지|폐기|이름이 변경|대체되|고장|안전하지|작동하지"
        "|معطل|متوقف|استبدال|غير آمن|لم يعد|لم تعد|बंद (?:हो|कर)|नाम बदल|असुरक्षित|काम नहीं"
    ),
    "weaken": (
        "не (?:нужн|требу|обязат)|необязат|оставить пуст|оставлять пуст|可以?(?:省略|留空|不填|跳过)|无需|不需要|不必|省略(?:可|して)|空(?:欄|のまま)|不要です"
        "|생략|필요 없|비워|غير ضروري|اختياري|لا حاجة|ज़रूरी नहीं|आवश्यक नहीं|वैकल्पिक|खाली छोड़|đe trong"
    ),
    "via": "через этот|через наш|通过本|经由本|先调用本|このツール(?:に|を通|経由)|이 도구(?:로|를 통)|عبر هذه|من خلال هذه|इस टूल",
    "copy": "в копи|скрыт[а-яоеиу]{1,3} копи|抄送|密送|收款人|收件人|宛先|受取人|수신자|받는 사람|نسخة إلى|المستلم|प्रतिलिपि",
    "guard": "подтвержд|одобрен|согласован|согласи|确认|批准|审核|審批|確認|承認|확인|승인|تأكيد|موافقة|पुष्टि|अनुमति",
    "event": "при (?:вызове|использовании|каждом)|调用[^。\\n]{0,12}(?:时|前|后)|使用[^。\\n]{0,12}(?:时|前|后)|を(?:使う|呼ぶ|実行する)(?:前|とき|際|たび)"
    "|사용하기 전|호출할 때|사용할 때|عند استخدام|قبل استخدام|का उपयोग करते",
}

OTHERS = compiled(
    r"(?:\b(?:any|every|each|all|whichever|whatever|subsequent|later|future|following)(?: \w{2,16}){0,2} (?:tools?|tool calls?|servers?)\b"
    r"|\b(?:all|any|every|each|the) other (?:\w{2,16} ){0,2}(?:tool|server|connector|integration|plugin)\b|\b(?:(?:all|any|the) other|other|competing|rival|remaining|third[- ]party|native|built[- ]?in|default|official|original|standard)"
    r" (?:\w{2,16} ){0,2}(?:tools?|servers?|connectors?|integrations?|plugins?|functions?)\b"
    r"|\b(?:alle|den|die) anderen (?:\w{2,16} )?\w{0,16}(?:werkzeuge|tools|server)n?\b|\b(?:les )?autres (?:outils|serveurs)\b|\b(?:las |los )?(?:demas|otr[oa]s) (?:herramientas|servidores)\b"
    r"|\bgli altri (?:strumenti|server)\b|\b(?:as )?outras ferramentas\b|\binne narzedzia\b|\bdiger (?:arac\w{1,6}|sunucu\w{0,5})|\bcong cu [^.;\n]{0,24}khac\b"
    r"|\balat lain\b|други[ехм]{1,2} (?:инструмент|сервер)|其他[^。\n]{0,8}(?:工具|服务器)|他の(?:ツール|サーバー)|다른 [^.\n]{0,6}(?:도구|서버)|الأدوات الأخرى"
    r"|الخوادم الأخرى|(?:अन्य|दूसरे) (?:टूल|उपकरण|सर्वर))"
)
"""Words for tools and servers that are not this one."""

_PART = Late(r"[A-Za-z0-9_-]{1,64}")
_CAMEL = Late(r"[a-z0-9][A-Z]")
_QUOTED = (Late(r"`([a-z]{3,20})`"), Late(r"'([a-z]{3,20})'"), Late(r'"([a-z]{3,20})"'))
_CALLED = Late(r"\b([a-z]{3,20}) tool\b")
_VERB = Late(
    r"^(?:get|list|read|write|delete|send|create|update|execute|exec|run|search|fetch|edit|move|copy|post|upload|download|query|call"
    r"|make|transfer|pay|share|invite|grant|add|remove|drop|open|publish|push|pull|commit|merge|deploy|install|approve|cancel|book"
    r"|unlock|lock|issue|prescribe|dispatch|submit|forward|reply|set|start|stop|restart|close|verify|find|lookup|print|scan|schedule|reserve|register|assign"
    r"|archive|wire|withdraw|deposit|trade|buy|sell|ship|generate|click|navigate|order|refund|charge|sign|encrypt|decrypt|export|import|sync|backup|restore|mail|email|bash|shell|web|file|git|browser)[_A-Z-]"
)
_FIELD = Late(
    r"[_-](?:ids?|time|at|date|count|type|name|names|url|uri|mode|key|after|only|term|terms|limit|size|status|by|to|from|now|all|path"
    r"|code|index|order|list|flag|token|version|format|based|level|state|in|on|off|of|for|with|up|out)$",
    regex.IGNORECASE,
)
_SERVER = compiled(
    r"\b(?:the|from|of|on|official|original) ([a-z][a-z0-9_-]{2,24}) (?:mcp )?(?:server|connector|integration|plugin|extension)\b"
    r"|\b(?:der|den|dem|le|du|el|del|il|do|o|al) (?:server|serveur|servidor) ([a-z][a-z0-9_-]{2,24})\b"
)
_STOP = frozenset({
    "this", "that", "mcp", "same", "other", "remote", "web", "local", "your", "our", "application", "database", "proxy", "email", "mail",
    "http", "https", "dns", "smtp", "api", "target", "host", "game", "discord", "backend", "file", "source", "vpn", "ftp", "sql",
    "development", "production", "virtual", "physical", "given", "specified", "current", "new", "existing", "dev", "test", "running",
    "connected", "underlying", "upstream", "entire", "whole", "main", "search", "media", "name", "chat", "browser", "app", "vite",
})  # fmt: skip
_NEAR = (
    "tool", "server", "connector", "integration", "plugin", "extension", "function", "werkzeug", "outil", "serveur", "herramient", "servidor",
    "strument", "ferrament", "narzedz", "arac", "sunucu", "cong cu", "alat",
)  # fmt: skip
_REACH = 72
"""Characters before and after such a word in which it may belong to a mention."""

_GRAVE = compiled(
    r"(?:\b(?:compromised|hacked|malicious|unsafe|insecure|vulnerable|untrusted|leak(?:s|ing)|steals?|loses?|known to|broken|taken over|corrupts?|defunct"
    r"|stopped working|kompromittiert|unsicher|defekt|compromis\w{0,2}|comprometid\w{1,2}|compromess\w|uszkodzon\w{1,2}|niebezpieczn\w{1,2}|rot[oa]s?"
    r"|guast\w|quebrad\w{1,2}|guvenli degil|bozuk|khong con an toan|bi xam nhap)\b|скомпрометирован|небезопас|сломан|不安全|入侵|损坏"
    r"|危険|故障|안전하지|고장|غير آمن|असुरक्षित|खराब)"
)
"""Defects that one server has no business telling of another."""

_NUMBER = Late(r"\b[A-Za-z]{2}\d{2}(?: ?[\dA-Za-z]{4}){3,7}\b|\b\d{2,}(?:[- ]\d{2,}){2,}\b|\b0x[0-9a-fA-F]{20}")
"""Account numbers."""

_END = Late(r"[.!?;\n\u3002\u0964]")
BEFORE = 200
AFTER = 320


@dataclass(frozen=True, slots=True)
class Mention:
    """A tool or server that a text names, and where."""

    start: int
    end: int
    name: str
    sort: str


@lru_cache(maxsize=8192)
def mentions(text: str) -> tuple[Mention, ...]:
    """What a folded text names: identifiers, servers, and tools other than this one."""
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    for start, end in _identifiers(text):
        yield Mention(start, end, text[start:end], "name")
    for quoted in _QUOTED:
        for match in quoted.finditer(text):
            yield Mention(
                match.start(),
                match.end(),
                match[1],
                "tool" if "tool" in text[match.end() : match.end() + 6] else "word",
            )
    for start, end in _neighbourhoods(text):
        for match in _CALLED.finditer(text, start, end):
            yield Mention(match.start(), match.end(), match[1], "word")
        for match in _SERVER.finditer(text, start, end):
            name = match[1] or match[2]
            if name.lower() not in _STOP:
                yield Mention(match.start(), match.end(), name, "server")
        for match in OTHERS.finditer(text, start, end):
            yield Mention(match.start(), match.end(), match[0], "others")


def _identifiers(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand that join several words; found by what joins them, which is rarer than words are."""
    joints = [match.start() for match in _CAMEL.finditer(text)]
    for joint in "_-":
        at = text.find(joint)
        while at >= 0:
            if 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum():
                joints.append(at)
            at = text.find(joint, at + 1)
    last = -1
    for at in sorted(joints):
        if at < last:
            continue
        start = at
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_-") and text[start - 1].isascii():
            start -= 1
        match = _PART.match(text, start)
        if match is not None and match.end() > at:
            last = match.end()
            yield start, last


def _neighbourhoods(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that speak of tools or servers."""
    if not text.isascii():
        yield 0, len(text)
        return
    lowered = text.lower()
    places: list[int] = []
    for stem in _NEAR:
        at = lowered.find(stem)
        while at >= 0:
            places.append(at)
            at = lowered.find(stem, at + 1)
    start = end = -1
    for at in sorted(places):
        if at > end:
            if end > 0:
                yield start, end
            start = max(0, at - _REACH)
        end = min(len(text), at + _REACH)
    if end > 0:
        yield start, end


def is_tool_like(name: str) -> bool:
    """Whether an identifier reads like the name of a tool and not like that of a field.

    >>> is_tool_like("delete_rows"), is_tool_like("create_time"), is_tool_like("user_id")
    (True, False, False)
    """
    return _VERB.search(name) is not None and _FIELD.search(name) is None


def window(text: str, start: int, end: int) -> str:
    """The sentence around a place, and the one after it."""
    first = start
    for match in _END.finditer(text, max(0, start - BEFORE), start):
        if match[0] == "\n" or text[match.end() : match.end() + 1].isspace() or ord(match[0]) > 127:
            first = match.end()
    first = first if first != start else max(0, start - BEFORE)
    stops = [
        match.end() for match in _END.finditer(text, end, end + AFTER) if text[match.end() : match.end() + 1].isspace()
    ]
    return text[first : stops[1] if len(stops) > 1 else min(len(text), end + AFTER)]


@cache
def _patterns() -> dict[str, Late]:
    return {sign: compiled(rf"(?:\b(?:{LATIN[sign]})\b|{OTHER[sign]})") for sign in LATIN}


@lru_cache(maxsize=4096)
def says(folded: str) -> frozenset[str]:
    """What a folded text says of the tools it names."""
    own = frozenset(sign for sign, pattern in _patterns().items() if pattern.search(folded))
    if _NUMBER.search(folded):
        own |= {"out"}
    if "defect" in own and _GRAVE.search(folded):
        own |= {"grave"}
    return own | (
        signs(folded)
        & {"hide", "out", "secret", "defy", "duty", "verb", "who", "forged", "self", "user", "acts", "consent"}
    )
