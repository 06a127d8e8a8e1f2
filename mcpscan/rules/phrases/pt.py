"""What attacks on agents say in Portuguese."""

W = r"(?:(?:[^\Wn]|n[ou]|na|nas|nes)\w{0,14} ){0,4}"
"""A few words that deny nothing, each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:e|depois|entao|sempre|primeiro|por favor|favor|deve|devem|tem de|tem que|tambem|gentileza de|pede-se que) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"(?:(?:o|ao|do|a|da|os|aos|dos|um|pelo|com o|seu) (?:usuari[oa]|utilizador[ae]?|client[ea]|pessoa|titular|paciente|hospede|portador)(?:s|es)?\b)"
AGENT = (
    r"\b(?:(?:assistentes?|agentes?|modelos?|robos?|sistemas?|chatbots?|bots?|llms?)(?: (?:de )?(?:ia|linguagem|virtua(?:l|is)|conversaciona(?:l|is)|automatico))?"
    r"|inteligencia artificial)\b"
)
AI = rf"(?:{AGENT}|\bias?\b)"
ORDERS = (
    r"(?:instruc(?:ao|oes)|orientac(?:ao|oes)|indicac(?:ao|oes)|restric(?:ao|oes)|limitac(?:ao|oes)|regras?|normas?|diretri(?:z|zes)|diretivas?|ordem|ordens|comandos?"
    r"|(?:mensagem|prompt) (?:de|do) sistema|prompts?)\b"
)
PRIOR = r"(?:anterior(?:es)?|previ[oa]s?|precedentes?|recebid[oa]s?|dad[oa]s|inicia(?:l|is)|origina(?:l|is)|existentes?|vigentes|do sistema|de sistema|acima|fornecid[oa]s)\b"
HERE = r"(?:est[ea]s? (?:texto|paragrafo|documento|mensagem|campo|pagina|nota|secao|instrucoes|ordens|orientacoes|regras|normas)|as presentes (?:instrucoes|orientacoes|regras))\b"
TOLD = r"(?:d(?:eu|eram|isse|isseram|ad[oa]s?|it[oa]s?)|ped(?:iu|iram|id[oa]s?)|indic(?:ou|aram|ad[oa]s?)|orden(?:ou|aram|ad[oa])|comunic(?:ou|aram|ad[oa]s?)|ensin(?:ou|aram|ad[oa])|receb(?:eu|id[oa]s?)|solicitad[oa]s?)"
VOID = (
    r"(?:nul[oa]s?|anulad[oa]s?|caducad[oa]s?|obsolet[oa]s?|revogad[oa]s?|sem (?:efeito|validade|valor)|(?:ja )?nao (?:\w{3,9}(?: mais)?)|deix\w{2,4} de|perd(?:eu|eram) a validade"
    r"|esqueca|ignore)\b"
)
DROP = (
    r"(?:ignor(?:a|e|ar|em)|esque(?:ca|ce|cer|cam)(?:-se)?(?: de| d[ao]s)?|descart(?:a|e|ar|em)|desconsider(?:a|e|ar|em)|desrespeit(?:a|e|ar)|despreze|deix(?:a|e|ar) de lado"
    r"|pass(?:a|e|ar) por cima d[ea]s?|sobrescreva|contorne|faca de conta que nao leu"
    r"|nao (?:siga|sigas|seguir|obedeca|respeite|considere|leve em conta|leve em consideracao|tenha em conta|tenhas em conta))"
)
THING = (
    r"(?:(?:de |sobre |a )?(?:d)?est[ea] (?:etapa|passo|operacao|acao|instrucao|orientacao|chamada|envio|transferencia|nota|alteracao|mudanca|regra|procedimento)"
    r"|d?isto|d?isso|nada)\b"
)
TELL = (
    r"(?:mencion(?:e|es|ar|em)|di(?:ga|gas|zer)|inform(?:e|es|ar)|avis(?:e|es|ar)|coment(?:e|es|ar)|revel(?:e|es|ar)|cont(?:e|es|ar)|fal(?:e|es|ar)|notifi(?:que|car)"
    r"|comuni(?:que|car)|relat(?:e|ar)|deix(?:e|es|ar) (?:transparecer|saber))(?:-l?[oae]s?|-lhe)?"
)
ACT = (
    r"(?:apag|exclu|elimin|delet|envi|mand|remet|transf|transfir|acrescent|adicion|conced|atribu|modific|alter|mud|substitu|public|copi|instal|execut|compartilh|partilh"
    r"|encaminh|reencaminh|limp|remov|publiqu|modifiqu)"
    r"(?:a|e|ar|er|ir|am|em|i|ara|ira|arao|irao|ere|erir|iem|ue|uem)?\b"
)
PASS = (
    r"(?:(?:envi|mand|remet|transmit|acrescent|adicion|anex|coloc|coloqu|inclu|inser|insir|pass|copi|cole|col|fornec|forneca|escrev|junt|pon|ponh|introduz)"
    r"(?:a|e|ar|er|ir|am|em|i|as)?(?:-[oa]s?)?|sejam? (?:anexad|enviad|incluid|colad|passad)[oa]s?)\b"
)
SINK = (
    r"(?:(?:anex|envi|transmit|acrescent|adicion|inclu|inser|coloc|copi|pass|fornec|mand|junt)(?:ad[oa]s?|id[oa]s?|os|as)\b"
    r"|(?:n[oa]s?|em|como|dentro d[oa]|com|a|para) (?:\w{1,5} )?(?:\w{1,6} )?(?:parametro|campo|argumento|solicitacao|requisicao|pedido|chamada|comentario|nota|mensagem)s?\b)"
)
KEYS = r"(?:chaves? (?:de |da )?(?:api|acesso|privadas?|secretas?)|tokens?(?: de (?:acesso|sessao|api))?|credenciais(?: de acesso)?|variaveis de ambiente|segredos)\b"
CHAT = r"(?:conversas?|dialogo|historico|chat|bate-papo|(?:prompt|mensagem|instrucoes) (?:de|do) sistema|mensagens)\b"
WHOLE = r"(?:tod[oa]s?|inteir[oa]|complet[oa]s?|integral|a totalidade|historico|anterior(?:es)?|previ[oa]s?)"
SECRET = (
    r"(?:senha|palavra-passe|palavra passe|pin|codigo (?:\w{2,9} )?(?:\w{2,4} )?(?:sms|verificacao|seguranca|confirmacao|uso unico|whatsapp|digitos)|cvv"
    r"|frase (?:semente|secreta|de recuperacao)|numero do cartao)\b"
)
ASKING = r"(?:confirmacao|permissao|aprovacao|autorizacao|consentimento|opiniao|anuencia|aval)"
NEEDLESS = r"(?:nao (?:e (?:necessari[oa]|precis[oa]|obrigatori[oa]|exigid[oa])|ha necessidade|precisa)|desnecessari[oa]|dispensad[oa]|dispensavel|pode ser (?:omitid|dispensad|ignorad)[oa])"
TOOL = r"(?:ferramentas?|servicos?|servidor(?:es)?|func(?:ao|oes)|conector(?:es)?)\b"
TALK = r"(?:sess(?:ao|oes)|conversas?|respostas?|chats?)\b"
ACCOUNT = r"(?:iban|conta(?: bancaria)?|numero da conta|beneficiario|destinatario|chave pix|pix|dados bancarios)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:tod[oa]s (?:as |os )?(?:(?:suas|tuas|seus|teus) )?(?:\w{{4,12}} )?|(?:as |os )?(?:suas|tuas|seus|teus) ){ORDERS}",
        rf"\b{DROP} (?:(?:as|os|d[oa]s|quaisquer|qualquer) )(?:\w{{4,9}} )?(?:{ORDERS} {W}{PRIOR}|(?:anteriores|previas) {ORDERS})",
        rf"\b(?:o que|{ORDERS})[ \w]{{0,10}}\b(?:lhe|te|voce|foi|foram|me) (?:\w{{2,6}} ){{0,2}}{TOLD}\b{G}\b{VOID}",
        rf"\b{DROP} (?:tudo )?o que (?:\w{{2,6}} ){{1,3}}{TOLD}\b",
        rf"\b{ORDERS} {PRIOR} {W}(?:nulas?|anuladas?|revogadas?|suspensas?|sem efeito|nao)\b{G}\b(?:siga|obedeca|cumpra|apenas|somente)\b",
        rf"\b(?:obede(?:ca|ce|cer)|limite-se a|atenha-se a)\b{G}\b(?:{HERE}|o que segue|o seguinte)",
        rf"\b(?:siga|cumpra|execute|seguir) (?:apenas|so|somente|unicamente|exclusivamente) {W}(?:{HERE}|o que (?:\w{{2,7}} ){{1,2}}aqui)",
        r"\b(?:daqui (?:em diante|para a frente)|de agora em diante|a partir daqui) (?:so|apenas|somente) (?:vale|valem|conta) est",
        rf"\b(?:nao|deixe de|pare de) (?:respeit|sig|segu|obede|apliqu|aplic|cumpr)\w{{0,4}} (?:mais )?(?:\w{{1,2}} )?{ORDERS}{G}\b(?:operador|desenvolvedor|fornecedor|provedor|sistema|administrador)",
        rf"\b{DROP} (?:\w{{1,3}} )?{ORDERS} (?:\w{{2,9}} ){{0,2}}(?:operador|desenvolvedor|fornecedor|provedor|sistema|administrador)",
        rf"\b(?:{ORDERS} (?:\w{{3,12}} )?(?:do|de) sistema|(?:suas|tuas) {ORDERS}){G}\b(?:deixam de|ja nao|nao (?:valem|se aplicam|contam)|perdem)\b",
        rf"\b(?:aja|responda|proceda|age) (?:apenas|somente|so|unicamente|exclusivamente) (?:conforme|segundo|de acordo com|com base em|com base n\w) {HERE}",
        rf"\b{DROP} (?:tudo )?(?:o acima|o que (?:esta|vem) (?:acima|antes)|o texto (?:acima|anterior)|tudo acima) e (?:diga|respond|escrev|repit|repet|mostr|imprim|de|exib)\w{{0,3}}\b",
        rf"\b(?:apague|apagar|elimine|exclua|remova|limpe)\b{G}\bmemoria\b{G}\b(?:tudo|todas as|instruc|ordens)",
    ),
    "directive-precedence": (
        rf"\b{HERE} {W}(?:prioridade|prevalecem?|precedencia|acima)\b{G}\b(?:usuari[oa]|utilizador|client[ea]|sistema|prompt|qualquer outr[oa])",
        rf"\b(?:prioridade|prevalecem?|precedencia|acima) (?:sobre|d[oae]s?) {W}(?:(?:pedido|desejo|solicitac|instruc|vontade)\w{{0,4}} {USER}|(?:mensagem|prompt|instrucoes) (?:do|de) sistema)",
        rf"\b(?:siga|seguir|aplique|obedeca a?) {HERE} (?:e nao|em vez d[oe]|em lugar d[oe]) {W}{USER}",
        rf"\b(?:vale|valem|pesa|pesam|conta|contam|importa|e|sao)\b (?:\w{{2,9}} )?mais (?:\w{{2,11}} )?(?:do )?que{G}\b(?:instruc(?:ao|oes)|pedidos?|ordem|ordens|desejos?|solicitac(?:ao|oes)) {USER}",
    ),
    "directive-secrecy": (
        rf"\b(?:nao|nunca|sem) (?:lhe )?{TELL} (?:\w{{1,12}} ){{0,2}}{THING}[ \w,]{{1,24}}\b(?:usuari[oa]|utilizador|cliente|pessoa|resposta|resumo)",
        rf"\b(?:nao|nunca) (?:o |a |lhe )?(?:mencion|dig|cont|coment|revel|fal|inform)\w{{0,4}}(?:-[oa])? (?:isso |isto |nada )?{USER}",
        rf"\b(?:sem que {USER} (?:o |se )?(?:saiba|note|perceba|veja|aperceba|de conta)|as escondidas {USER}|sem (?:avisar|informar|dizer nada|contar|comunicar|o conhecimento) {USER})",
        rf"\b(?:oculte|esconda|ocultar|esconder|omita) {W}(?:{THING}|fato|facto) {W}{USER}",
        rf"\bnao (?:diga|digas|comente) (?:nada|(?:nem )?uma palavra) {THING}",
        rf"{USER} nao (?:deve|devem|pode|precisa) (?:\w{{2,7}} )?(?:saber|conhecer|ver|notar|perceber|descobrir|ser informad)",
        rf"\b(?:mantenha|manter|guarde|deixe) {G}\b(?:em segredo|ocult[oa]|secret[oa]|escondid[oa]|em sigilo){G}{USER}",
        rf"\b(?:as escondidas|em segredo|secretamente|sorrateiramente|pelas costas){G}{USER}",
        r"\bnao lhe (?:cont|dig|comuni|inform|revel|mostr)\w{1,4} (?:\w{1,2} )?(?:resultado|operacao|etapa|alteracao|mudanca|nada)\b",
        rf"{USER}{G}\bnao [oa]s? (?:mencion|coment|dig|cont)\w{{1,4}}",
    ),
    "directive-addressed": (
        rf"\b(?:atencao|nota|mensagem|aviso|para|car[oa]|a[ou]?s?|ola) (?:\w{{1,9}} ){{0,3}}{AGENT}[ \w]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"\b(?:atencao|nota|mensagem|aviso|para|car[oa]|a[ou]?s?|ola) (?:\w{{1,9}} ){{0,3}}\bias?\b[ \w]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AGENT} que {W}(?:l(?:e|eem|er|erem)|process\w{{1,3}}|analis\w{{1,4}}|resum\w{{1,3}}) {W}{ACT}",
        rf"\bias?\b que {W}(?:l(?:e|eem|er|erem)|process\w{{1,3}}|analis\w{{1,4}}|resum\w{{1,3}}) {W}{ACT}",
        rf"\b(?:depois de ler|apos (?:ler|a leitura)|ao ler|uma vez lid[oa]) {W}{AI} (?:\w{{2,12}} ){{0,2}}{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:deve|devem|devera|tem de|tem que) (?:\w{{2,12}} ){{0,2}}{ACT} {W}(?:antes de responder|sem (?:avisar|dizer|mencionar))",
        rf"{AGENT} que\b{G}\best[ea]s?\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
        rf"\bias?\b que\b{G}\best[ea]s?\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:conteudo|texto|linhas?|chaves? privadas?|arquivo|ficheiro) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:conteudo|texto|linhas?|chaves? privadas?|arquivo|ficheiro) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:leia|le|ler|abra|abrir|arquivo|ficheiro) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:e |depois )?{PASS} {W}(?:conteudo|texto)\b",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} {USER}",
        rf"\b{KEYS} {USER} {W}{SINK}",
        rf"\btod[oa]s (?:as|os) (?:\w{{3,8}} )?{KEYS} {W}{SINK}",
        rf"\b(?:parametro|campo|argumento)\b{G}\btod[oa]s (?:as|os) (?:\w{{3,8}} )?{KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{1,9}} ){{0,3}}{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"{START}{PASS} (?:\w{{1,9}} ){{0,2}}{CHAT} {WHOLE} (?:\w{{1,9}} ){{0,3}}{SINK}",
        rf"\b(?:{WHOLE} (?:d?[ao]s? )?{CHAT}|{CHAT} {WHOLE}) (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b{WHOLE} (?:d?[ao] )?{CHAT} (?:para|em|no|na) (?:est[ea]|{PLACE})",
        rf"\b(?:cham[ea]|chamar|us[ea]|utiliz[ea]|invoque) {W}com (?:\w{{1,3}} )?(?:{WHOLE} (?:\w{{1,9}} ){{0,2}}{CHAT}|{CHAT} {WHOLE})",
        rf"{START}(?:{PASS}|resum[ai]) (?:\w{{1,9}} ){{0,2}}{CHAT} (?:\w{{5,9}} )?(?:e|com|junto com|mais) (?:o |as )?(?:prompt|mensagem|instrucoes) (?:do|de) sistema",
        r"\b(?:revel|mostr|repit|divulg|imprim|exib|diga|de)(?:a|e|ue|ar|-me|e-me)? (?:me )?(?:as |o )?(?:suas|seu|tuas|teu) (?:\w{2,12} )?(?:instrucoes|prompt|mensagem|orientacoes) (?:de|do) sistema\b",
        rf"{START}{PASS} {W}{SINK} {W}{WHOLE} (?:\w{{1,9}} ){{0,3}}{CHAT}",
        rf"\b(?:parametro|campo|argumento)\b{G}\b(?:deve|devem|vai|sera){G}\b(?:{WHOLE} (?:\w{{1,9}} )?{CHAT}|{CHAT} {WHOLE})",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:envi|encaminh|remet|transmit|mand|compartilh|partilh)\w{{1,5}} {W}{W}(?:a|para|ao) (?:\w{{1,9}} )?{PLACE}",
        rf"{AGENT} (?:deve|devem|devera|tem de|tem que) (?:\w{{2,12}} )?(?:envi|encaminh|remet|transmit|mand|compartilh|partilh)\w{{1,5}} {W}{W}(?:a|para) (?:\w{{1,9}} )?{PLACE}",
        rf"{START}(?:{PASS}|encaminh[ea]|reencaminhe|reuna) {W}(?:cada resposta|tod[oa]s (?:as |os )?(?:resposta|dado|conversa)s?|dados (?:dos clientes|{USER})) {W}(?:\w{{2,12}} )?(?:a|para) {PLACE}",
        rf"\b(?:copia oculta|cco|bcc) (?:\w{{2,12}} )?(?:a|para) {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:pe(?:ca|de|dir)|solicit(?:e|a|ar)|pergunt(?:e|a|ar)|exija|obtenha|obter) {USER} {W}{SECRET}",
        rf"{START}(?:pe(?:ca|de|dir)|solicit(?:e|a|ar)|obtenha|obter) (?:a |o |sua |seu )?{SECRET} {W}{USER}",
        rf"{START}(?:faca|faz|fazer|leve|convenca) {USER} (?:\w{{1,12}} ){{0,3}}{SECRET}",
        rf"\b(?:consiga|conseguir|convenca|persuada|faca com)\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} ja (?:\w{{2,9}} )?(?:\w{{1,3}} )?(?:consentimento|permissao|aceitou|autorizou|aprovou|consentiu|concordou|acordo|confirmou) (?:\w{{1,14}} ){{0,5}}{NEEDLESS}",
        rf"\b{NEEDLESS} (?:\w{{1,8}} ){{0,2}}(?:perguntar|pedir|consultar|{ASKING})(?:-lhe)? {W}{USER}",
        rf"{START}(?:{ACT}|faca|fazer|realize|efetue|execute|proceda|confirme|inicie|comece|reserve) {W}sem (?:pedir |esperar |solicitar )?(?:\w{{1,4}} )?(?:{ASKING}|consultar|perguntar) {USER}",
        rf"\b{ASKING} {USER} (?:\w{{1,9}} ){{0,3}}(?:{NEEDLESS})",
        rf"\bnao (?:peca|solicite|espere|aguarde) (?:\w{{1,3}} )?{ASKING} {USER}",
        rf"{USER} ja {G}\b(?:consent|permiss|aceit|autoriz|aprov|concord|confirm)\w{{1,5}}{G}\bnao (?:lhe )?(?:pergunt|consult|peca|solicit)\w{{0,3}}",
        rf"\bnao (?:pec|solicit|esper|aguard|exij|busqu)\w{{1,3}} (?:\w{{1,3}} )?(?:{ASKING}{G}{USER}|{USER}{G}\b{ASKING})",
    ),
    "preference-only": (
        rf"\b(?:us[ea]|utiliz[ea]|usar|utilizar|escolha|chame) (?:sempre|so|somente|apenas) {W}{TOOL}{G}\b(?:nunca|nenhum\w?|nao) (?:\w{{3,9}} )?(?:\w{{1,3}} )?outr[oa]s?\b",
        rf"\bnao (?:us|utiliz|cham)\w{{1,3}} nenhum\w? outr[oa] {TOOL}{G}\b(?:so|somente|apenas|exceto) est[ea]",
        rf"\b(?:demais|outr[oa]s) {TOOL}{G}\b(?:desativad|desabilitad|descontinuad|retirad|fora de servico|nao devem|nao funcionam)",
        rf"\b(?:recomend[ea]|sugira|indique|apresente|ofereca) sempre\b{G}\b(?:mesmo (?:que|se) {USER}|como [oa] unic[oa])",
        rf"\bnao (?:chame|chamar|invoque|acione) (?:mais |nunca )?(?:nenhuma?|as|quaisquer) outr[oa]s? {TOOL}",
    ),
    "persistence-memory": (
        rf"\b(?:lembr[ea](?:-se)?|memorize|guarde|tenha em mente|anote|salve|registre)\b{G}\b(?:tod[oa]s (?:as|os)|cada) {TALK} (?:futur[oa]s?|seguintes?|posteriores?|proxim[oa]s?)",
        rf"\b(?:de agora em diante|a partir de (?:agora|hoje)|daqui (?:em diante|para a frente)|doravante)\b[^.!?\n]{{0,60}}\b(?:cada|tod[oa]s? (?:as|os|a)) (?:suas |tuas )?{TALK}",
        r"\b(?:de (?:agora|hoje) em diante|a partir de (?:agora|hoje)|doravante)\b[^.!?\n]{0,50}\b(?:cada|todas as) (?:resposta|conversa)s?\b",
    ),
    "payment-recipient": (
        rf"\b(?:em vez|no lugar|em lugar|em substituicao) [ \w]{{0,9}}\b{ACCOUNT}[ \w,]{{0,40}}\b(?:sempre|{NUMBER})",
        rf"\b(?:substitua|troque|altere|mude) {W}{ACCOUNT} {W}(?:indicad|informad|fornecid|dad)[oa] (?:por )?{USER}",
        rf"\b{ACCOUNT} {W}(?:desatualizad|obsolet|antig|ja nao|caducad)\w{{0,2}}\b{G}\b(?:sempre|so|somente|apenas) {W}{NUMBER}",
        rf"\b(?:substitua|troque|altere|mude)\b{G}\b{ACCOUNT}{G}(?:{USER}|\bpelo cliente|\bpelo usuario)",
    ),
    "turn-error": (
        rf"\b(?:erro|falha|falhou|expirad[oa]|expirou)\b[ \"-~]{{0,40}}{AGENT} (?:deve|devera|tem de|tem que|precisa) (?:\w{{1,12}} ){{0,4}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:baix[ea]|abr[ai]|abrir|leia|consulte|carregue|descarregue|acesse|visite) [ \w]{{0,10}}{URL}\b(?:faca|execut[ea]|cumpra|siga|aplique|obedeca) (?:\w{{1,6}} ){{0,2}}(?:o que|tudo o|instrucoes que|orientacoes que)",
        rf"\b{ORDERS} (?:atuais|vigentes|atualizadas|completas) [ \w]{{0,16}}{URL}\b(?:abra-|siga|execut|aplique|cumpra|obedeca)",
    ),
}
"""Rule id -> the patterns of this language."""
