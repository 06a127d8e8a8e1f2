"""What attacks on agents say in Dutch."""

W = r"(?:(?:[^\Wng]|n[au]|g[^e\W]|ge[^e\W])\w{0,17} ){0,4}"
"""A few words that deny nothing (niet, nooit, geen), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:en|dan|daarna|vervolgens|altijd|eerst|ook|graag|gelieve|moet|moeten|verzoek om|alstublieft) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|[a-z]{2}\d\d [a-z]{4}|\d[\d -]{5})"

USER = (
    r"(?:(?:de|den|een|je|uw|aan) (?:gebruikers?|klant(?:en)?|persoon|cliente?n?|afnemer|patient|gast|beller|houder)\b)"
)
AGENT = r"\b(?:(?:(?:ai|taal)(?:[ -]))?(?:assistent(?:en|e)?|agent(?:en)?|modell?(?:en)?|systemen?)|taalmodell?(?:en)?|ai|chatbots?|llms?|verwerkende systeem)\b"
ORDERS = r"(?:(?:systeem)?(?:instructie|opdracht|aanwijzing|richtlijn|regel|voorschrift|bevel|beperking|opdracht)(?:s|en)?|(?:systeem[- ]?)?prompts?|systeembericht(?:en)?)\b"
PRIOR = r"(?:(?:eerdere|vorige|voorgaande|bovenstaande|voorafgaande|oorspronkelijke|bestaande|huidige|oude)|(?:eerder|tot nu toe|hiervoor) (?:ge\w{4,9}|ontvangen|verstrekte))"
HERE = r"(?:deze (?:tekst|alinea|pagina|notitie|aanwijzing(?:en)?|instructies?|regels?|boodschap|richtlijnen)|dit (?:document|bericht|veld|stuk|tekstveld))\b"
TOLD = r"(?:gezegd|verteld|gevraagd|gekregen|kreeg|gegeven|opgedragen|ontvangen|meegedeeld|geleerd|besproken|hebt gekregen)"
VOID = (
    r"(?:vervallen|ongeldig|nietig|achterhaald|ingetrokken|opgeheven|telt niet|tellen niet|geldt niet|gelden niet|niet (?:meer|langer)|doet er niet|buiten beschouwing"
    r"|vergeten|negeren)\b"
)
DROP = r"(?:negeer|negeren|vergeet|vergeten|sla|verwerp|verwerpen|overtreed|omzeil|overschrijf|schuif|leg|laat)"
THING = r"(?:(?:over |van |aan )?(?:deze|dit) (?:stap|handeling|actie|bewerking|instructie|aanroep|verzending|overboeking|wijziging|regel|procedure|opdracht)|hierover|hiervan|daarover|dit|niets)\b"
TELL = r"(?:vertel|vertellen|zeg|zeggen|meld|melden|noem|noemen|vermeld|vermelden|informeer|informeren|laat|onthul|verklap|spreek|rep)"
ACT = (
    r"(?:verwijder|wis|stuur|zend|verzend|voeg|geef|verleen|ken|wijzig|vervang|publiceer|kopieer|installeer|voer|deel|maak|boek|overschrijf|schrap|ken)"
    r"(?:t|en)?|(?:verwijder|verstur|sturen|zend|toevoeg|gev|verlen|wijzig|vervang|publicer|kopier|del|mak)en\b"
)
PASS = (
    r"(?:stuur|stuurt|sturen|zet|zetten|geef|geeft|geven|voeg|voegt|voegen|plaats|plaatsen|plak|plakken|kopieer|kopieren|lever|leveren|neem|vermeld|schrijf|schrijven|zend|zenden"
    r"|vul|vullen|verstrek)\b"
)
SINK = (
    r"(?:(?:mee|door|bij|toe|over|in|op)?ge(?:stuurd|geven|voegd|zonden|leverd|plaatst|zet|plakt|vuld)\b|(?:mee|door|bij|toe)(?: te )?(?:sturen|geven|voegen|zenden)\b"
    r"|(?:in|als|bij|via|aan|met) (?:\w{2,5} )?(?:\w{2,6} )?(?:parameter|veld|argument|verzoek|aanroep|opmerking|notitie|bericht|bijlage)\b)"
)
KEYS = r"(?:(?:api|toegangs|geheime|prive|ssh)?[- ]?sleutels?|api[- ]keys?|(?:toegangs|api|sessie)?[- ]?tokens?|omgevingsvariabelen|inloggegevens|geheimen|toegangsgegevens)\b"
CHAT = r"(?:gesprek(?:ken|sgeschiedenis)?|chat(?:geschiedenis)?|conversatie|dialoog|geschiedenis|systeem[- ]?(?:prompt|bericht|instructies)|berichten)\b"
WHOLE = r"(?:hele|volledige|gehele|complete|alle|voorgaande|eerdere|integrale)"
SECRET = (
    r"(?:wachtwoord(?:en)?|pin(?:code)?|(?:sms|verificatie|beveiligings|bevestigings|eenmalige|inlog|zescijferige|viercijferige)[- ]?(?:sms-?)?code|eenmalige code|code uit (?:de|een) sms|cvv"
    r"|(?:herstel|seed)[- ]?(?:zin|woorden|phrase)|kaartnummer|creditcardnummer)\b"
)
ASKING = r"(?:bevestiging|toestemming|goedkeuring|akkoord|instemming|navraag|controle)"
NEEDLESS = r"(?:niet (?:meer )?(?:nodig|vereist|noodzakelijk)|overbodig|onnodig|hoeft niet|vervalt|kan worden overgeslagen|overslaan)"
TOOL = r"(?:\w{0,12}tools?|hulpmiddel(?:en)?|\w{0,16}diensten?|\w{0,9}servers?|gereedschap|functies?)\b"
TALK = r"(?:sessies?|gesprek(?:ken)?|antwoord(?:en)?|conversaties?|chats?)\b"
ACCOUNT = r"(?:iban|rekening(?:nummer)?|bankrekening|begunstigde|ontvanger|betaalgegevens)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:\w{{2,6}} )?(?:al je|al uw|alle|je|uw|jouw) (?:{PRIOR} )?(?:\w{{2,12}} )?{ORDERS}",
        rf"\b{DROP} (?:nu |gerust |de |al |alle ){{0,3}}{PRIOR} (?:\w{{2,12}} )?{ORDERS}",
        rf"\b(?:wat|alles wat|{ORDERS}),?[ \w]{{0,10}}\b(?:je|jou|u) (?:\w{{2,12}} ){{0,4}}{TOLD} (?:is |zijn |heeft |hebben )?{VOID}",
        rf"\b(?:wat|{ORDERS}) (?:die )?(?:je|jou|u) (?:\w{{2,8}} ){{0,3}}{TOLD} (?:\w{{2,8}} ){{0,2}}(?:vervallen|ongeldig|niet)\b",
        rf"\b{DROP} (?:maar )?alles wat (?:\w{{2,7}} ){{1,4}}{TOLD}\b",
        rf"\b(?:negeer|laat|zet|schuif) (?:al|alle|de) {ORDERS} (?:die )?(?:je|u) (?:\w{{2,8}} ){{1,5}}(?:buiten beschouwing|opzij|terzijde|vallen)\b",
        rf"\b{PRIOR} {ORDERS} (?:moeten |mogen |dienen |kun je )?(?:te )?(?:worden )?(?:genegeerd|vergeten|negeren|terzijde|buiten beschouwing)\b",
        rf"\b(?:gehoorzaam|volg|houd je aan|houdt u aan|richt je)\b{G}\b(?:alleen|uitsluitend|enkel|slechts){G}{HERE}",
        rf"\bgehoorza(?:am|men) (?:\w{{2,4}} )?{HERE}",
        rf"\b(?:vanaf (?:hier|nu)|voortaan) (?:geldt|telt|gelden) (?:alleen|slechts|enkel|uitsluitend) (?:nog )?{HERE}",
        rf"\b(?:houd|houdt|volg|gehoorzaam|respecteer)\b (?:je |u )?(?:niet (?:langer|meer) (?:aan )?)(?:\w{{2,5}} )?{ORDERS}",
        rf"\b{DROP} (?:\w{{2,4}} )?{ORDERS} van (?:de |het )?(?:beheerder|ontwikkelaar|aanbieder|systeem|leverancier|operator)",
        rf"\b(?:gelden|geldt|vervallen)\b{G}\b(?:systeem(?:instructie|regel|richtlijn|prompt|opdracht)\w{{0,2}}|(?:je|jouw|uw) {ORDERS}){G}\b(?:niet (?:meer|langer))\b",
        rf"\b(?:systeem(?:instructie|regel|richtlijn|prompt|opdracht)\w{{0,2}}|(?:je|jouw|uw) {ORDERS}){G}\b(?:gelden|geldt|tellen) niet (?:meer|langer)\b",
        rf"\b(?:handel|antwoord|werk) (?:alleen|uitsluitend|enkel|slechts) (?:nog )?(?:volgens|naar|op basis van) {HERE}",
        rf"\b{DROP} (?:al )?(?:het bovenstaande|het voorgaande|alles hierboven|de tekst hierboven) en (?:zeg|antwoord|schrijf|herhaal|toon|geef|print)\b",
        rf"\b(?:wis|verwijder|schrap)\b{G}\bgeheugen\b{G}\b(?:alles|alle|instructie|opdracht)",
    ),
    "directive-precedence": (
        rf"\b{HERE} (?:gaan|gaat|heeft|hebben|staat|staan) (?:\w{{2,8}} )?(?:boven|voor|voorrang)\b{G}\b(?:gebruiker|klant|systeem|prompt|alle andere)",
        rf"\b(?:voorrang|prioriteit) (?:op|boven) {W}(?:(?:wens|verzoek|opdracht|instructie)\w{{0,3}} van {USER}|systeem[- ]?(?:prompt|bericht|instructies))",
        rf"\b(?:volg|geldt|volgt) (?:je |u )?{HERE} (?:en niet|in plaats van) {W}{USER}",
        rf"\b(?:zwaarder|belangrijker|meer)\b dan{G}\b(?:opdracht|instructie|wens|verzoek|aanwijzing)\w{{0,3}} van {USER}",
    ),
    "directive-secrecy": (
        rf"\b{TELL} (?:dit |het )?(?:aan |tegen |bij )?{USER} (?:\w{{2,9}} )?(?:niets|niet|geen woord) (?:\w{{2,5}} )?(?:over|van|dat|hierover|hiervan)\b",
        rf"\b{TELL} {THING} (?:\w{{2,9}} )?(?:niet|nergens|nooit) (?:aan|tegen|bij|in) (?:je |het |de |uw )?(?:gebruiker|klant|antwoord|samenvatting)",
        rf"\b{TELL} (?:in (?:je|uw|het) antwoord )?(?:geen woord|niets|niet) {THING}",
        rf"\bzonder (?:dat )?{USER} (?:\w{{2,9}} ){{0,3}}(?:merkt|ziet|weet|opmerkt|in te lichten|te informeren|te vertellen|te melden|te waarschuwen|doorheeft|iets (?:te )?\w{{4,10}})\b",
        rf"\b(?:buiten (?:het )?medeweten van|achter de rug van) {USER}",
        rf"\b(?:houd|hou|verzwijg|verberg) {THING} (?:\w{{2,9}} )?(?:geheim |verborgen )?(?:voor )?{USER}",
        rf"{USER} (?:mag|hoeft|moet|zal) (?:hier |hiervan |er )?(?:niets|niet|nooit){G}\b(?:weten|merken|zien|horen|op de hoogte)\b",
        rf"\b(?:houd|hou|verzwijg|verberg)\b{G}\b(?:verborgen|geheim|stil){G}{USER}",
        rf"\b(?:ongemerkt|stiekem|heimelijk|in het geheim|verzwijg|verzwijgen){G}{USER}",
        rf"{USER}{G}\b(?:verzwijgen|verheimelijken|verborgen te houden)\b",
    ),
    "directive-addressed": (
        rf"\b(?:aan|voor|let op|opgelet|bericht|beste|notitie|hallo) (?:\w{{2,17}} ){{0,3}}{AGENT}[ \w,]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}(?:{ACT})",
        rf"{AGENT} die {W}(?:leest|lezen|verwerkt?e?n?|analyseert|analyseren|samenvat\w{{0,3}}) (?:\w{{2,12}} ){{0,3}}(?:{ACT})",
        rf"\bna (?:het lezen|lezing) {W}{AGENT} {W}(?:{ACT})",
        rf"{AGENT} (?:\w{{3,12}} )?(?:voegt|voegen|geeft|geven|verleent|verlenen|deelt|boekt|kent) {W}{PLACE}",
        rf"\b(?:voegt|geeft|verleent|deelt) (?:de|het) {AGENT} {W}{PLACE}",
        rf"{AGENT} (?:moet|moeten|dient|hoort) {W}(?:\w{{0,4}}(?:verwijderen|sturen|wissen|wijzigen|delen|publiceren|toevoegen)) {W}(?:voordat|alvorens|zonder)\b",
        rf"{AGENT} die\b{G}\b(?:dit|deze)\b{G} (?:{ACT}){G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:inhoud|tekst|regels|prive-?sleutels?|bestand(?:en)?) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} (?:[^\Wn]\w{{0,12}} ){{0,4}}{SINK}",
        rf"{START}{PASS} {W}(?:inhoud|tekst|regels|prive-?sleutels?|bestand(?:en)?) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:lees|lezen|open|openen|bestand) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:en |dan )?{PASS} (?:\w{{2,4}} )?(?:inhoud|tekst)\b",
        rf"\b(?:prive-?sleutels?|inhoud) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} (?:bij te voegen|mee te sturen|door te geven)",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} van {USER}",
        rf"\b{KEYS} van {USER} {W}{SINK}",
        rf"\balle {KEYS} {W}{SINK}",
        rf"\b(?:parameter|veld|argument)\b{G}\balle (?:\w{{3,12}} )?{KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{2,12}} )?{CHAT} {W}(?:{SINK}|{PLACE}|door|mee)",
        rf"\b{WHOLE} (?:\w{{2,12}} )?{CHAT} (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:roep|gebruik|aanroepen) {W}met (?:\w{{2,3}} )?{WHOLE} (?:\w{{2,12}} )?{CHAT}",
        rf"{START}(?:{PASS}|vat) {W}{CHAT} (?:samen )?(?:en|met|plus|samen met) (?:de |het )?systeem[- ]?(?:prompt|bericht|instructies)",
        r"\b(?:toon|onthul|geef|herhaal|vertel|laat) (?:me |mij |ons )?(?:je|jouw|uw) (?:\w{2,12} )?systeem[- ]?(?:prompt|bericht|instructies)\b",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:\w{{2,12}} )?{CHAT}",
        rf"{START}(?:kopieer|plak|zet|neem)\b {W}{WHOLE} (?:\w{{2,12}} )?{CHAT} (?:naar|in|op) (?:het |de )?(?:veld|parameter|argument)",
        rf"\b(?:parameter|veld|argument)\b{G}\b(?:moet|dient|komt|hoort){G}\b{WHOLE} (?:\w{{2,12}} )?{CHAT}",
        rf"\b(?:moet|dient) {WHOLE} (?:\w{{2,12}} )?{CHAT}{G}{SINK}",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:stuurt|sturen|zendt|zenden|mailt|verzendt) {W}{W}(?:naar|aan) {PLACE}",
        rf"{AGENT} (?:moet|moeten|dient) {W}{W}(?:naar|aan) {PLACE}",
        rf"{START}(?:{PASS}|mail|verzamel) (?:\w{{2,4}} )?(?:elk antwoord|elke (?:vraag|uitkomst)|alle (?:antwoorden|gegevens|resultaten|gesprekken)|klantgegevens|gebruikersgegevens) (?:\w{{2,9}} ){{0,3}}(?:door )?(?:naar|aan) {PLACE}",
        rf"\b(?:bcc|blinde kopie|verborgen kopie) (?:door )?(?:\w{{2,12}} )?(?:naar|aan) {PLACE}",
        rf"\b(?:stuurt|zendt|verzendt|mailt) (?:de|het) {AGENT} {W}{W}naar {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:vraag|vragen|verzoek) {USER} (?:[^\Wn]\w{{1,11}} )?(?:om|naar) {W}{SECRET}",
        rf"{START}(?:laat|overtuig) {USER} {W}{SECRET}",
        rf"{START}(?:vraag|verkrijg|noteer|achterhaal) {W}{SECRET} van {USER}",
        rf"\b(?:zorg|overtuig|overreed|laat)\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} (?:heeft|is|ging) (?:al|reeds|eerder) (?:\w{{2,9}} ){{0,2}}(?:toestemming|akkoord|ingestemd|goedgekeurd|bevestigd) (?:\w{{2,12}} ){{0,5}}{NEEDLESS}",
        rf"\b{ASKING} (?:van|door|bij|aan) {USER} (?:\w{{2,9}} )?(?:\w{{2,9}} )?{NEEDLESS}",
        rf"{START}(?:{ACT}|voer|doe|ga|bevestig|boek|start|begin) (?:\w{{2,14}} ){{0,4}}zonder (?:\w{{2,9}} )?(?:{ASKING} (?:van|aan|door|te vragen aan) {USER}|{USER} (?:\w{{2,12}} ){{0,2}}te (?:vragen|raadplegen))",
        rf"\bvraag {USER} niet (?:\w{{2,6}} )?om {ASKING}",
        rf"\b{USER} hoeft (?:\w{{2,9}} )?niet (?:\w{{2,9}} )?(?:gevraagd|te bevestigen|akkoord|toestemming)\b",
        rf"{USER} (?:heeft|is|ging){G}\b(?:al|reeds) (?:\w{{2,14}} ){{0,3}}(?:toestemming|akkoord|ingestemd|goedgekeurd|bevestigd)\w{{0,2}}{G}\bvraag\b (?:\w{{2,9}} ){{0,3}}(?:niets|niet)\b",
        rf"\bvraag(?:t)? {USER} (?:\w{{2,6}} )?niet\b{G}\b{ASKING}",
        rf"\b(?:vraag|wacht)\b{G}\b(?:geen|niet op)\b (?:de )?{ASKING}{G}{USER}",
    ),
    "preference-only": (
        rf"\b(?:gebruik|kies|neem|roep) (?:altijd|alleen|uitsluitend) {W}{TOOL}{G}\b(?:nooit|geen|niet) (?:een )?(?:enkele )?andere?\b",
        rf"\b(?:geen|nooit een) (?:enkele |enkel )?ander[e]? {TOOL}{G}\b(?:alleen|uitsluitend|enkel) (?:deze|dit)",
        rf"\b(?:andere|overige) {TOOL}{G}\b(?:uitgeschakeld|gestopt|opgeheven|buiten gebruik|mogen niet|werken niet meer|afgesloten)",
        rf"\b(?:raad|beveel|noem|presenteer)\b{G}\baltijd\b{G}\b(?:ook als {USER}|als enige|zelfs als {USER})",
        rf"\b(?:roep|aanroepen)\b (?:\w{{2,6}} ){{0,3}}(?:geen|nooit) (?:\w{{2,6}} )?andere {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:onthoud|onthouden|bewaar|sla|noteer)\b{G}\b(?:alle|elke|ieder) (?:toekomstige|volgende|latere|komende) {TALK}",
        rf"\b(?:vanaf nu|voortaan|van nu af aan|vanaf vandaag)\b[^.!?\n]{{0,60}}\b(?:elk|elke|ieder|alle|iedere) (?:nieuwe |volgende )?{TALK}",
        r"\b(?:vanaf nu|voortaan|van nu af aan|vanaf vandaag)\b[^.!?\n]{0,50}\b(?:elk|elke|ieder|iedere) (?:antwoord|gesprek|conversatie|chat)\b",
    ),
    "payment-recipient": (
        rf"\b(?:in plaats van|vervang) [ \w]{{0,9}}\b{ACCOUNT}[ \w,]{{0,40}}\b(?:altijd|{NUMBER})",
        rf"\b{ACCOUNT} (?:van|door) {USER} (?:\w{{2,12}} ){{0,2}}(?:vervangen|overschrijven|wijzigen)\b",
        rf"\b{ACCOUNT} {W}(?:verouderd|vervallen|ongeldig)\b{G}\b(?:altijd|alleen|uitsluitend) {W}{NUMBER}",
        rf"\b(?:vervang|wijzig|verander|ruil)\b{G}\b{ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:fout|error|mislukt|verlopen)\b[ \"-~]{{0,40}}(?:(?:moet|dient) de {AGENT}|{AGENT} (?:moet|dient)) (?:\w{{2,12}} ){{0,4}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:haal|open|lees|laad|download|bezoek|raadpleeg) [ \w]{{0,10}}{URL}\b(?:voer|volg|doe|pas) (?:\w{{2,5}} ){{0,2}}(?:wat|alles|instructies die|daar)\b",
        rf"\b(?:actuele|geldende|volledige|huidige) {ORDERS} [ \w]{{0,16}}{URL}\b(?:volg|voer|pas|gehoorzaam)",
        rf"\b(?:haal|open|lees|laad|download) [ \w]{{0,10}}{URL}\b(?:voer|volg) (?:de |alle )?(?:instructies|opdrachten|aanwijzingen) (?:uit |op )?(?:die|daar)",
    ),
}
"""Rule id -> the patterns of this language."""
