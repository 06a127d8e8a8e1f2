"""What attacks on agents say in Indonesian."""

W = r"(?:(?:[^\Wjtb]|b[^eu\W]|be[^l\W]|j[^a\W]|ja[^n\W]|t[^ia\W]|tam|terse)\w{0,14} ){0,4}"
"""A few words that deny nothing (tidak, jangan, tanpa, bukan, belum), each with its blank."""
G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
START = r"(?:^|[\n.!?:;,*#(>\"-]\s{0,2}|\b(?:dan|lalu|kemudian|selalu|dulu|dahulu|mohon|tolong|harap|silakan|harus|wajib|juga|perlu) )"
"""Where an order begins, so that no word in front of it turns it around."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
URL = r"https?://[ -~]{5,70}"
PLACE = r"(?:[\w.+-]{1,30}@\w|https?://\w)"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"\b(?:pengguna|pelanggan|nasabah|klien|pemakai|user|pasien|tamu|pemilik|penelepon)(?:nya)?\b"
AGENT = r"\b(?:asisten|agen|model|sistem|chatbot|bot|kecerdasan buatan)(?: (?:ai|bahasa|virtual|otomatis))?\b"
AI = rf"(?:{AGENT}|\bai\b)"
ORDERS = (
    r"(?:instruksi|perintah|arahan|petunjuk|aturan|pedoman|ketentuan|batasan|panduan|prompt(?: sistem)?|pesan sistem)\b"
)
PRIOR = r"(?:sebelumnya|terdahulu|di atas|yang (?:sudah |telah )?(?:diterima|diberikan|ada)|awal|lama|sistem|semula|sejauh ini|sampai sekarang)\b"
HERE = r"(?:(?:teks|paragraf|dokumen|pesan|kolom|halaman|catatan|petunjuk|instruksi|aturan|arahan|bagian) ini)\b"
TOLD = r"(?:diberikan|dikatakan|diminta|disuruh|diperintahkan|diterima|disampaikan|diajarkan|ditugaskan)"
VOID = r"(?:(?:sudah )?tidak (?:lagi )?(?:berlaku|sah|penting)(?: lagi)?|batal|dibatalkan|dicabut|gugur|kedaluwarsa|abaikan|lupakan)\b"
DROP = r"(?:(?:meng)?abaikan(?:lah)?|(?:me)?lupakan(?:lah)?|kesampingkan|jangan (?:hiraukan|pedulikan|ikuti|patuhi|gubris|indahkan)|hiraukan saja|langgar|lewati|timpa|buang)"
THING = r"(?:(?:tentang |soal |mengenai |akan )?(?:langkah|tindakan|operasi|proses|instruksi|panggilan|pengiriman|transfer|perubahan|aturan|catatan|hal) (?:ini|tersebut|itu)|(?:tentang |soal )?(?:hal )?ini|apa pun|apapun)\b"
TELL = r"(?:sebut(?:kan)?|menyebut(?:kan)?|beri(?: )?tahu(?:kan)?|memberi(?: )?tahu(?:kan)?|katakan|mengatakan|ceritakan|sampaikan|menyampaikan|laporkan|ungkap(?:kan)?|singgung|bocorkan|bahas|informasikan)"
ACT = r"(?:hapus|kirim|teruskan|tambah|beri|ubah|ganti|bagikan|publikasi|salin|pasang|jalankan|transfer|alihkan|bayar|setujui|kosongkan|unggah|daftarkan|masukkan|menghapus|mengirim|meneruskan|menambah|memberi|mengubah|mengganti|membagikan|menyalin|mentransfer)(?:kan|i|lah)?\b"
PASS = r"(?:sertakan|kirim(?:kan)?|mengirim(?:kan)?|masukkan|memasukkan|lampirkan|melampirkan|tambahkan|menambahkan|teruskan|meneruskan|tempel(?:kan)?|salin|berikan|isi(?:kan)?|cantumkan|taruh|oper)\b"
SINK = r"(?:(?:harus |perlu |wajib |mesti )?(?:di(?:lampirkan|kirim(?:kan)?|sertakan|masukkan|tambahkan|teruskan|salin|tempel|berikan|cantumkan))\b|(?:di|ke|dalam|pada|sebagai|melalui|lewat|ke dalam) (?:\w{2,9} )?(?:parameter|kolom|argumen|permintaan|panggilan|komentar|catatan|pesan|bidang|field)\b)"
KEYS = r"(?:kunci (?:api|akses|rahasia|privat|pribadi)|(?:api|access) key|token(?: (?:akses|api|sesi))?|variabel lingkungan|kredensial|data login|rahasia)"
CHAT = r"(?:percakapan|obrolan|dialog|riwayat(?: (?:percakapan|obrolan|chat))?|chat|prompt sistem|pesan sistem|instruksi sistem|pesan)\b"
WHOLE = r"(?:seluruh|semua|keseluruhan|lengkap|segenap|isi|sebelumnya)"
SECRET = r"(?:kata sandi|password|sandi|pin|kode (?:\w{2,7} )?(?:\w{2,7} )?(?:\w{2,7} )?(?:sms|otp|verifikasi|keamanan|konfirmasi|sekali pakai|angka|digit)|otp|cvv|frasa (?:pemulihan|seed)|nomor kartu)(?:nya)?\b"
ASKING = r"(?:konfirmasi|izin|persetujuan|ijin)(?:nya)?"
NEEDLESS = r"(?:tidak (?:perlu|diperlukan|dibutuhkan|usah|wajib)|tak perlu|boleh dilewati|bisa dilewati|lewati)"
TOOL = r"(?:alat|layanan|server|fungsi|tool|perkakas)\b"
TALK = r"(?:sesi|percakapan|obrolan|jawaban|chat)\b"
ACCOUNT = r"(?:nomor rekening|rekening|iban|penerima|rekening tujuan|akun bank)\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{DROP} (?:semua |seluruh |segala )(?:\w{{2,9}} )?{ORDERS}",
        rf"\b{DROP} (?:\w{{3,9}} )?{ORDERS} (?:\w{{2,9}} )?(?:{PRIOR}|mu\b|anda\b|yang kamu)",
        rf"\b(?:apa pun|apa|semua|segala|{ORDERS}) (?:yang )?(?:\w{{2,9}} )?{TOLD} (?:kepadamu|kepada (?:anda|kamu)|padamu) {G}{VOID}",
        rf"\b{DROP} (?:semua |segala )?(?:apa|hal|yang) (?:\w{{2,9}} ){{0,3}}{TOLD}\b",
        rf"\b{ORDERS} {PRIOR} (?:\w{{2,9}} )?{VOID}{G}\b(?:patuhi|ikuti|jalankan|hanya|cukup)\b",
        rf"\b(?:patuhi|taati|turuti) (?:hanya )?{HERE}",
        rf"\b(?:ikuti|lakukan|jalankan) (?:hanya|cuma) (?:\w{{2,9}} )?{HERE}",
        rf"\b(?:mulai (?:sekarang|dari sini)|mulai kini) (?:hanya|cuma) {HERE}",
        rf"\b(?:jangan|berhenti) (?:lagi )?(?:mematuhi|mengikuti|menaati|ikuti|patuhi|turuti) (?:lagi )?{ORDERS}{G}\b(?:operator|pengembang|penyedia|sistem|administrator|tidak berlaku)",
        r"\b(?:lupakan|abaikan|kesampingkan) (?:semua )?(?:instruksi|perintah|aturan|arahan|petunjuk|pedoman)(?:mu|nya| anda| kamu)\b",
        rf"\b(?:ikuti|patuhi|jalankan) {HERE} (?:saja|semata)\b",
        rf"\b{ORDERS} (?:\w{{3,9}} )?(?:sistem|mu|anda)\b{G}\btidak (?:lagi )?berlaku",
        rf"\b(?:bertindak|jawab|bekerja)(?:lah)? (?:hanya|cuma|semata) (?:menurut|berdasarkan|sesuai) {HERE}",
        rf"\b{DROP} (?:semua )?(?:yang |hal )?(?:di atas|teks di atas|teks sebelumnya) (?:dan|lalu) (?:katakan|jawab|tulis|ulangi|tampilkan|berikan|sebutkan)\b",
        rf"\b(?:hapus|buang)(?:lah)? (?:dari )?(?:ingatan|memori)(?:mu|nya| anda)?\b{G}\b(?:semua|segala|instruksi|perintah)",
    ),
    "directive-precedence": (
        rf"\b{HERE} (?:\w{{2,9}} )?(?:diutamakan|prioritas|didahulukan|di atas|mengalahkan)\b{G}(?:{USER}|sistem|prompt|semua)",
        rf"\b(?:diutamakan|prioritas|didahulukan|mengalahkan) (?:daripada |dari |di atas |atas )?(?:(?:permintaan|keinginan|perintah|instruksi) {USER}|(?:pesan|prompt|instruksi) sistem)",
        rf"\b(?:ikuti|patuhi|turuti) {HERE},? (?:dan )?(?:bukan|alih-alih|ketimbang) (?:\w{{4,10}} )?{USER}",
        rf"\blebih (?:penting|utama|tinggi|diutamakan) (?:daripada|dari|ketimbang){G}\b(?:instruksi|permintaan|perintah|keinginan) {USER}",
    ),
    "directive-secrecy": (
        rf"\b(?:jangan|tanpa|tidak usah|tak usah) (?:pernah )?{TELL} (?:apa pun |apapun )?{THING} (?:\w{{2,9}} )?(?:{USER}|dalam jawaban|di jawaban|dalam ringkasan)",
        rf"\b(?:jangan|tanpa|tidak perlu|tidak usah) (?:pernah )?{TELL} (?:kepada |ke |pada )?{USER} (?:\w{{2,9}} )?{THING}",
        rf"\btanpa (?:sepengetahuan|diketahui|memberi(?: )?tahu|setahu) (?:oleh )?{USER}",
        rf"\b(?:jawaban|respons|ringkasan)\w{{0,3}},? jangan {TELL} {THING}",
        rf"\b(?:sembunyikan|rahasiakan|tutupi) {THING} (?:dari )?{USER}",
        rf"\b(?:agar|supaya|sehingga) {USER} tidak (?:tahu|mengetahui|menyadari|curiga)\b",
        rf"{USER} (?:tidak|jangan sampai) (?:boleh |perlu )?(?:tahu|mengetahui|melihat|menyadari)\b",
        rf"\b(?:rahasiakan|sembunyikan|tutupi){G}\bdari {USER}",
        rf"\b(?:diam-diam|sembunyi-sembunyi|secara rahasia){G}{USER}",
    ),
    "directive-addressed": (
        rf"\b(?:untuk|kepada|catatan|perhatian|pesan|halo|hai|bagi|pemberitahuan) (?:\w{{2,9}} ){{0,2}}{AI}[ \w,]{{0,30}}[:!] (?:\w{{2,9}} ){{0,2}}{ACT}",
        rf"{AI} yang {W}(?:membaca|memproses|menganalisis|meringkas|mengolah) {W}(?:harus |wajib |akan )?{ACT}",
        rf"\bsetelah (?:membaca|selesai membaca) (?:\w{{2,9}} ){{0,2}}{AI} (?:\w{{2,9}} )?{ACT}",
        rf"{AGENT} (?:\w{{3,12}} )?{ACT} {W}{PLACE}",
        rf"{AGENT} (?:harus|wajib|mesti) {W}{ACT} {W}(?:sebelum menjawab|tanpa (?:memberi|sepengetahuan)|jejaknya)",
        rf"{AI} yang\b{G}\bini\b{G} {ACT}{G}(?:{PLACE}|{NUMBER})",
        rf"{AI} yang\b{G}\bini\b (?:akan |harus )?(?:mentransfer|mengirim|memberi|menghapus|membayar)\w{{0,3}}\b{G}(?:{PLACE}|{NUMBER})",
    ),
    "exfiltration-files": (
        rf"\b(?:isi|teks|baris|baris-baris|kunci privat|berkas|file) [ \w~/$`'\"]{{0,24}}{FILE}[\w/.*-]{{0,12}} {W}{SINK}",
        rf"{START}{PASS} {W}(?:isi|isinya|teks|baris|baris-baris|kunci privat|berkas|file) [ \w~/$`'\"]{{0,24}}{FILE}",
        rf"\b(?:baca|buka|berkas|file) [ \w~/$`'\"]{{0,20}}{FILE}[\w/.*-]{{0,12}} (?:dan |lalu |kemudian )?{PASS} (?:\w{{2,4}} )?(?:isi|teks)",
    ),
    "exfiltration-environment": (
        rf"{START}{PASS} {W}{KEYS} (?:milik )?{USER}",
        rf"\b{KEYS} (?:milik )?{USER} (?:\w{{2,9}} )?{SINK}",
        rf"\b(?:dengan|beserta|disertai) {KEYS} (?:milik )?{USER}",
        rf"\b(?:semua|seluruh) {KEYS} (?:harus |perlu |wajib )?{SINK}",
        rf"\b(?:parameter|kolom|argumen)\b{G}\b(?:semua|seluruh) {KEYS}",
    ),
    "exfiltration-conversation": (
        rf"{START}{PASS} {W}{WHOLE} (?:\w{{3,9}} )?{CHAT} {W}(?:{SINK}|{PLACE})",
        rf"\b{WHOLE} (?:\w{{3,9}} )?{CHAT} (?:\w{{2,9}} ){{0,3}}{SINK}",
        rf"\b(?:panggil|gunakan|pakai) {W}dengan {WHOLE} (?:\w{{3,9}} )?{CHAT}",
        rf"\b(?:{PASS}|ringkas|rangkum) {CHAT} (?:\w{{5,12}} )?(?:dan|beserta|bersama|dengan) (?:prompt|pesan|instruksi) sistem",
        r"\b(?:tampilkan|ungkapkan|bocorkan|tunjukkan|ulangi|sebutkan|beritahu) (?:\w{2,6} )?(?:prompt|pesan|instruksi) sistem (?:mu|anda|kamu|sistemmu)\b",
        r"\b(?:tampilkan|ungkapkan|bocorkan|tunjukkan|ulangi) (?:prompt|instruksi) sistemmu\b",
        rf"{START}{PASS} (?:\w{{3,9}} ){{0,2}}{WHOLE} {CHAT} (?:\w{{3,12}} )?{SINK}",
        rf"\b(?:parameter|kolom|argumen)\b{G}\b(?:harus|wajib|perlu){G}\b{WHOLE} (?:\w{{3,9}} )?{CHAT}",
    ),
    "exfiltration-forward": (
        rf"{AGENT} (?:\w{{2,12}} )?(?:mengirim(?:kan)?|meneruskan|mengirim|menyalin) {W}{W}(?:ke|kepada) (?:alamat )?{PLACE}",
        rf"{AGENT} (?:harus|wajib|mesti) {W}{W}(?:ke|kepada) (?:alamat )?{PLACE}",
        rf"{START}{PASS} (?:setiap jawaban|semua (?:jawaban|data|hasil|percakapan)|data (?:pelanggan|{USER})) {W}(?:ke|kepada) {PLACE}",
        rf"\b(?:tembusan tersembunyi|salinan tersembunyi|bcc) (?:\w{{2,12}} )?(?:ke|kepada) {PLACE}",
    ),
    "solicitation-credential": (
        rf"{START}(?:minta(?:lah)?|tanyakan|tanya|mintakan|desak) (?:kepada |pada )?{USER} {W}{SECRET}",
        rf"{START}(?:minta(?:lah)?|tanyakan|dapatkan|catat) {SECRET} (?:\w{{3,7}} )?(?:\w{{3,7}} )?{USER}",
        rf"\b(?:usahakan|pastikan|bujuk|yakinkan)\b{G}{USER}{G}\b{SECRET}",
        rf"\b(?:usahakan|pastikan|bujuk|yakinkan)\b{G}{USER}{G}\bkode\b[^.!?\n]{{0,20}}\b(?:sms|otp)\b",
    ),
    "consent-bypass": (
        rf"{USER} (?:sudah|telah) (?:\w{{3,9}} )?(?:izin|setuju|menyetujui|mengizinkan|persetujuan|konfirmasi|mengonfirmasi)\w{{0,3}} (?:\w{{2,9}} ){{0,3}}{NEEDLESS}",
        rf"\b{ASKING} (?:dari )?{USER} {NEEDLESS}",
        rf"\b{NEEDLESS} (?:lagi )?(?:meminta|minta|menunggu|bertanya|menanyakan) (?:lagi )?(?:{ASKING} )?(?:kepada |dari )?{USER}",
        rf"{START}(?:{ACT}|lakukan|proses|selesaikan|lanjutkan|eksekusi|mulai|pesan) (?:[^\Wj]\w{{1,14}} ){{0,3}}tanpa (?:bertanya|menanyakan|meminta|menunggu|minta|izin|persetujuan|konfirmasi) (?:\w{{3,12}} )?(?:kepada |dari |ke )?{USER}",
        rf"\bjangan (?:minta|meminta|menunggu) {ASKING} (?:dari |kepada )?{USER}",
        rf"{USER} (?:sudah|telah) {G}\b(?:setuju|menyetujui|mengizinkan|izin|konfirmasi){G}\bjangan (?:tanya|bertanya|menanyakan|minta)",
        rf"\bjangan (?:minta|meminta|menunggu|tunggu) (?:{ASKING}{G}{USER}|{USER}{G}\b{ASKING})",
        rf"{START}(?:{ACT}|lakukan|proses|selesaikan|lanjutkan|eksekusi|mulai|pesan) (?:\w{{3,14}} ){{0,3}}tanpa (?:persetujuan|izin|konfirmasi) {USER}",
    ),
    "preference-only": (
        rf"\bselalu (?:gunakan|pakai|pilih|panggil) {W}{TOOL}{G}\b(?:jangan|tidak) (?:pernah )?(?:\w{{5,12}} )?(?:alat|layanan|server|tool|yang) lain",
        rf"\bjangan (?:pernah )?(?:gunakan|menggunakan|pakai|panggil|memanggil) {TOOL} lain(?:nya)?\b{G}\b(?:hanya|cukup|kecuali|selain)\b",
        rf"\b{TOOL} (?:\w{{3,14}} )?lain(?:nya)?\b{G}\b(?:dinonaktifkan|dihentikan|dimatikan|tidak boleh|tidak berfungsi|sudah ditutup)",
        rf"\bselalu (?:rekomendasikan|sarankan|tawarkan)\b{G}\b(?:meskipun|walaupun|sekalipun) {USER}",
        rf"\bjangan (?:pernah |lagi )?(?:panggil|memanggil) {TOOL} lain(?:nya)?\b",
    ),
    "persistence-memory": (
        rf"\b(?:ingat(?:lah)?|simpan|catat|hafalkan)\b{G}\b(?:semua|setiap) {TALK} (?:mendatang|berikutnya|selanjutnya|yang akan datang)",
        rf"\b(?:mulai (?:sekarang|hari ini|kini)|untuk seterusnya|ke depannya)\b[^.!?\n]{{0,60}}\b(?:setiap|semua|tiap) {TALK}",
        r"\b(?:mulai (?:sekarang|hari ini|kini)|untuk seterusnya|ke depannya)\b[^.!?\n]{0,50}\b(?:setiap|semua|tiap) (?:jawaban|percakapan|obrolan)\b",
    ),
    "payment-recipient": (
        rf"\b(?:sebagai ganti|alih-alih|daripada|ganti) [ \w]{{0,9}}\b{ACCOUNT}[ \w,]{{0,40}}\b(?:selalu|{NUMBER})",
        rf"\bganti(?:kan|lah)? {ACCOUNT} (?:\w{{3,12}} )?(?:oleh |dari |milik )?{USER}",
        rf"\b{ACCOUNT} {W}(?:lama|kedaluwarsa|usang|tidak berlaku)\b{G}\b(?:selalu|hanya) {W}{NUMBER}",
        rf"\bganti(?:kan|lah)?\b{G}\b{ACCOUNT}{G}{USER}",
    ),
    "turn-error": (
        rf"\b(?:galat|gagal|kesalahan|error|kedaluwarsa)\b[ \"-~]{{0,40}}\b(?:agen|asisten|model) (?:harus|wajib|perlu) (?:\w{{2,12}} ){{0,4}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        rf"\b(?:unduh|buka|baca|kunjungi|ambil|muat) [ \w]{{0,10}}{URL}\b(?:lakukan|ikuti|jalankan|laksanakan|patuhi) (?:\w{{3,7}} )?(?:yang|apa yang|semua|perintah yang|instruksi yang)\b",
        rf"\b{ORDERS} (?:terbaru|terkini|lengkap|yang berlaku) [ \w]{{0,16}}{URL}\b(?:lakukan|ikuti|jalankan|patuhi)",
    ),
}
"""Rule id -> the patterns of this language."""
