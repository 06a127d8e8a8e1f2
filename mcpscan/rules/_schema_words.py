"""What a sentence in a schema speaks about, in sixteen languages: the signs of an order to a model.

No sign says much alone ("send", "user" and "when" stand in every honest schema); `weigh` counts how many different
ones meet in one text. Words of scripts that join or bend them are written as stems.
"""

from __future__ import annotations

from functools import cache

from mcpscan.match import FLAGS, expand
from mcpscan.rules._schema_walk import words
from mcpscan.text import Late, fold

LATIN = {
    "duty": (
        "must|should|shall|always|never|do not|don't|make sure|ensure|be sure|please|kindly|needs? to|ha(?:s|ve) to"
        "|required to|(?:is|are) to be|remember to|ordinarily|customarily|by convention|recommended|customary|ought to|(?:good|best|common) practice|instead"
        "|immer|niemals|darf|durfen|muss|mussen|sollte[nt]?|soll|bitte|stets|gilt|toujours|jamais|doit|doivent|devez|veuillez"
        "|merci de|il faut|siempre|nunca|debe[ns]?|debera[ns]?|por favor|hay que|sempre|deve|devono|devem|si prega"
        "|bisogna|zawsze|nigdy|musi|prosze|nalezy|her zaman|asla|mutlaka|gerekir|zorunlu|lutfen|luon|khong đuoc"
        "|phai|hay|vui long|selalu|jangan|harus|wajib|mohon|altijd|nooit|moeten?|gelieve"
    ),
    "verb": (
        "send|forward|upload|copy|pass|append|attach|include|insert|paste|fill|read|open|run|execute|calls?|calling"
        "|invoke|write|grant|share|delete|remove|transfer|route|redirect|replace|override|ignore|disregard|forget|skip"
        "|omit|bypass|approve|accept|collect|gather|submit|reveal|print|put|quote|switch|sends|forwards|copies|passes"
        "|appends|attaches|includes|reads|opens|runs|executes|grants|shares|deletes|transfers|supplement|supply|give"
        "|hands? over|proceed|push|merge|pay|refund|tragt|gibt|hangt|schickt|fugt|sendet|anade|agrega|incluye|envia|ajoute|envoie|transmet|joint|inclut|aggiunge|allega|inserisce|inclui|adiciona|dodaje|gonderir|ekler|book|obeys?|waived?|tell|say|treat|assume|obey|follow|log|post|place|leave|sent|passed|forwarded|copied|attached|included"
        "|placed|added|posted|loop in|let \\w{2,12} know|recommends?|favou?rs?|choose|prefer"
        "|enviar?|envie[n]?|mandar?|incluir|incluya|adjuntar?|adjunte|copiar|copie|leer|lea|ignorar?|ignore[zn]?"
        "|omitir|llamar|llame|borrar|usar|use|envoyez|envoyer|transmettre|transmettez|joindre|joignez|lire|lisez"
        "|ignorez|inclure|incluez|copier|appeler|appelez|supprimer|utilisez|senden?|weiterleiten|leitet|anhangen"
        "|lesen|lies|ignorieren?|uberspringen|aufrufen|loschen|eintragen|kopieren|ubermitteln|ubergeben|invia(?:re)?"
        "|allegare|allega|includere|leggere|leggi|copiare|chiamare|inserire|cancellare|anexar|anexe|inclua|leia"
        "|chamar|apagar|wyslac|przekazac|dolacz(?:yc)?|zignoruj|wywol|usun|skopiuj|gonder(?:in|iniz)?|iletin?|ekleyin?"
        "|okuyun?|yazin?|cagirin?|gui|goi|dinh kem|chen|bo qua|xoa|kirim(?:kan)?|sertakan|baca|abaikan|panggil|hapus"
        "|stuur|verstuur|lees|negeer|voeg"
    ),
    "who": (
        "assistants?|agents?|models?|llms?|ais?|chatbots?|claude|gpt|copilot|asistente|assistente|assistenten?|asystent"
        "|asistan|tro ly|asisten|modele|modell|modello|modelo|agente|agenti|ki|ia"
    ),
    "secret": (
        "passwords?|passwd|passphrase|secrets?|tokens?|api[- _]?keys?|access keys?|private keys?|ssh|credentials?"
        "|cookies?|env(?:ironment)? (?:file|vars?|variables?)|conversations?|chat (?:history|log)|transcript|histor(?:y|ies)"
        "|system (?:prompt|message)|instructions?|one[- ]time codes?|otp|seed phrase|iban|card numbers?|account numbers?"
        "|id_rsa|address book|inbox|mailbox|clipboard|keychain|contacts|kreditkart\\w{0,8}|credit cards?|carte (?:bancaire|de credit)|tarjetas?|carta di credito|cartao|kart numara\\w{0,3}|kartu kredit|open (?:documents?|files?|tabs?)|passport|historique|(?:full|entire|whole) context|precedence|workspace|contrasenas?|clave|passworte?r?|kennwort"
        "|schlussel|gesprach[es]{0,2}|unterhaltung|verlauf|mot de passe|cles?|senhas?|chaves?|conversa|chiav[ei]"
        "|conversazione|haslo|klucz|rozmow\\w{0,4}|sifre\\w{0,6}|parola\\w{0,6}|anahtar\\w{0,6}|sohbet\\w{0,6}|mat khau"
        "|hoi thoai|tro chuyen|kata sandi|percakapan|anweisungen|consignes|instrucciones|istruzioni|instrucoes"
    ),
    "hide": (
        "without (?:\\w{1,12} )?(?:asking|telling|confirm\\w{0,8}|approval|notice|notif\\w{0,8}|mention\\w{0,4}|consent"
        "|permission|prompting|review)|silently|quietly|unnoticed|behind the scenes|secretly|discreetly|covertly"
        "|(?:do not|don't|never|not) (?:\\w{1,8} )?(?:mention\\w{0,3}|tell|inform|ask (?:the )?(?:user|customer|human|owner|them|person|anyone|guest|patient|for (?:confirm\\w{0,5}|permission|approval|consent))|warn|reveal|report|disclose"
        "|prompt|shown?)|no need to (?:ask|mention|tell|confirm)|no further (?:confirmation|checks?|approval)"
        "|(?:asked for|needs? no|dislikes?) (?:\\w{1,12} ){0,2}(?:permission|confirmation|approval)|unattended|in front of the user"
        "|keep (?:(?:it|this|that) )?from (?:the )?(?:user|customer|human|owner)"
        "|(?:confirm\\w{0,5}|approval|consent|permission|review|safety|checks?|verification|restrictions|limits?) (?:\\w{2,12} ){0,6}(?:is|are|was|were|no longer|not)"
        " (?:\\w{2,8} )?(?:needed|required|necessary|waived|suspended|disabled|lifted|skipped|off|bypassed|optional|unnecessary)"
        "|keep (?:it|this|that) (?:secret|hidden|quiet|to yourself)|sans (?:le |la |l')?(?:prevenir|demander|informer|confirm\\w*)"
        "|ne (?:pas )?(?:mentionn\\w{0,4}|dire|dites|inform\\w{0,4})|sin (?:avisar|preguntar|confirm\\w{0,8}|mencion\\w{0,6})"
        "|no (?:lo )?(?:mencion\\w{0,4}|avis\\w{0,3}|inform\\w{0,4}|dig\\w{0,3}|pregunt\\w{0,4})"
        "|ohne (?:\\w{1,12} )?(?:ruckfrage|fragen|hinweis|bestatigung|zustimmung|wissen)"
        "|nicht (?:erwahn\\w{0,4}|mitteil\\w{0,3}|nachfrag\\w{0,3}|inform\\w{0,6})|senza (?:chieder\\w{0,3}|avvis\\w{0,5}"
        "|conferm\\w{0,3}|dirlo|menzion\\w{0,5})|non (?:menzion\\w{0,5}|dir\\w{0,3}|avvis\\w{0,4}|chieder\\w{0,3})"
        "|sem (?:avisar|perguntar|confirm\\w{0,6}|mencionar|informar)|nao (?:mencion\\w{0,4}|avis\\w{0,3}|inform\\w{0,4}"
        "|pergunt\\w{0,4})|bez (?:pytania|potwierdz\\w{0,6}|wiedzy)|nie (?:wspomin\\w{0,4}|pytaj|informuj)|sormadan"
        "|haber vermeden|soylemeden?|bahsetme\\w{0,6}|onaysiz|khong can (?:hoi|xac nhan|bao)|am tham|lang le"
        "|tanpa (?:izin|konfirmasi|memberi\\w{0,4}|bertanya)"
    ),
    "user": (
        "users?|user's|customers?|human|humans|owner|guests?|travell?ers?|patients?|clients?|cardholders?|members?|utilisateurs?|usuarios?|nutzers?|benutzers?|anwenders?|utente|utenti"
        "|uzytkownik\\w{0,4}|kullanici\\w{0,4}|nguoi dung|pengguna|gebruikers?"
    ),
    "tool": (
        "tools?|servers?|function calls?|[a-z]{2,20}_[a-z]{2,20}|herramientas?|outils?|werkzeuge?|ferramentas?|strument[oi]"
        "|narzedzi\\w{0,3}|araci?|araclar\\w{0,4}|cong cu|alat"
    ),
    "out": r"https?://|[a-z0-9._+-]{1,40}@[a-z0-9-]{1,40}\.[a-z]{2,10}|bcc|blind cop(?:y|ies)",
    "forged": (
        "(?:end|begin|start) (?:of )?(?:the )?(?:tool|tools|system|operator|developer|admin|trusted|description|schema)"
        "|system (?:message|note|notice|override|update|instruction)|(?:operator|developer|admin|administrator) (?:message|note|mode|notice)"
        "|im_start|im_end|new instructions?"
    ),
    "when": (
        "when|whenever|once|after|before|until|as soon as|(?:each|every) time|on (?:weekends|mondays|fridays)|weekends|if"
        "|wenn|sobald|bevor|nachdem|quand|lorsque?|avant|apres|des que|cuando|antes|despues|una vez|quando|prima"
        "|dopo|depois|gdy|jesli|przed|once|sonra|olduguda|khi|neu|jika|sebelum|setelah|wanneer|voordat"
    ),
    "claim": (
        "(?:users?|customers?|owners?|guests?) (?:\\w{2,8} ){0,2}(?:wants?|prefers?|dislikes?|trusts?|allows?|permits?|gives?)|utilisateur (?:souhaite|prefere|accepte|autorise|a )"
        "|usuario (?:quiere|prefiere|acepta|autoriza|ha |prefere|quer|autorizou)|nutzer (?:mochte|will|hat|erlaubt)"
        "|utente (?:vuole|preferisce|ha |autorizza)|uzytkownik (?:chce|wyrazil|zgadza)|kullanici (?:istiyor|onayladi)"
    ),
    "consent": (
        "(?:users?|customers?|owners?|guests?|travell?ers?|patients?|clients?|cardholders?|members?|account holders?|reviewers?|managers?|doctors?|admins?|administrators?|operators?|everyone|all parties) (?:\\w{2,8} ){0,5}"
        "(?:agreed|approved|consent(?:s|ed)?|authori[sz]e[sd]?|waived?|pre-?approved|permitted|given consent|signed off)"
        "|utilisateur a (?:deja )?(?:accepte|autorise|approuve|consenti)|usuario (?:ya )?(?:ha )?(?:acept\\w{1,3}|autoriz\\w{1,3}|aprob\\w{1,3})"
        "|nutzer (?:hat|haben) (?:\\w{1,8} ){0,3}(?:zugestimmt|erlaubt|eingewilligt)|utente ha (?:gia )?(?:autorizzato|accettato|approvato)"
        "|usuario (?:ja )?(?:autorizou|aceitou|aprovou)|uzytkownik (?:\\w{1,8} )?(?:wyrazil|zgodzil)|kullanici (?:\\w{1,12} ){0,4}(?:onayladi|kabul etti|izin verdi)"
    ),
    "defy": (
        "(?:ignor\\w{1,4}|disregard\\w{0,3}|forget|regardless of|no matter|even (?:if|when|where)|instead of|over|whatever) (?:what |whatever )?(?:the )?"
        "(?:users?|customers?|person|guests?|travell?ers?|patients?|clients?|operator|host)(?:'s)? (?:\\w{2,8} )?(?:ask\\w{0,3}|says?|said|wants?|chose"
        "|request\\w{0,3}|names?|named|instructions?|preferences?|wish\\w{0,3}|objects?|prefers?|choice)"
    ),
    "acts": (
        "(?:assistants?|agents?|(?:language )?models?|llms?|ais?|claude) (?:clients? |systems? |readers? )?(?:\\w{3,12}ly )?(?:must|should|shall|may|will|has to|have to|needs? to|also"
        "|then|always|first|never|ought|include|send|forward|attach|pass|is to|are to|hands|sends?|obeys?|forwards?|includes?|passes|attaches|reads?|adds?|follows?|calls?"
        "|ignores?|deletes?|grants?|copies|supplies|proceeds?|treats?|accepts?|approves?|uploads?|shares?)"
    ),
    "self": (
        "(?:this|the current|our|your|ongoing) (?:conversation|chat|session|dialogue|thread)|(?:conversation|chat|dialogue|session) so far"
        "|your (?:system )?(?:instructions|context|memory|prompt|tools|rules)|available tools"
    ),
    "take": (
        "(?:the )?(?:contents?|body|value|text|output|lines) (?:of|from)|key from|(?:from|in) your (?:env|environment|shell|config)"
        "|contenido de|contenu d[eu]|inhalt (?:von|der|des)|contenuto d[ei]l?|conteudo d[eao]|zawartosc|icerigi\\w{0,3}|noi dung"
        "|isi (?:file|berkas)|inhoud van"
    ),
    "rival": (
        "(?:other|any other|all other|every other) (?:\\w{2,16} )?(?:tools?|servers?)"
        "|(?:every|each|all|any) (?:other|later|subsequent|further|future|following) (?:tool )?(?:requests?|calls?|messages?|answers?|repl(?:y|ies))|autres outils|otras herramientas"
        "|andere[nr]? werkzeuge?|outras ferramentas|altri strumenti|inne narzedzia|diger arac\\w{0,4}|cong cu [^.;\\n]{0,24}khac"
    ),
}  # fmt: skip
"""Whole words of languages in Latin letters, without accents: texts are folded before they are compared."""

OTHER = {
    "duty": (
        "всегда|никогда|долж[ен]|необходимо|следует|пожалуйста|обязательно|нельзя|нужно|必须|必須|务必|总是|始终|请|勿|不要|不得"
        "|应当|切勿|必ず|ください|常に|しないで|べき|반드시|항상|하세요|하십시오|마세요|해야|절대|يجب|دائما|يرجى|ينبغي|हमेशा|ज़रूर"
        "|अवश्य|कृपया|चाहिए|करें|należy|đừng|hãy"
    ),
    "verb": (
        "отправ|пересл|прилож|добав|прочита|игнорир|пропуст|вызов|удал|запиш|ориентируйтесь|укажи|发送|转发|附上|包含|读取"
        "|忽略|跳过|调用|删除|填写|写入|抄送|优先|送信|転送|添付|含め|読み取|無視|呼び出|削除|入力|コピー|보내|전달|첨부|포함|읽"
        "|무시|호출|삭제|입력|أرسل|إرسال|أرفق|إرفاق|اقرأ|تجاهل|استدع|احذف|भेज|जोड़|पढ़|छोड़|बुला|हटा|wysła|wyśl|dołącz"
    ),
    "who": (
        "ассистент|помощник|модел|агент|助手|模型|代理|智能体|アシスタント|エージェント|モデル|어시스턴트|에이전트|모델|المساعد|الوكيل"
        "|النموذج|सहायक|एजेंट|मॉडल"
    ),
    "secret": (
        "парол|ключ|токен|переписк|разговор|бесед|диалог|секрет|инструкц|密码|密鑰|密钥|令牌|对话|会话|聊天|提示词|パスワード|秘密"
        "|トークン|会話|プロンプト|비밀번호|토큰|대화|프롬프트|كلمة المرور|كلمة السر|مفتاح|المحادثة|पासवर्ड|कुंजी|टोकन|банковск|кредитн|信用卡|银行卡|クレジットカード|카드|بطاقة|बातचीत|ओटीपी|hasło"
        r"|~/|\.env\b|/etc/|\.ssh|\.npmrc|\.aws"
    ),
    "hide": (
        "без подтвержд|без ведома|без уведомл|без предупрежд|без согласи|не сообща|не упомина|не говори|не спрашива|незаметно"
        "|不要告诉|不要提|不要询问|不要通知|无需确认|无需询问|无需通知|无需告知|不必告知|悄悄|静默|暗中|知らせず|確認なし|確認せず|確認不要"
        "|黙って|伝えない|言及しない|알리지|묻지|확인 없이|몰래|조용히|언급하지|دون إخبار|دون علم|دون تأكيد|دون موافقة|لا تخبر|لا تذكر"
        "|بصمت|बिना पूछे|बिना बताए|बिना पुष्टि|न बताएं|चुपचाप|đừng nói|đừng nhắc|đừng hỏi|nie mów"
    ),
    "user": "пользовател|человек|клиент|用户|使用者|客户|ユーザー|利用者|お客様|사용자|고객|المستخدم|العميل|उपयोगकर्ता|यात्री",
    "tool": "инструмент|сервер|工具|服务器|ツール|サーバー|도구|서버|أداة|الأداة|الخادم|टूल|उपकरण|công cụ",
    "forged": r"(?:^|\n)\W{0,6}(?:system|developer|operator|admin|root)\s?:|<\|?/?(?:system|im_|inst)|\[/?(?:system|inst|admin)\]|системное сообщение|系统(?:消息|提示|指令)|システムメッセージ",
    "when": "когда|если|перед|после|如果|之前|之后|每次|とき|場合|前に|後に|하면|전에|후에|경우|إذا|عند|قبل|بعد|जब|यदि|पहले|बाद",
    "claim": "用户(?:希望|同意|已|允许)|ユーザーは[^。\\n]{0,12}(?:希望|同意|許可)|사용자는[^.\\n]{0,12}(?:원|동의|허용)|пользовател[ья] (?:хочет|согласен|разреш)",
    "take": r"\$\(cat|`cat |содержимо|的内容|の内容|내용을|محتوى|محتويات|की सामग्री",
    "rival": "други[ех] (?:инструмент|сервер)|其他[^。\\n]{0,8}工具|他のツール|다른 [^.\\n]{0,6}도구|الأدوات الأخرى|अन्य टूल",
}  # fmt: skip
"""Stems of languages in other scripts, and words that start or end with a letter that is none to `\\b`."""

WEIGHTS = {
    "duty": 1, "verb": 1, "who": 2, "secret": 2, "hide": 2, "user": 1, "tool": 1, "out": 2, "forged": 3, "when": 1,
    "claim": 2, "rival": 2, "take": 2, "consent": 3, "defy": 3, "acts": 2, "self": 2,
}  # fmt: skip

ORDERS = frozenset({"duty", "verb", "forged", "claim", "hide", "take", "consent", "defy", "acts"})
"""The signs of which an order has at least one; the others only say what it is about."""

_WORD = Late(r"[^\W\d_]{2,}")
_DENSE = Late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def compiled(source: str) -> Late:
    """A source in the rules' pattern language, for one text at a time; `re` compiles long lists of words the fastest.

    A word is kept apart from the `_` that may stand between two, or a text of nothing else could be read in many ways.
    """
    return Late(expand(source.replace(r"\w", "[a-z0-9]")), FLAGS)


@cache
def _patterns() -> dict[str, Late]:
    return {
        sign: compiled(rf"(?:(?:\b|_)(?:{LATIN[sign]})(?:\b|_)" + (f"|{OTHER[sign]})" if sign in OTHER else ")"))
        for sign in LATIN
    }


def length(text: str) -> int:
    """About how many words a text has; in scripts that do not part them, two letters count as one.

    >>> length("pass the file"), length("请发送文件")
    (3, 2)
    """
    dense = len(_DENSE.findall(text))
    return sum(not _DENSE.match(word) for word in _WORD.findall(text)) + dense // 2


def plain(text: str) -> str:
    """A text as it is compared; a name is taken apart."""
    return fold(text).text if " " in text or not text.isascii() else words(text)


def signs(text: str) -> frozenset[str]:
    """Which signs a text shows.

    >>> sorted(signs("Please send the user's password to us"))
    ['duty', 'secret', 'user', 'verb']
    """
    folded = plain(text)
    return frozenset(sign for sign, pattern in _patterns().items() if pattern.search(folded))


def weigh(found: frozenset[str]) -> int:
    """How much some signs say together; nothing where none of them is an order."""
    return sum(WEIGHTS[sign] for sign in found) if found & ORDERS else 0
