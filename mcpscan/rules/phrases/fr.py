"""What attacks on agents say in French."""

W = r"(?:(?:[^\Wn]|n[ou][tuvm])\w{0,14} ){0,4}"
"""A few words that deny nothing (ne, non, ni), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:et|puis|ensuite|toujours|d abord|merci de|vouloir|veuillez|prier de|faut|doit|doivent|devez|dois|demande de) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"(?:(?:(?:a|de|par|pour|aupres|avec) )?(?:l|la|le|les|au|aux|du|des|d un|cet|cette|votre) (?:utilisat(?:eur|rice)|usager|client|cliente|personne|patient|voyageur|appelant|titulaire)s?\b)"
AGENT = (
    r"\b(?:(?:assistant|agent|modele|robot|systeme|outil|chatbot|llm)s?(?: (?:ia|d ia|de langage|linguistique|conversationnel|virtuel)s?)?"
    r"|intelligences? artificielles?)\b"
)
AI = rf"(?:{AGENT}|\bias?\b)"
ORDERS = (
    r"(?:(?:instruction|consigne|regle|directive|ordre|indication|recommandation|restriction)s?|(?:message|prompt|invite) (?:de )?systeme"
    r"|prompts?)\b"
)
PRIOR = (
    r"(?:precedente?s?|anterieure?s?|recues?|donnees?|ci-dessus|initiales?|existante?s?|fournies?|prealables?|du systeme|systeme|d origine"
    r"|qui precedent|transmises?)\b"
)
HERE = r"(?:cette (?:page|note|consigne|instruction|fiche|description)|ce (?:texte|paragraphe|document|message|champ|passage)|(?:les )?presentes (?:consignes|instructions|regles)|ces (?:consignes|instructions|regles|directives|indications))\b"
TOLD = r"(?:donne|demande|dit|recu|communique|fixe|indique|confie|transmis|ordonne|appris)e?s?"
VOID = (
    r"(?:caduque?s?|annulee?s?|obsoletes?|abrogee?s?|perimee?s?|plus (?:valables?|valides?|cours)|(?:ne|n) (?:\w{1,2} )?\w{2,12} plus"
    r"|sans (?:objet|effet|valeur)|oublie[rz]|ignore[rz])\b"
)
DROP = (
    r"(?:ignore[rz]?|oublie[rz]?|neglige[rz]?|fai(?:s|tes|re) (?:totalement )?abstraction|ne (?:tene?z|tiens|tenir) (?:plus |pas |aucun )?compte"
    r"|ne (?:suivez|suis|respecte[rz]?) plus|ecarte[rz]?|mets de cote|mettez de cote|laisse[rz]? tomber|passe[rz]? outre|contourne[rz]?)"
)
THING = (
    r"(?:de |d |a |sur )?(?:(?:cette|l|cet|ce|ces) (?:etape|operation|action|manipulation|consigne|instruction|appel|envoi|transfert|demarche"
    r"|note|ajout|modification|regle)s?|ceci|cela)"
)
TELL = (
    r"(?:parle[rz]?|mentionne[rz]?|di(?:s|tes|re)|signale[rz]?|evoque[rz]?|informe[rz]?|revele[rz]?|indique[rz]?|previen(?:s|ez)|prevenir"
    r"|averti(?:s|r|ssez)|raconte[rz]?|fai(?:s|tes|re) (?:part|etat|mention))"
)
ACT = (
    r"(?:supprim|effac|envoi|envoy|transm|transfer|ajout|accord|donn|octroi|attribu|modifi|chang|remplac|publi|copi|install|execut|vers|partag|inscri|octroi"
    r"|vid)(?:e|ez|er|es|s|ts|ettez|et|ettent|ent|era|eront|t|vent|vez|vra)\b"
)
PASS = (
    r"(?:envo(?:ie|yez|yer)|transme(?:ts|ttez|ttre)|joi(?:ns|gnez|ndre)|ajoute[rz]?|insere[rz]?|place[rz]?|met(?:s|tez|tre)|copie[rz]?|recopie[rz]?"
    r"|colle[rz]?|fourni(?:s|r|ssez)|communique[rz]?|passe[rz]?|inclu(?:s|ez|re)|reporte[rz]?|glisse[rz]?)"
)
SINK = (
    r"(?:(?:joint|envoye|transmis|ajoute|insere|place|copie|fourni|communique|passe|inclus|reporte)e?s?\b|a (?:transmettre|joindre|envoyer|fournir)\b"
    r"|(?:dans|en|comme|via|au|avec|a) (?:\w{1,5} )?(?:\w{1,6} )?(?:parametre|champ|argument|requete|appel|commentaire|note|message)s?\b)"
)
KEYS = (
    r"(?:cles? (?:d )?(?:api|acces|privees?|secretes?)|(?:jetons?|tokens?)(?: (?:d )?(?:acces|api|authentification|session))?|identifiants(?: de connexion)?"
    r"|variables? d environnement|secrets)"
)
CHAT = (
    r"(?:conversations?|echanges?|discussions?|dialogue|historique|chat|(?:prompt|message|invite) (?:de )?systeme|(?:consignes|instructions) (?:du )?systeme"
    r"|messages?)\b"
)
WHOLE = r"(?:toute?s?|tous|tout|entiere?|integrale?|l (?:integralite|ensemble|historique)|la totalite|precedente?s?)"
SECRET = (
    r"(?:mots? de passe|code (?:a \w{3,6} chiffres|pin|secret|sms|confidentiel|de (?:verification|securite|confirmation)|a usage unique|recu (?:par|via) sms)|pin|cvv"
    r"|phrase (?:secrete|de recuperation|mnemonique)|numero de (?:la |sa )?carte)\b"
)
ASKING = r"(?:confirmation|accord|avis|autorisation|consentement|approbation|validation|permission)"
NEEDLESS = (
    r"(?:inutile|superflue?|pas (?:necessaire|requise?|obligatoire|besoin|la peine)|n est plus (?:necessaire|requise?)|(?:est|sont) (?:inutiles?|superflue?s?)"
    r"|peut etre (?:omise?|ignoree?|sautee?))"
)
TOOL = r"(?:outils?|services?|serveurs?|fonctions?|connecteurs?)\b"
TALK = r"(?:sessions?|conversations?|discussions?|reponses?|echanges?|chats?)\b"
ACCOUNT = r"(?:iban|rib|compte|coordonnees bancaires|beneficiaire|destinataire|numero de compte)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:de |a )?(?:(?:toutes?|tous) (?:les |tes |vos |ces )?(?:\w{{4,12}} )?|tes |vos ){ORDERS}",
        rf"\b{DROP} (?:de )?(?:les|des|aux|ces) (?:{ORDERS} {W}{PRIOR}|(?:precedentes|anciennes) {ORDERS})",
        rf"\b(?:ce qu\w{{0,2}}|{ORDERS})[ '\w]{{0,16}}\b(?:vous|t|te|tu) (?:\w{{1,6}} ){{1,2}}(?:ete )?{TOLD}\b{G}\b{VOID}",
        rf"\b{DROP} (?:tout )?ce qu\w{{0,2}} (?:on )?(?:vous|t|te|tu|l on) (?:\w{{1,5}} ){{0,3}}{TOLD}\b",
        rf"\b{ORDERS} {PRIOR} (?:sont |est |ne sont |ne )?(?:\w{{3,12}} )?(?:caduques?|annulees?|plus valables?|suspendues?)\b{G}\b(?:suis|suivez|obei\w{{1,4}}|applique[rz]?|seule?s?)\b",
        rf"\b(?:obei(?:s|r|ssez)|conforme[rz]?[ -]\w{{2,4}})\b{G}\b(?:a|qu a) (?:{HERE}|ce qui suit)",
        rf"\b(?:suis|suivez|execute[rz]?|applique[rz]?) (?:uniquement|seulement|exclusivement|que) {W}{HERE}",
        rf"\bne (?:respecte[rz]?|sui(?:s|vez|vre)|applique[rz]?|obei\w{{1,4}}|tene?z? compte) (?:plus |pas )(?:\w{{1,3}} ){{0,2}}{ORDERS}{G}\b(?:operateur|exploitant|systeme|developpeur|fournisseur|administrateur|ne s appliquent|precedent|anterieur)",
        rf"\b{DROP} (?:\w{{1,3}} )?{ORDERS} (?:\w{{2,9}} )?(?:par |du |de l )?(?:operateur|exploitant|systeme|developpeur|fournisseur|administrateur)",
        rf"\b(?:{ORDERS} (?:du )?systeme|(?:tes|vos) {ORDERS}|{ORDERS} (?:\w{{2,9}} )?d origine){G}\bne (?:\w{{1,2}} )?(?:valent|s appliquent|comptent|sont|tiennent) plus\b",
        rf"\b(?:agi(?:s|ssez)|reponde?z?|reponds|procede[rz]?) (?:uniquement|seulement|exclusivement) (?:d apres|selon|suivant|en suivant) {HERE}",
        rf"\b{DROP} (?:tout )?(?:ce qui precede|ce qui est (?:ecrit )?ci-dessus|le texte (?:precedent|ci-dessus)) et (?:di(?:s|tes)|repond\w{{1,3}}|ecri\w{{1,4}}|repete[rz]?|affiche[rz]?|donne[rz]?|imprime[rz]?)\b",
        rf"\b(?:efface[rz]?|supprime[rz]?|vide[rz]?)\b{G}\bmemoire\b{G}\b(?:tout ce qu|toutes? les|consigne|instruction)",
    ),
    "directive-precedence": (
        rf"\b{HERE} {W}(?:priment?|prevaut|prevalent|l emportent?|passent? avant|prioritaires?|priorite)\b{G}\b(?:utilisat\w{{2,4}}|usager|systeme|prompt|toutes? autres?)",
        rf"\b(?:priment?|prevaut|prevalent|prioritaires?|priorite|l emportent?|passent? avant) (?:sur )?{W}(?:(?:demandes?|souhaits?|consignes?|instructions?) {USER}|(?:message|prompt|consignes|instructions) (?:du )?systeme)",
        rf"\b(?:suis|suivez|suivre|applique[rz]?|respecte[rz]?) {HERE} (?:plutot que|et non|et pas|au lieu de) {W}(?:demande )?{USER}",
        rf"\b(?:compte|importe|pese|vaut|comptent|pesent|valent|est|sont)\b (?:\w{{2,9}} )?(?:davantage|plus|plus lourd|plus importante?s?) (?:\w{{2,9}} )?que{G}\b(?:demande|consigne|instruction|souhait|ordre)s? (?:de |du |des )?{USER}",
    ),
    "directive-secrecy": (
        rf"\bn(?:e)? (?:lui |leur |surtout )?(?:en|le|la|l|rien) {TELL}{G}{USER}",
        rf"\bn(?:e)? (?:pas |rien |jamais )?{TELL} (?:pas |rien |jamais )?{THING}[ \w']{{0,14}}\b(?:utilisat|client|reponse|resume)",
        rf"\b(?:a l insu|sans (?:en )?(?:le |la |rien )?(?:dire|informer|prevenir|avertir|mentionner|signaler|parler|aviser)\w{{0,2}}) (?:rien )?(?:{THING} )?{USER}",
        rf"\bsans que {USER} (?:ne )?(?:le |s en |n en )?(?:sache|voie|apercoive|remarque|soit)\b",
        rf"\b(?:cache[rz]?|dissimule[rz]?|taire|taisez) (?:ceci|cela|{THING}|ce fait){G}{USER}",
        rf"\bn(?:e)? (?:dis|dites|dire|souffle[rz]?) (?:rien|(?:pas )?un mot|mot) {THING}",
        rf"{USER} ne (?:doit|doivent|devra) (?:rien|pas|jamais|en aucun cas){G}\b(?:savoir|apprendre|informe|voir|connaitre|remarquer|apercevoir|averti)",
        rf"\b(?:garde[rz]?|tiens|tene?z|laisse[rz]?)\b{G}\b(?:secrete?|cachee?|a l ecart|pour (?:vous|toi)){G}{USER}",
        rf"{USER} n a pas (?:besoin de (?:le )?|a )(?:\w{{2}} )?(?:savoir|connaitre|etre informe)",
        rf"\b(?:sans que {USER}|en cachette|en secret|en douce|en catimini){G}(?:\bs en apercoive|\bs en rende|\ble remarque|{USER})",
        r"\b(?:tais|taisez|cache[rz]?|dissimule[rz]?)[ -](?:lui|leur) (?:\w{1,6} ){0,2}(?:resultat|operation|etape|modification|action|transfert)",
        rf"{USER}{G}\bn en (?:parle[rz]?|fai(?:s|tes) pas mention|dis pas|dites (?:rien|pas))\b",
    ),
    "directive-addressed": (
        rf"\b(?:attention|note|message|avis|pour|a|cher|chers|destine) (?:\w{{1,9}} ){{0,4}}{AGENT}[ \w']{{0,24}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"\b(?:attention|note|message|avis|pour|a|cher|chers|destine) (?:\w{{1,9}} ){{0,4}}\bias?\b[ \w']{{0,24}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT} qui {W}(?:li(?:t|sent)|traite\w{{0,2}}|analyse\w{{0,2}}|resume\w{{0,2}}|parcour\w{{1,4}}) {W}{ACT}",
        rf"\bias?\b qui {W}(?:li(?:t|sent)|traite\w{{0,2}}|analyse\w{{0,2}}|resume\w{{0,2}}|parcour\w{{1,4}}) {W}{ACT}",
        rf"\bapres (?:\w{{2,5}} )?(?:lecture|lu) {W}{AI} {W}{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:doit|doivent|devra|est prie de|est tenu de) (?:\w{{2,12}} ){{0,2}}{ACT} {W}(?:avant (?:de|toute) repon\w{{2,3}}|sans le (?:dire|signaler|mentionner))",
        rf"{AGENT} qui\b{G}\bce(?:tte|t|s)?\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
        rf"\bias?\b qui\b{G}\bce(?:tte|t|s)?\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:contenu|texte|lignes?|cles? privees?|fichier) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:contenu|texte|lignes?|cles? privees?|fichier) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:lis|lisez|lire|ouvre|ouvrez|fichier) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} {W}{PASS} {W}(?:contenu|texte|le)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} {USER}",
        rf"\b{KEYS} {USER} {W}{SINK}",
        rf"\b(?:toutes?|tous) (?:les|vos|tes|ses) {KEYS} {W}{SINK}",
        rf"\b(?:parametre|champ|argument)\b{G}\b(?:toutes?|tous) (?:les|vos|tes|ses) {KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} {W}{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b{WHOLE} (?:de |du |d )?(?:la |l |les |ce )?{CHAT} {W}{SINK}",
        rf"\b(?:appele[rz]?|utilise[rz]?|invoque[rz]?) {W}avec (?:\w{{1,3}} )?(?:{WHOLE} (?:\w{{1,9}} ){{0,2}}{CHAT}|historique complet|conversation (?:entiere|complete))",
        rf"{START}(?:{PASS}|resume[rz]?) {W}{CHAT} (?:\w{{6,12}} )?(?:avec|et|plus) (?:le |les )?(?:prompt|message|instructions) systeme",
        r"\b(?:revele[rz]?|montre[rz]?|affiche[rz]?|donne[rz]?|repete[rz]?|devoile[rz]?|divulgue[rz]?)[ -](?:moi |nous )?(?:tes|ton|vos|votre) (?:\w{2,12} )?(?:instructions?|consignes?|prompt|invite|message) (?:de )?systeme\b",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} {W}{CHAT}",
        rf"\b(?:parametre|champ|argument)\b{G}\b(?:doit|devra|recoit|recevra|contiendra){G}\b{WHOLE} (?:\w{{1,9}} ){{0,2}}{CHAT}",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{3,12}} )?(?:envoie|transmet|transfere|fait suivre|adresse|communique|expedie)(?:nt|tent)? {W}{W}(?:a|vers) (?:l adresse )?{PLACE}",
        rf"{AGENT} (?:doit|doivent|devra) {W}{W}(?:a|vers) (?:l adresse )?{PLACE}",
        rf"{START}(?:{PASS}|faites suivre|fais suivre|transfere[rz]?|rassemble[rz]?) {W}(?:chaque reponse|toutes? (?:les )?(?:reponse|donnee|conversation)s?|donnees (?:clients?|{USER})) {W}(?:\w{{2,12}} )?(?:a|vers) {PLACE}",
        rf"\b(?:copie (?:cachee|carbone invisible)|cci|bcc) (?:\w{{2,12}} )?a {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:demande[rz]?|reclame[rz]?|exige[rz]?|obten(?:ez|ir)|obtiens) {USER} {W}{SECRET}",
        rf"{START}(?:demande[rz]?|reclame[rz]?|obten(?:ez|ir)|obtiens|recupere[rz]?|fai(?:s|tes)-(?:toi|vous)) (?:\w{{3,12}} )?(?:le |la |son |un )?{SECRET} (?:de la carte )?{USER}",
        rf"\b(?:fai(?:s|tes) en sorte|amene[rz]?|convain(?:cs|quez|cre)|persuade[rz]?|obten(?:ez|ir)|pousse[rz]?|arrange-toi)\b{G}{USER}{G}\b{SECRET}",
        rf"{START}(?:demande[rz]?|reclame[rz]?|exige[rz]?)\b (?:\w{{1,2}} )?(?:l )?(?:appelant|titulaire) {W}{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} (?:a|ont) (?:deja|prealablement) {W}(?:accord|consenti|accepte|approuve|valide|autorise|consentement)\w{{0,2}} (?:\w{{2,12}} ){{0,3}}(?:{NEEDLESS}|n est pas|pas besoin)",
        rf"\b{ASKING} {USER} {W}(?:est |n est )?{W}{NEEDLESS}",
        rf"\b{NEEDLESS} (?:de |d )?(?:\w{{2,4}} )?(?:re)?(?:demander|consulter|interroger) (?:\w{{2,12}} ){{0,3}}{USER}",
        rf"{START}(?:{ACT}|effectue[rz]?|procede[rz]?|realise[rz]?|fai(?:s|tes)|lance[rz]?|confirme[rz]?|valide[rz]?) {W}sans (?:demander |attendre |solliciter )?{W}(?:{ASKING}|consulter|demander|interroger) {USER}",
        rf"\b(?:ne|n) (?:demande|sollicite|attend)\w{{0,3}} (?:pas|jamais|plus|aucune) {W}{ASKING} {USER}",
        rf"{USER} (?:a|ont) deja {G}\b(?:accord|consenti|accepte|approuve|valide|autorise)\w{{0,2}}{G}\bne (?:lui |leur |le |la |les )?(?:redemande|demande|sollicite|consulte|interroge)[rz]? (?:rien|plus|pas)",
        rf"\bne (?:demande|sollicite|attende?|requiere?|attends)[rz]? (?:pas|aucune|jamais|plus) (?:\w{{1,3}} )?(?:{ASKING}{G}{USER}|{USER}{G}\b{ASKING})",
    ),
    "preference-only": (
        rf"\b(?:utilise|emploie|choisi|appelle)\w{{0,4}} (?:toujours|uniquement|exclusivement) {W}{TOOL}{G}\b(?:jamais|aucun|pas) (?:\w{{2,4}} )?autres?\b",
        rf"\bn {W}?utilise[rz]? (?:jamais |pas )?(?:aucun|d) autres? {TOOL}{G}\b(?:celui-ci|celui-la|que celui)",
        rf"\b(?:autres|tous les autres) {TOOL}{G}\b(?:desactives?|supprimes?|abandonnes?|hors service|ne doivent pas|ne fonctionnent plus)\b",
        rf"\b(?:recommande|propose|presente|conseille)[rz]? toujours\b{G}\b(?:meme si {USER}|seule? (?:disponible|possible|option))",
        rf"\bn (?:appele[rz]?|appelle|invoque[rz]?|sollicite[rz]?) (?:plus |jamais |pas )?(?:aucun|d|les) autres? {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:retene?z|retiens|memorise[rz]?|souvien(?:s|ez)-\w{{2,4}}|rappelle[rz]?-\w{{2,4}}|garde[rz]?|enregistre[rz]?)\b{G}\b(?:toutes?|chaque) {W}{TALK} (?:a venir|futures?|suivantes?|ulterieures?|prochaines?)",
        rf"\b(?:desormais|dorenavant|a partir de (?:maintenant|ce jour)|a l avenir)\b[^.!?\n]{{0,60}}\b(?:chacune?|chaque|toutes?) (?:de (?:tes|vos) |les |tes |vos )?{TALK}",
        r"\b(?:desormais|dorenavant|a partir de (?:maintenant|aujourd hui|ce jour)|a l avenir)\b[^.!?\n]{0,50}\b(?:chaque|toutes? (?:les|tes|vos)) (?:reponse|conversation|discussion)s?\b",
    ),
    "payment-recipient": (
        rf"\b(?:a la place|au lieu|en remplacement) [ \w']{{0,12}}\b{ACCOUNT}[ \w,']{{0,40}}(?:toujours|{NUMBER}|systematiquement)",
        rf"\b(?:remplace[rz]?|substitue[rz]?|change[rz]?) {W}{ACCOUNT} {W}(?:fourni|indique|saisi|donne)\w{{0,2}} {USER}",
        rf"\b{ACCOUNT} {W}(?:perime|obsolete|caduc|plus valable)\w{{0,2}}\b{G}\b(?:toujours|uniquement) {W}{NUMBER}",
        rf"\b(?:remplace[rz]?|substitue[rz]?|change[rz]?)\b{G}\b{ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:erreur|echec|echoue|expiree?)\b[ \"-~]{{0,40}}{AGENT} (?:doit|devra|est prie de) (?:\w{{2,12}} ){{0,4}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:cherche[rz]?|charge[rz]?|telecharge[rz]?|ouvre|ouvrez|lis|lisez|recupere[rz]?|consulte[rz]?) [ \w']{{0,10}}{URL}\b(?:applique[rz]?|execute[rz]?|fai(?:s|tes)|obei\w{{1,4}}|suis|suivez) (?:\w{{1,7}} ){{0,2}}(?:ce qui|tout ce|y (?:est|sont)|instructions qu)",
        rf"\b{ORDERS} (?:a jour|en vigueur|actuelles|completes) [ \w']{{0,16}}{URL}\b(?:applique|execute|suis|suive|respecte)",
    ),
}
"""Rule id -> the patterns of this language."""
