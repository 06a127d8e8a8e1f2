"""What attacks on agents say in Romanian."""

W = r"(?:(?:[^\Wn]|no[tiu]|nou|num)\w{0,14} ){0,4}"
"""A few words that deny nothing (nu, nici, niciodata), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:si|apoi|intotdeauna|mereu|mai intai|va rugam sa|te rugam sa|trebuie sa|trebuie|rog sa|rugam sa|de asemenea) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|[a-z]{2}\d\d [a-z]{4}|\d[\d -]{5})"

USER = r"\b(?:utilizator(?:ul|ului|ii|ilor|i)?|client(?:ul|ului|a|ei|ii|ilor)?|persoan[ae]i?|pacient(?:ul|ului|a)?|oaspete(?:le|lui)?|titular(?:ul|ului)?|apelant(?:ul|ului)?)\b"
AGENT = r"\b(?:asistent(?:ul|ului|ii|ilor|ule)?|agent(?:ul|ului|ii|ilor)?|model(?:ul|ului|ele|elor)|sistemul|chatbot(?:ul|ului)?|inteligenta artificiala)(?: (?:de )?(?:ai|ia|lingvistic\w?|virtual\w?|automat))?\b"
ORDERS = r"(?:(?:instructiun|indicati|directiv|restricti|reguli|limitar|dispoziti)\w{1,5}|regul\w{1,4}|ordin\w{1,4}|cerintel\w{1,3}|(?:mesaj|prompt)\w{0,4}(?: de)? sistem\w{0,3}|prompt\w{0,4})\b"
PRIOR = r"(?:anterioa?r[ei]?|precedent[ei]|primite|date|de (?:mai sus|sistem|pana acum)|initiale|existente|sistemului|originale|vechi)\b"
HERE = r"(?:acest[aei]?[ai]?|aceste|acestui|acestei|acestor|prezentel[eo]r?) (?:text|paragraf|document|mesaj|camp|pagin|not|indicati|instructiun|regul|sectiun)\w{0,5}\b"
TOLD = r"(?:dat\w?|spus\w?|cerut\w?|primit\w?|indicat\w?|comunicat\w?|ordonat\w?|invatat\w?|transmis\w?)"
VOID = (
    r"(?:nul[ea]?|anulat[ea]?|caduc[ea]?|abrogat[ea]?|depasit[ea]?|expirat[ea]?|nu (?:se )?mai (?:sunt |este )?(?:valabil\w?|conteaza|aplica|au|are)|fara (?:efect|valabilitate)"
    r"|(?:isi )?pierd\w? valabilitatea|ignora|uita)\b"
)
DROP = r"(?:ignora(?:ti)?|a ignora|uita(?:ti)?(?: de)?|omite(?:ti)?|las[ai](?:ti)? deoparte|treci peste|treceti peste|anuleaza|suprascrie(?:ti)?|nu (?:mai )?(?:tine|tineti|tii) (?:seama|cont) de|nu (?:mai )?(?:urma|respecta|lua in considerare)(?:ti)?)"
THING = r"(?:(?:despre |de )?(?:acest|aceasta|acestui|acestei) (?:pas|operatiun|actiun|instructiun|apel|trimiter|transfer|modificar|regul|procedur)\w{0,4}|despre (?:asta|aceasta)|asta|nimic)"
TELL = r"(?:mention|spu|inform|anunt|dezvalu|raport|vorb|povest|pomen|comunic|semnal|ziceti|zic)(?:a|e|i|ez|ezi|eaza|ati|eti|iti|ne|n|uie|ui|este|i|nui)?"
ACT = r"(?:sterg|sterge|trimite|trimit|transmite|transmit|transfera|adauga|acorda|acordati|modifica|schimba|inlocuieste|inlocuiesc|publica|copiaza|instaleaza|executa|distribuie|redirectioneaza|goleste|plateste|confirma|ofera)(?:ti|m|i|ge)?\b"
PASS = r"(?:trimite(?:ti)?|transmite(?:ti)?|adauga(?:ti)?|ataseaza|atasati|atasezi|pune(?:ti)?|pui|copiaza|copiati|include(?:ti)?|insereaza|inserati|furnizeaza|furnizati|lipeste|lipiti|scrie(?:ti)?|introdu(?:ceti)?|da(?:ti)? mai departe|plaseaza|anexeaza|anexati)"
SINK = r"(?:(?:atasat|trimis|transmis|adaugat|pus|copiat|inclus|inserat|furnizat|lipit|scris|introdus|anexat)(?:a|e|i)?\b|(?:in|la|ca|prin|cu|sub) (?:\w{2,6} )?(?:\w{2,6} )?(?:parametr|camp|argument|cerere|cererii|apel|comentari|observati|not[ae]|mesaj)\w{0,4}\b)"
KEYS = r"(?:chei(?:a|le|i|lor)? (?:de )?(?:api|acces|privat\w{1,2}|secret\w?)|token\w{0,4}(?: de (?:acces|sesiune))?|variabile(?:le|lor)? de mediu|credentiale(?:le)?|date(?:le)? de (?:autentificare|conectare)|secrete(?:le)?)\b"
CHAT = r"(?:conversati\w{1,3}|discuti\w{1,3}|dialogul\w{0,2}|istoricul\w{0,2}|chat\w{0,4}|prompt\w{0,4} de sistem|mesaj\w{0,4} de sistem|mesaje(?:le)?)\b"
WHOLE = r"(?:intreg\w{0,3}|intreaga|toate|toata|complet\w?|integral\w?|anterioa?r\w?|precedent\w?)"
SECRET = r"(?:parol[ae]i?|pin(?:-ul|ul)?|cod(?:ul|uri)? (?:\w{2,7} )?(?:\w{2,5} )?(?:sms|verificare|securitate|confirmare|unica folosinta|pin|otp|cifre)|cvv|fraz[ae] (?:de recuperare|seed)|numarul cardului|codul de \w{3,5} cifre)\b"
ASKING = r"(?:confirmar\w{1,3}|acord(?:ul|ului)?|aprobar\w{1,3}|permisiun\w{1,3}|consimtamant\w{0,4}|autorizar\w{1,3}|avizul)"
NEEDLESS = r"(?:nu (?:mai )?(?:este|e) (?:\w{3,4} )?(?:necesar\w?|nevoie|obligatori\w{1,2})|nu (?:mai )?trebuie|nu se cere|inutil\w?|de prisos|se (?:poate )?(?:omite|sari))"
TOOL = r"(?:instrument\w{0,4}|uneltel?\w?|unealta|servici\w{1,4}|server\w{0,4}|functi\w{1,3})\b"
TALK = r"(?:sesiun\w{1,3}|conversati\w{1,3}|raspuns\w{0,6}|discuti\w{1,3}|chat\w{0,3})\b"
ACCOUNT = (
    r"(?:iban\w{0,2}|iban-ul\w{0,2}|cont(?:ul|ului)?|numarul(?:ui)? de cont|beneficiar\w{0,4}|destinatar\w{0,4})\b"
)

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:toate |tot )(?:\w{{4,12}} )?{ORDERS}",
        rf"\b{DROP} {ORDERS} (?:tale|dumneavoastra|voastre|{W}{PRIOR})",
        rf"\b(?:ce|ceea ce|tot ce|{ORDERS})[ \w]{{0,12}}\b(?:ti|vi|ai|ati) (?:\w{{1,3}} ){{0,3}}{TOLD}{G}\b{VOID}",
        rf"\b{DROP} (?:tot )?ce (?:\w{{1,6}} ){{1,4}}{TOLD}\b",
        rf"\b{ORDERS} {PRIOR} (?:sunt |nu )?(?:\w{{2,9}} )?(?:nule|anulate|caduce|abrogate|depasite|valabile)\b{G}\b(?:urmeaza|executa|respecta|asculta|doar|numai)\b",
        rf"\b(?:asculta|supune-te|respecta|conformeaza-te)(?:ti)? (?:doar |numai )?(?:de |la )?{HERE}",
        rf"\b(?:urmeaza|urmati|executa|executati|respecta) (?:doar|numai|exclusiv) {W}{HERE}",
        rf"\bde (?:aici|acum) (?:incolo |inainte )?(?:este valabil|conteaza|valabil este) (?:doar|numai) {HERE}",
        rf"\bnu (?:mai )?(?:respect|urm|asculta|aplic)\w{{0,4}} (?:de )?{ORDERS}{G}\b(?:operator|dezvoltator|furnizor|sistem|administrator)",
        rf"\b{DROP} {ORDERS} (?:\w{{2,9}} ){{0,3}}(?:operator|dezvoltator|furnizor|administrator)",
        rf"\b{ORDERS} (?:\w{{3,12}} )?(?:ale )?(?:sistemului|de sistem|tale){G}\bnu (?:se )?mai\b",
        rf"\b(?:actioneaza|actionati|raspunde|procedeaza) (?:doar|numai|exclusiv) (?:dupa|conform|potrivit) {HERE}",
        rf"\b{DROP} (?:tot )?(?:cele de mai sus|ce este mai sus|textul (?:de mai sus|anterior)) si (?:spune|raspunde|scrie|repeta|arata|afiseaza|da-mi)\b",
        rf"\b(?:sterge(?:ti)?|elimina)\b{G}\bmemorie\b{G}\b(?:tot|toate|instructiun|ordin)",
    ),
    "directive-precedence": (
        rf"\b{HERE} (?:\w{{2,4}} )?(?:prioritate|prevaleaza|intaietate|mai presus)\b{G}\b(?:utilizator|client|sistem|prompt|orice alt)",
        rf"\b(?:prioritate|prevaleaza|intaietate) (?:fata de|asupra|in fata) {W}(?:(?:cereri|dorint|instructiun|solicitari)\w{{0,4}} {USER}|(?:promptul|mesajul|instructiunile) de sistem)",
        rf"\b(?:urmeaza|urmati|respecta|aplica) {HERE},? (?:nu|si nu|in loc de) (?:ce |cererea )?(?:\w{{2,6}} )?{USER}",
        rf"\b(?:cantareste|cantaresc|conteaza|este|sunt)\b (?:\w{{3,9}} )?mai (?:mult|important\w?|presus) (?:decat|ca){G}\b(?:instructiun|cerer|dorint|indicati|solicitar)\w{{1,3}} (?:a |ale )?{USER}",
    ),
    "directive-secrecy": (
        rf"\b(?:nu|fara a|fara sa) (?:\w{{1,3}} )?{TELL} (?:{USER} )?(?:\w{{2,8}} )?{THING}[ \w]{{0,20}}",
        rf"\bnu i(?:-o)? (?:o )?{TELL} {USER}",
        rf"\b(?:fara (?:stirea|cunostinta) {USER}|fara (?:a|sa) (?:il |i |o )?(?:inform|anunt|spu|mention)\w{{1,4}} (?:nimic )?{USER}|fara ca {USER} sa (?:\w{{1,3}} )?(?:stie|observe|afle|vada))",
        rf"\b(?:ascunde|tainuieste)(?:ti)? {W}(?:{THING}|faptul) (?:\w{{2,6}} )?(?:de |fata de )?{USER}",
        rf"\b(?:raspuns\w{{0,2}},? (?:\w{{1,5}} )?nu|pe la spatele {USER}) {TELL} (?:nimic|niciun cuvant|un cuvant)",
        rf"{USER} nu (?:trebuie|are voie|poate) sa (?:\w{{1,3}} )?(?:afle|stie|vada|observe|fie informat)",
        rf"\b(?:tine|tineti|pastreaza|pastrati){G}\b(?:secret\w?|ascuns\w?|in secret){G}{USER}",
        rf"\b(?:pe ascuns|in secret|pe furis){G}{USER}",
        rf"\bascunde(?:ti)?(?:-i|-le)? {USER}",
    ),
    "directive-addressed": (
        rf"\b(?:atentie|pentru|nota|mesaj|catre|draga|stimate|salut) (?:\w{{2,9}} ){{0,2}}{AGENT}[ \w]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT} care {W}(?:citest\w{{1,2}}|citesc|proceseaza|analizeaza|rezuma) {W}{ACT}",
        rf"\bdupa (?:citire|ce citeste|lectura) {W}{AGENT} {W}{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:trebuie|va|are obligatia) {W}{ACT} {W}(?:inainte (?:de|sa)|fara (?:a|sa))\b",
        rf"{AGENT} care\b{G}\b(?:acest|aceasta|aceste)\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:continut\w{{0,3}}|text\w{{0,3}}|lini\w{{1,3}}|chei\w{{0,3}} privat\w{{1,2}}|fisier\w{{0,3}}) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:continut\w{{0,3}}|text\w{{0,3}}|lini\w{{1,3}}|chei\w{{0,3}} privat\w{{1,2}}|fisier\w{{0,3}}) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:citeste|cititi|deschide|fisierul) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:si |apoi )?{PASS} (?:\w{{2,4}} )?(?:continutul|textul)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} (?:a |ale |al )?{USER}",
        rf"\b{KEYS} (?:a |ale |al )?{USER} {W}{SINK}",
        rf"\btoate {KEYS} {W}{SINK}",
        rf"\b(?:parametr|camp|argument)\w{{0,4}}\b{G}\btoate {KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{1,9}} )?{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b(?:{WHOLE} {CHAT}|{CHAT} {WHOLE}) (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:apeleaza|foloseste|apelati) {W}cu (?:{WHOLE} {CHAT}|{CHAT} {WHOLE})",
        rf"\b(?:{PASS}|rezuma) {CHAT} (?:\w{{5,12}} )?(?:si|cu|impreuna cu) (?:promptul|mesajul|instructiunile) de sistem",
        r"\b(?:dezvalui[ei]|arata|afiseaza|repeta|divulga|spune)(?:-mi|ti)? (?:promptul|mesajul|instructiunile) (?:tau|tale|dumneavoastra)?(?: )?de sistem(?: tau| tale| complet)?\b",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:\w{{1,9}} )?{CHAT}",
        rf"\b(?:parametr|camp|argument)\w{{0,4}}\b{G}\b(?:trebuie|va){G}\b(?:{WHOLE} {CHAT}|{CHAT} {WHOLE})",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:trimite|trimit|transmite|redirectioneaza|expediaza) {W}{W}(?:la|catre) (?:adresa )?{PLACE}",
        rf"{AGENT} (?:trebuie|va|are obligatia) (?:sa )?(?:\w{{1,3}} )?(?:trimit|transmit|redirection|expedi)\w{{0,5}} {W}{W}(?:la|catre) (?:adresa )?{PLACE}",
        rf"{START}(?:{PASS}|redirectioneaza) (?:fiecare raspuns|toate (?:raspunsurile|datele|rezultatele|conversatiile)|datele (?:clientilor|{USER})) {W}(?:la|catre) {PLACE}",
        rf"\b(?:copie ascunsa|bcc|cci) (?:\w{{2,12}} )?(?:la|catre) {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:cere(?:-i|ti)?|cereti-i|solicita(?:-i|ti)?|intreaba|obtine(?:ti)?|afla) (?:de la |pe )?{USER} {W}{SECRET}",
        rf"{START}(?:cere(?:ti)?|solicita(?:ti)?|obtine(?:ti)?) {SECRET} {W}(?:de la )?{USER}",
        rf"\bconvinge(?:ti)? {USER} {W}{SECRET}",
        rf"\b(?:convinge|determina|fa ca|asigura-te ca)\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} (?:si-a|a|au) (?:dat |exprimat )?deja (?:dat )?(?:\w{{1,3}} )?(?:acordul|consimtamant\w{{0,3}}|aprobarea|acceptat|aprobat|autorizat|confirmat|permisiunea|de acord) (?:\w{{2,9}} )?{NEEDLESS}",
        rf"{USER} si-a (?:dat|exprimat) deja (?:acord|consimtamant|aprobare)\w{{0,3}} {NEEDLESS}",
        rf"\b{ASKING} {USER} (?:\w{{2,9}} )?{NEEDLESS}",
        rf"\b{NEEDLESS} (?:sa |a )?(?:\w{{1,3}} )?(?:mai )?(?:intreb|cer|solicit|consult)\w{{0,3}} (?:\w{{2,12}} )?(?:\w{{2,12}} )?{USER}",
        rf"{START}(?:{ACT}|fa|incepe(?:ti)?|porneste|rezerva|efectueaza|executa|realizeaza|continua|finalizeaza) (?:\w{{2,14}} ){{0,3}}fara (?:{ASKING} {USER}|(?:a|sa) (?:\w{{1,3}} )?(?:cer|intreb|consult|solicit|astept)\w{{0,3}} (?:\w{{2,14}} )?{USER})",
        rf"\bnu (?:cere|cereti|solicita|astepta) {ASKING} {USER}",
        rf"{USER} {G}\bdeja\b{G}\bnu (?:mai )?(?:il |o |ii )?(?:intreb|cere|solicit|consult)\w{{0,3}}",
        rf"\bnu (?:cere|cereti|solicita|astepta|astepta)(?:ti)? (?:{ASKING}{G}{USER}|{USER}{G}\b{ASKING})",
    ),
    "preference-only": (
        rf"\b(?:foloseste|folositi|utilizeaza|alege|apeleaza) (?:intotdeauna|mereu|doar|numai) {W}{TOOL}{G}\b(?:niciodata|niciun|nicio|nu) (?:\w{{4,12}} )?(?:niciodata )?(?:pe )?(?:celelalte|alte\w{{0,2}}|alt)\b",
        rf"\bnu (?:folosi|utiliza|apela)(?:ti)? (?:niciun|nicio) alt\w? {TOOL}{G}\b(?:doar|numai|in afara)",
        rf"\b(?:celelalte|alte) {TOOL}{G}\b(?:dezactivate|retrase|oprite|scoase din uz|nu trebuie|nu mai functioneaza)",
        rf"\b(?:recomanda|propune|prezinta)(?:ti)? (?:intotdeauna|mereu)\b{G}\b(?:chiar daca {USER}|ca singur)",
        rf"\bnu (?:mai )?(?:apela|chema|invoca)(?:ti)? (?:niciodata )?(?:alte|celelalte|niciun alt|nicio alta) {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:retine(?:ti)?|tine minte|memoreaza|aminteste-ti|salveaza|pastreaza)\b{G}\b(?:toate|fiecare) {TALK} (?:viitoare|urmatoare|ulterioare)",
        rf"\b(?:de acum (?:inainte|incolo|in colo)|incepand de (?:acum|azi)|pe viitor)\b[^.!?\n]{{0,60}}\b(?:fiecare|toate|orice) {TALK}",
        r"\b(?:de (?:acum|azi|astazi) (?:inainte|incolo|in colo)|incepand de (?:acum|azi)|pe viitor)\b[^.!?\n]{0,50}\b(?:fiecare|toate|orice) (?:raspuns\w{0,6}|conversati\w{1,3}|discuti\w{1,3})\b",
    ),
    "payment-recipient": (
        rf"\bin loc(?:ul)?(?: de)? [ \w]{{0,9}}\b{ACCOUNT}[ \w,]{{0,40}}\b(?:intotdeauna|mereu|{NUMBER})",
        rf"\b(?:inlocuieste|inlocuiti|schimba) {ACCOUNT} (?:indicat|dat|furnizat|introdus) de (?:catre )?{USER}",
        rf"\b{ACCOUNT} {W}(?:expirat|vechi|depasit|nu mai)\w{{0,2}}\b{G}\b(?:intotdeauna|mereu|doar|numai) {W}{NUMBER}",
        rf"\b(?:inlocui\w{{2,4}}|schimba)\b{G}\b{ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:eroare|esuat|esec|expirat\w?)\b[ \"-~]{{0,40}}{AGENT} (?:trebuie|va) (?:\w{{1,12}} ){{0,3}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:descarca|deschide|citeste|acceseaza|incarca|viziteaza) [ \w]{{0,10}}{URL}\b(?:executa|fa|urmeaza|aplica|respecta|indeplineste) (?:\w{{1,6}} )?(?:ce|tot ce|instructiunile (?:de acolo|care)|tot ceea)\b",
        rf"\b{ORDERS} (?:actuale|in vigoare|actualizate|complete) [ \w]{{0,16}}{URL}\b(?:urmeaz|execut|aplic|respect)",
    ),
}
"""Rule id -> the patterns of this language."""
