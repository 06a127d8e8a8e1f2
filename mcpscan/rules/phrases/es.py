"""What attacks on agents say in Spanish."""

W = r"(?:(?:[^\Wn]|not|nom|num|nue)\w{0,14} ){0,4}"
"""A few words that deny nothing (no, nunca, ni), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = (
    r"(?:^|[\n.!?:;,*#(>\"¡-]\s{0,2}|\b(?:y|e|luego|despues|siempre|primero|por favor|ruega|agradeceria\w{0,3} que|debe|debes|deben|deberas?"
    r"|hay que|tambien) )"
)
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"(?:(?:al|del|el|la|a la|de la|los|a los|de los|su|un|por el|con el) (?:usuari[oa]|cliente|persona|interesado|paciente|huesped|titular|llamante)(?:e?s)?\b)"
AGENT = (
    r"\b(?:(?:asistente|agente|modelo|robot|sistema|chatbot|bot|llm)s?(?: (?:de )?(?:ia|lenguaje|virtual(?:es)?|conversacional(?:es)?|inteligente|automatico))?"
    r"|inteligencia artificial)\b"
)
AI = rf"(?:{AGENT}|\bias?\b)"
ORDERS = (
    r"(?:(?:instruccion|indicacion|orientacion|restriccion|limitacion)(?:es)?|(?:regla|norma|directriz|directrices|directiva|pauta|orden|ordenes|consigna|mandato)s?"
    r"|(?:mensaje|prompt|indicaciones) (?:de|del) sistema|prompts?)\b"
)
PRIOR = (
    r"(?:anterior(?:es)?|previ[oa]s?|precedentes?|recibid[oa]s?|dad[oa]s|iniciales?|original(?:es)?|existentes?|vigentes|del sistema|de sistema|de arriba"
    r"|de antes)\b"
)
HERE = r"(?:est[ea]s? (?:texto|parrafo|documento|mensaje|campo|pagina|nota|apartado|fragmento|indicaciones|instrucciones|reglas|normas|directrices)|las presentes (?:instrucciones|indicaciones|reglas))\b"
TOLD = r"(?:di(?:o|eron|jo|jeron)|dado|dicho|ped(?:ido|ia)|pidi(?:o|eron)|indicad?[oa]?|indicaron|orden(?:ado|aron|o)|comunic(?:ado|aron)|ensen(?:ado|aron|o)|encarg(?:ado|aron|o)|recib(?:ido|iste|io))"
VOID = (
    r"(?:nul[oa]s?|anulad[oa]s?|caducad[oa]s?|obsolet[oa]s?|derogad[oa]s?|sin (?:efecto|validez|vigor)|ya no|dejan? de|perdi(?:o|eron)|olvidal[oa]s?|ignoral[oa]s?"
    r"|quedan? (?:anulad|suspendid|sin)\w{0,3})\b"
)
DROP = (
    r"(?:ignor(?:a|e|ar|ad|en)|olvid(?:a|e|ar|ad|en)(?:te)?(?: de)?|ha(?:z|ga|gan|cer) caso omiso (?:de|a)|descart(?:a|e|ar|en)|desestim(?:a|e|ar|en)"
    r"|desatiend[ae]|desoy[ea]|omit(?:a|e|ir)|pas(?:a|e|ar) por alto|deja(?:r)? de lado|deje de lado|sobrescrib(?:e|a|ir)|salta(?:r)?te"
    r"|no (?:sigas|siga|obedezcas|obedezca|tengas en cuenta|tenga en cuenta|hagas caso a|haga caso a))"
)
THING = (
    r"(?:(?:de |sobre |a )?(?:est[ea]|dich[oa]) (?:paso|operacion|accion|instruccion|indicacion|llamada|envio|transferencia|nota|cambio|regla|procedimiento)"
    r"|de (?:esto|ello)|esto|ello|nada)\b"
)
TELL = (
    r"(?:mencion(?:es|e|ar|en)|dig(?:as|a|an)|deci?r|inform(?:es|e|ar|en)|avis(?:es|e|ar|en)|coment(?:es|e|ar|en)|revel(?:es|e|ar|en)|cuent(?:es|e|en)|contar"
    r"|habl(?:es|e|ar|en)|notifiques?|notificar|indiques?|indicar|adviert[ae]s?)(?:l[oa]s?|sel[oa]s?|le|les)?"
)
ACT = (
    r"(?:borr|elimin|envi|remit|remitir|transfier|transfer|transfiri|agreg|anad|conced|otorg|modific|modifiqu|cambi|reemplac|sustituy|public|publiqu"
    r"|copi|instal|ejecut|compart|reenvi|vacia|vacie)(?:a|e|an|en|ar|er|ir|ara|ira|aran|iran|en|ie|ir|al[oa]|ad|s)?\b"
)
PASS = (
    r"(?:(?:envi|pas|adjunt|inclu|inclui|incluy|anad|agreg|insert|coloqu|coloc|pon|pong|copi|peg|pegu|transmit|proporcion|aport|escrib|entreg|facilit|acompan)"
    r"(?:a|e|ar|er|ir|an|en|ad|o|ase|era|ara)?(?:l[oa]s?)?)\b"
)
SINK = (
    r"(?:(?:adjunt|envi|transmit|anad|agreg|inclu|insert|coloc|copi|pas|proporcion|remit)(?:ad[oa]s?|id[oa]s?|arse|irse|erse|aran?|iran?)\b"
    r"|(?:en|como|dentro de|junto con|a) (?:\w{1,5} )?(?:\w{1,6} )?(?:parametro|campo|argumento|solicitud|peticion|llamada|comentario|nota|mensaje)s?\b)"
)
KEYS = (
    r"(?:(?:claves?|llaves?) (?:de )?(?:la )?(?:api|acceso|privadas?|secretas?)|tokens?(?: de (?:acceso|sesion|api))?|credenciales(?: de acceso)?"
    r"|variables? de entorno|secretos)\b"
)
CHAT = r"(?:conversacion(?:es)?|charla|dialogo|historial|chat|(?:prompt|mensaje|instrucciones|indicaciones) (?:de|del) sistema|mensajes)\b"
WHOLE = r"(?:tod[oa]s?|enter[oa]|complet[oa]s?|integr[oa]|la totalidad|el historial|anterior(?:es)?|previ[oa]s?)"
SECRET = (
    r"(?:contrasenas?|clave (?:de acceso|secreta|bancaria)|pin|codigo (?:\w{2,5} )?(?:\w{2,6} )?(?:\w{2,5} )?(?:sms|verificacion|seguridad|confirmacion|un solo uso|movil|cifras|digitos)|cvv"
    r"|frase (?:semilla|de recuperacion|secreta)|numero de (?:la |su )?tarjeta)\b"
)
ASKING = r"(?:confirmacion|permiso|aprobacion|autorizacion|consentimiento|opinion|acuerdo|visto bueno)"
NEEDLESS = r"(?:no (?:hace falta|es (?:necesari[oa]|precis[oa]|obligatori[oa])|se (?:requiere|necesita|precisa))|innecesari[oa]|sobra|se (?:omite|puede omitir))"
TOOL = r"(?:herramientas?|servicios?|servidor(?:es)?|funcion(?:es)?|conector(?:es)?)\b"
TALK = r"(?:sesion(?:es)?|conversacion(?:es)?|charlas?|respuestas?|chats?)\b"
ACCOUNT = r"(?:iban|cuenta(?: bancaria)?|numero de cuenta|beneficiario|destinatario|clabe|datos bancarios)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:(?:tod[oa]s) (?:las |los |tus |sus |estas )?(?:\w{{4,12}} )?|tus |vuestras ){ORDERS}",
        rf"\b{DROP} (?:las|los|sus|esas|cualquier) (?:\w{{4,9}} )?(?:{ORDERS} {W}{PRIOR}|(?:anteriores|previas) {ORDERS})",
        rf"\b(?:lo que|{ORDERS})[ \w]{{0,10}}\b(?:se te|te|le|se le|has|ha) (?:\w{{2,5}} )?{TOLD}\b{G}\b{VOID}",
        rf"\b{DROP} (?:todo )?lo que (?:\w{{2,6}} ){{1,3}}{TOLD}\b",
        rf"\b{ORDERS} {PRIOR} {W}(?:nulas?|anuladas?|caducadas?|suspendidas?|sin efecto|ya no)\b{G}\b(?:sigue|siga|obedece|obedezca|cumple|cumpla|solo)\b",
        rf"\b(?:obedec(?:e|er)|obedezca|limitate a|limitese a|atiende|atienda)\b{G}\b(?:{HERE}|lo que sigue|lo siguiente|lo que dice est[ea])",
        rf"\b(?:sigue|siga|cumple|cumpla|ejecuta|ejecute) (?:solo|solamente|unicamente|exclusivamente) {W}{HERE}",
        r"\b(?:a partir de (?:aqui|ahora)|desde (?:aqui|ahora)) (?:solo|unicamente) (?:vale|valen|cuenta|rige) est[ea]",
        rf"\b(?:no|deja de|deje de) (?:respet|sig|segu|oblig|obedezc|obedec|apliqu|aplic|cumpl)\w{{0,4}} (?:mas |ya )?(?:\w{{2,3}} )?{ORDERS}{G}\b(?:operador|desarrollador|proveedor|sistema|administrador|anfitrion)",
        rf"\b{DROP} (?:\w{{2,3}} )?{ORDERS} (?:\w{{2,8}} ){{0,2}}(?:operador|desarrollador|proveedor|sistema|administrador|anfitrion)",
        rf"\b(?:{ORDERS} (?:\w{{3,12}} )?(?:del|de) sistema|tus {ORDERS}){G}\b(?:ya no|dejan? de|no (?:valen|sirven|se aplican|rigen)|quedan?)\b",
        rf"\b(?:actua|actue|responde|responda|procede|proceda) (?:solo|solamente|unicamente|exclusivamente) (?:segun|conforme a|de acuerdo con) {HERE}",
        rf"\b{DROP} (?:todo )?(?:lo anterior|lo de arriba|lo previo|el texto anterior) y (?:di|diga|respond|escrib|repit|repet|muestr|imprim|da|dame)\w{{0,3}}\b",
        rf"\b(?:borra|borre|elimina|elimine|quita)\b{G}\bmemoria\b{G}\b(?:todo lo|todas las|instruccion|orden)",
    ),
    "directive-precedence": (
        rf"\b{HERE} {W}(?:prioridad|prevalecen?|preferencia|por encima|priman?)\b{G}\b(?:usuari[oa]|cliente|sistema|prompt|cualquier otr[oa])",
        rf"\b(?:prioridad|prevalecen?|preferencia|por encima|priman?) (?:sobre |de )?{W}(?:(?:peticion|deseo|solicitud|instruccion|pedid|pid)\w{{0,4}} {USER}|(?:mensaje|prompt|instrucciones|indicaciones) (?:del|de) sistema)",
        rf"\b(?:sigue|siga|seguir|aplica|aplique|obedece|obedezca) {HERE} (?:y no|en lugar de|en vez de|antes que) {W}(?:diga |pida |dice )?{USER}",
        rf"\b(?:pesa|pesan|vale|valen|importa|importan|cuenta|es|son)\b (?:\w{{2,9}} )?mas (?:\w{{2,11}} )?(?:que|de){G}\b(?:instruccion|orden|peticion|solicitud|indicacion|deseo)(?:es)? {USER}",
    ),
    "directive-secrecy": (
        rf"\b(?:no|nunca|ni|sin) (?:se )?(?:l[oae] )?{TELL} (?:\w{{1,12}} ){{0,2}}{THING}[ \w,]{{1,24}}\b(?:usuari[oa]|cliente|persona|respuesta|resumen)",
        rf"\b(?:no|nunca|ni|sin) (?:se )?(?:l[oa] )?(?:mencion|dig|cont|coment|revel|cuent|decir|notific|dec)\w{{0,5}}(?:sel[oa]s?|l[oa]s?) {W}{USER}",
        rf"\bno se l[oae]s? {TELL} {W}{USER}",
        rf"\b(?:sin que {USER} (?:l[oa] |se )?(?:sepa|note|entere|vea|advierta|de cuenta)|a espaldas {USER}|sin (?:avisar|informar|decir nada|decirselo|comentarlo) {USER})",
        rf"\b(?:oculta|oculte|ocultar|esconde|esconda)(?:le|sel[oa])? {W}(?:{THING}|hecho) {W}{USER}",
        rf"\bno (?:dig(?:as|a)|menciones?|pronuncies?) (?:ni )?(?:una |ni una )?(?:palabra|nada) {THING}",
        rf"{USER} no (?:debe|deben|puede|tiene que) (?:nunca )?(?:\w{{2,7}} )?(?:enterar|saber|conocer|ver|notar|advertir|darse cuenta)",
        rf"\b(?:mant(?:en|enga|ener)|guard[ae]|dej[ae]) {G}\b(?:en secreto|ocult[oa]|secret[oa]|escondid[oa]){G}{USER}",
        rf"\b(?:a escondidas|en secreto|a espaldas|sigilosamente|disimuladamente|sin conocimiento) {G}{USER}",
        r"\bno (?:le|les) (?:cuent|dig|mencion|comuni|inform|revel)\w{1,5} (?:\w{1,4} )?(?:resultado|operacion|paso|cambio|transferencia|nada)\b",
        rf"{USER}{G}\bno l[oa]s? (?:mencion|coment|dig|cuent)\w{{1,4}}",
    ),
    "directive-addressed": (
        rf"\b(?:atencion|nota|mensaje|aviso|para|estimad[oa]|querid[oa]|hola|a) (?:\w{{1,9}} ){{0,3}}{AGENT}[ \w]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"\b(?:atencion|nota|mensaje|aviso|para|estimad[oa]|querid[oa]|hola|a) (?:\w{{1,9}} ){{0,3}}\bias?\b[ \w]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT} que {W}(?:le[ae]n?|proces[ae]n?|analic?[ea]n?|analizan?|resum[ae]n?) {W}{ACT}",
        rf"\bias?\b que {W}(?:le[ae]n?|proces[ae]n?|analic?[ea]n?|analizan?|resum[ae]n?) {W}{ACT}",
        rf"\b(?:despues de leer|tras (?:leer|la lectura)|una vez leid[oa]|al leer) {W}{AI} {W}{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:debe|deben|debera|tiene que|ha de) (?:\w{{2,12}} ){{0,2}}{ACT} {W}(?:antes de (?:responder|contestar)|sin (?:avisar|mencionarlo|decirlo))",
        rf"{AGENT} que\b{G}\best[ea]s?\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
        rf"\bias?\b que\b{G}\best[ea]s?\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:contenido|texto|lineas?|claves? privadas?|archivo|fichero) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:contenido|texto|lineas?|claves? privadas?|archivo|fichero) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:lee|lea|leer|abre|abra|archivo|fichero) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:y |luego )?{PASS} {W}(?:contenido|texto)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} {USER}",
        rf"\b{KEYS} {USER} {W}{SINK}",
        rf"\btod[oa]s (?:las|los|sus|tus) {KEYS} {W}{SINK}",
        rf"\b(?:parametro|campo|argumento)\b{G}\btod[oa]s (?:las|los|sus|tus) {KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{2,9}} ){{0,3}}{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"{START}{PASS} (?:\w{{2,9}} ){{0,2}}{CHAT} {WHOLE} {W}{SINK}",
        rf"\b(?:{WHOLE} (?:de )?(?:la |el |los )?{CHAT}|{CHAT} {WHOLE}) (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:llam[ae]|llamar|us[ae]|utili[cz][ae]|invoque) {W}con (?:\w{{1,3}} )?(?:{WHOLE} (?:\w{{1,9}} ){{0,2}}{CHAT}|{CHAT} {WHOLE})",
        rf"{START}(?:{PASS}|resum[ae]) {W}{CHAT} (?:\w{{5,9}} )?(?:y|con|junto con|mas) (?:el |las )?(?:prompt|mensaje|instrucciones) (?:del|de) sistema",
        r"\b(?:revel|muestr|mostr|repit|divulg|imprim|ensen|dime|da)(?:a|e|ame|eme|ar)? (?:me )?(?:tus|tu|sus|su) (?:\w{2,12} )?(?:instrucciones|indicaciones|prompt|mensaje) (?:de|del) sistema\b",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:\w{{2,9}} ){{0,3}}{CHAT}",
        rf"\b(?:parametro|campo|argumento)\b{G}\b(?:hay que|debe|deben|se debe|va|ira){G}\b(?:{WHOLE} (?:\w{{1,9}} )?{CHAT}|{CHAT} {WHOLE})",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:envi|remit|reenvi|transmit|manda|comparti)\w{{0,5}} {W}{W}(?:a|al) (?:\w{{2,9}} )?{PLACE}",
        rf"{AGENT} (?:debe|deben|debera|tiene que|ha de) (?:\w{{2,12}} )?(?:envi|remit|reenvi|transmit|mandar|comparti)\w{{0,5}} {W}{W}a (?:\w{{2,9}} )?{PLACE}",
        rf"{START}(?:{PASS}|reenvi[ae]|remit[ae]|manda|reun[ae]) {W}(?:cada respuesta|tod[oa]s (?:las |los )?(?:respuesta|dato|conversacion)\w{{0,2}}|datos (?:de clientes|{USER})) {W}(?:\w{{2,12}} )?a {PLACE}",
        rf"\b(?:copia oculta|cco|bcc) (?:\w{{2,12}} )?a {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:pide|pida|pedir|pidel[ea]|pidale|solicit[ae]|solicitar|exige|pregunt[ae](?:le)?|preguntar) {W}{USER} {W}{SECRET}",
        rf"{START}(?:pide|pida|pedir|solicit[ae]|solicitar|obten|obtenga|obtener|haz que|haga que) {USER} {W}{SECRET}",
        rf"{START}(?:pide|pida|pedir|solicit[ae]|solicitar|obten|obtenga|obtener) (?:la |el |su )?{SECRET} {W}{USER}",
        rf"\b(?:consig(?:ue|a)|conseguir|logr[ae]|convenc[ea]|convenza|persuad[ea]|haz que|haga que|procur[ae])\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} ya (?:\w{{2,3}} )?(?:\w{{2,3}} )?(?:consentimiento|permiso|acepto|aceptado|autorizo|autorizado|aprobo|aprobado|consintio|acuerdo|conformidad|confirmo|confirmado|dio \w{{2,3}} \w{{5,14}}) (?:\w{{2,12}} ){{0,3}}{NEEDLESS}",
        rf"\b{NEEDLESS} (?:\w{{1,8}} ){{0,2}}(?:preguntar|pedir|consultar|{ASKING})(?:le|selo)? {W}{USER}",
        rf"{START}(?:{ACT}|haz|haga|realiz[ae]|confirm[ae]|proced[ae]|ejecut[ae]|inici[ae]|empiez[ae]|reserv[ae]) {W}sin (?:pedir |esperar |solicitar )?(?:\w{{2,4}} )?(?:{ASKING}|consultar|preguntar|consultarlo|preguntarle) {USER}",
        rf"\bno (?:pidas|pida|solicites|solicite|esperes|espere) (?:\w{{2,4}} )?{ASKING} {USER}",
        rf"\b{ASKING} {USER},? {W}{NEEDLESS}",
        rf"{USER} ya {G}\b(?:consentimiento|permiso|acept|autoriz|aprob|consinti|confirm|acuerdo)\w{{0,4}}{G}\bno (?:l[eo]s? )?(?:vuelvas a |vuelva a )?(?:pregunt|consult|pid)\w{{1,4}}",
        rf"\bno (?:pid|solicit|esper|requier|busqu|exij)\w{{1,4}} (?:\w{{2,4}} )?(?:{ASKING}{G}{USER}|{USER}{G}\b{ASKING})",
    ),
    "preference-only": (
        rf"\b(?:us[ae]|utili[cz][ae]|emple[ae]|elig[ea]|elige|llam[ae])r? (?:siempre|solo|unicamente) {W}{TOOL}{G}\b(?:nunca|ningun\w?|no) (?:\w{{3,9}} )?(?:a )?(?:las |los )?(?:demas|otr[oa]s?)\b",
        rf"\bno (?:us|utili[cz]|emple|llam)\w{{1,3}} (?:a )?ningun\w? otr[oa] {TOOL}{G}\b(?:solo|unicamente|salvo|excepto) est[ea]",
        rf"\b(?:demas|otr[oa]s) {TOOL}{G}\b(?:desactivad|deshabilitad|descontinuad|retirad|fuera de servicio|no deben|ya no funcionan)",
        rf"\b(?:recomiend[ae]|recomendar|ofrec[ea]|ofrezca|present[ae]) siempre\b{G}\b(?:aunque {USER}|aun si {USER}|como (?:la|el) (?:unic[oa]|mejor))",
        rf"\bno (?:llames|llame|invoques|invoque|llamar|llamen) (?:nunca |mas )?a (?:ningun\w? )?(?:las )?(?:otr[oa]s?|demas) {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:recuerd[ae]|recordar|memori[cz][ae]|guard[ae]|ten(?:ga)? presente|apunta)(?:l[oa])?\b{G}\b(?:tod[oa]s (?:las|los|tus)|cada) {TALK} (?:futur[oa]s?|siguientes?|posteriores?|proxim[oa]s?|que vengan)",
        rf"\b(?:de ahora en adelante|a partir de (?:ahora|hoy)|en adelante|en lo sucesivo)\b[^.!?\n]{{0,60}}\b(?:cada una de (?:tus|las)|cada|tod[oa]s (?:las|tus|los)) {TALK}",
        r"\b(?:(?:de|a partir de) (?:ahora|hoy)(?: en adelante)?|en adelante|en lo sucesivo)\b[^.!?\n]{0,50}\b(?:cada|tod[oa]s (?:las|tus)) (?:respuesta|conversacion|charla|chat)(?:e?s)?\b",
    ),
    "payment-recipient": (
        rf"\b(?:en (?:lugar|vez)|en sustitucion) [ \w]{{0,9}}\b{ACCOUNT}[ \w,]{{0,40}}\b(?:siempre|{NUMBER})",
        rf"\b(?:sustituy[ae]|reemplac[ae]|reemplaza|cambi[ae]) {W}{ACCOUNT} {W}(?:indicad|facilitad|dad|introducid)[oa] (?:por )?{USER}",
        rf"\b{ACCOUNT} {W}(?:caducad|obsolet|desactualizad|antiguad|ya no)\w{{0,2}}\b{G}\b(?:siempre|solo|unicamente) {W}{NUMBER}",
        rf"\b(?:sustituy[ae]|reemplac[ae]|reemplaza|cambi[ae])\b{G}\b{ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:error|fallo|fallido|caducad[oa]|expir(?:o|ado))\b[ \"-~]{{0,40}}{AGENT} (?:debe|debera|tiene que|ha de) (?:\w{{2,12}} ){{0,4}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:descarg[ae]|descargue|abr[ae]|abrir|le[ae]|consult[ae]|carg[ae]|cargue|visit[ae]) [ \w]{{0,10}}{URL}\b(?:ha[zg]a?|ejecut[ae]|cumpl[ae]|sig[ua]e?|aplic[ae]|aplique|obedece) (?:\w{{1,6}} ){{0,2}}(?:lo que|todo lo|instrucciones que|indicaciones que)",
        rf"\b{ORDERS} (?:actuales|vigentes|actualizadas|completas) [ \w]{{0,20}}{URL}\b(?:abral[oa]s|sigal[oa]s|siguel[oa]s|carguel[oa]s|cargal[oa]s|descarg|ejecut|aplic|cumpl|obedec)",
    ),
}
"""Rule id -> the patterns of this language."""
