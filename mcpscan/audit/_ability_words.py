"""The words that abilities rest on: verbs and things, and the same in other languages."""

from __future__ import annotations

from mcpscan.fleet import Ability
from mcpscan.text import Late

READ = (
    r"reads?|gets?|lists?|search(?:es)?|quer(?:y|ies)|views?|shows?|fetch(?:es)?|retrieves?|returns?|exports?|downloads?|finds?|describes?|dumps?"
    r"|loads?|opens?|looks? up|lookup|inspects?|prints?|gives|displays?|browses?|summari[sz]es?|extracts?|captures?|tells?|collects?|pulls?|checks?"
    r"|reports?|monitors?|polls?|tails?|greps?|scans?|analy[sz]es?|selects?|watch(?:es)?|streams?|receives?|recalls?|transcribes?|reveals?"
)
CHANGE = (
    r"creates?|adds?|updates?|deletes?|removes?|sets?|writes?|sends?|posts?|edits?|inserts?|moves?|renames?|copies|copy|replaces?|appends?|merges?"
    r"|pushes|push|publish(?:es)?|replies|reply|forwards?|uploads?|cancels?|drops?|clears?|archives?|assigns?|closes?|submits?|saves?|stores?|imports?"
    r"|generates?|converts?|formats?|draws?|renders?|books?|schedules?|starts?|stops?|restarts?|registers?|shares?|invites?|transfers?|pays?|installs?"
    r"|uninstalls?|resets?|purges?|truncates?|overwrites?|kills?|toggles?|enables?|disables?|applies|apply|executes?|runs?|commits?|resizes?|draft|grants?"
)
PRIVATE = (
    r"(?:local |text |media |multiple |config(?:uration)? |log |source |project |user'?s? )*files?\b(?! ?(?:format|type|extension))|director(?:y|ies)|folders?|file ?system"
    r"|e-?mails?|mail(?:s|box(?:es)?)?|inbox(?:es)?|messages?|dms?|sms|threads?|conversations?|chats?|chat history|voicemails?"
    r"|calendars?|appointments?|meetings?\b(?! rooms?)|agenda|contacts?|channels|address book|(?<!release )notes?|journal|diary|documents?|databases?|tables?|rows|sql|(?<!public )repositor(?:y|ies)|repo|commits?|commit logs?|diffs?"
    r"|working tree|source code|codebase|environment variables|env(?:ironment)?|secrets?|credentials?|passwords?|vaults?|ssh keys?|api keys?|access keys?"
    r"|clipboard|cookies|browser history|browsing history|open tabs|tabs|code (?:across|in|files?|patterns?|base)|bookmarks|session storage|local storage|screenshots?|screen|desktop"
    r"|(?<!into )(?<!in )(?<!and )memor(?:y|ies)|knowledge graph|stored (?:facts|entities)|observations|customers?|client (?:records?|data|list)|invoices?|payments?|orders?|employees?|staff|salar(?:y|ies)|payroll|payslips?|survey answers|design files?|frames?|(?:current |user'?s )*(?:geo)?location|whereabouts|charges|cameras?|listened|watched|processes|audio files?|pdfs? (?:on|from)|voice memos?|recordings?|free.?busy|are free|availability of|steps (?:of|per|a)|sleep|heart rate|browser tabs?|purchases|subscriptions?|members?|wallets?|portfolio|positions|orders|cart|addresses|passport|resumes?|cvs?|hr|crm|(?:salesforce|crm) records|tasks?|to-?dos?|permissions|who has|password manager|search history|access logs?|metrics"
    r"|patients?|medical|prescriptions?|health|students?|grades|candidates|applicants|leads|deals|opportunities"
    r"|(?:pod |container |server |audit |application |kubernetes )*logs?|pods?|kubeconfig|cluster|workbooks?|worksheets?|spreadsheets?|sheets?|cells?|cell values"
    r"|tickets?|bank|accounts?|transactions?|balances?|statements?|photos?|pictures library|contracts?|call recordings?|(?:call|meeting|chat) transcripts?|backlog|jira|slack|private"
    r"|wiki|confluence|notion|drive|onedrive|sharepoint|dropbox|(?<!public )profile|vba code|insights|buckets?|blobs?|collections?"
)
UNTRUSTED = (
    r"web(?:sites?|[ -]?pages?)?|internet|urls?|https?|html|online|news|articles?|blogs?|rss|headlines|newspapers|shop pages|public profiles?|episodes?|atom feeds?|feeds?|search results|(?:google|bing|brave|duckduckgo|tavily|exa|kagi)"
    r"|(?:github |gitlab |linear |jira )*issues?|pull requests?|merge requests?|prs?|(?:review |issue )?comments?|reviews?|e-?mails?|mail(?:s|box)?|inbox(?:es)?|messages?|dms?|sms|threads?|conversations?"
    r"|tickets?|support requests?|forums?|posts?|tweets?|timeline|reddit|hacker news|stack ?overflow|wikipedia|papers?|arxiv|preprints?|transcripts?|youtube|videos?|podcasts?"
    r"|(?:library|code|package|up-to-date) (?:docs|documentation)|documentation (?:for|of|and code)|network requests?|console messages|(?:current|web|loading the) page\b|public repositor(?:y|ies)|discussions?|submissions|feedback|attachments?|voicemails?|comments"
    r"|invitations|page snapshot|accessibility snapshot|(?:open|browser) tabs?|job (?:ads|postings)|listings|registry|packages? (?:page|readme)|readme|calendar invites?|calendar events?|bug reports?|survey (?:answers|responses)|form (?:answers|responses)"
)
WEB_VERBS = r"crawls?|scrapes?|browses?|surfs?|spiders?|web ?search(?:es)?|searches the web|fetch(?:es)? (?:a |any |the |one or more )?(?:url|page|site|web)|(?:web|online|deep|internet|comprehensive) research|takes? (?:a )?screenshots? of (?:the |a )?(?:current |web ?)?(?:page|site|website|url)"
SEND = (
    r"sends?|posts?|publish(?:es)?|repl(?:y|ies)|forwards?|shares?|uploads?|tweets?|e-?mails?|notif(?:y|ies)|broadcasts?|submits?|push(?:es)?|force[- ]push(?:es)?|invites?|messages?|answers? (?:the|a|an|to)"
    r"|comments? on|announces?|syndicates?|transmits?|deploys?|delivers?"
)
OUTWARD = (
    r"(?:e-?)?mails?|messages?|dms?|sms|repl(?:y|ies)|notifications?|webhooks?|tweets?|posts?|toots?|comments?|issues?|pull requests?|merge requests?|review|gists?|pastes?|invitations?|invites?|tickets?|attachments?|files? to"
    r"|(?:public )?links?|faxe?s?|letters?|blog|newsletter|statuses|status update|announcements?|repositor(?:y|ies)|remote|branch(?:es)?|files?|releases?|pages?|forms?|slack|discord|telegram|whatsapp|teams|channel|data|text|channels"
    r"|(?:http )?requests?|payload|events?|document|reports?|records?|logs?|metrics|package|updates?|site\b|production|images?|objects?|artifacts?|assets?|videos?|it\b|them\b"
)
DESTROY = (
    r"deletes?|removes?|drops? (?:an? |the |all )*(?:\w+ )?(?:tables?|databases?|collections?|columns?|index(?:es)?|schemas?|users?|rows|views?)|destroys?|erases?|purges?|truncates?|overwrit(?:e|es|ing)|replac(?:es|ing) (?:what|whatever|the (?:whole|entire|existing))|appl(?:y|ies) (?:the |a )?(?:terraform )?plan|wipes?|kills?|terminates?|uninstalls?|revokes?|unpublish(?:es)?"
    r"|empt(?:y|ies) (?:the )?(?:trash|bin)|force[- ]push(?:es)?|shuts? down|factory reset|resets?|formats? (?:a |the )?(?:disk|drive)|discards?|cancels?|clears? (?:out )?(?:all|every|entire|the (?:entire|whole|database|history|queue|inbox|calendar|logs?|table|settings|contents?)|settings|history|data|contents?)|prunes?|scales? down|expunges?|unlinks?|flush(?:es)?|bans?|kicks?|trash(?:es)?|(?:moves?|puts?) .{0,40}(?:trash|bin)\b|payouts?|tears? down|decommissions?|unsubscribes?|disconnects?|suspends?"
)
MONEY = (
    r"pays?|(?:transfers?|wires?|sends?) (?:money|funds|payments?|usd|eur|crypto|tokens?|coins)|transfer(?:s)? funds|money transfer|bank transfer|refunds?|charges? (?:a |the )?(?:card|customer|account)"
    r"|purchases?|buys?|places? (?:an? |the )?(?:\w+ )?order|checks? out the cart|trades?|withdraws?"
)
RUN = r"triggers?|executes?|execut(?:e|ing)|runs?|running|evaluates?|evals?|evaluat(?:e|ing)|invokes?|interprets?|launch(?:es)?|spawns?|exec|starts?"
CODE = (
    r"(?:arbitrary |shell |system |terminal |bash |os |any |console |powershell |cli |remote |a |the |custom |given |sql )*(?:(?<!sql )commands?|shell|scripts?|bash|powershell|javascript|js|python|typescript|code|snippets?|programs?|binar(?:y|ies)"
    r"|executables?|notebook cells?|cells? in|macros?|containers?|pods?|docker image|lambda|jobs? on|terminal|repl|sandbox|ruby|perl|playbooks?|pipeline|workflow|unit tests?|test suite|tests|build|makefile|npm)"
)

NOT_DONE = Late(
    r"(?i)\b(?:does not|do not|doesn't|don't|never|cannot|can't|without|instead of|unlike|rather than|no longer|not|nothing is|is not|no) [^.,;:()]{0,60}"
)
"""What a sentence says that a tool does not do."""

ADVICE = Late(
    r"(?i)\b(?:deprecated|use|see|prefer|before|after|must|should|requires?|when|if|unless|once|such as|for example|e\.g\.|i\.e\.)\b[^.;]{0,120}"
)
"""What a later sentence says of when and how to use a tool, which is not what the tool does."""

FOREIGN: tuple[tuple[Ability, str], ...] = (
    (Ability.READS_PRIVATE, r"\b(?:liest|zeigt|durchsucht|listet|holt|liefert)\b.{0,40}\b(?:dateien?|ordner|postfach|e-?mails?|kalender|kontakte|datenbank|kunden|rechnungen|nachrichten|notizen|passw[oö]rter)"),
    (Ability.READS_PRIVATE, r"\b(?:lit|lire|affiche|liste|recherche|r[eé]cup[eè]re)\b.{0,40}\b(?:fichiers?|dossiers?|courriels?|e-?mails?|messages?|calendrier|contacts|clients|factures|base de donn[eé]es|notes)"),
    (Ability.READS_PRIVATE, r"\b(?:lee|leer|muestra|lista|busca|consulta|obtiene|l[eê]|mostra|consultar)\b.{0,40}\b(?:archivos?|carpetas?|correos?|mensajes?|mensagens|calendario|contactos?|clientes?|facturas?|base de da[td]os|arquivos?|notas)"),
    (Ability.READS_PRIVATE, r"(?:чита(?:ет|ть)|показыва(?:ет|ть)|ищет|получа(?:ет|ть)|возвраща(?:ет|ть)).{0,40}(?:файл|папк|почт|пис(?:ьм|ем)|сообщени|календар|контакт|клиент|счет|баз[уы] данных|заметк)"),
    (Ability.READS_PRIVATE, r"(?:读取|查询|查看|获取|搜索|列出|检索).{0,12}(?:文件|邮件|邮箱|消息|日历|联系人|数据库|客户|订单|笔记|聊天记录)|(?:ファイル|メール|カレンダー|連絡先|データベース|顧客|メモ).{0,10}(?:読|取得|検索|一覧|表示)|(?:파일|메일|일정|연락처|고객).{0,10}(?:읽|조회|검색)"),
    (Ability.TAKES_UNTRUSTED, r"\b(?:liest|ruft|durchsucht|holt|l[aä]dt)\b.{0,40}\b(?:webseiten?|internet|web|url|e-?mails?|postfach|kommentare|nachrichten|bewertungen)"),
    (Ability.TAKES_UNTRUSTED, r"\b(?:recherche|r[eé]cup[eè]re|lit|t[eé]l[eé]charge|busca|lee|obtiene|descarga|consulta)\b.{0,40}\b(?:web|internet|pages? web|p[aá]ginas?|url|courriels?|correos?|commentaires|comentarios|rese[nñ]as|avis)"),
    (Ability.TAKES_UNTRUSTED, r"(?:загружа(?:ет|ть)|чита(?:ет|ть)|ищет|получа(?:ет|ть)).{0,40}(?:веб|интернет|страниц|сайт|почт|пис(?:ьм|ем)|комментари|отзыв)|(?:抓取|搜索|获取|读取|浏览).{0,12}(?:网页|网站|互联网|网络|邮件|评论|新闻)|(?:ウェブ|サイト|メール|コメント|レビュー).{0,10}(?:検索|取得|読)"),
    (Ability.SENDS_OUT, r"\b(?:sendet|verschickt|schickt|ver[oö]ffentlicht|l[aä]dt .{0,30} hoch|envoie|envoyer|publie|publier|env[ií]a|enviar|publica|publicar)\b"),
    (Ability.SENDS_OUT, r"(?:отправля(?:ет|ть)|отправить|публику(?:ет|ют)|опубликовать)|(?:发送|发布|上传|转发|回复)|(?:送信|投稿|公開|アップロード)(?:し|する|します)?|(?:전송|게시|보내)"),
    (Ability.DESTROYS, r"\b(?:l[oö]scht|entfernt|[uü]berschreibt|supprime|supprimer|efface|elimina|eliminar|borra|borrar|apaga|exclui)\b|(?:удаля(?:ет|ть)|удалить|стира(?:ет|ть)|перезаписыва(?:ет|ть))|(?:删除|清空|覆盖|移除)|(?:削除|消去|上書き)|(?:삭제)"),
    (Ability.RUNS_CODE, r"\b(?:f[uü]hrt|ex[eé]cute|ex[eé]cuter|ejecuta|ejecutar|executa|executar)\b.{0,40}\b(?:befehle?|skripte?|code|commandes?|scripts?|comandos?|c[oó]digo|shell)|(?:выполня(?:ет|ть)|запуска(?:ет|ть)).{0,30}(?:команд|скрипт|код)|(?:执行|运行).{0,12}(?:命令|脚本|代码)|(?:コマンド|スクリプト|コード).{0,8}実行|(?:명령|스크립트|코드).{0,6}실행"),
)  # fmt: skip
"""The same in other languages, as patterns over folded text in small letters."""
