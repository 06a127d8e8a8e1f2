"""What attacks on agents say in Swedish."""

W = r"(?:(?:[^\Wia]|i|a|a[^l\W]|al[^d\W]|i[^n\W])\w{0,17} ){0,4}"
"""A few words that deny nothing (inte, aldrig, inga), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:och|sedan|darefter|alltid|forst|aven|ocksa|vanligen|ska|skall|maste|bor|vanligen|att) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"(?:anvandare(?:ns|n|s)?|kunden?s?|personen?s?|gasten?s?|patienten?s?|innehavaren?s?|uppringaren?s?)\b"
AGENT = r"\b(?:(?:ai|sprak)[ -]?(?:assistent|agent|modell)\w{0,4}|assistent(?:en|er|erna)?|agent(?:en|er|erna)?|modell(?:en|er|erna)|ai:n|chatbot(?:en|ar)?)\b"
ORDERS = r"(?:(?:system)?(?:instruktion(?:er|erna|en)?|anvisning(?:ar|arna|en)?|direktiv(?:en)?|riktlinjer(?:na)?|begransningar(?:na)?|prompt(?:en|ar)?|meddelande[nt]?)|regler(?:na)?|order(?:na)?|uppdrag(?:et)?)\b"
PRIOR = r"(?:tidigare|foregaende|ovanstaende|ursprungliga|befintliga|gamla|hittills (?:givna|mottagna))"
HERE = r"(?:(?:den|det|de) har (?:texten|stycket|dokumentet|meddelandet|faltet|sidan|anteckningen|anvisningarna|instruktionerna|reglerna|anvisningen|instruktionen)|dessa (?:instruktioner|anvisningar|regler)|denna (?:text|sida|anvisning|instruktion)|detta (?:dokument|stycke|meddelande|falt))\b"
TOLD = r"(?:fatt|fick|ombads?|ombetts|blivit \w{4,10}|blev \w{4,10}|tillsagd|fatt hora|larts?|instruerats|givits|getts)"
VOID = r"(?:galler inte|galler ej|inte langre|spelar ingen roll|upphavd[ae]?|ogiltig[at]?|ar (?:upphavda|ogiltiga|inaktuella|slopade)|glom(?:ma|s)?|raknas inte|saknar betydelse)\b"
DROP = r"(?:ignorera[rs]?|bortse(?:r)? (?:helt )?fran|glom(?:ma)? (?:bort )?|strunta i|asidosatt(?:a|er)?|hoppa over|asidosatta|overge|folj inte|lyd inte|kringga)"
THING = r"(?:(?:om |av )?(?:(?:den|det) har |detta |denna )(?:steget?|atgarden?|handlingen|instruktion(?:en)?|anropet?|overforing(?:en)?|andring(?:en)?|regel(?:n)?)|om (?:detta|det)|detta|det|nagot|ett ord)"
TELL = r"(?:namn(?:a|er)?|beratta[r]?|sag(?:a|er)?|meddela[r]?|informera[r]?|avsloja[r]?|rapportera[r]?|upplys|ange[r]?|lat)"
ACT = r"(?:ta bort|radera[r]?|skicka[r]?|overfor(?:a|er)?|lagg(?:a|er)? till|ge[r]?|bevilja[r]?|andra[r]?|ersatt(?:a|er)?|publicera[r]?|kopiera[r]?|installera[r]?|kor|dela[r]?|betala[r]?|vidarebefordra[r]?|tar bort|tilldela[r]?)\b"
PASS = r"(?:skicka[r]?|lagg(?:a|er)?|bifoga[rs]?|ange[r]?|klistra[r]?|kopiera[r]?|lamna[r]?|overlamna[r]?|infoga[r]?|satt(?:a|er)?|skriv(?:a|er)?|ge|fyll)\b"
SINK = r"(?:(?:bifogas|skickas(?: med)?|laggas? (?:till|in|med)|anges|klistras|kopieras|overlamnas|infogas|sandas|foljer med)\b|(?:i|som|vid|via|till|med) (?:\w{3,5} )?(?:\w{3,6} )?(?:parameter|falt|argument|forfragan|anrop|kommentar|anteckning|meddelande)\w{0,3}\b)"
KEYS = r"(?:(?:api|atkomst|ssh)?-?(?:nyckel|nycklar|nycklarna|nyckeln)|(?:atkomst|api|sessions)?-?token(?:s)?|miljovariabler(?:na)?|inloggningsuppgifter(?:na)?|hemligheter(?:na)?)\b"
CHAT = r"(?:konversation(?:en)?|samtal(?:et)?|chatt(?:en|historiken)?|dialog(?:en)?|historik(?:en)?|systemprompt(?:en)?|systemmeddelandet|meddelanden?a?)\b"
WHOLE = r"(?:hela|fullstandiga|kompletta|alla|tidigare|samtliga)"
SECRET = r"(?:losenord(?:et)?|pin-?kod(?:en)?|(?:sms|verifierings|sakerhets|engangs|bekraftelse)-?kod(?:en)?|kod(?:en)? (?:i|fran|via) (?:ett )?sms\w{0,4}|\w{2,5}siffriga (?:sms-?)?koden?|engangslosenord|cvv|aterstallnings\w{3,6}|kortnummer|bankid-?kod)"
ASKING = r"(?:bekraftelse|samtycke|godkannande|tillstand|medgivande|tillatelse)"
NEEDLESS = r"(?:behovs inte|kravs inte|ar (?:inte nodvandig\w?|onodig\w?|overflodig\w?)|behover (?:du )?inte|onodigt|inte nodvandigt|kan hoppas over)"
TOOL = r"(?:\w{0,14}verktyg(?:et|en)?|\w{0,18}tjanst(?:en|er)?|servrar|server|funktion(?:er|en)?)\b"
TALK = r"(?:session(?:er|en)?|konversation(?:er|en)?|samtal|svar|chatt(?:ar|en)?)\b"
ACCOUNT = r"(?:iban|konto(?:nummer|t)?|bankgiro|mottagare[n]?|betalningsmottagare[n]?|bankuppgifter)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:alla |samtliga )?(?:de |dina |era )?(?:{PRIOR} )(?:\w{{2,12}} )?{ORDERS}",
        rf"\b{DROP} (?:alla|samtliga|dina|era) (?:dina |de )?(?:\w{{4,12}} )?{ORDERS}",
        rf"\b(?:det|vad|allt|{ORDERS}) (?:som )?(?:du|ni|dig) (?:\w{{2,9}} ){{0,3}}{TOLD} (?:\w{{2,9}} ){{0,3}}{VOID}",
        rf"\b(?:du|ni) (?:tidigare |forut |nyss )?(?:fick|fatt|ombads) (?:\w{{2,8}} ){{0,2}}{VOID}",
        rf"\b{DROP} (?:allt|det|vad) (?:som )?(?:du|ni|man) (?:\w{{2,8}} ){{0,3}}{TOLD}\b",
        rf"\b{PRIOR} {ORDERS} (?:ska|maste|bor|kan) (?:du )?(?:ignoreras?|glommas?|bortses|asidosattas)\b",
        rf"\b(?:folj|lyd|lyda|ratta dig efter)\b{G}\b(?:bara|endast|enbart|uteslutande) {W}{HERE}",
        rf"\blyd(?:a|er)? {HERE}",
        rf"\b(?:harifran|fran och med nu|hadanefter) (?:galler|raknas) (?:bara|endast|enbart) {HERE}",
        rf"\b(?:folj|lyd|respektera|ratta dig efter) inte (?:langre |mer )(?:\w{{2,14}} )?{ORDERS}",
        rf"\b{DROP} (?:\w{{2,14}} )?(?:operatorens|utvecklarens|systemets|leverantorens|administratorens) {ORDERS}",
        rf"\b(?:system(?:instruktion|regler|riktlinjer|prompt|anvisning)\w{{0,5}}|systemets (?:\w{{4,14}} )?{ORDERS}|dina {ORDERS}){G}\b(?:inte langre|inte mer|upphor|ogiltiga|upphavda)\b",
        rf"\bgaller (?:inte|ej) (?:langre )?(?:systemets|dina) (?:\w{{4,14}} )?{ORDERS}",
        rf"\b(?:agera|svara|handla|arbeta) (?:bara|endast|enbart|uteslutande) (?:enligt|efter|utifran) {HERE}",
        rf"\b{DROP} (?:allt )?(?:ovanstaende|det ovanstaende|allt ovan|texten ovan) och (?:sag|svara|skriv|upprepa|visa|ge)\b",
        rf"\b(?:radera|ta bort|stryk)\b{G}\bminne\w{{0,2}}\b{G}\b(?:allt|alla|instruktion|anvisning)",
    ),
    "directive-precedence": (
        rf"\b{HERE} (?:gar|har|star|vager) (?:\w{{2,8}} )?(?:fore|foretrade|over|tyngre)\b{G}\b(?:anvandar|kunden|system|alla andra)",
        rf"\b(?:foretrade|prioritet) (?:framfor|over|fore) {W}(?:{USER} (?:onskemal|begaran|instruktioner|fragor)|system-?(?:prompt|meddelande|instruktion))",
        rf"\b(?:folj|foljer|lyd) (?:du |ni )?{HERE} (?:och inte|i stallet for|snarare an) (?:\w{{2,6}} ){{0,2}}{USER}",
        rf"\b(?:tyngre|viktigare|mer)\b an{G}{USER} (?:instruktion|onskemal|begaran|order|fragor|anvisning)\w{{0,4}}",
    ),
    "directive-secrecy": (
        rf"\b{TELL} (?:inte|aldrig|inget|ingenting) (?:\w{{2,6}} )?{THING}[ \w]{{1,16}}\b(?:anvandare|kund|svar|sammanfattning)",
        rf"\b{TELL} (?:inte|inget|ingenting|aldrig) (?:for|till) {USER} (?:\w{{2,6}} )?{THING}",
        rf"\b{TELL} (?:inte )?(?:ett ord|nagot|inget) {THING}",
        rf"\butan (?:att )?{USER} (?:\w{{2,9}} )?(?:vetskap|marker|ser|vet|far veta|kannedom|informeras|underrattas|upplyses)\b",
        rf"\butan att (?:informera|beratta|meddela|upplysa|saga|underratta|namna)\w? (?:\w{{2,9}} ){{0,3}}{USER}",
        rf"\b(?:dolj|hall|gom) {THING} (?:\w{{2,9}} )?(?:for|fran) {USER}",
        rf"\bbakom ryggen pa {USER}",
        rf"{USER} (?:far|ska|bor|behover) (?:inte|aldrig|inget) (?:\w{{2,6}} )?(?:\w{{2,6}} )?(?:veta|marka|se|upptacka|kanna till|informeras)\b",
        rf"\b(?:hall|behall|gor|lat) {G}\b(?:hemlig|dold|gomd)\w?{G}{USER}",
        rf"\b(?:i smyg|i hemlighet|obemarkt|i tysthet|smyg){G}{USER}",
        rf"\b(?:dolj|undanhall|fortig|hemlighall)\b{G}\b(?:for|fran) {USER}",
    ),
    "directive-addressed": (
        rf"\b(?:till|for|obs|notera|hej|meddelande till|basta|kara) (?:\w{{2,14}} ){{0,2}}{AGENT}[ \w,]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT} som {W}(?:laser|behandlar|bearbetar|analyserar|sammanfattar) (?:\w{{2,12}} ){{0,3}}{ACT}",
        rf"\befter (?:att ha last|lasningen) {W}{AGENT} {W}{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?(?:lagger till|ger|beviljar|delar|tilldelar) {W}{PLACE}",
        rf"\b(?:lagger|ger|beviljar|tilldelar|delar) {AGENT} {W}{PLACE}",
        rf"{AGENT} (?:ska|maste|bor) {W}{ACT} (?:\w{{2,12}} ){{0,4}}(?:innan|utan att)\b",
        rf"{AGENT} som\b{G}\b(?:det har|den har|detta|denna)\b{G} (?:{ACT}|for over){G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:innehall|text|rader|privata nyckl|fil)\w{{0,5}} [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:innehall|text|rader|privata nyckl|fil)\w{{0,5}} [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:las|lasa|oppna|fil|filen) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:och |sedan )?{PASS} (?:\w{{2,4}} )?(?:innehallet|texten)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{USER} {KEYS}",
        rf"\b{USER} {KEYS} {W}{SINK}",
        rf"\b(?:alla|samtliga) {KEYS} {W}{SINK}",
        rf"\b(?:parameter|falt|argument)\w{{0,3}}\b{G}\b(?:alla|samtliga) (?:\w{{3,12}} )?{KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{2,12}} )?{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b{WHOLE} (?:\w{{2,12}} )?{CHAT} (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:anropa|anvand|kor) {W}med {WHOLE} (?:\w{{2,12}} )?{CHAT}",
        rf"\b(?:{PASS}|sammanfatta) {W}{CHAT} (?:och|med|plus|tillsammans med) system-?(?:prompt|meddelande|instruktion)",
        r"\b(?:visa|avsloja|upprepa|skriv ut|aterge|beratta) (?:mig |for mig )?(?:din|dina|er|era) (?:\w{2,12} )?system-?(?:prompt|meddelande|instruktion)\w{0,4}",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:\w{{2,12}} )?{CHAT}",
        rf"\b(?:parameter|falt|argument)\w{{0,3}}\b{G}\b(?:ska|maste|bor){G}\b{WHOLE} (?:\w{{2,12}} )?{CHAT}",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:skickar|sander|vidarebefordrar|mejlar) {W}{W}till {PLACE}",
        rf"{AGENT} (?:ska|maste|bor) {W}{W}till {PLACE}",
        rf"{START}(?:{PASS}|vidarebefordra|mejla|samla) {W}(?:varje (?:svar|fraga)|alla (?:svar|uppgifter|resultat|konversationer)|kunduppgifter|anvandardata) {W}till {PLACE}",
        rf"\b(?:dold kopia|hemlig kopia|bcc) (?:\w{{2,12}} )?till {PLACE}",
        rf"\b(?:skickar|sander|vidarebefordrar) {AGENT} {W}{W}till {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:be|ber|fraga|fragar|uppmana) {USER} (?:om|efter|uppge|att uppge|att ange) {W}{SECRET}",
        rf"{START}(?:lat|overtala) {USER} {W}{SECRET}",
        rf"{START}(?:begar|be om|hamta|ta reda pa) {USER} {SECRET}",
        rf"\b(?:se till|fa|overtala|overtyga)\b{G}{USER}{G}\b{SECRET}",
        rf"{START}(?:be|fraga) {USER} om\b{G}\b(?:pin-?kod|losenord|sms-?kod|engangskod)",
    ),
    "consent-bypass": (
        rf"{USER} har redan (?:\w{{2,9}} )?(?:\w{{2,9}} )?(?:godkant|samtyckt|samtycke|accepterat|medgett|bekraftat|sagt ja|tillstand) (?:\w{{2,12}} ){{0,4}}{NEEDLESS}",
        rf"\b{USER} {ASKING} (?:\w{{2,9}} )?{NEEDLESS}",
        rf"\b{ASKING} (?:fran|av) {USER} (?:\w{{2,9}} )?{NEEDLESS}",
        rf"{START}(?:{ACT}|gor|genomfor|utfor|bekrafta|boka|starta|paborja) (?:\w{{2,14}} ){{0,3}}utan (?:att )?(?:{USER} {ASKING}|(?:fraga|tillfraga|invanta|radfraga) (?:\w{{2,12}} )?{USER}|{ASKING} fran {USER})",
        rf"\bfraga inte {USER} om {ASKING}",
        rf"\b{USER} behover inte (?:\w{{2,9}} )?(?:tillfragas|godkanna|bekrafta)\b",
        rf"{USER} har redan {G}(?:godkant|samtyckt|samtycke|accepterat|medgett|bekraftat|sagt ja){G}\bfraga (?:inte|inget|inte mer)\b",
        rf"\b(?:be|fraga|invanta|begar) (?:inte|aldrig) (?:om )?(?:{USER}{G}\b{ASKING}|{ASKING}{G}{USER})",
    ),
    "preference-only": (
        rf"\b(?:anvand|valj|anropa) (?:alltid|bara|endast|enbart) {W}{TOOL}{G}\b(?:aldrig|inga|inget|inte) (?:nagra |nagot )?(?:andra|annat)\b",
        rf"\banvand (?:inget|inga|aldrig nagot) (?:annat|andra) {TOOL}{G}\b(?:bara|endast|enbart|utom) (?:det|detta|den)",
        rf"\b(?:andra|ovriga) {TOOL}{G}\b(?:avstangda|inaktiverade|nedlagda|lagts ned|ur drift|far inte|fungerar inte langre)",
        rf"\b(?:rekommendera|foresla|presentera) alltid\b{G}\b(?:aven om {USER}|som (?:det|den) enda)",
        rf"\banropa (?:\w{{2,4}} ){{0,4}}(?:inga|inget|aldrig) (?:\w{{2,6}} )?(?:andra|annat) {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:kom ihag|minns|spara|notera|lagg pa minnet)\b{G}\b(?:alla|varje) (?:framtida|kommande|senare|efterfoljande) {TALK}",
        rf"\b(?:fran och med (?:nu|idag)|hadanefter|i fortsattningen|fran och med nu)\b[^.!?\n]{{0,60}}\b(?:varje|alla) (?:nya |framtida )?{TALK}",
        r"\b(?:fran och med (?:nu|idag|i dag)|hadanefter|i fortsattningen|framover)\b[^.!?\n]{0,50}\b(?:varje|alla) (?:svar|konversation\w{0,2}|chatt\w{0,2})\b",
    ),
    "payment-recipient": (
        rf"\b(?:i stallet for|istallet for|ersatt) [ \w]{{0,12}}\b{ACCOUNT}[ \w,]{{0,30}}\b(?:alltid|anvandare|{NUMBER})",
        rf"\b{ACCOUNT} {W}(?:inaktuell|gammal|ogiltig|foraldra)\w{{0,2}}\b{G}\b(?:alltid|endast|bara) {W}{NUMBER}",
        rf"\b(?:ersatt|byt ut|andra) {USER} {ACCOUNT}\b",
        rf"\b(?:ersatt|byt ut|andra|byt)\b{G}(?:{USER} {ACCOUNT}|\b{ACCOUNT}{G}{USER})",
    ),
    "turn-error": (
        rf"\b(?:fel|misslyckades|utgangen|gatt ut)\b[ \"-~]{{0,40}}{AGENT} (?:maste|ska|bor) (?:\w{{2,12}} ){{0,3}}(?:{KEYS}|{SECRET}|{ASKING})",
        rf"\b(?:fel|misslyckades|utgangen|gatt ut)\b[ \"-~]{{0,40}}\b(?:maste|ska|bor) {AGENT} (?:\w{{2,12}} ){{0,3}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:hamta|oppna|las|ladda ner|besok|lasa) [ \w]{{0,10}}{URL}\b(?:gor|folj|utfor|kor|tillampa) (?:\w{{2,5}} ){{0,2}}(?:allt som|det som|vad som|instruktionerna som)",
        rf"\b(?:aktuella|gallande|fullstandiga) {ORDERS} [ \w]{{0,16}}{URL}\b(?:folj|utfor|kor|tillampa|lyd)",
        rf"\b(?:hamta|oppna|las|ladda ner) [ \w]{{0,10}}{URL}\b(?:folj|utfor|kor) (?:alla )?(?:instruktionerna|anvisningarna|kommandona) (?:du|som|dar)",
    ),
}
"""Rule id -> the patterns of this language."""
