"""What attacks on agents say in German."""

W = r"(?:(?:[^\Wnk]|n[^\Wi]|k[^\We])[\wß]{0,17} ){0,4}"
"""A few words that deny nothing (nicht, nie, kein), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:und|dann|danach|bitte|immer|zuerst|vorher|auch) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"(?:(?:be)?nutzer|anwender|kund|gast|patient|anrufer|inhaber|user|person)(?:e|in|n|en|s|es)?\b"
AGENT = r"\b(?:(?:ki|ai)[ -](?:assistent|agent|modell|system)\w{0,3}|sprachmodelle?n?|chatbots?|assistent(?:en)?|agent(?:en)?|modell(?:s|e|en)?|verarbeitende[ns]? system)\b"
AI = rf"(?:{AGENT}|\b(?:ki|ai)\b)"
ORDERS = (
    r"(?:(?:system)?(?:anweisung|instruktion|vorgabe|richtlinie|weisung|direktive)(?:en|n)?|(?:sicherheits)?regeln|befehle?n?"
    r"|(?:system[- ]?)?prompts?|auftrage?)\b"
)
PRIOR = r"(?:(?:vorherig|bisherig|fruher|vorig|obig|vorangegangen|vorangehend)e[nrms]?|(?:zuvor|bisher|vorher) \w{4,9}e[nrms]?)"
HERE = r"diese[rmsn]? (?:text|absatz|abschnitt|dokument|nachricht|feld|seite|hinweis|anweisung|vorgabe|regel)(?:e?[sn]|en)?\b"
TOLD = r"(?:gesagt|aufgetragen|erhalten|bekommen|gegeben|mitgeteilt|befohlen|erteilt|angewiesen|vorgegeben|besprochen)"
VOID = (
    r"(?:hinfallig|ungultig|nichtig|aufgehoben|uberholt|au(?:ss|ß)er kraft|keine rolle|nicht mehr|nicht langer|vergessen|ignorieren"
    r"|gegenstandslos|zahlt nicht|gilt nicht|gelten nicht)\b"
)
DROP = r"(?:ignorier(?:e|t|en)?|vergiss|vergesst|vergessen|missachte[nt]?|verwirf|verwerfen|ubergeh(?:e|t|en)|uberschreib(?:e|t|en))"
THING = r"(?:diese[nrms]? (?:schritt|vorgang|aktion|aufruf|anweisung|anfrage|anderung|operation)s?|davon|daruber|dies|das|es|nichts|kein wort)"
TELL = r"(?:erwahn|verrat|sag|erzahl|mitteil|informier|bericht|meld)(?:e|st|t|n|en)?"
ACT = (
    r"(?:losch|schick|send|ubertrag|uberweis|fug|trag|ander|erteil|gewahr|leit|kopier|ersetz|veroffentlich|entfern|installier)"
    r"(?:e|t|en|et)\b"
)
PASS = (
    r"(?:ubergib|ubergeben?|ubermittle|schick(?:e|en)?|sende[nt]?|hange?n?|fuge?n?|trage?n?|ubermitteln?|kopieren?|setzen?|lade?n?|gib|geben"
    r"|leiten?|schreiben?)\b"
)
SINK = (
    r"(?:(?:im|ins|als|an) (?:\w{3,6} )?(?:parameter|feld|argument|anfrage|aufruf|kommentar|notiz|nachricht|anlage)"
    r"|(?:mit|bei|an|ein|weiter)(?:zu)?(?:ge)?(?:ubergeben|geben|schicken|schickt|senden|sendet|fugen|fugt|hangen|hangt|leiten)\b|(?:zu |mit )?(?:ubergeben|ubermitteln|zusenden)\b)"
)
KEYS = (
    r"(?:(?:api|zugangs|zugriffs|ssh)?[- ]?schlue?ssel|(?:api|zugangs|zugriffs)[- ]?(?:keys?|tokens?)|umgebungsvariablen"
    r"|zugangsdaten|anmeldedaten|geheimnisse|passworter)\b"
)
CHAT = r"(?:(?:gesprachs|chat)?verlauf\w{0,2}|unterhaltung|konversation|gesprach\w{0,2}|chat|dialog|nachrichten|system[- ]?(?:prompt|nachricht|anweisung)\w{0,2})\b"
WHOLE = r"(?:ganz|vollstandig|gesamt|komplett|bisherig|vorherig|vorangegangen|samtlich|alle|deine?)\w{0,2}"
SECRET = (
    r"(?:passwort|kennwort|pin|karten-?pin|tan|(?:sms|einmal|bestatigungs|verifizierungs|sicherheits)-?codes?|code aus (?:der|einer) sms"
    r"|\w{2,9}stelligen? (?:code|tan|zahl|nummer)|seed[- ]?phrase|wiederherstellungs\w{4,9}|kreditkarten\w{5,7}|cvv)\b"
)
ASKING = r"(?:ruckfrage|nachfrage|bestatigung|zustimmung|freigabe|genehmigung|einwilligung)"
NEEDLESS = r"(?:entfallt|nicht (?:mehr )?(?:notig|erforderlich|notwendig)|unnotig|uberflussig|(?:zu )?uberspringen|ubersprungen)"
TOOL = r"(?:\w{0,16}werkzeuge?n?|\w{0,12}tools?|\w{0,16}dienste?n?|\w{0,9}servern?)\b"
TALK = r"(?:sitzung(?:en)?|gesprach\w{0,2}|unterhaltung(?:en)?|konversation(?:en)?|chats?|antwort(?:en)?)\b"
ACCOUNT = r"(?:iban|konto(?:nummer|verbindung)?|bankverbindung|(?:zahlungs)?empfanger)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} {W}(?:{PRIOR}|deine|ihre|samtliche|alle) (?:\w{{2,12}} ){{0,2}}{ORDERS}",
        rf"\b(?:{PRIOR}|samtliche|deine) (?:\w{{2,12}} )?{ORDERS} {W}(?:ignorieren|vergessen|verwerfen|au(?:ss|ß)er acht|nicht (?:mehr|langer|weiter))\b",
        rf"\b(?:alles|was|{ORDERS}),?{G}\b(?:dir|du|ihnen|bisher|zuvor|fruher){G}\b{TOLD} (?:\w{{2,6}} )?(?:\w{{2,6}} )?{VOID}",
        rf"\b{DROP} alles,? was (?:\w{{2,8}} ){{1,4}}{TOLD}\b",
        rf"\b(?:richte|halte|befolge|folge|gehorche)n?\b{G}\b(?:nur|ausschlie(?:ss|ß)lich|allein|lediglich)\b{G}\b{HERE}",
        rf"\b(?:ab (?:hier|jetzt|sofort)|von nun an) (?:zahlt|gilt|gelten|hast du) (?:\w{{2,5}} ){{0,2}}(?:{HERE}|keine (?:regeln|richtlinien))",
        rf"\b(?:halten?|folgen?|befolgen?|schenken?)\b{G}\b{ORDERS}{G}\b(?:nicht (?:mehr|langer|weiter)|keine (?:beachtung|folge))\b",
        rf"\b(?:halten?|folgen?|befolgen?) (?:dich |sich |euch )?nicht (?:mehr|langer|weiter) (?:an )?(?:\w{{2,9}} ){{0,2}}{ORDERS}",
        rf"\b(?:system(?:anweisung|vorgabe|regel|richtlinie|prompt|instruktion)\w{{0,3}}|deine\w? (?:\w{{3,14}} )?{ORDERS}){G}\b(?:nicht (?:mehr|langer)|ungultig|hinfallig|au(?:ss|ß)er kraft)\b",
        rf"\b(?:handle|agiere|verfahre|antworte)\w{{0,2}} (?:\w{{2,8}} )?(?:nur|allein|ausschlie(?:ss|ß)lich|lediglich) (?:\w{{2,5}} )?(?:nach|gema(?:ss|ß)) {HERE}",
        rf"\b{DROP} (?:sie )?(?:das |alles )?(?:obige|vorherige|bisherige|vorstehende|oben stehende)\w? und (?:sag|antwort|schreib|gib|geb|wiederhol|zeig|nenn|drucke|lautet)\w{{0,3}}\b",
        rf"\b(?:streiche?n?|losche?n?|tilge?n?|entferne?n?)\b{G}\b(?:gedachtnis|erinnerung|speicher)\b{G}\b(?:alles|alle|anweisung|vorgabe|aufgetragen)",
    ),
    "directive-precedence": (
        rf"\b(?:{HERE}|diese \w{{4,12}}) (?:hat|haben|geht|gehen|steht|stehen){G}\b(?:vor|uber)\b{G}\b(?:nutzer|benutzer|system|prompt|{PRIOR}|allen)",
        rf"\b(?:vorrang|prioritat) (?:vor|gegenuber)\b{G}\b(?:(?:wunsch|anweisung|auftrag)\w{{0,4}} (?:des|der) {USER}|system[- ]?(?:prompt|nachricht|anweisung))",
        rf"\b(?:gilt|gelten|folgen?|befolgen?|zahlt) {HERE}{G}\bnicht{G}\b{USER}",
        rf"\b(?:wichtiger|schwerer|hoher|mehr)\b (?:\w{{2,9}} )?als{G}\b(?:anweisung|wunsch|wunsche|vorgabe|auftrag|instruktion)(?:en|n|s)? (?:des|der|von) {USER}",
    ),
    "directive-secrecy": (
        rf"\b{TELL} (?:sie )?(?:bitte )?{THING}{G}\b{USER} nicht\b",
        rf"\b{TELL} (?:sie )?(?:bitte )?(?:dem|der|den|gegenuber) (?:\w{{2,4}} )?{USER} (?:nichts (?:von|uber|davon|daruber)|kein wort|{THING} nicht|nicht (?:uber|von) {THING})",
        rf"\b(?:der|dem|den) {USER} {W}(?:nichts (?:davon|von|sagen|mitteilen)|kein wort|verschweig|verheimlich|verborgen)",
        rf"\bohne (?:dass )?(?:es |dies )?(?:dem|den|die|das|der) {USER} {W}(?:erfahrt|merkt|bemerkt|mitbekommt|weiss|zu (?:informieren|sagen|erzahlen|melden)|mitzuteilen)\b",
        rf"\b(?:ohne (?:das )?wissen|hinter dem rucken) (?:des|der) {USER}",
        r"\b(?:in|bei) (?:der|deiner|ihrer) antwort (?:\w{2,8} ){0,2}(?:kein wort|nichts) (?:uber|von|zu|davon)\b",
        rf"\b(?:der|die|dem|den) {USER} (?:\w{{2,8}} )?(?:darf|soll|sollte|braucht){G}\b(?:nichts|nicht|nie) (?:\w{{2,9}} )?(?:erfahren|mitbekommen|wissen|merken|bemerken|davon)\b",
        rf"\b(?:halte|behalte|verheimliche|verschweige|verberge)n?\b{G}\b(?:vor|gegenuber) (?:dem|der|den) {USER}",
        rf"\b(?:heimlich|unbemerkt|insgeheim|verschweigen?|verheimlichen?)\b{G}{USER}",
        rf"{USER}{G}\b(?:verschweigen?|verschweigst|verheimlichen?|verheimlichst)\b",
    ),
    "directive-addressed": (
        rf"\b(?:an|fur|achtung|liebe[rs]?|hallo)\b (?:\w{{2,16}} )?(?:\w{{2,16}} )?{AGENT}[ \w,]{{0,24}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"\b(?:an|fur|achtung|liebe[rs]?|hallo)\b (?:\w{{2,16}} )?(?:\w{{2,16}} )?\b(?:ki|ai)\b[ \w,]{{0,24}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT},? (?:der|die|das|welche[rs]?) {W}\w{{2,12}}(?:les|lies|verarbeit|auswert|analysier|zusammenfass)\w{{0,3}},? {W}{ACT}",
        rf"\b(?:ki|ai)\b,? (?:der|die|das|welche[rs]?) {W}\w{{2,12}}(?:les|lies|verarbeit|auswert|analysier|zusammenfass)\w{{0,3}},? {W}{ACT}",
        rf"{AGENT},? (?:der|die|das|welche[rs]?) {W}(?:les|lies|verarbeit|auswert|analysier|zusammenfass)\w{{0,3}},? {W}{ACT}",
        rf"\b(?:ki|ai)\b,? (?:der|die|das|welche[rs]?) {W}(?:les|lies|verarbeit|auswert|analysier|zusammenfass)\w{{0,3}},? {W}{ACT}",
        rf"{AGENT} {W}{ACT} {W}{PLACE}",
        rf"\b(?:tragt|erteilt|gewahrt|gibt|schickt|sendet|leitet|ubermittelt|ubertragt) (?:die|der|das|jede[rs]?) {AI} {W}{W}{PLACE}",
        rf"\bnach (?:dem lesen|der lekture) {W}{AI} {W}{ACT}",
        rf"{AGENT} (?:muss|soll|sollte|hat)(?:en)? (?:vor|bevor|ohne|unauffallig)\b{G}\b\w{{0,3}}{ACT}",
        rf"{AGENT},? (?:der|die|das|welche[rs]?)\b{G}\bdiese\w?\b{G},? {ACT}{G}(?:{PLACE}|{NUMBER})",
        rf"\b(?:ki|ai)\b,? (?:der|die|das|welche[rs]?)\b{G}\bdiese\w?\b{G},? {ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:inhalt|text|zeile|schlue?ssel|datei)(?:en|n|e?s)? [ \w~/$`\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:inhalt|text|zeile|schlue?ssel|datei)(?:en|n|e?s)? [ \w~/$`\"]{{0,20}}{FILE}",
        rf"\b(?:lies|lesen|lese|offne|offnen|datei) [ \w~/$`\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} {W}(?:inhalt|ihn|sie) {W}{SINK}",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}(?:den |die |das )?{KEYS} (?:des|der) {USER}",
        rf"\b{KEYS} (?:des|der) {USER} {W}{SINK}",
        rf"\b(?:alle|samtliche|vorhandene|gefundene)n? {KEYS} {W}{SINK}",
        rf"{SINK} (?:\w{{2,9}} )?(?:alle|samtliche)n? (?:\w{{2,12}} )?{KEYS} {W}(?:{SINK}|mitzu\w{{4,7}}|einzu\w{{5,8}}|anzu\w{{5,8}})",
    ),
    "exfiltration-conversation": (
        rf"\b{WHOLE} (?:\w{{2,12}} )?{CHAT} {W}{SINK}",
        rf"\b(?:rufe?|aufrufen|aufzurufen|nutze|verwende)n? {W}mit (?:dem |der )?{WHOLE} (?:\w{{2,12}} )?{CHAT}",
        rf"{START}(?:{PASS}|fasse?n?) {W}{WHOLE} (?:\w{{2,12}} )?{CHAT} {W}(?:{SINK}|system-?prompt|zusammen)",
        r"\b(?:verrat|offenbar|zeig|gib|nenn|wiederhol)(?:e|en)? (?:mir |uns )?(?:deine?n?|ihre?n?) (?:\w{2,12} )?system[- ]?(?:prompt|nachricht|anweisung|instruktion)(?:s|en)?\b",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:\w{{2,12}} )?{CHAT}",
        rf"\b(?:parameter|feld|argument)\b{G}\b(?:ganz|vollstandig|gesamt|komplett|bisherig)\w{{0,2}} (?:\w{{2,12}} )?{CHAT}{G}(?:\bsystem|{SINK}|\bgehort|\bmuss)",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,9}} )?(?:schick|send|leit|ubermittel|ubertrag)\w{{0,2}} {W}{W}(?:an|nach) {PLACE}",
        rf"{AGENT} (?:muss|soll|hat|sollte)(?:en)? {W}{W}(?:an|nach) {PLACE}[\w./-]{{1,40}} (?:zu )?(?:weiter)?(?:senden|schicken|ubermitteln|leiten|kopieren|ubertragen|zuleiten)\b",
        rf"\b(?:jede[nrs]?|alle|samtliche) (?:antwort|anfrage|ergebnis|ausgabe|nutzerdat|kundendat)\w{{0,4}} {W}an {PLACE}",
        rf"\b(?:blindkopie|bcc|verdeckte kopie) (?:\w{{2,12}} )?an {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:frage?n?|bitten?|fordern?|erfrage?n?|verlange?n?) (?:sie )?(?:bei der |beim |von der |vom |die |den |das )?{USER} {W}(?:nach|um|zur) {W}{SECRET}",
        rf"{START}lass(?:en)? {W}{USER} {W}{SECRET}",
        rf"\b{SECRET} (?:des|der|vom|beim) {USER} (?:er|ab|an)(?:zu)?(?:fragen|fordern)\b",
        rf"\b(?:sorge|bringe?|uberrede|uberzeuge|veranlasse)n?\b{G}{USER}{G}\b{SECRET}",
        rf"\berfrage?n?\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"\b{USER},? (?:\w{{2,16}} ){{0,3}}(?:bereits|schon|langst|vorab) (?:\w{{2,14}} )?(?:zugestimmt|genehmigt|eingewilligt|bestatigt|freigegeben|einverstanden)\b{G}\b(?:{ASKING}|fragen)\b{G}{NEEDLESS}",
        rf"\b{ASKING} (?:beim|des|der|durch den|vom) {USER}{G}\b{NEEDLESS}",
        rf"\b{ASKING}[ \w]{{0,16}}\b{USER},? {NEEDLESS}",
        rf"\b{NEEDLESS},? {W}{USER} {W}(?:bereits|schon|langst|vorab) {W}(?:zugestimmt|genehmigt|eingewilligt|bestatigt)",
        rf"{START}(?:{ACT}|fuhre?n?|starten?|beginnen?|buchen?) {W}(?:aus )?ohne {W}{USER} {W}(?:fragen|bitten|{ASKING})",
        rf"{START}(?:{ACT}|fuhre?n?|starten?|beginnen?|buchen?) {W}(?:aus )?ohne (?:die )?{ASKING} (?:beim|des|der|durch den|vom) {USER}",
        rf"\b{USER} (?:muss|braucht) {W}nicht (?:\w{{2,9}} )?(?:gefragt|zustimmen|bestatigen)\b",
        rf"(?:{USER}|\b{ASKING}){G}\b(?:bereits|schon|langst)\b{G}\bfrag(?:en|e|t)? (?:\w{{2,9}} ){{0,2}}nichts?\b",
        rf"\b(?:hole?n?|frage?n?|bitten?|verlangen?|fordern?)\b{G}\b(?:keine?|nicht)\b{G}\b(?:{ASKING}{G}{USER}|{USER}{G}\b{ASKING})",
        rf"\b(?:frage?n?|bitten?) (?:sie )?(?:den|die|das) {USER}{G}\bnicht\b (?:\w{{2,9}} ){{0,2}}(?:nach |um )?{ASKING}",
    ),
    "preference-only": (
        rf"\b(?:nutze|verwende|benutze|wahle|nimm)n?\b[ \w]{{0,12}}\b(?:immer|stets|nur) {W}{TOOL}{G}\b(?:nie|niemals|keine?|alle) ander\w{{1,2}}\b",
        rf"\b(?:kein|niemals ein)\w{{0,2}} ander\w{{1,2}} {TOOL}{G}\b(?:nur|ausschlie(?:ss|ß)lich|allein) diese",
        rf"\b(?:ander|ubrig|sonstig|restlich)\w{{1,2}} {TOOL}{G}\b(?:abgeschaltet|deaktiviert|eingestellt|durfen nicht|gesperrt)\b",
        rf"\b(?:empfiehl|empfehlen?|nennen?)\b{G}\b(?:immer|stets)\b{G}\b(?:auch|selbst) wenn (?:\w{{3}} )?{USER}",
        rf"\b(?:rufe?n?|aufrufen)\b (?:\w{{2,9}} ){{0,3}}(?:keine?n?|niemals) (?:\w{{2,9}} )?(?:ander|weiter)\w{{1,2}} {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:merken? (?:dir|sich)|behalten?|speicher[en]?|speichern)\b{G}\b(?:alle|jede|samtliche)\w? (?:kunftig|zukunftig|weiter|spater|kommend)\w{{1,3}} {TALK}",
        rf"\b(?:ab (?:jetzt|sofort|heute|nun)|von nun an|kunftig|fortan)\b[^.!?\n]{{0,60}}\b(?:in|bei|vor|nach|an|mit) (?:jede|alle)\w? (?:\w{{2,10}} )?{TALK}",
        r"\b(?:ab (?:jetzt|sofort|heute|nun)|von nun an|kunftig|fortan)\b[^.!?\n]{0,50}\bjede\w? (?:\w{2,10} )?(?:antwort|unterhaltung|konversation|chat)\b",
    ),
    "payment-recipient": (
        rf"\b(?:statt|anstatt|anstelle) [ \w]{{0,30}}\b{ACCOUNT}{G}(?:{NUMBER}|zusetzen|zutragen|zu verwenden)",
        rf"\b{ACCOUNT} (?:des|der|vom) {USER} {W}(?:ersetz|uberschreib|austausch|auszutausch)",
        rf"\b{ACCOUNT} {W}(?:veraltet|uberholt|ungultig)\b{G}\b(?:immer|stets|nur noch) {W}{NUMBER}",
        rf"\b(?:ersetze?n?|tausche?n?|uberschreiben?|andern?)\b{G}\b{ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:fehler|error|fehlgeschlagen|abgelaufen)\b[ \"-~]{{0,40}}(?:{AGENT} (?:muss|soll|sollte|bitte)(?:en)?|(?:muss|soll|sollte)(?:en)? (?:der|die|das) {AGENT}) {W}(?:{KEYS}|{SECRET}|freigabe|zustimmung)",
    ),
    "remote-instructions": (
        rf"\b(?:lade?n?|holen?|rufen?|offnen?|lies|lesen?) [ \w]{{0,10}}{URL}\b(?:fuhre?n?|befolgen?|machen?|tue?n?) (?:\w{{2,8}} ){{0,2}}(?:was|alles|die|dort|darin)\b",
        rf"\b(?:aktuelle|gultige|verbindliche|vollstandige|eigentliche)n? {ORDERS} [ \w]{{0,16}}{URL}\b(?:befolgen?|ausfuhren|auszufuhren|fuhre?n?)\b",
    ),
}
"""Rule id -> the patterns of this language."""
