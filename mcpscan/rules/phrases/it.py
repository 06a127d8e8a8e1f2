"""What attacks on agents say in Italian."""

W = r"(?:(?:[^\Wn]|n[ou][tmov]|nel|nei|negl)\w{0,14} ){0,4}"
"""A few words that deny nothing (non, mai, nessuno), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:e|ed|poi|quindi|sempre|prima|per favore|si prega di|si chiede di|bisogna|occorre|deve|devi|anche|grati se) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5}|[a-z]{2}\d\d [a-z]\d)"

USER = r"(?:(?:l|all|dell|dall|un|il|al|del|dal|la|alla|della|dalla|gli|agli|degli|i|ai|dei|le|alle|delle|con l|suo) (?:utent[ei]|client[ei]|persona|interessat[oa]|pazient[ei]|ospit[ei]|titolare|chiamante)\b)"
AGENT = (
    r"\b(?:(?:assistent[ei]|agent[ei]|modell[oi]|robot|sistem[ai]|chatbot|bot|llm)(?: (?:(?:di )?ia|linguistic[oi]|virtual[ei]|conversazional[ei]|automatic[oi]))?"
    r"|intelligenza artificiale)\b"
)
AI = rf"(?:{AGENT}|\bias?\b)"
ORDERS = (
    r"(?:istruzion[ei]|indicazion[ei]|regol[ae]|direttiv[ae]|lineee? guida|disposizion[ei]|ordin[ei]|consegn[ae]|comand[oi]|restrizion[ei]|limitazion[ei]|vincol[oi]"
    r"|(?:messaggio|prompt) di sistema|prompt)\b"
)
PRIOR = r"(?:precedent[ei]|anterior[ei]|ricevut[ei]|dat[ei]|inizial[ei]|original[ei]|esistent[ei]|vigent[ei]|di sistema|del sistema|di prima|qui sopra|fornit[ei]|impartit[ei])\b"
HERE = r"(?:quest[oaie] (?:testo|paragrafo|documento|messaggio|campo|pagina|nota|sezione|indicazioni|istruzioni|regole|disposizioni)|le presenti (?:istruzioni|indicazioni|regole))\b"
TOLD = r"(?:dat[oaie]|dett[oaie]|chiest[oaie]|ricevut[oaie]|indicat[oaie]|comunicat[oaie]|ordinat[oaie]|assegnat[oaie]|insegnat[oaie]|impartit[oaie]|fornit[oaie])"
VOID = (
    r"(?:null[oaie]|annullat[oaie]|scadut[oaie]|obsolet[oaie]|abrogat[oaie]|superat[oaie]|decadut[oaie]|senza (?:effetto|valore)|non (?:\w{3,9} )piu|dimenticalo|ignoralo"
    r"|perde|perdono)\b"
)
DROP = (
    r"(?:ignor(?:a|i|are|ate|ino)|dimentic(?:a|hi|are|ate|arsi)|tralasci(?:a|are|ate)?|trascur(?:a|i|are|ate)|scart(?:a|i|are|ate)|disattend[ie]|scavalc(?:a|are)"
    r"|lasci(?:a|are|ate)? (?:perdere|da parte)|mett(?:i|a|ere) da parte|sovrascriv(?:i|a|ere)|disobbedisci a|aggir(?:a|are)"
    r"|non (?:seguire|segua|seguite|tenere conto|tener conto|tenga conto|considerare|rispettare|badare)(?: piu)?)"
)
THING = (
    r"(?:(?:di |del |su |a )?quest[oaie] (?:passaggio|passo|operazione|azione|istruzione|indicazione|chiamata|invio|trasferimento|nota|modifica|regola|procedura)"
    r"|di (?:cio|questo)|cio|niente|nulla)\b"
)
TELL = (
    r"(?:menzion(?:are|i|ate)|di(?:re|ca|te)|inform(?:are|i|ate)|avvis(?:are|i|ate)|accenn(?:are|i|ate)|rivel(?:are|i|ate)|raccont(?:are|i|ate)|parl(?:are|i|ate)|comunic(?:are|hi|ate)"
    r"|segnal(?:are|i|ate)|far(?:e)? (?:parola|cenno|menzione)|riferi(?:re|sca))(?:l[oaie]|gliel[oae]|gli|ne|gliene)?"
)
ACT = (
    r"(?:cancell|elimin|invi|mand|sped|trasmett|trasfer|aggiung|conced|assegn|modific|camb|sostitu|pubblic|copi|install|esegu|condivid|inoltr|svuot|rimuov)"
    r"(?:a|i|e|are|ere|ire|isce|iscono|ano|ono|era|eranno|ate|isci|iate|ino|ia|io|hi|ete|ite)?\b"
)
PASS = (
    r"(?:(?:invi|mand|sped|trasmett|trasfer|aggiung|alleg|inser|pass|inclu[dt]|copi|incoll|forn|riport|scriv|mett|colloc|consegn|comunic)"
    r"(?:a|i|e|are|ere|ire|isci|isca|hi|iate|ate|asse|arl[oaie]|erl[oaie]|irl[oaie])?(?:l[oaie])?)\b"
)
SINK = (
    r"(?:(?:alleg|inseri|invi|trasmess|aggiunt|inclus|copi|pass|forni|riport|messo|mess|consegn|comunic|mand)(?:at[oaie]|ut[oaie]|it[oaie]|[oaie])\b"
    r"|(?:nel|nella|nei|come|in|dentro|via|con|all|alla|a) (?:\w{1,5} )?(?:parametro|campo|argomento|richiesta|chiamata|commento|nota|messaggio)\b)"
)
KEYS = (
    r"(?:chiav[ei] (?:di )?(?:api|accesso|privat[ae]|segret[ae])|token(?: di (?:accesso|sessione|autenticazione))?|credenziali(?: di accesso)?"
    r"|variabil[ei] (?:d )?(?:di )?ambiente|segreti)\b"
)
CHAT = r"(?:conversazion[ei]|discussione|dialogo|cronologia|chat|(?:prompt|messaggio|istruzioni) di sistema|messaggi)\b"
WHOLE = r"(?:tutt[oaie]|l intera|inter[oa]|complet[oa]|integrale|la totalita|l intero|la cronologia|precedent[ei])"
SECRET = (
    r"(?:password|parola d ordine|pin|codic[ei] (?:\w{2,8} )?(?:\w{2,3} )?(?:sms|verifica|sicurezza|conferma|pin|otp|monouso|cifre)|otp|cvv"
    r"|frase (?:seed|segreta|di recupero)|numero della carta)\b"
)
ASKING = r"(?:conferma|permesso|approvazione|autorizzazione|consenso|parere|via libera|benestare)"
NEEDLESS = r"(?:non (?:serve|occorre|bisogna|e (?:piu )?(?:necessari[oa]|richiest[oa]|obbligatori[oa])|c e bisogno)|inutile|superflu[oa]|si (?:puo )?(?:omette|omettere|saltare))"
TOOL = r"(?:strument[oi]|serviz[io]o?|server|funzion[ei]|tool|connettor[ei])\b"
TALK = r"(?:session[ei]|conversazion[ei]|rispost[ae]|chat|discussion[ei])\b"
ACCOUNT = r"(?:iban|conto(?: corrente)?|numero di conto|beneficiario|destinatario|coordinate bancarie)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:tutt[ei] )?(?:le |gli |i )?(?:tue |vostre |tuoi ){ORDERS}",
        rf"\b{DROP} (?:tutt[ei]) (?:le |gli |i |queste )?(?:\w{{4,12}} )?{ORDERS}",
        rf"\b{DROP} (?:le|gli|i|delle|degli|dei|qualsiasi|ogni) (?:\w{{4,9}} )?(?:{ORDERS} {W}{PRIOR}|precedenti {ORDERS})",
        rf"\b(?:cio che|quello che|quanto|{ORDERS})[ \w]{{0,10}}\b(?:ti|vi|le|hai|avete|ha) (?:\w{{1,6}} ){{0,2}}{TOLD}\b{G}\b{VOID}",
        rf"\b{DROP} (?:tutto )?(?:cio che|quello che|quanto) (?:\w{{1,6}} ){{1,3}}{TOLD}\b",
        rf"\b{ORDERS} {PRIOR} (?:sono |non )?(?:\w{{3,9}} )?(?:nulle|annullate|decadute|superate|sospese|piu)\b{G}\b(?:segui|esegui|obbedisc\w{{1,2}}|attieniti|vale|valgono) ",
        rf"\b(?:obbedisc\w{{1,2}}|obbedire|attien[ei]ti|attenersi|attenetevi)\b{G}\b(?:{HERE}|quanto segue)",
        rf"\b(?:segui|segua|seguire|esegui) (?:solo|soltanto|unicamente|esclusivamente) {W}{HERE}",
        r"\b(?:da (?:qui|ora|adesso)|d ora) (?:in poi |in avanti )?(?:vale|valgono|conta) (?:solo|soltanto|unicamente) quest",
        rf"\b(?:non|smetti di|smettere di) (?:rispett|segu|appli|obbed|attener|consider)\w{{1,5}} (?:piu )?(?:a )?(?:\w{{1,5}} )?{ORDERS}{G}\b(?:gestore|operatore|sviluppator[ei]|fornitore|sistema|amministratore)",
        rf"\b{DROP} (?:\w{{1,5}} )?{ORDERS} (?:\w{{2,9}} ){{0,2}}(?:gestore|operatore|sviluppator[ei]|fornitore|sistema|amministratore)",
        rf"\b(?:{ORDERS} (?:\w{{3,12}} )?(?:del|di) sistema|(?:tue|vostre) {ORDERS}){G}\b(?:non (?:valgono|si applicano|contano|sono)|decadono|sono (?:annullate|decadute|superate))\b",
        rf"\b(?:agisci|rispondi|procedi|agire|rispondere) (?:solo|soltanto|unicamente|esclusivamente) (?:in base a|secondo|seguendo) {HERE}",
        rf"\b{DROP} (?:tutto )?(?:quanto sopra|cio che precede|quanto precede|il testo precedente) e (?:di|dica|rispond|scriv|ripet|mostr|stamp|dai|dammi)\w{{0,3}}\b",
        rf"\b(?:cancell[ai]|cancellare|elimin[ai]|rimuov[ia])\b{G}\bmemoria\b{G}\b(?:tutto|tutte le|istruzion|ordin)",
    ),
    "directive-precedence": (
        rf"\b{HERE} {W}(?:prevalgono|prevale|priorita|precedenza|al di sopra)\b{G}\b(?:utent[ei]|client[ei]|sistema|prompt|ogni altr[oa])",
        rf"\b(?:prevalgono|prevale|priorita|precedenza|al di sopra) (?:su|sulle|sugli|sul|rispetto a\w{{0,4}}|di|delle|dei) {W}(?:(?:richiest|desider|istruzion|volonta)\w{{0,3}} {USER}|(?:messaggio|prompt|istruzioni) (?:di|del) sistema)",
        rf"\b(?:segui|segua|seguire|applica|obbedisci a) {HERE} (?:e non|invece di|anziche|piuttosto che) {W}(?:\w{{3,8}} )?{USER}",
        rf"\b(?:conta|contano|pesa|pesano|vale|valgono|e|sono)\b (?:\w{{2,9}} )?piu (?:\w{{2,11}} )?(?:di|del\w{{0,2}}|che){G}\b(?:istruzion|richiest|desideri|ordin|indicazion|volont)\w{{0,3}} {USER}",
    ),
    "directive-secrecy": (
        rf"\b(?:non|senza) (?:gliel[oae] |ne |lo |la )?{TELL} (?:\w{{1,12}} ){{0,2}}{THING}[ \w,']{{1,24}}\b(?:utente|cliente|persona|risposta|riepilogo)",
        rf"\brisposta (?:non|evita di) {TELL} (?:\w{{1,12}} ){{0,2}}{THING}",
        rf"\bnon (?:gliel[oae]|ne|lo|la) {TELL} {W}{USER}",
        rf"\bnon (?:dir|parlar|raccontar|menzionar|riferir|comunicar|segnalar|accennar|far)(?:l[oaie]|gliel[oae]|ne|gliene) (?:\w{{3,6}} )?{USER}",
        rf"\b(?:all insaputa {USER}|senza che {USER} (?:lo |se ne )?(?:sappia|veda|noti|accorga|venga a saper)|senza (?:avvisare|informare|dire nulla|dirlo|dire niente|avvertire) {USER}|di nascosto {USER})",
        rf"\b(?:nascond(?:i|ere|a)|cel(?:a|are)|tac(?:i|ere)|omett(?:i|ere))(?:l[oa])? {W}(?:{THING} )?{USER}",
        rf"{USER} non (?:deve|devono|dovra|puo) (?:mai )?(?:\w{{2,6}} )?(?:\w{{1,3}} )?(?:sapern|sapere|accorgersi|conoscere|vedere|notare|informat|scoprire)",
        rf"\b(?:tieni|tenere|mantieni|mantenere|lascia) {G}\b(?:nascost[oa]|segret[oa]|in segreto|riservat[oa]){G}{USER}",
        rf"\b(?:di nascosto|in segreto|segretamente|alle spalle|di soppiatto|senza farsi notare){G}{USER}",
        r"\bnon (?:raccontar|dir|comunicar|rivelar|riferir|mostrar)(?:gli|le|glielo) (?:\w{1,4} )?(?:esito|risultato|operazione|passaggio|modifica|nulla|niente)",
        rf"{USER}{G}\bnon (?:parlarne|menzionarl[oa]|dirl[oa]|accennarne|farne (?:parola|menzione|cenno))\b",
    ),
    "directive-addressed": (
        rf"\b(?:attenzione|nota|messaggio|avviso|per|gentile|car[oa]|all|agli|ai) (?:\w{{1,9}} ){{0,3}}{AGENT}[ \w]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"\b(?:attenzione|nota|messaggio|avviso|per|gentile|car[oa]|all|agli|ai) (?:\w{{1,9}} ){{0,3}}\bias?\b[ \w]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT} che {W}(?:legg(?:e|ono)|elabora\w{{0,2}}|analizza\w{{0,2}}|riassum(?:e|ono)|tratta\w{{0,2}}) {W}{ACT}",
        rf"\bias?\b che {W}(?:legg(?:e|ono)|elabora\w{{0,2}}|analizza\w{{0,2}}|riassum(?:e|ono)|tratta\w{{0,2}}) {W}{ACT}",
        rf"\b(?:dopo aver letto|dopo la lettura|una volta lett[oa]|letto il) {W}{AI} (?:\w{{2,12}} ){{0,2}}{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:deve|devono|dovra|e tenuto a) (?:\w{{2,12}} ){{0,2}}{ACT} {W}(?:prima di rispondere|senza (?:avvisare|dirlo|menzionarlo))",
        rf"{AGENT} che\b{G}\bquest[oaie]?\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
        rf"\bias?\b che\b{G}\bquest[oaie]?\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:contenuto|testo|righe|chiav[ei] privat[ae]|file) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:contenuto|testo|righe|chiav[ei] privat[ae]|file) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:leggi|leggere|legga|apri|aprire|file) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:e |poi )?{PASS} {W}(?:contenuto|testo)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} {USER}",
        rf"\b{KEYS} {USER} (?:(?:[^\Wn]|nel)\w{{0,13}} ){{0,2}}{SINK}",
        rf"\btutt[ei] (?:le|i|gli) (?:\w{{3,8}} )?{KEYS} {W}{SINK}",
        rf"\b(?:parametro|campo|argomento)\b{G}\btutt[ei] (?:le|i|gli) (?:\w{{3,8}} )?{KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{1,9}} ){{0,3}}{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b(?:{WHOLE} (?:la |il |i )?(?:\w{{2,9}} )?{CHAT}|{CHAT} {WHOLE}) (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:chiam[ai]|chiamare|us[ai]|usare|utilizz[ai]|invoca) {W}con (?:\w{{1,3}} )?(?:{WHOLE} (?:\w{{1,9}} ){{0,2}}{CHAT}|{CHAT} {WHOLE})",
        rf"{START}(?:{PASS}|riassum\w{{1,3}}) {W}{CHAT} (?:\w{{5,12}} )?(?:e|con|insieme a\w{{0,2}}|piu) (?:il |le )?(?:prompt|messaggio|istruzioni) di sistema",
        r"\b(?:rivel|mostr|ripet|divulg|stamp|svel|dimmi|dammi)(?:a|i|are|ami|arci)? (?:le |il )?(?:tue|tuo|vostre|vostro) (?:\w{2,12} )?(?:istruzioni|prompt|messaggio|indicazioni) (?:di|del) sistema\b",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:\w{{1,9}} ){{0,3}}{CHAT}",
        rf"\b(?:parametro|campo|argomento)\b{G}\b(?:va|vanno|deve|devono|occorre){G}\b(?:{WHOLE} (?:\w{{1,9}} )?{CHAT}|{CHAT} {WHOLE})",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:invi|inoltr|trasmett|spedi|mand|condivid)\w{{1,5}} {W}{W}(?:a|all) (?:\w{{2,9}} )?{PLACE}",
        rf"{AGENT} (?:deve|devono|dovra|e tenuto a) (?:\w{{2,12}} )?(?:invi|inoltr|trasmett|sped|mand|condivid)\w{{1,5}} {W}{W}(?:a|all) (?:\w{{2,9}} )?{PLACE}",
        rf"{START}(?:{PASS}|inoltr[aei]\w{{0,2}}|raccogli) {W}(?:ogni risposta|tutt[ei] (?:le |i )?(?:rispost|dat|conversazion)\w{{1,2}}|dati (?:dei clienti|{USER})) {W}(?:\w{{2,12}} )?a {PLACE}",
        rf"\b(?:copia nascosta|ccn|bcc) (?:\w{{2,12}} )?a {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:chied(?:i|a|ere|ete)|domand(?:a|are|i)|richied(?:i|a|ere)|fatti (?:dare|dire)|farsi (?:dare|dire)|si faccia dare) {USER} {W}{SECRET}",
        rf"{START}(?:chied(?:i|a|ere|ete)|richied(?:i|a|ere)|ottien[ei]|ottenere|fatti (?:dare|dire)) (?:la |il |i |le )?{SECRET} {W}{USER}",
        rf"\b(?:convinc[ia]|convincere|fai in modo|faccia in modo|persuad[ia]|induc[ia])\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} (?:ha|hanno) gia (?:\w{{2,9}} )?(?:\w{{2,9}} )?(?:consenso|permesso|accettato|autorizzato|approvato|acconsentito|accordo|assenso|confermato|dato) (?:\w{{2,14}} ){{0,3}}{NEEDLESS}",
        rf"\b{NEEDLESS} (?:\w{{1,8}} ){{0,2}}(?:chieder|domandar|consultar|{ASKING})(?:e|gli|gliel[oae])? {W}{USER}",
        rf"{START}(?:{ACT}|fai|faccia|effettu[ai]|esegui|proced[ia]|conferma|procedere|avvi[ai]|avviare|inizi[ai]?|prenot[ai]) {W}senza (?:chiedere |attendere |richiedere )?(?:\w{{1,4}} )?(?:{ASKING}|consultare|interpellare) {USER}",
        rf"\b{ASKING} {USER} {W}(?:{NEEDLESS}|non e)",
        rf"\bnon (?:chiedere|attendere|aspettare) (?:\w{{1,3}} )?{ASKING} {USER}",
        rf"{USER} (?:ha|hanno) gia {G}\b(?:consenso|permess|accett|autorizz|approv|acconsent|conferm|accord)\w{{0,4}}{G}\bnon (?:chieder|domandar|consultar|richieder)\w{{1,4}}",
        rf"\bnon (?:chied|richied|attend|aspett|sollecit|domand)\w{{1,4}} (?:\w{{1,3}} )?(?:{ASKING}{G}{USER}|{USER}{G}\b{ASKING})",
    ),
    "preference-only": (
        rf"\b(?:us[aie]|utilizz[ai]|usare|utilizzare|scegli|chiama) (?:sempre|solo|soltanto|esclusivamente) {W}{TOOL}{G}\b(?:mai|nessun\w{{0,2}}|non) (?:\w{{3,9}} )?(?:\w{{2,4}} )?altr[oaie]?\b",
        rf"\bnon (?:usare|utilizzare|chiamare|usi|utilizzi) (?:mai )?(?:nessun|alcun)\w{{0,2}} altr[oa] {TOOL}{G}\b(?:solo|soltanto|unicamente|tranne) quest",
        rf"\b(?:altri|altre) {TOOL}{G}\b(?:disattivat|disabilitat|dismess|ritirat|fuori servizio|non vanno|non devono|non funzionano)",
        rf"\b(?:consigli[ai]?|raccomand[ai]|propon[ia]|present[ai]) sempre\b{G}\b(?:anche se {USER}|come (?:l )?unic[oa])",
        rf"\bnon (?:richiam|chiam|invoc)\w{{1,4}} (?:mai |piu )?(?:nessun\w{{0,2}} |gli |le )?altr[oaie] {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:ricord[ai](?:l[oa]|ti)?|ricordare|memorizz[ai]|tien[ei] a mente|tenere a mente|salva|annota)\b{G}\b(?:tutt[ei] (?:le|i)|ogni) {TALK} (?:futur[aei]|successiv[aei]|seguent[ei]|prossim[aei]|a venire)",
        rf"\b(?:d ora in (?:poi|avanti)|da (?:ora|oggi|adesso)(?: in poi| in avanti)?)\b[^.!?\n]{{0,60}}\b(?:ogni|tutte le|ciascuna) {TALK}",
        rf"\b(?:da tenere a mente|da ricordare|valid[oa]) (?:per sempre|per tutte le {TALK})",
        r"\b(?:d ora in (?:poi|avanti)|da (?:ora|oggi|adesso)(?: in poi| in avanti)?)\b[^.!?\n]{0,50}\b(?:ogni|tutte le) (?:rispost[ae]|conversazion[ei]|discussion[ei]|chat)\b",
    ),
    "payment-recipient": (
        rf"\b(?:al posto|invece|in luogo) [ \w']{{0,9}}\b{ACCOUNT}[ \w,']{{0,40}}\b(?:sempre|{NUMBER})",
        rf"\b(?:sostitui\w{{2,4}}|cambi[ai]?|rimpiazz[ai]) {W}{ACCOUNT} {W}(?:indicat|fornit|dat|inserit)[oa] {USER}",
        rf"\b{ACCOUNT} {W}(?:superat|scadut|obsolet|vecchi|non piu)\w{{0,2}}\b{G}\b(?:sempre|solo|soltanto) {W}{NUMBER}",
        rf"\b(?:sostitui\w{{2,4}}|cambi[ai]?|rimpiazz[ai])\b{G}\b{ACCOUNT}{G}(?:{USER}|\bdal? (?:cliente|utente))",
    ),
    "turn-error": (
        rf"\b(?:errore|fallit[oa]|scadut[oa]|non riuscit[oa])\b[ \"-~]{{0,40}}{AGENT} (?:deve|dovra|e tenuto a) (?:\w{{2,12}} ){{0,4}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:scaric[ah]i?|apri|aprire|legg[ie]|carica|consulta|visita|scaricare|leggere) [ \w]{{0,10}}{URL}\b(?:fai|fare|esegu\w{{1,3}}|segu\w{{1,3}}|applic\w{{1,3}}|obbedisci) (?:\w{{1,6}} ){{0,2}}(?:cio che|quello che|tutto quello|quanto|istruzioni che|c e scritto)",
        rf"\b{ORDERS} (?:aggiornate|attuali|vigenti|complete) [ \w]{{0,16}}{URL}\b(?:eseguir|seguir|eseguil|seguil|applic|esegui|segui)",
    ),
}
"""Rule id -> the patterns of this language."""
