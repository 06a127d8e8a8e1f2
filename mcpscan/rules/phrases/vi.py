"""What attacks on agents say in Vietnamese."""

W = r"(?:(?:[a-jl-z]|k[^h\W]|kh[^o\W]|khoa|đ[^u\s.!?]|đu[^n\s.!?])[\wđ]{0,7} ){0,5}"
"""A few words that deny nothing (khong, đung), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:va|roi|hay|luon|truoc tien|vui long|xin|phai|can|sau đo|nen) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[^\n]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"(?:nguoi (?:su )?dung|khach hang|chu tai khoan|benh nhan|khach)\b"
AGENT = r"(?:tro ly|tac nhan|mo hinh(?: ngon ngu)?|tac tu|chatbot|tri tue nhan tao|he thong xu ly)\b(?: ai\b)?"
ORDERS = (
    r"(?:chi dan|chi thi|huong dan|menh lenh|quy tac|yeu cau|loi nhac(?: he thong)?|quy đinh|nhiem vu|gioi han|lenh)\b"
)
PRIOR = r"(?:truoc đo|truoc đay|tu truoc|truoc|o tren|ben tren|ban đau|hien co|đa nhan|đa cho|cua he thong|he thong|đuoc giao|đuoc cung cap|tu đau)\b"
HERE = r"(?:(?:van ban|đoan(?: van)?|tai lieu|thong bao|truong|trang|ghi chu|huong dan|chi dan|chi thi|quy tac|muc|noi dung|tin nhan) nay|noi dung cua đoan nay)\b"
TOLD = r"(?:đuoc (?:giao|yeu cau|noi|bao|day|chi dan|huong dan|cung cap|nhan)|đa (?:nhan|nghe|đuoc \w{2,6})|nhan đuoc|yeu cau)"
VOID = r"(?:khong con (?:hieu luc|gia tri|quan trong|ap dung|tac dung)|het hieu luc|vo hieu|bi huy(?: bo)?|đa bi huy|hay bo qua|bo qua|hay quen)\b"
DROP = r"(?:bo qua|phot lo|quen(?: đi| het)?|lo đi|mac ke|(?:đung|khong|cho) (?:can )?(?:đe y(?: đen| toi)?|quan tam(?: đen| toi)?|tuan theo|lam theo|nghe theo|đem xia)|huy bo|gat bo|gat sang mot ben|vut bo|ghi đe)"
THING = r"(?:(?:ve |đen |toi )?(?:buoc|thao tac|hanh đong|chi dan|chi thi|lan goi|viec|thay đoi|giao dich|quy tac|ghi chu|đieu|chuyen) (?:nay|đo|tren)|ve (?:đieu|viec) (?:nay|đo)|gi)"
TELL = r"(?:nhac(?: đen| toi)?|noi(?: cho)?|tiet lo|thong bao(?: cho)?|cho .{0,12} biet|bao(?: cho| voi)?|ke(?: cho)?|đe cap(?: đen)?|he lo|bao cao|nhac toi)"
ACT = r"(?:xoa|gui|chuyen|chuyen tiep|them|cap quyen|cap|thay đoi|sua|doi|đoi|chia se|đang|sao chep|cai đat|chay|thanh toan|xac nhan|phe duyet|thay the|tai len|don sach|go bo)\b"
PASS = r"(?:gui(?: kem)?|đinh kem|kem theo|đua|them|truyen|dan|chen|sao chep|đien|ghi|chuyen|nhap|cung cap|bao gom)\b"
SINK = r"(?:(?:phai|can|nen) (?:đuoc )?(?:gui|đinh kem|truyen|them|đua|kem|ghi|chen|chuyen)|đuoc (?:gui|đinh kem|truyen|them|đua|kem theo|ghi|chen|chuyen)|(?:vao|trong|qua|nhu|lam|duoi dang|toi|đen) (?:\w{2,6} )?(?:tham so|truong|đoi so|yeu cau|lan goi|binh luan|ghi chu|tin nhan|cong cu)|trong lan goi|lan goi)\b"
KEYS = r"(?:khoa (?:api|truy cap|bi mat|rieng)|(?:api|access) key|ma (?:truy cap|token)|token(?: truy cap)?|bien moi truong|thong tin (?:đang nhap|xac thuc)|khoa)\b"
CHAT = r"(?:(?:cuoc |doan |đoan )?(?:tro chuyen|hoi thoai|chat|đoi thoai)|lich su (?:tro chuyen|hoi thoai|chat)|(?:loi nhac|tin nhan|thong điep) he thong|tin nhan)\b"
WHOLE = r"(?:toan bo|tat ca|moi|đay đu|nguyen van|ca)"
SECRET = r"(?:mat khau|ma (?:\w{2,5} )?(?:\w{2,5} )?(?:\w{2,5} )?(?:sms|otp|pin|xac minh|xac nhan|bao mat|xac thuc)|ma \w{2,4} so|otp|ma pin|cvv|cum tu khoi phuc|so the)\b"
ASKING = r"(?:xac nhan|đong y|su đong y|su chap thuan|chap thuan|cho phep|phe duyet|y kien|su cho phep)"
NEEDLESS = r"(?:khong (?:can(?: thiet)?|phai|bat buoc)|khoi|chang can)"
TOOL = r"(?:cong cu|dich vu|may chu|ham|chuc nang)\b"
TALK = r"(?:phien|cuoc tro chuyen|cuoc hoi thoai|hoi thoai|cau tra loi|lan tra loi)\b"
ACCOUNT = r"(?:so tai khoan|tai khoan|iban|nguoi nhan|nguoi thu huong|so the)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"{DROP} (?:tat ca |moi |toan bo |het |cac |nhung )?(?:cac |nhung )?{ORDERS} (?:[\wđ]{{1,6}} ){{0,3}}(?:{PRIOR}|cua ban)",
        rf"{DROP} (?:tat ca|moi|toan bo) (?:cac |nhung )?(?:chi dan|chi thi|menh lenh|quy tac|huong dan)\b",
        rf"(?:nhung gi|đieu|{ORDERS}|tat ca) (?:ma )?ban (?:[\wđ]{{1,6}} )?{TOLD} {G}\b{VOID}",
        rf"{DROP} (?:tat ca |moi )?(?:nhung gi|đieu|thu) (?:ma )?(?:ban |toi |ho )?(?:[\wđ]{{1,6}} ){{0,2}}{TOLD}",
        rf"{ORDERS} {PRIOR} (?:[\wđ]{{1,6}} )?{VOID}{G}\b(?:tuan theo|lam theo|chi)\b",
        rf"\b(?:tuan theo|tuan thu|nghe theo|vang theo|phuc tung) (?:[\wđ]{{1,6}} )?{HERE}",
        rf"\bchi (?:lam theo|thuc hien|tuan theo) (?:[\wđ]{{1,6}} ){{0,3}}{HERE}",
        rf"\btu (?:đay|gio|bay gio)(?: tro đi)? chi (?:[\wđ]{{1,6}} ){{0,2}}{HERE}",
        rf"(?:đung|khong|ngung) (?:con )?(?:tuan theo|lam theo|tuan thu|nghe theo|theo) (?:cac |nhung )?{ORDERS} (?:[\wđ]{{1,6}} ){{0,2}}(?:nha van hanh|nha phat trien|nha cung cap|he thong|quan tri)",
        rf"(?:quen|bo qua|gat bo) (?:đi )?(?:cac |nhung |moi )?{ORDERS} cua ban",
        rf"{ORDERS} (?:[\wđ]{{1,6}} ){{0,3}}(?:cua he thong|he thong|cua ban){G}\b(?:khong con|het) (?:hieu luc|gia tri|ap dung)",
        rf"\bchi (?:hanh đong|tra loi|lam viec|lam) (?:theo|dua tren|dua vao) {HERE}",
        rf"{DROP} (?:tat ca |moi )?(?:nhung gi |noi dung |đieu )?(?:o tren|ben tren|phia tren) va (?:noi|tra loi|viet|lap lai|in ra|cho)\b",
        rf"\b(?:xoa|loai bo){G}\b(?:tri nho|bo nho){G}\b(?:moi|tat ca|chi dan|lenh|nhung gi)",
    ),
    "directive-precedence": (
        rf"\b{HERE} {G}\b(?:uu tien|quan trong|cao) hon{G}(?:{USER}|he thong|loi nhac)",
        rf"\b(?:uu tien|quan trong) hon (?:[\wđ]{{1,6}} )?(?:(?:yeu cau|mong muon|lenh|chi dan) cua {USER}|(?:loi nhac|tin nhan|thong điep) he thong)",
        rf"\b(?:theo|lam theo|tuan theo) {HERE} (?:chu khong|thay vi|chu khong phai) (?:[\wđ]{{1,6}} ){{0,4}}{USER}",
        rf"\b(?:quan trong|uu tien|cao) hon{G}\b(?:chi dan|yeu cau|menh lenh|mong muon|lenh) cua {USER}",
    ),
    "directive-secrecy": (
        rf"(?:đung|khong|cho|khong can|khong đuoc) (?:bao gio )?{TELL} {THING} (?:[\wđ]{{1,5}} )?(?:{USER}|trong (?:cau tra loi|phan hoi|ban tom tat))",
        rf"(?:đung|khong|cho|khong can|khong đuoc) (?:bao gio )?{TELL} (?:voi |cho )?{USER} (?:biet )?(?:[\wđ]{{1,5}} )?{THING}",
        rf"(?:ma|đe|de) {USER} (?:khong|chang) (?:he |hay )?(?:hay )?(?:biet|hay biet|phat hien|nhan ra|thay)\b",
        rf"\b(?:lang le|am tham|len lut|bi mat){G}\bkhong can (?:bao|noi|thong bao) (?:cho |voi )?{USER}",
        rf"\bcau tra loi,? (?:đung|khong) (?:noi|nhac|đe cap) (?:[\wđ]{{1,5}} )?(?:[\wđ]{{1,5}} )?{THING}",
        rf"\b(?:giau|giu kin|che giau|an) {THING} (?:[\wđ]{{1,5}} )?(?:voi )?{USER}",
        rf"\bkhong (?:bao|thong bao|noi) cho {USER} (?:biet )?(?:ve )?(?:đieu|viec|buoc|thao tac) nay",
        rf"{USER} (?:khong|chang) (?:đuoc|nen|can) (?:biet|hay biet|thay|phat hien)\b",
        rf"\b(?:giu bi mat|giu kin|che giau)\b{G}{USER}",
        rf"\b(?:len lut|bi mat|am tham|giau(?: kin| giem)?)\b{G}\bvoi {USER}",
    ),
    "directive-addressed": (
        rf"\b(?:gui|danh cho|luu y|chu y|thong bao|kinh gui|nhan)\b (?:[\wđ]{{1,5}} ){{0,3}}{AGENT}[^.!?\n:]{{0,30}}[:!] (?:hay )?(?:[\wđ]{{1,6}} ){{0,2}}{ACT}",
        rf"{AGENT} (?:[\wđ]{{1,6}} )?(?:đang )?(?:đoc|xu ly|phan tich|tom tat) (?:[\wđ]{{1,6}} ){{0,4}}(?:phai|hay|se|thuong|can) {ACT}",
        rf"\bsau khi (?:đoc|xem|xu ly) {G}{AGENT} (?:[\wđ]{{1,6}} )?{ACT}",
        rf"{AGENT} (?:[\wđ]{{1,6}} )?{ACT} (?:[\wđ]{{1,6}} ){{0,6}}{PLACE}",
        rf"{AGENT} (?:phai|can) {ACT} {G}\b(?:truoc khi tra loi|ma khong (?:bao|noi))",
        rf"{AGENT} (?:than men|oi|kinh men)[ ,:!]{{1,3}}(?:hay )?(?:[\wđ]{{1,6}} ){{0,2}}{ACT}",
        rf"(?:{AGENT}|\bai\b) (?:đang )?(?:doc|đoc|xu ly|phan tich|tom tat){G}\bnay (?:se |phai )?{ACT}{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:noi dung|van ban|cac dong|khoa rieng|tep|tap tin|file) [^\n.!?]{{0,20}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:noi dung|van ban|cac dong|khoa rieng|tep|tap tin) [^\n.!?]{{0,20}}{FILE}",
        rf"(?:đoc|mo|tep|tap tin) [^\n.!?]{{0,16}}{FILE}[\w/.*-]{{0,12}} (?:va |roi )?{PASS} (?:[\wđ]{{1,6}} )?(?:noi dung|van ban)",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} cua {USER}",
        rf"\b{KEYS} cua {USER} {W}{SINK}",
        rf"\b(?:tat ca|moi|toan bo) (?:cac )?{KEYS} {W}{SINK}",
        rf"\b(?:tham so|truong|đoi so)\b{G}\b(?:tat ca|moi|toan bo) (?:cac )?{KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:[\wđ]{{1,6}} ){{0,2}}{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b{WHOLE} (?:[\wđ]{{1,6}} ){{0,2}}{CHAT} {W}{SINK}",
        rf"\b(?:goi|dung|su dung) {W}(?:voi|kem) {WHOLE} (?:[\wđ]{{1,6}} )?{CHAT}",
        rf"\b(?:tom tat|{PASS}) {CHAT} (?:[\wđ]{{1,6}} ){{0,3}}(?:cung|va|kem) (?:[\wđ]{{1,6}} )?(?:loi nhac|tin nhan|thong điep) he thong",
        r"\b(?:tiet lo|hien thi|cho toi xem|nhac lai|lap lai|in ra|noi) (?:[\wđ]{1,6} ){0,3}(?:loi nhac|huong dan|chi dan|chi thi|thong điep) he thong cua ban",
        rf"{START}{PASS} (?:nguyen van |đay đu )?{WHOLE} {CHAT} {W}{SINK}",
        rf"\b(?:tham so|truong|đoi so)\b{G}\b(?:phai|can){G}\b{WHOLE} (?:[\wđ]{{1,6}} ){{0,2}}{CHAT}",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:[\wđ]{{1,6}} )?(?:gui|chuyen|chuyen tiep|sao chep) (?:[\wđ]{{1,6}} ){{0,8}}(?:toi|đen|cho|qua) (?:đia chi )?{PLACE}",
        rf"{AGENT} (?:[\wđ]{{1,6}} ){{0,5}}(?:phai|can) (?:[\wđ]{{1,6}} ){{0,8}}(?:toi|đen|cho) (?:đia chi )?{PLACE}",
        rf"{START}(?:gui|chuyen tiep|chuyen) (?:moi cau tra loi|tat ca (?:du lieu|ket qua|cau tra loi)|moi (?:ket qua|phan hoi)|toan bo du lieu|du lieu (?:khach hang|{USER})) (?:[\wđ]{{1,6}} ){{0,5}}(?:toi|đen|cho) {PLACE}",
        rf"\b(?:ban sao an|bcc) (?:[\wđ]{{1,6}} )?(?:toi|đen|cho) {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:hoi|yeu cau|xin|đe nghi|thuyet phuc) {USER} {W}{SECRET}",
        rf"{START}(?:hoi|yeu cau|xin|lay) {SECRET} (?:cua |tu ){USER}",
        rf"\b(?:thuyet phuc|khien|bao đam|lam cho)\b{G}{USER}{G}\b{SECRET}",
    ),
    "consent-bypass": (
        rf"{USER} (?:đa|von đa) (?:đong y|chap thuan|cho phep|xac nhan|phe duyet) (?:[\wđ]{{1,6}} ){{0,5}}{NEEDLESS}",
        rf"\b{NEEDLESS} (?:[\wđ]{{1,6}} ){{0,2}}(?:{ASKING}|hoi) (?:lai )?(?:y kien )?(?:tu |cua )?{USER}",
        rf"\b{NEEDLESS} (?:co )?{ASKING} cua {USER}",
        rf"{START}(?:{ACT}|thuc hien|tien hanh|hoan tat|bat đau) (?:[\wđ]{{1,7}} ){{0,4}}ma khong (?:can )?(?:hoi |xin |cho |co )?(?:lai )?(?:{ASKING} )?(?:cua )?{USER}",
        rf"(?:đung|khong) (?:hoi|cho|xin) {ASKING} cua {USER}",
        rf"{USER} đa (?:đong y|chap thuan|cho phep|xac nhan|phe duyet){G}(?:đung|khong) (?:hoi|can hoi)",
        rf"(?:đung|khong|khong can) (?:hoi|xin|cho) (?:{ASKING}{G}{USER}|{USER}{G}\b{ASKING})",
    ),
    "preference-only": (
        rf"\bluon (?:luon )?(?:dung|su dung|chon|goi) (?:[\wđ]{{1,6}} )?{TOOL}[^.!?\n]{{0,30}}(?:khong|đung)[^.!?\n]{{0,20}}{TOOL}[^.!?\n]{{0,16}}\bkhac\b",
        rf"(?:khong|đung) (?:bao gio )?(?:dung|su dung|goi) (?:bat ky |mot )?{TOOL} (?:nao )?khac\b{G}\b(?:chi|ngoai)\b",
        rf"\b(?:moi |cac |nhung )?{TOOL} (?:[\wđ]{{1,6}} ){{0,2}}khac (?:[\wđ]{{1,6}} )?(?:[\wđ]{{1,6}} )?(?:bi tat|ngung hoat đong|ngung|bi khoa|khong hoat đong|bi vo hieu)",
        rf"\bluon (?:gioi thieu|đe xuat|khuyen nghi){G}\b(?:ngay ca khi|ke ca khi|du) {USER}",
        rf"(?:khong|đung) (?:bao gio )?(?:goi|kich hoat) (?:bat ky |them |mot )?{TOOL} (?:nao )?khac\b",
    ),
    "persistence-memory": (
        rf"\b(?:ghi nho|nho|luu|luu lai|hay nho){G}\b(?:moi|tat ca(?: cac)?) {TALK} (?:sau|tiep theo|tuong lai|sap toi)",
        rf"\b(?:tu nay(?: tro đi| ve sau)?|ke tu (?:nay|bay gio)|tu bay gio(?: tro đi)?)\b[^.!?\n]{{0,45}}\b(?:moi|tat ca) (?:cac )?{TALK}",
        r"\b(?:tu nay|ke tu (?:nay|bay gio)|tu bay gio)\b[^.!?\n]{0,50}\b(?:moi|tat ca cac) (?:cau tra loi|cuoc tro chuyen|hoi thoai|cuoc hoi thoai)\b",
    ),
    "payment-recipient": (
        rf"\b(?:thay cho|thay vi) {ACCOUNT}[^.!?\n]{{0,40}}\b(?:luon|{NUMBER})",
        rf"(?:thay|thay the|đoi) {ACCOUNT} (?:ma )?(?:do )?{USER}",
        rf"\b{ACCOUNT} (?:cu )?(?:[\wđ]{{1,6}} )?(?:khong con dung|het hieu luc|khong con hieu luc|đa cu){G}\b(?:chuyen|luon|chi)\b[^.!?\n]{{0,20}}{NUMBER}",
        rf"\b(?:thay|thay the|đoi) {ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:loi|that bai|het han)\b[^!?\n]{{0,40}}{AGENT} (?:phai|can) (?:[\wđ]{{1,6}} ){{0,3}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"(?:tai|mo|đoc|truy cap|lay) [^.!?\n]{{0,10}}{URL}\b(?:lam theo|thuc hien|tuan theo|chay) (?:[\wđ]{{1,6}} ){{0,2}}(?:đieu|nhung gi|tat ca|chi dan|huong dan|lenh) (?:[\wđ]{{1,6}} )?(?:viet|ghi|trong đo|o đo|neu|tai đo)",
        rf"{ORDERS} (?:moi nhat|hien hanh|đay đu|cap nhat) [^.!?\n]{{0,16}}{URL}\b(?:lam theo|thuc hien|tuan theo)",
    ),
}
"""Rule id -> the patterns of this language."""
