"""What attacks on agents say in Czech."""

W = r"(?:(?:[^\Wn]|n[aou])\w{0,14} ){0,4}"
"""A few words that deny nothing (ne-, nikdy, nic), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:a|pak|potom|vzdy|nejprve|nejdriv|prosim|prosime o|take|je nutne|je treba|musi|musis|ma|at) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"\b(?:uzivatel(?:e|i|em|ka|ky|ce|ku|ske|ske|u)?|zakazni(?:k|ka|kovi|kem|ce)|osob[aeyu]|klient(?:a|ovi|em)?|pacient(?:a|ovi|em)?|host(?:a|ovi|em)?|drzitel\w{0,2}|volajici\w{0,2})\b"
AGENT = r"\b(?:(?:ai|jazykov\w{1,3}|umel\w{1,2}) )?(?:asistent(?:a|ovi|em|i|u|e|y|um)?|agent(?:a|ovi|em|i|u|e|y|um)?|model(?:u|y|em|um)?|inteligenc[ei]|chatbot\w{0,3}|system zpracovavajici)\b"
ORDERS = r"(?:(?:pokyn|prikaz|instrukc|narizen|smernic|omezen|zadan|ukol)\w{0,4}|pravid(?:la|el|lum|ly)|(?:systemov\w{1,3} )?(?:prompt|zprav)\w{0,3})\b"
PRIOR = r"(?:predchozi(?:ch|m|mi)?|drivejsi(?:ch|m|mi)?|dosavadni(?:ch|m|mi)?|puvodni(?:ch|m|mi)?|predesl\w{1,3}|vyse uveden\w{1,3}|vsechn[ya] dosavadni|obdrzen\w{1,3}|stavajici\w{0,2}|systemov\w{1,3})"
HERE = r"(?:t(?:ento|imto|oto|omuto|eto|uto|yto|emito|emto|ohoto)) (?:text|odstav|dokument|zprav|pol|strank|poznamk|pokyn|pravid|instrukc|zaznam|sdelen)\w{0,4}\b"
TOLD = r"(?:dostal|dana|dany|rekl|receno|rekli|zadano|zadali|chtelo|pozadovano|ulozeno|obdrzel|sdeleno|prikazano|zadal|naucil|zadana|ulozil)\w{0,2}"
VOID = r"(?:(?:uz |jiz )?(?:neplati|nehraje roli|nehraji roli|nema vyznam|nemaji vyznam|neni dulezite)|neplatn\w{1,2}|zrusen\w{1,2}|pozbyva\w{0,2} platnosti|pozbyla platnosti|ignoruj|zapomen)\b"
DROP = r"(?:(?:ignoruj|zapomen|opomin|prehlizej|odhod|zrus|obejdi|prepis|pomin)(?:te)?(?: na)?|ignorovat|zapomenout(?: na)?|(?:neber|neberte|nebrat) (?:\w{2,7} )?(?:v uvahu|ohled na|zretel na)|(?:neber|neberte) (?:v uvahu|ohled na)|ne(?:rid|poslouchej|dodrzuj|plni|dbej)\w{0,4}(?: se| na)?)"
THING = r"(?:(?:o )?(?:t(?:omto|ento|eto|uto|om)) (?:krok|operac|akc|cinnost|pokyn|instrukc|volan|prevod|zmen|pravid|odeslan|ukon)\w{0,4}|o (?:tom|nicem)|ani slovo|nic)"
TELL = r"(?:ne(?:zminuj|rikej|sdeluj|informuj|prozrazuj|prozrad|rekni|oznamuj|uvadej|hlas|vyprav|odhaluj|mluv|zmin)(?:te)?)"
ACT = (
    r"(?:smaz|smazat|smaze|posl|posli|odesl|odesle|odeslat|poslat|poslou|preved|prevede|prid|pridej|prida|pridaji|udel|udeli|zmen|zmeni|nahrad|nahradi|zverejni|zkopiruj|nainstaluj|spust|sdilej|preposl|preposli|preposle|vymaz|vymaze|zaplat|zaplati|potvrd|schval|odstran|odstrani|prideli|poskytne|uprav)"
    r"(?:te|i|ej|ejte|ete|at|it)?\b"
)
PASS = r"(?:(?:posl|odesl|predej|predat|vloz|vlozit|pridej|pridat|pripoj|pripojit|priloz|prilozit|zkopiruj|zapis|uved|uvest|poskytni|dopln|doplnit|zadej|predavej|posilej|pripojuj|prikladej|pripis)(?:i|te|ete|ite|at)?|prilozeni|pripojeni|predani|odeslani)"
SINK = r"(?:(?:pred|vloz|prid|pripoj|priloz|zkopirova|zapsa|uve|poskyt|dopln|zad|posl|odesl|zasl)(?:at|it|an\w?|en\w?|avat|ovat|st|den\w?|ano|eno|nout)\b|(?:v|do|jako|pri|s|ke?|spolu s) (?:\w{2,7} )?(?:parametr|pol[ei]|argument|pozadavk|volan|komentar|poznam|zprav)\w{0,4}\b)"
KEYS = r"(?:(?:api |pristupov\w{1,2} |soukrom\w{1,3} )?klic\w{0,3}|(?:pristupov\w{1,3} )?token\w{0,2}|promenn\w{1,2} prostredi|prihlasovaci udaje|pristupove udaje|tajne klice)\b"
CHAT = r"(?:konverzac\w{1,2}|rozhovor\w{0,2}|chat\w{0,2}|dialog\w{0,2}|histori\w{1,2}(?: (?:konverzace|chatu|rozhovoru))?|systemov\w{1,3} (?:prompt\w{0,2}|zprav\w{1,2})|zprav\w{1,2})\b"
WHOLE = r"(?:cel\w{1,3}|kompletni|uplnou|uplny|vsechn[ya]|predchozi|dosavadni|veskerou)"
SECRET = r"(?:hesl[oaeu]m?|pin\w{0,2}|kod\w{0,2} (?:\w{1,2} )?(?:sms|overovaci)|(?:overovaci|jednorazov\w{1,3}|sms|bezpecnostni|potvrzovaci) kod\w{0,2}|\w{4,8}mistny kod|cvv|cislo karty|(?:obnovovaci|seed) fraz\w{1,2}|slova pro obnovu)\b"
ASKING = (
    r"(?:potvrzen\w{0,2}|souhlas\w{0,2}|schvalen\w{0,2}|svolen\w{0,2}|povolen\w{0,2}|dotaz\w{0,2}|odsouhlasen\w{0,2})"
)
NEEDLESS = r"(?:neni (?:\w{2,9} )?(?:treba|nutn\w|potreba|potrebn\w|zapotrebi|vyzadovan\w?)|netreba|zbytecn\w{1,2}|se nevyzaduje|nemusis|lze preskocit|odpada|preskoc)"
TOOL = r"(?:nastroj\w{0,3}|sluz(?:b|eb)\w{0,3}|server\w{0,3}|funkc\w{1,3})\b"
TALK = r"(?:relac\w{1,2}|konverzac\w{1,2}|rozhovor\w{0,4}|odpoved\w{0,4}|chat\w{0,2})\b"
ACCOUNT = r"(?:iban\w{0,2}|uct\w{1,2}|cisl\w{1,2} uctu|prijemc\w{1,2}|bankovni\w{0,2} spojeni)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:vsechn[ya] |veskere |sve |svoje |tve |tva |sva ){{1,2}}(?:\w{{4,12}} )?{ORDERS}",
        rf"\b{DROP} (?:v uvahu |ohled na )?{PRIOR} (?:\w{{4,12}} )?{ORDERS}",
        rf"\b(?:co|vse|{ORDERS}),?[ \w,]{{0,12}}\b(?:jsi|jste|ti|vam|te|tobe) (?:\w{{2,12}} ){{0,2}}{TOLD} {W}{VOID}",
        rf"\b(?:po tobe|po vas|ti|vam|jsi|jste) (?:\w{{2,12}} ){{0,2}}{TOLD} (?:\w{{2,9}} )?{VOID}",
        rf"\b{DROP} (?:na )?(?:vse|vsechno|to),? co (?:\w{{2,9}} ){{1,3}}{TOLD}",
        rf"\b{PRIOR} {ORDERS} (?:\w{{2,9}} )?(?:jsou )?(?:neplatne|neplatna|zrusena|zruseny|neplati)\b{G}\b(?:pouze|jen|rid se|proved|poslouchej)\b",
        rf"\b(?:rid|ridte|drz|drzte) se (?:\w{{3,8}} )?{HERE}",
        rf"\b(?:poslouchej|uposlechni|nasleduj)(?:te)? (?:\w{{3,8}} )?{HERE}",
        rf"\b(?:odted|od teto chvile|od ted) (?:uz )?plati (?:jen|pouze) {HERE}",
        rf"\b{ORDERS} (?:\w{{3,14}} )?(?:se )?(?:uz |jiz )?(?:nedrz|nerid|neposlouchej|nedodrzuj)\w{{0,2}}\b",
        rf"\bne(?:drz|rid|dodrzuj|poslouchej)\w{{0,3}} (?:se )?(?:uz |jiz )?(?:\w{{3,8}} )?{ORDERS}{G}(?:provozovatel|vyvojar|dodavatel|spravc|system)",
        rf"\bzapomen(?:te)? na (?:sve|svoje|tve) {ORDERS}",
        rf"\b(?:rid|ridte|drz) se (?:vyhradne|pouze|jen) {HERE}",
        rf"\b(?:systemov\w{{1,2}} {ORDERS}|tv[eay]\w{{0,2}} {ORDERS}){G}\b(?:neplati|neplatne|neplatna|pozbyvaji|uz nejsou)",
        rf"\b(?:jednej|odpovidej|postupuj)(?:te)? (?:jen|pouze|vyhradne) (?:podle|dle) {HERE}",
        rf"\b{DROP} (?:vse )?(?:vyse uvedene|predchozi text|co je vyse|text vyse) a (?:rekni|odpovez|napis|zopakuj|ukaz|vypis|sdel)\b",
        rf"\b(?:vymaz|smaz|odstran)(?:te)?\b{G}\bpameti\b{G}\b(?:vse|vsechn|pokyn|prikaz)",
    ),
    "directive-precedence": (
        rf"\b{HERE} (?:\w{{2,4}} )?(?:prednost|prioritu|vyssi vahu)\b{G}\b(?:uzivatel|zakazni|system|prompt|vsemi ostatnimi)",
        rf"\b(?:prednost|prioritu|vyssi vahu) (?:pred|nad|nez) {W}(?:(?:pran|pokyn|pozadav)\w{{1,4}} {USER}|systemov\w{{1,3}} (?:prompt|zprav|pokyn))",
        rf"\b(?:se )?(?:rid|ridte|nasleduj|dodrzuj) (?:se )?{HERE},? (?:a ne|a nikoli|misto) (?:\w{{2,7}} ){{0,3}}{USER}",
        rf"\b(?:vetsi vahu|dulezitejsi|vyssi vahu|prednost|vic|vice) (?:nez|pred){G}\b(?:pokyn|pran|pozadav|prikaz)\w{{0,4}} {USER}",
    ),
    "directive-secrecy": (
        rf"\b{THING} (?:\w{{2,3}} )?(?:{USER} )?(?:\w{{2,3}} )?{TELL}",
        rf"\b{TELL} (?:se )?(?:{USER} )?(?:\w{{2,3}} )?{THING}",
        rf"\bbez (?:vedomi|informovani|upozorneni|oznameni) {USER}",
        rf"\baniz (?:by )?(?:se |to |o tom )?(?:{USER} (?:\w{{2,5}} )?(?:vedel|dozvedel|zjistil|vsiml)|(?:\w{{2,9}} )?(?:informoval|rekl|oznamil)\w? {USER})",
        rf"\b(?:zataj|skryj|zamlc|utaj)(?:te)? {W}(?:pred )?{USER}",
        rf"\bza zady {USER}",
        rf"{USER} (?:se )?(?:\w{{1,8}} ){{0,3}}(?:nesmi|nemusi|nema|nemel by) (?:\w{{2,9}} )?(?:dozvedet|vedet|vsimnout|videt|zjistit)",
        rf"\b(?:pred )?{USER} (?:\w{{2,6}} )?(?:utaj|zataj|zamlc|skryj)(?:te)?\b",
        rf"\b(?:tajne|v tajnosti|v utajeni)\b{G}{USER}",
        rf"\b(?:potaji|tajne|potichu|skryte|nenapadne|zataj\w{{0,2}}|zamlc\w{{0,2}}){G}{USER}",
        rf"{USER} (?:\w{{2,9}} )?(?:zataj|zamlc|utaj)\w{{0,2}}\b",
    ),
    "directive-addressed": (
        rf"\b(?:pro|upozorneni|poznamka|zprava|mil[ya]|vazen[ya]|pozor|ahoj|oznameni)\b (?:\w{{2,14}} ){{0,2}}{AGENT},?[ \w,]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT},? (?:ktery |ktere )?{W}(?:cte|ctou|zpracovava\w{{0,4}}|analyzuj\w{{0,3}}|shrnuj\w{{0,2}}) (?:\w{{2,12}} ){{0,3}}{ACT}",
        rf"\bpo (?:precteni|prectení) {W}{AGENT} {W}{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:musi|ma|by mel) {W}{ACT} (?:\w{{2,12}} ){{0,3}}(?:pred|nez|bez vedomi|aniz)\b",
        rf"{AGENT},? (?:ktery |ktere )?(?:\w{{3,16}} )?(?:tento|tuto|toto|tyto)\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:obsah\w{{0,2}}|text\w{{0,2}}|radk\w{{1,2}}|soukrom\w{{1,3}} klic\w{{0,2}}|soubor\w{{0,2}}) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:obsah\w{{0,2}}|text\w{{0,2}}|radk\w{{1,2}}|soukrom\w{{1,3}} klic\w{{0,2}}|soubor\w{{0,2}}) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:precti|otevri|nacti|soubor) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:a |pak )?{PASS} (?:\w{{2,5}} )?(?:obsah|text)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} {USER}",
        rf"\b{KEYS} {USER} {W}{SINK}",
        rf"\b(?:vsechny|veskere) {KEYS} {W}{SINK}",
        rf"\b(?:parametr|pol|argument)\w{{0,3}}\b{G}\b(?:vsechny|veskere) (?:\w{{3,12}} )?{KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{3,12}} )?{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b{WHOLE} (?:\w{{3,12}} )?{CHAT} (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:zavolej|pouzij|volej) {W}s {WHOLE} (?:\w{{3,12}} )?{CHAT}",
        rf"\b(?:{PASS}|shrn) (?:\w{{5,12}} )?{CHAT} (?:a|s|se|spolu se?|vcetne) systemov\w{{1,3}} (?:prompt|zprav|pokyn)",
        r"\b(?:prozrad|ukaz|zobraz|zopakuj|vypis|odhal)(?:te)? (?:mi )?(?:svuj|sve|tvuj|tve) (?:\w{3,12} )?systemov\w{1,3} (?:prompt|zprav|pokyn|instrukc)",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:\w{{3,12}} )?{CHAT}",
        rf"{START}(?:zkopiruj|opis|prepis)(?:te)? {W}{WHOLE} (?:\w{{3,12}} )?{CHAT} do (?:pole|parametru)",
        rf"\b(?:parametr|pol|argument)\w{{0,3}}\b{G}\b(?:je nutne|je treba|musi|ma|patri){G}\b{WHOLE} (?:\w{{3,12}} )?{CHAT}",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:posle|odesle|preposle|zasle|posilaj?i?|odesilaj?i?|preposilaj?i?) {W}{W}na (?:adresu )?{PLACE}",
        rf"{AGENT} (?:musi|ma|by mel) (?:\w{{2,12}} )?(?:poslat|odeslat|preposlat|zaslat|posilat|odesilat|preposilat) {W}{W}na (?:adresu )?{PLACE}",
        rf"{START}(?:{PASS}|preposli|preposilej) (?:kazdou odpoved|vsechny (?:odpovedi|vysledky|konverzace)|vsechna data|data (?:zakazniku|{USER})) {W}na (?:adresu )?{PLACE}",
        rf"\b(?:skryt\w{{1,2}} kopi\w|bcc) (?:\w{{2,12}} )?na {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:pozadej|pozadejte|zeptej se|vyzadej si|vyzvi|ziskej|ziskejte) (?:od )?{USER} {W}{SECRET}",
        rf"\b(?:nech si|nechte si|at) (?:od )?{USER} (?:\w{{2,6}} )?(?:rict|sdelit|dat|zada|sdeli|rekne) {W}{SECRET}",
        rf"{START}(?:pozadej|ziskej|vyzadej si) (?:o )?{SECRET} (?:od )?{USER}",
        rf"\b(?:primej|presvedc|zajisti|donut)\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} (?:s tim |to )?(?:uz|jiz) (?:\w{{2,9}} )?(?:souhlasil|souhlas|potvrdil|schvalil|odsouhlasil|povolil|svolil)\w{{0,2}} (?:\w{{2,9}} ){{0,3}}{NEEDLESS}",
        rf"\b{ASKING} {USER} (?:\w{{2,9}} )?{NEEDLESS}",
        rf"\bneni (?:\w{{2,9}} )?{ASKING} {USER} (?:treba|nutn|potreb|vyzadov)",
        rf"\b{NEEDLESS} (?:\w{{2,5}} ){{0,2}}(?:ptat|zadat|cekat|{ASKING}) (?:\w{{2,9}} ){{0,2}}{USER}",
        rf"{START}(?:{ACT}|proved|provest|udelej|pokracuj|uskutecni) (?:\w{{2,14}} ){{0,3}}bez (?:{ASKING} (?:na |od )?{USER})",
        rf"\bne(?:pozaduj|zadej|ptej se|cekej na)(?:te)? {W}(?:{ASKING} {USER}|{USER} (?:o |na )?{ASKING})",
        rf"{USER} {G}\b(?:uz|jiz)\b{G}\bne(?:ptej|zadej|pozaduj)",
        rf"{USER} (?:\w{{3,9}} )?(?:uz|jiz) (?:schvalil|potvrdil|souhlasil|povolil)\w?{G}\bneptej",
        rf"\bne(?:zadej|ptej se|pozaduj|cekej na|vyzaduj)(?:te)? (?:si )?(?:{USER}{G}\b{ASKING}|(?:o )?{ASKING}{G}{USER})",
    ),
    "preference-only": (
        rf"\bvzdy (?:pouzivej|pouzij|volej|vyber|zvol) {W}{TOOL}{G}\b(?:nikdy|zadn\w{{1,2}}) (?:ne\w{{3,12}} )?(?:zadn\w{{1,2}} )?jin\w{{1,3}}\b",
        rf"\bne(?:pouzivej|volej)(?:te)? zadn\w{{1,2}} jin\w{{1,2}} {TOOL}{G}\b(?:pouze|jen|krome)\b",
        rf"\b(?:jine|ostatni|vsechny ostatni) (?:\w{{3,16}} )?{TOOL}{G}\b(?:vypnut|zrusen|vyrazen|deaktivovan|nesmi|uz nefunguji|nefunguji)",
        rf"\bvzdy (?:doporucuj|doporuc|nabidni|predstav)\b{G}\b(?:i kdyz {USER}|jako jedin)",
        rf"\bne(?:volej|vyvolavej|spoustej)(?:te)? (?:uz )?(?:zadn\w{{1,2}} )?(?:jin|dals)\w{{1,3}} {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:zapamatuj|pamatuj|uloz|uchovej)\b{G}\b(?:vsech\w{{0,4}}|kazd\w{{1,3}}) (?:budouci\w{{0,2}}|dalsi|nasledujici|pristi) {TALK}",
        rf"\b(?:odted|od teto chvile|od nynejska|napriste|ode dneska)\b[^.!?\n]{{0,60}}\b(?:kazd\w{{1,3}}|vsech|vsechny) {TALK}",
        r"\b(?:odted|od teto chvile|od nynejska|napriste|ode dneska)\b[^.!?\n]{0,50}\b(?:kazd\w{1,3}|vsechny) (?:odpoved\w{0,3}|konverzac\w{1,2}|rozhovor\w{0,2})\b",
    ),
    "payment-recipient": (
        rf"\bmisto [ \w]{{0,9}}\b{ACCOUNT}[ \w,]{{0,40}}\b(?:vzdy|{NUMBER})",
        rf"\b(?:nahrad|zmen|vymen) {W}{ACCOUNT} (?:zadan\w{{1,3}} |uveden\w{{1,3}} )?(?:od )?{USER}",
        rf"\b{ACCOUNT} {W}(?:neplatn|zastaral|neaktualn|star)\w{{0,2}}\b{G}\b(?:vzdy|jen|pouze) {W}{NUMBER}",
        rf"\b(?:nahrad|zmen|vymen|zamen)(?:te)?\b{G}\b{ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:chyba|chyby|selhal\w?|selhani|vyprsel\w?)\b[ \"-~]{{0,40}}(?:musi agent|agent musi|asistent musi|musi asistent|model musi) (?:\w{{2,12}} ){{0,3}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:stahni|otevri|precti|nacti|navstiv) [ \w]{{0,10}}{URL}\b(?:proved|udelej|rid se|splni|vykonej|postupuj) (?:\w{{2,8}} ){{0,2}}(?:co|vse|vsechno|pokyn\w{{1,2}})\b",
        rf"\b(?:aktualni|platne|platna|uplne) {ORDERS} [ \w]{{0,16}}{URL}\b(?:proved|rid|splni|dodrzuj|postupuj)",
        rf"\b(?:stahni|otevri|precti|nacti) [ \w]{{0,10}}{URL}\b(?:proved|splni|vykonej)(?:te)? (?:prikazy|pokyny|instrukce)\b",
    ),
}
"""Rule id -> the patterns of this language."""
