"""What attacks on agents say in Polish."""

W = r"(?:(?:[^\Wn]|n[^i\W])\w{0,13} ){0,4}"
"""A few words that deny nothing (nie, nigdy, nic), each with its blank."""
G = r"[ \"-\-/->@-~]{0,24}"
"""Anything within a sentence. Wider gaps, or three in a pattern, cost Hyperscan seconds to compile."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:i|oraz|a|potem|nastepnie|zawsze|najpierw|prosze|prosimy o|nalezy|trzeba|musi|musza|powinien|takze|tez|jesli asystent) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"\b(?:uzytkowni(?:k|ka|kowi|kiem|ku|cy|kow|czk\w{1,2})|klien(?:t|ta|towi|tem|tka|tki)|osob[aeyo])\b"
AGENT = (
    r"\b(?:asysten(?:t|ta|towi|tem|ci)|agen(?:t|ta|towi|tem|ci)|model(?:u|owi|e|i|em)?|system|sztuczn[aey]j? inteligencj[aie]|chatbot\w{0,3}|bot|llm)(?: (?:ai|jezykow[eya]\w{0,3}|przetwarzajacy))?\b"
)
ORDERS = (
    r"(?:(?:instrukcj|dyspozycj|dyrektyw|regul)\w{1,3}|(?:polece|wytycz|zalece|ogranicze)\w{2,4}|zasad\w{0,3}|rozkaz\w{0,3}|wskazow\w{1,4}|nakaz\w{0,2}"
    r"|(?:prompt|komunikat)\w{0,3}(?: systemow\w{1,3})?)\b"
)
PRIOR = r"(?:poprzedni|wczesniejsz|dotychczasow|powyzsz|otrzyman|pierwotn|istniejac|uprzedni|obecn|wydan|dany)\w{1,3}"
HERE = r"(?:t(?:en|emu|ego|ym|ej|a|e|ych|ymi|ych)|niniejsz\w{1,3}) (?:tekst|akapit|dokument|wiadomosc|pol|stron|notatk|instrukcj|polece|wskazow|zasad|wpis|komunikat|regul|tresc)\w{0,4}\b"
TOLD = r"(?:podan|powiedzian|proszon|poproszon|wydan|przekazan|otrzymal|dostal|kazan|zleco|nakazan|mowion|dan[oe]|uslyszal)\w{0,4}"
VOID = (
    r"(?:niewazn\w{1,2}|uniewaznion\w{1,2}|anulowan\w{1,2}|uchylon\w{1,2}|nieaktualn\w{1,2}|nie (?:ma|maja) (?:juz )?(?:\w{2,5} )?znaczenia|nie obowiazuj\w{1,2}|(?:juz )?nie obowiazuj\w{1,2}"
    r"|strac\w{2,5} (?:waznosc|moc)|przesta\w{2,6} obowiazywac|zignoruj|pomin|zapomnij)\b"
)
DROP = (
    r"(?:(?:z?ignoruj|pomi(?:n|jaj)|zapomnij(?:cie)?|odrzuc|porzuc|lekcewaz|obejdz|nadpisz)(?:cie)?|z?ignorowac|pominac|zapomniec|nie (?:bierz|brac|przestrzegaj|sluchaj|stosuj|wykonuj|zwazaj))"
)
THING = (
    r"(?:(?:o |z )?(?:t(?:ym|ej|ego|en|e)) (?:krok|operacj|czynnosc|dzialan|instrukcj|polecen|wywolan|wysylc|wysylk|przelew|zmian|regul|zasad|wpis)\w{0,4}|o (?:tym|niczym)|tego|niczego|ani slow\w)"
)
TELL = r"(?:wspomina|mow|informu|zdradza|ujawnia|powiadamia|pisz|opowiada|zglasza|raportu|podawa|napomyka|wspomn|powiedz|poinformu)(?:j|jcie|jac|c|ic|ec|iec)?"
ACT = (
    r"(?:usu(?:n|wa|waja|nie|na|nac)|wys(?:lij|yla|ylaja|le|lac)|przes(?:lij|yla|lac|ylaja)|przek(?:az|azuje|azac)|dopis(?:z|uje|ac)|doda(?:j|je|ja|c)|przyzna(?:j|je|c)|nada(?:j|je|c)|zmie(?:n|nia|nic)|zamie(?:n|nia)|zast(?:ap|epuje)"
    r"|opublikuj|skopiuj|kopiuje|zainstaluj|wykona(?:j|c)|przelej|przelewa|udostepni(?:j|a|c)|zaplac|kup|zatwierdz|potwierdz|oproznij|wyczysc)\b"
)
PASS = (
    r"(?:przekaz(?:uj|ac|cie)?|przesl(?:ij|ac|ijcie)|przesylaj|wysl(?:ij|ac)|wysylaj|zalacz(?:yc|cie|aj)?|dolacz(?:yc|cie|aj|y)?|dopis(?:z|ac|uj)|doda(?:j|c|waj)|wstaw(?:ic|iaj|cie)?|wklej(?:ic|aj)?|umiesc(?:ic)?|wpis(?:z|ac|uj)|poda(?:j|c|waj)"
    r"|skopiuj|zamiesc(?:ic)?|zalaczenie|dolaczenie|przekazanie|przeslanie)"
)
SINK = (
    r"(?:(?:nalezy|trzeba|musi(?:sz)? (?:byc)?|powin\w{2,4}(?: byc)?|prosze)? ?(?:do|za|prze|w|wy)(?:lacz|kaz|sl|staw|klej|pis|da)\w{2,5}\b|(?:w|do|jako|przy|przez|za|wraz z) (?:\w{2,6} )?(?:parametr|pol[au]|polu|argument|zapytan|zadani|wywolan|komentarz|notat|wiadomosc)\w{0,4}\b)"
)
KEYS = (
    r"(?:klucz\w{0,3}(?: (?:do )?(?:api|dostepu|prywatn\w{1,2}|dostepow\w{1,2}))?|token\w{0,3}(?: (?:dostepu|sesji|api))?|zmienn\w{1,2} srodowiskow\w{1,2}|dane (?:logowania|dostepowe|uwierzytelniajace)|sekrety)\b"
)
CHAT = (
    r"(?:rozmow\w{1,2}|konwersacj\w{1,2}|czat\w{0,2}|dialog\w{0,2}|histori\w{1,2}(?: (?:rozmowy|czatu|konwersacji))?|prompt\w{0,3} systemow\w{1,3}|wiadomosci uzytkownika)\b"
)
WHOLE = r"(?:cal\w{1,3}|peln\w{1,3}|wszystki\w{1,3}|dotychczasow\w{1,3}|poprzedni\w{1,3}|kompletn\w{1,3})"
SECRET = (
    r"(?:hasl[oaeu]m?|pin(?:u|em)?|kod(?:u|em|y)? (?:\w{1,3} )?(?:sms\w{0,3}|weryfikacyjn\w{1,3}|jednorazow\w{1,3}|autoryzacyjn\w{1,3}|blik|z aplikacji)|kodu? blik|cvv|fraz\w{1,2} (?:odzyskiwania|seed)|numer\w{0,2} karty|sms-a)\b"
)
ASKING = r"(?:potwierdzen\w{1,3}|zgod\w{1,2}|akceptacj\w{1,2}|zezwolen\w{1,2}|aprobat\w{1,2}|pytan\w{1,2}|zatwierdzen\w{1,2})"
NEEDLESS = r"(?:nie (?:ma potrzeby|trzeba|musisz|jest (?:juz )?(?:wymagan|potrzebn|koniecz)\w{1,3}|wymaga(?:ja)?|nalezy)|zbedn\w{1,2}|niepotrzebn\w{1,2}|mozna pominac|pomin)"
TOOL = r"(?:narzedzi\w{0,4}|uslug\w{0,3}|serwer\w{0,3}|funkcj\w{1,2})\b"
TALK = r"(?:sesj\w{1,2}|rozmow\w{0,2}|konwersacj\w{1,2}|odpowied\w{1,3}|czat\w{0,3})\b"
ACCOUNT = r"(?:iban\w{0,2}|kont\w{1,2}|rachun\w{2,4}|numer\w{0,2} (?:konta|rachunku|iban)|odbiorc\w{1,2}|beneficjent\w{0,2})\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:pod uwage |o |na )?(?:wszystki\w{{1,3}} |swoi\w{{1,2}} |swoje |twoje ){{1,2}}(?:\w{{4,12}} )?{ORDERS}",
        rf"\b{DROP} (?:pod uwage |o |na )?(?:\w{{3,6}} )?{PRIOR} (?:\w{{4,12}} )?{ORDERS}",
        rf"\b(?:to|wszystko|{ORDERS}),?[ \w]{{0,8}}\b(?:ci|cie|tobie|wam|ktore) (?:\w{{2,12}} ){{0,2}}{TOLD}{G}\b{VOID}",
        rf"\b(?:dostal|otrzymal|uslyszal)\w{{1,4}} (?:\w{{3,12}} )?(?:\w{{3,12}} )?{VOID}",
        rf"\b{DROP} (?:o )?(?:wszystk\w{{1,3}}|tym|to),? (?:o )?co (?:\w{{2,12}} ){{0,3}}{TOLD}",
        rf"\b{PRIOR} {ORDERS} (?:\w{{3,12}} )?(?:niewazne|anulowane|uchylone|straci\w{{1,2}} (?:waznosc|moc)|nie obowiazuja)\b{G}\b(?:tylko|wylacznie|wykonaj|sluchaj|stosuj)\b",
        rf"\b(?:sluchaj|stosuj sie do|kieruj sie|trzymaj sie|wykonuj)(?:cie)? (?:\w{{3,10}} )?{HERE}",
        rf"\b(?:odtad|od teraz|od tej chwili) (?:liczy sie|obowiazuje|wazny jest|obowiazuja) (?:tylko|wylacznie|jedynie) {HERE}",
    ),
    "directive-precedence": (
        rf"\b{HERE} (?:\w{{2,4}} )?(?:\w{{4,10}} )?(?:pierwszenstwo|priorytet|nadrzedn\w{{1,2}}|wazniejsz\w{{1,2}})\b{G}\b(?:uzytkowni|klient|system|prompt|wszystki)",
        rf"\b(?:pierwszenstwo|priorytet|nadrzedn\w{{1,2}}|wazniejsz\w{{1,2}}) (?:przed|nad|wobec|od|niz) {W}(?:(?:zyczeni|polecen|prosb|wol)\w{{1,4}} {USER}|(?:prompt|komunikat|instrukcj)\w{{0,4}} systemow)",
        rf"\b(?:kieruj sie|stosuj|wykonuj|sluchaj)(?: sie)?(?: do)? {HERE},? (?:a nie|zamiast) {W}{USER}",
    ),
    "directive-secrecy": (
        rf"\b(?:nie|nic|nigdy|ani slowa) (?:nie )?{TELL} (?:\w{{1,9}} )?(?:{USER} )?(?:\w{{1,3}} )?{THING}[ \w]{{0,20}}",
        rf"\b(?:nie|nigdy) {TELL} {W}{USER},? (?:\w{{1,3}} )?{THING}",
        rf"\bodpowiedzi (?:\w{{1,6}} )?(?:nie|nic nie) {TELL}[ \w]{{1,14}}\b(?:tej|tym|tego|temu)\b",
        rf"\bbez (?:wiedzy|informowania|powiadamiania|poinformowania|powiadomienia|mowienia) (?:o tym )?{USER}",
        rf"\b(?:tak,? (?:aby|by|zeby)|zeby|aby) {USER} (?:\w{{1,4}} )?(?:nie|niczego nie) (?:\w{{1,5}} )?(?:wiedzial|zauwazyl|widzial|dowiedzial)",
        rf"\b(?:ukryj|zatai\w?|przemilcz) {W}(?:{THING}|fakt) (?:\w{{2,9}} )?(?:przed )?{USER}",
        rf"\bza plecami {USER}",
    ),
    "directive-addressed": (
        rf"\b(?:do|dla|uwaga|informacja|wiadomosc|drogi|notatka) (?:\w{{1,4}} )?{AGENT}[ \w,]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT},? (?:ktor[yae] )?{W}(?:czyta\w{{0,4}}|przetwarza\w{{0,4}}|analizuj\w{{0,4}}|streszcza\w{{0,4}}) (?:\w{{2,12}} ){{0,3}}{ACT}",
        rf"\bpo (?:przeczytaniu|lekturze) {W}{AGENT} {W}{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:musi|musza|powinien|ma) {W}{ACT} (?:\w{{2,12}} ){{0,4}}(?:zanim|przed|bez wiedzy)\b",
        rf"{AGENT} (?:\w{{3,12}} )?(?:zmienia|usuwa|kasuje|czysci) (?:\w{{2,14}} ){{0,6}}(?:nie wspomina|bez informowania|nie informuje)",
    ),
    "exfiltration-files": (
        rf"\b(?:zawartosc|tresc|klucz\w{{0,2}} prywatn\w{{1,2}}|plik\w{{0,2}}) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:zawartosc|tresc|tresci|klucz\w{{0,2}} prywatn\w{{1,2}}|plik\w{{0,2}}) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:odczytaj|przeczytaj|otworz|wczytaj|plik) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:i |oraz |a potem )?{PASS} (?:\w{{2,4}} )?(?:zawartosc|tresc)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} {USER}",
        rf"\b{KEYS} {USER} {W}{SINK}",
        rf"\b(?:wszystkie|wszystkich) {KEYS} {W}{SINK}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{3,12}} )?{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b{WHOLE} (?:\w{{3,12}} )?{CHAT} (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:wywolaj|uzyj|wywoluj) {W}z {WHOLE} (?:\w{{3,12}} )?{CHAT}",
        rf"\b(?:{PASS}|stresc|podsumuj) (?:\w{{3,14}} )?{CHAT} (?:i|z|wraz z|razem z|oraz) prompt\w{{0,3}} systemow",
        r"\b(?:ujawnij|pokaz|wyswietl|powtorz|zdradz|podaj) (?:mi )?(?:swoj|swoje|swoja|twoj|twoje) (?:\w{3,12} )?(?:prompt|instrukcj|komunikat)\w{0,3} systemow",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:wysyla|przesyla|przekazuje|kieruje)\w{{0,2}} {W}{W}(?:na|do) (?:adres )?{PLACE}",
        rf"{AGENT} (?:musi|musza|powinien|ma) {W}{W}(?:na|do) (?:adres )?{PLACE}",
        rf"{START}{PASS} (?:kazda odpowiedz|wszystkie (?:odpowiedzi|dane|wyniki|rozmowy)|dane (?:klientow|{USER})) {W}(?:na|do) (?:adres )?{PLACE}",
        rf"\b(?:ukryta kopi\w|udw|bcc) (?:\w{{2,12}} )?(?:na|do) {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:popros|poproscie|prosic|zapytaj|spytaj|zazadaj|wyciagnij|uzyskaj) (?:od )?{USER} {W}{SECRET}",
        rf"\b(?:niech|zeby) {USER} (?:poda|wpisze|podal|wpisal|przesle) {W}{SECRET}",
        rf"{START}(?:popros|zapytaj|uzyskaj|pozyskaj) (?:o )?{SECRET} (?:od )?{USER}",
    ),
    "consent-bypass": (
        rf"{USER} (?:\w{{2,8}} )?juz (?:\w{{2,9}} ){{0,2}}(?:zgodzil|zgode|zgoda|zaakceptowal|potwierdzil|zatwierdzil|upowaznil)\w{{0,2}} (?:\w{{1,12}} ){{0,3}}{NEEDLESS}",
        rf"{USER} (?:wyrazil\w?|udzielil\w?) juz {W}(?:zgod\w|akceptacj\w) (?:\w{{2,12}} ){{0,3}}{NEEDLESS}",
        rf"\b{ASKING} {USER} (?:\w{{2,9}} ){{0,2}}{NEEDLESS}",
        rf"\b{NEEDLESS} (?:\w{{2,12}} ){{0,2}}(?:pytac|{ASKING}|prosic) (?:\w{{2,4}} )?{USER}",
        rf"{START}(?:{ACT}|zrob|zrealizuj|kontynuuj|dokonaj) (?:\w{{2,14}} ){{0,3}}bez (?:{ASKING} (?:o zgode |ze strony |od )?{USER}|zgody {USER}|konsultacji z {USER})",
        rf"\bnie (?:pytaj|pros|czekaj na) {W}(?:{ASKING} {USER}|{USER} (?:o )?{ASKING})",
    ),
    "preference-only": (
        rf"\bzawsze (?:uzywaj|korzystaj z|wybieraj|wywoluj) {W}{TOOL}{G}\b(?:nigdy|zadn\w{{1,3}}|nie) (?:nie )?(?:\w{{5,12}} )?(?:zadnych )?inn\w{{1,3}}\b",
        rf"\b(?:nie|nigdy nie) (?:uzywaj|korzystaj|wywoluj) (?:z )?zadn\w{{1,3}} inn\w{{1,3}} {TOOL}{G}\b(?:tylko|wylacznie|poza)\b",
        rf"\b(?:inne|pozostale|wszystkie inne) {TOOL}{G}\b(?:wylaczone|wycofane|niedostepne|nie dzialaja|nie wolno|nie mozna)",
        rf"\bzawsze (?:polecaj|rekomenduj|proponuj|przedstawiaj)\b{G}\b(?:nawet (?:gdy|jesli) {USER}|jako jedyn)",
    ),
    "persistence-memory": (
        rf"\b(?:zapamietaj|pamietaj|zapisz|zachowaj)\b{G}\b(?:wszystki\w{{1,2}}|kazd\w{{1,2}}) (?:przyszl|kolejn|nastepn|pozniejsz)\w{{1,3}} {TALK}",
        rf"\b(?:od teraz|odtad|od tej (?:pory|chwili)|od dzis|na przyszlosc)\b{G}\b(?:kazd\w{{1,2}}|wszystkich) (?:kolejn\w{{1,2}} )?{TALK}",
    ),
    "payment-recipient": (
        rf"\bzamiast [ \w]{{0,9}}\b{ACCOUNT}[ \w,]{{0,40}}\b(?:zawsze|{NUMBER})",
        rf"\b(?:zastap|podmien|zmien) {W}{ACCOUNT} (?:podan\w{{1,2}} przez )?{USER}",
        rf"\b{ACCOUNT} {W}(?:nieaktualn|stary|przestarzal|niewazn)\w{{0,2}}\b{G}\b(?:zawsze|tylko|wylacznie) {W}{NUMBER}",
    ),
    "turn-error": (
        rf"\b(?:blad|bledu|nieudan\w|wygasl\w?|niepowodzenie)\b[ \"-~]{{0,40}}{AGENT} (?:musi|powinien|ma) (?:\w{{2,12}} ){{0,3}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:pobierz|otworz|przeczytaj|wczytaj|odwiedz|wejdz na) [ \w]{{0,10}}{URL}\b(?:zrob|wykonaj|wykonuj|stosuj|zastosuj|postepuj) (?:\w{{2,8}} ){{0,2}}(?:co|wszystko|polecenia|zgodnie)\b",
        rf"\b(?:aktualne|obowiazujace|pelne) {ORDERS} [ \w]{{0,16}}{URL}\b(?:wykonaj|stosuj|zastosuj|postepuj)",
    ),
}
"""Rule id -> the patterns of this language."""
