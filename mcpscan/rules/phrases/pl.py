"""What attacks on agents say in Polish."""

W = r"(?:(?:[^\Wn]|n[^i\W]|ł)[\wł]{0,14} ){0,4}"
"""A few words that deny nothing (nie, nigdy, nic), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:i|oraz|a|potem|nastepnie|zawsze|najpierw|prosze|prosimy o|nalezy|trzeba|musi|musza|powinien|takze|tez|jesli asystent) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"\b(?:uzytkowni(?:k|ka|kowi|kiem|ku|cy|kow|czk\w{1,2})|klien(?:t|ta|towi|tem|tka|tki)|pacjen(?:t|ta|towi|tem)|gosc(?:ia|iowi|iem)?|posiadacz\w{0,3}|rozmowc\w{1,2}|osob[aeyo])\b"
AGENT = r"\b(?:asysten(?:t|ta|towi|tem|ci|cie|tow|tom)|agen(?:t|ta|towi|tem|ci|cie|tow|tom)|model(?:u|owi|e|i|em)?|system|sztuczn[aey]j? inteligencj[aie]|chatbot\w{0,3}|bot|llm)(?: (?:ai|jezykow[eya]\w{0,3}|przetwarzajacy))?\b"
ORDERS = (
    r"(?:(?:instrukcj|dyspozycj|dyrektyw)\w{1,3}|regul\w{1,3}|regu|(?:polece|wytycz|zalece|ogranicze)\w{2,4}|zasad\w{0,3}|rozkaz\w{0,3}|wskazow\w{1,4}|nakaz\w{0,2}"
    r"|(?:prompt|komunikat)\w{0,3}(?: systemow\w{1,3})?)(?:\b|ł)"
)
PRIOR = r"(?:poprzedni|wczesniejsz|dotychczasow|powyzsz|otrzyman|pierwotn|istniejac|uprzedni|obecn|wydan|dany)\w{1,3}"
HERE = r"(?:t(?:en|emu|ego|ym|ej|a|e|ych|ymi|ych)|niniejsz\w{1,3}) (?:tekst|akapit|dokument|wiadomosc|pol|stron|notatk|instrukcj|polece|wskazow|zasad|wpis|komunikat|regul|tresc)\w{0,4}\b"
TOLD = r"(?:podan|powiedzian|proszon|poproszon|wydan|przekazan|otrzymał|dostał|kazan|zleco|nakazan|mówion|dan[oe]|usłyszał)\w{0,4}"
VOID = (
    r"(?:niewazn\w{1,2}|uniewaznion\w{1,2}|anulowan\w{1,2}|uchylon\w{1,2}|nieaktualn\w{1,2}|nie (?:ma|maja) (?:juz )?(?:\w{2,5} )?znaczenia|nie obowiazuj\w{1,2}|(?:juz )?nie obowiazuj\w{1,2}"
    r"|strac[\wł]{2,5} (?:ważność|moc)|przesta[\wł]{2,6} obowiązywać|zignoruj|pomin|zapomnij)\b"
)
DROP = r"(?:(?:z?ignoruj|pomi(?:n|jaj)|zapomnij(?:cie)?|odrzuc|porzuc|lekcewaz|obejdz|nadpisz)(?:cie)?|z?ignorowac|pominac|zapomniec|nie (?:bierz|brac|przestrzegaj|słuchaj|stosuj|wykonuj|zważaj))"
THING = r"(?:(?:o |z )?(?:t(?:ym|ej|ego|en|e)) (?:krok|operacj|czynnosc|działan|instrukcj|polecen|wywołan|wysyłc|wysyłk|przelew|zmian|regul|zasad|wpis)\w{0,4}|o (?:tym|niczym)|tego|niczego|ani słow\w)"
TELL = r"(?:wspomina|mow|informu|zdradza|ujawnia|powiadamia|pisz|opowiada|zgłasza|raportu|podawa|napomyka|wspomn|powiedz|poinformu)(?:j|jcie|jac|c|ic|ec|iec)?"
ACT = (
    r"(?:usu(?:n|wa|waja|nie|na|nac)|wys(?:lij|yła|yłaja|łac)|prze(?:slij|syła|słac|syłaja)|przek(?:az|azuje|azac)|dopis(?:z|uje|ac)|doda(?:j|je|ja|c)|przyzna(?:j|je|c|jcie)|nada(?:j|je|c|jcie)|zmie(?:n|nia|nic)|zamie(?:n|nia)|zast(?:ap|epuje)"
    r"|opublikuj|skopiuj|kopiuje|zainstaluj|wykona(?:j|c)|przelej|przelewa|udostepni(?:j|a|c)|zapłac|kup|zatwierdz|potwierdz|oproznij|wyczysc)\b"
)
PASS = (
    r"(?:przekaz(?:uj|ac|cie)?|przesl(?:ij|ijcie)|przesłac|przesyłaj|wyslij|wysłac|wysyłaj|załacz(?:yc|cie|aj)?|dołacz(?:yc|cie|aj|y)?|dopis(?:z|ac|uj)|doda(?:j|c|waj)|wstaw(?:ic|iaj|cie)?|wklej(?:ic|aj)?|umiesc(?:ic)?|wpis(?:z|ac|uj)|poda(?:j|c|waj)"
    r"|skopiuj|skopiowac|przepisz|zamiesc(?:ic)?|załaczenie|dołaczenie|przekazanie|przesłanie)"
)
SINK = r"(?:(?:do|za|prze|w|wy)(?:łacz|kaz|sł|sył|staw|klej|pis|da)[\wł]{2,5}\b|(?:w|do|jako|przy|przez|za|wraz z) (?:\w{2,6} )?(?:parametr|pol[au]|polu|argument|zapytan|zadani|wywołan|komentarz|notat|wiadomosc)\w{0,4}\b)"
KEYS = r"(?:klucz\w{0,3}(?: (?:do )?(?:api|dostepu|prywatn\w{1,2}|dostepow\w{1,2}))?|token\w{0,3}(?: (?:dostepu|sesji|api))?|zmienn\w{1,2} srodowiskow\w{1,2}|dane (?:logowania|dostepowe|uwierzytelniajace)|sekrety)\b"
CHAT = r"(?:rozmow\w{1,2}|konwersacj\w{1,2}|czat\w{0,2}|dialog\w{0,2}|histori\w{1,2}(?: (?:rozmowy|czatu|konwersacji))?|prompt\w{0,3} systemow\w{1,3}|wiadomosci)\b"
WHOLE = r"(?:cał\w{1,3}|pełn\w{1,3}|wszystki\w{1,3}|dotychczasow\w{1,3}|poprzedni\w{1,3}|kompletn\w{1,3})"
SECRET = r"(?:hasł[oaeu]m?|pin(?:u|em)?|kod(?:u|em|y)? (?:\w{1,3} )?(?:sms\w{0,3}|weryfikacyjn\w{1,3}|jednorazow\w{1,3}|autoryzacyjn\w{1,3}|blik|z aplikacji)|kodu? blik|cvv|fraz\w{1,2} (?:odzyskiwania|seed)|numer\w{0,2} karty|\w{4,7}cyfrow\w{1,2} kod\w{0,2}|sms-a)\b"
ASKING = r"(?:potwierdzen\w{1,3}|zgod\w{1,2}|akceptacj\w{1,2}|zezwolen\w{1,2}|aprobat\w{1,2}|pytan\w{1,2}|zatwierdzen\w{1,2})"
NEEDLESS = r"(?:nie (?:ma potrzeby|trzeba|musisz|jest (?:juz )?(?:wymagan|potrzebn|koniecz)\w{1,3}|wymaga(?:ja)?|nalezy)|zbedn\w{1,2}|niepotrzebn\w{1,2}|mozna pominac|pomin)"
TOOL = r"(?:narzedzi\w{0,4}|usług\w{0,3}|serwer\w{0,3}|funkcj\w{1,2})\b"
TALK = r"(?:sesj\w{1,2}|rozmow\w{0,2}|konwersacj\w{1,2}|odpowied\w{1,6}|czat\w{0,3})\b"
ACCOUNT = r"(?:iban\w{0,2}|kont\w{1,2}|rachun\w{2,4}|numer\w{0,2} (?:konta|rachunku|iban)|odbiorc\w{1,2}|beneficjent\w{0,2})\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:pod uwage |o |na )?(?:wszystki\w{{1,3}} |swoi\w{{1,2}} |swoje |twoje ){{1,2}}(?:[\wł]{{4,12}} )?{ORDERS}",
        rf"\b{DROP} (?:pod uwage |o |na )?(?:[\wł]{{3,6}} )?{PRIOR} (?:[\wł]{{4,12}} )?{ORDERS}",
        rf"\b(?:to|wszystko|{ORDERS}),?[ \wł]{{0,8}}\b(?:ci|cie|tobie|wam|ktore) (?:[\wł]{{2,12}} ){{0,2}}{TOLD}{G}\b{VOID}",
        rf"\b(?:dostał|otrzymał|usłyszał)\w{{0,4}} (?:[\wł]{{3,12}} )?(?:[\wł]{{3,12}} )?{VOID}",
        rf"\b{DROP} (?:o )?(?:wszystk\w{{1,3}}|tym|to),? (?:o )?co (?:[\wł]{{2,12}} ){{0,3}}{TOLD}",
        rf"\b{PRIOR} {ORDERS} (?:[\wł]{{3,12}} )?(?:niewazne|anulowane|uchylone|stracił\w (?:waznosc|moc)|nie obowiazuja)\b{G}\b(?:tylko|wyłacznie|wykonaj|słuchaj|stosuj)\b",
        rf"\b(?:słuchaj|stosuj sie do|kieruj sie|trzymaj sie|wykonuj)(?:cie)? (?:[\wł]{{3,10}} )?{HERE}",
        rf"\b(?:odtad|od teraz|od tej chwili) (?:liczy sie|obowiazuje|wazny jest|obowiazuja) (?:tylko|wyłacznie|jedynie) {HERE}",
        rf"\bnie (?:stosuj|trzymaj|przestrzegaj|słuchaj|wykonuj)(?:cie)? (?:sie )?(?:juz |wiecej )?(?:do )?(?:[\wł]{{3,9}} )?{ORDERS}{G}(?:operator|producent|dostawc|tworc|administrator|system|przesta[\wł]{{2,4}} obowiazywac|nie obowiazuj)",
        rf"\bzapomnij(?:cie)? o swoich {ORDERS}",
        rf"\b(?:trzymaj|trzymajcie) sie (?:wyłacznie|tylko|jedynie) {HERE}",
        rf"\b(?:{ORDERS} systemow\w{{1,2}}|twoj\w{{1,3}} {ORDERS}|systemow\w{{1,2}} {ORDERS}){G}(?:przestaj\w{{1,2}} obowiazywac|nie obowiazuj|juz nie|trac\w{{1,2}} (?:waznosc|moc)|niewazne)",
        rf"\b(?:działaj|odpowiadaj|postepuj)(?:cie)? (?:tylko|wyłacznie|jedynie) (?:wedlug|według|zgodnie z|na podstawie) {HERE}",
        rf"\b{DROP} (?:wszystko )?(?:powyzsze|to,? co powyzej|tekst powyzej|powyzszy tekst) i (?:powiedz|odpowiedz|napisz|powtorz|pokaz|podaj|wypisz)\b",
        rf"\b(?:wymaz|usun|skasuj)\b{G}\bpamieci\b{G}\b(?:wszystko|wszystkie|polecen|instrukcj)",
    ),
    "directive-precedence": (
        rf"\b{HERE} (?:[\wł]{{2,4}} )?(?:[\wł]{{4,10}} )?(?:pierwszenstwo|priorytet|nadrzedn\w{{1,2}}|wazniejsz\w{{1,2}})\b{G}\b(?:uzytkowni|klient|system|prompt|wszystki)",
        rf"\b(?:pierwszenstwo|priorytet|nadrzedn\w{{1,2}}|wazniejsz\w{{1,2}}) (?:przed|nad|wobec|od|niz) {W}(?:(?:zyczeni|polecen|prosb|wol)\w{{1,4}} {USER}|(?:prompt|komunikat|instrukcj)\w{{0,4}} systemow)",
        rf"\b(?:kieruj sie|stosuj|wykonuj|słuchaj)(?: sie)?(?: do)? {HERE},? (?:a nie|zamiast) {W}{USER}",
        rf"\b(?:wazniejsz\w{{1,2}}|nadrzedn\w{{1,2}}|wiecej) (?:niz|od|wobec|nad){G}\b(?:polecen|instrukcj|zyczen|prosb|wol)\w{{1,3}} {USER}",
    ),
    "directive-secrecy": (
        rf"\b(?:nie|nic|nigdy|ani słowa) (?:nie )?{TELL} (?:[\wł]{{1,9}} )?(?:{USER} )?(?:[\wł]{{1,3}} )?{THING}[ \wł]{{0,20}}",
        rf"\b(?:nie|nigdy) {TELL} {W}{USER},? (?:[\wł]{{1,3}} )?{THING}",
        rf"\bodpowiedzi (?:[\wł]{{1,6}} )?(?:nie|nic nie) {TELL}[ \wł]{{1,14}}\b(?:tej|tym|tego|temu)\b",
        rf"\bbez (?:wiedzy|informowania|powiadamiania|poinformowania|powiadomienia|mowienia) (?:o tym )?{USER}",
        rf"\b(?:tak,? (?:aby|by|zeby)|zeby|aby) {USER} (?:[\wł]{{1,4}} )?(?:nie|niczego nie) (?:[\wł]{{1,5}} )?(?:wiedział|zauwazył|widział|dowiedział)",
        rf"\b(?:ukryj|zatai\w?|przemilcz) {W}(?:{THING}|fakt) (?:[\wł]{{2,9}} )?(?:przed )?{USER}",
        rf"\bza plecami {USER}",
        rf"{USER} nie (?:moze|powin\w{{2,4}}|musi|ma) (?:sie )?(?:[\wł]{{1,7}} ){{0,3}}(?:dowiedziec|wiedziec|zauwazyc|widziec|zobaczyc|byc poinformowan)",
        rf"\b(?:utrzymaj|zachowaj|trzymaj|pozostaw){G}\b(?:w tajemnicy|w ukryciu|w sekrecie)\b{G}{USER}",
        rf"\b(?:po kryjomu|w tajemnicy|ukradkiem|potajemnie|po cichu|zataj|przemilcz){G}{USER}",
        rf"\bprzed {USER}{G}\b(?:ukryj|zataj|ukryc|zataic|w tajemnicy)",
    ),
    "directive-addressed": (
        rf"\b(?:do|dla|uwaga|informacja|wiadomosc|drogi|notatka|witaj) (?:[\wł]{{1,14}} ){{0,2}}{AGENT}[ \w,ł]{{0,30}}[:!] (?:[\wł]{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT},? (?:ktor[yae] )?{W}(?:czyta\w{{0,4}}|przetwarza\w{{0,4}}|analizuj\w{{0,4}}|streszcza\w{{0,4}}) (?:[\wł]{{2,12}} ){{0,3}}{ACT}",
        rf"\bpo (?:przeczytaniu|lekturze) {W}{AGENT} {W}{ACT}",
        rf"{AGENT} (?:[\wł]{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:musi|musza|powinien|ma) {ACT} {W}(?:zanim|przed|bez wiedzy)\b",
        rf"{AGENT} (?:[\wł]{{3,12}} )?(?:zmienia|usuwa|kasuje|czysci) (?:[\wł]{{2,14}} ){{0,6}}(?:nie wspomina|bez informowania|nie informuje)",
        rf"{AGENT},? (?:ktor[yae] )?(?:[\wł]{{5,16}} )?(?:to|ten|te|ta|tej|tego)\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:zawartosc|tresc|wiersze|linie|klucz\w{{0,2}} prywatn\w{{1,3}}|plik\w{{0,2}}) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:zawartosc|tresc|tresci|wiersze|linie|klucz\w{{0,2}} prywatn\w{{1,3}}|plik\w{{0,2}}) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:odczytaj|przeczytaj|otworz|wczytaj|plik) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:i |oraz |a potem )?{PASS} (?:[\wł]{{2,4}} )?(?:zawartosc|tresc)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} {USER}",
        rf"\b{KEYS} {USER} {W}{SINK}",
        rf"\b(?:wszystkie|wszystkich) {KEYS} {W}{SINK}",
        rf"\b(?:parametr|pol|argument)\w{{0,4}}\b{G}\b(?:wszystkie|wszystkich) (?:[\wł]{{3,12}} )?{KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:[\wł]{{3,12}} )?{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b{WHOLE} (?:[\wł]{{3,12}} )?{CHAT} (?:[\wł]{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:wywołaj|uzyj|wywołuj) {W}z {WHOLE} (?:[\wł]{{3,12}} )?{CHAT}",
        rf"\b(?:{PASS}|stresc|podsumuj) (?:[\wł]{{3,14}} )?{CHAT} (?:i|z|wraz z|razem z|oraz) prompt\w{{0,3}} systemow",
        r"\b(?:ujawnij|pokaz|wyswietl|powtorz|zdradz|podaj) (?:mi )?(?:swoj|swoje|swoja|twoj|twoje) (?:\w{3,12} )?(?:prompt|instrukcj|komunikat)\w{0,3} systemow",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:[\wł]{{3,12}} )?{CHAT}",
        rf"\b(?:parametr|pol|argument)\w{{0,4}}\b{G}\b(?:nalezy|trzeba|musi|powin\w{{2,4}}|ma){G}\b{WHOLE} (?:[\wł]{{3,12}} )?{CHAT}",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:[\wł]{{2,12}} )?(?:wysyła|przesyła|przekazuje|kieruje)\w{{0,2}} {W}{W}(?:na|do) (?:adres )?{PLACE}",
        rf"{AGENT} (?:musi|musza|powinien|ma) {ACT} {W}(?:na|do) (?:adres )?{PLACE}",
        rf"{START}{PASS} (?:kazda odpowiedz|wszystkie (?:odpowiedzi|dane|wyniki|rozmowy)|dane (?:klientow|{USER})) {W}(?:na|do) (?:adres )?{PLACE}",
        rf"\b(?:ukryta kopi\w|udw|bcc) (?:[\wł]{{2,12}} )?(?:na|do) {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:popros|poproscie|prosic|zapytaj|spytaj|zazadaj|wyciagnij|uzyskaj) (?:od )?{USER} {W}{SECRET}",
        rf"\b(?:niech|zeby) {USER} (?:poda|wpisze|podał|wpisał|przesle) {W}{SECRET}",
        rf"{START}(?:popros|zapytaj|uzyskaj|pozyskaj) (?:o )?{SECRET} (?:od )?{USER}",
        rf"\b(?:spraw|nakłon|przekonaj|namow|dopilnuj)\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} (?:[\wł]{{2,8}} )?juz (?:[\wł]{{2,9}} ){{0,2}}(?:zgodził|zgode|zgoda|zaakceptował|potwierdził|zatwierdził|upowaznił)\w{{0,2}} (?:[\wł]{{1,12}} ){{0,3}}{NEEDLESS}",
        rf"{USER} (?:wyraził\w?|udzielił\w?) juz {W}(?:zgod\w|akceptacj\w) (?:[\wł]{{2,12}} ){{0,3}}{NEEDLESS}",
        rf"\b{ASKING} {USER} (?:[\wł]{{2,9}} ){{0,2}}{NEEDLESS}",
        rf"\b{NEEDLESS} (?:[\wł]{{2,12}} ){{0,2}}(?:pytac|{ASKING}|prosic) (?:[\wł]{{2,4}} )?{USER}",
        rf"{START}(?:{ACT}|zrob|zrealizuj|kontynuuj|dokonaj|rozpocznij|uruchom|zacznij|zarezerwuj) (?:[\wł]{{2,14}} ){{0,3}}bez (?:{ASKING} (?:o zgode |ze strony |od )?{USER}|zgody {USER}|konsultacji z {USER})",
        rf"\bnie (?:pytaj|pros|czekaj na) {W}(?:{ASKING} {USER}|{USER} (?:o )?{ASKING})",
        rf"{USER} {G}\bjuz\b{G}\bnie (?:pytaj|pytac|dopytuj|pros)",
        rf"{USER} (?:zatwierdził|potwierdził|zaakceptował)\w? juz {G}\bnie\b{G}\b(?:pytaj|pytac)",
        rf"\bnie (?:pros|pytaj|zadaj|czekaj)(?:cie)? (?:o |na )?(?:{USER}{G}\b{ASKING}|{ASKING}{G}{USER})",
    ),
    "preference-only": (
        rf"\bzawsze (?:uzywaj|korzystaj z|wybieraj|wywołuj) {W}{TOOL}{G}\b(?:nigdy|zadn\w{{1,3}}|nie) (?:nie )?(?:[\wł]{{5,12}} )?(?:zadnych )?inn\w{{1,3}}\b",
        rf"\b(?:nie|nigdy nie) (?:uzywaj|korzystaj|wywołuj) (?:z )?zadn\w{{1,3}} inn\w{{1,3}} {TOOL}{G}\b(?:tylko|wyłacznie|poza)\b",
        rf"\b(?:inne|pozostałe|wszystkie inne) (?:[\wł]{{3,14}} )?{TOOL}{G}\b(?:wyłaczone|wycofane|niedostepne|nie działaja|nie wolno|nie mozna)",
        rf"\bzawsze (?:polecaj|rekomenduj|proponuj|przedstawiaj)\b{G}\b(?:nawet (?:gdy|jesli) {USER}|jako jedyn)",
        rf"\bnie (?:wywołuj|wołaj|wywoływac)(?:cie)? (?:juz )?(?:zadn\w{{1,3}} )?(?:inn|pozostał)\w{{1,3}} {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:zapamietaj|pamietaj|zapisz|zachowaj)\b{G}\b(?:wszystki\w{{1,2}}|kazd\w{{1,2}}) (?:przyszł|kolejn|nastepn|pozniejsz)\w{{1,3}} {TALK}",
        rf"\b(?:od teraz|odtad|od tej (?:pory|chwili)|od dzis|na przyszłosc)\b[^.!?\n]{{0,60}}\b(?:kazd\w{{1,3}}|wszystkich) (?:kolejn\w{{1,2}} )?{TALK}",
        rf"\b(?:zapamietaj|pamietaj|zapisz){G}\b(?:wszystki|kazd)\w{{1,3}} (?:przyszł|kolejn|nastepn|pozniejsz)\w{{1,3}} {TALK}",
        r"\b(?:od teraz|odtad|od tej (?:pory|chwili)|od dzis)\b[^.!?\n]{0,50}\b(?:kazd\w{1,3}|wszystki\w{1,2}) (?:odpowied\w{1,4}|rozmow\w{0,2}|konwersacj\w{1,2})\b",
    ),
    "payment-recipient": (
        rf"\bzamiast [ \wł]{{0,9}}\b{ACCOUNT}[ \w,ł]{{0,40}}\b(?:zawsze|{NUMBER})",
        rf"\b(?:zastap|podmien|zmien) {W}{ACCOUNT} (?:podan\w{{1,2}} przez )?{USER}",
        rf"\b{ACCOUNT} {W}(?:nieaktualn|stary|przestarzał|niewazn)\w{{0,2}}\b{G}\b(?:zawsze|tylko|wyłacznie) {W}{NUMBER}",
        rf"\b(?:zastap|podmien|zmien|zamien)(?:cie)?\b{G}\b{ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:bład|błedu|nieudan\w|wygasł\w?|niepowodzenie)\b[ \"-~]{{0,30}}\bagen(?:t|ci) (?:musi|powinien) {W}(?:klucz|token|hasł|kod|zgod|potwierdz)",
    ),
    "remote-instructions": (
        rf"\b(?:pobierz|otworz|przeczytaj|wczytaj|odwiedz|wejdz na) [ \wł]{{0,10}}{URL}\b(?:zrob|wykonaj|wykonuj|stosuj|zastosuj|postepuj) (?:[\wł]{{2,8}} ){{0,2}}(?:co|wszystko|polecenia|zgodnie)\b",
        rf"\b(?:aktualne|obowiazujace|pełne) {ORDERS} [ \wł]{{0,16}}{URL}\b(?:wykonaj|stosuj|zastosuj|postepuj)",
    ),
}
"""Rule id -> the patterns of this language."""
