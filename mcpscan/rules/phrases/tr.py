"""What attacks on agents say in Turkish."""

G = r"[^.!?\n]{0,40}"
"""Anything within a sentence."""
FILE = r"(?:\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|env)\b|\bid_(?:rsa|ed25519)|/etc/(?:passwd|shadow)|wallet\.dat|credentials\.json)"
PLACE = r"(?:[\w.+-]{1,30}@[\w.-]{3,30}|https?://\w[\w./-]{3,40})"
NUMBER = r"(?:[a-z]{2}\d\d[ \d]{4}|\d[\d -]{5})"

USER = r"\b(?:kullanici|musteri|kisi|uye|hasta|misafir)(?:nin|ya|ye|dan|den|yi|lar|lara|lardan|larin|nin|ler|lere|i|in|e|yla)?\b"
AGENT = r"\b(?:(?:yapay zeka|dil) )?(?:asistan|ajan|model|aracisi|chatbot|sistem)(?:i|in|lar|lari|ler|leri|larin|lerin|lara|lere|ina|larina|lerine)?\b|\byapay zeka\w{0,3}\b"
ORDERS = r"(?:talimat|yonerge|komut|kural|emir|direktif|kisitlama|istem|gorev|sistem (?:mesaj|istem))\w{0,8}\b"
PRIOR = r"(?:(?:daha )?onceki|evvelki|yukaridaki|mevcut|eski|ilk|simdiye kadar(?:ki)?|(?:daha )?(?:once|onceden) (?:verilen|aldigin|aldiginiz|verilmis|alinan)|sana verilen|size verilen|bundan onceki|aldigin|aldiginiz)"
HERE = r"(?:bu|isbu|asagidaki) (?:metn|metin|paragraf|belge|mesaj|alan|sayfa|not|talimat|yonerge|kural|aciklama|ileti)\w{0,8}\b"
TOLD = r"(?:soylen|veril|isten|anlatil|ogretil|bildiril|emredil|aktaril)\w{2,9}"
VOID = r"(?:gecersiz\w{0,5}|gecerliligini\b|gecerli degil\w{0,3}|hukumsuz\w{0,3}|iptal \w{3,9}|onemi kalma\w{2,4}|onemi yok|bir kenara birak\w{0,5}|unut\w{0,5}|yok say\w{0,5}|dikkate alma\w{0,5})"
DROP = r"(?:unut|yok say|goz ardi et|gormezden gel|dikkate alma|gozardi et|atla|bir kenara birak|hice say|gec|es gec|umursama|uyma|iptal et|uygulama)(?:in|iniz|un|unuz|yin|yiniz|mali|malisin|meli|melisin|arak|erek)?\b"
THING = r"(?:bu|soz konusu) (?:adim|islem|eylem|talimat|cagri|aktarim|degisiklik|kural|not|durum|yonlendirme)\w{0,6}|bunlar\w{0,4}|bun(?:u|dan|larin)|bu konuda|hicbir sey"
HIDE = r"(?:soz etme|bahsetme|soyleme|anlatma|bildirme|haber verme|aktarma|belirtme|gosterme|acik etme|deginme|acma)(?:yin|yiniz|meli\w{0,4}|mali\w{0,4}|den|dan|ne gerek yok|nize gerek yok)?"
ACT = (
    r"(?:sil|gonder|ilet|aktar|ekle|ver|degistir|paylas|yayinla|kopyala|kur|calistir|transfer et|havale et|yetki ver|tanimla|bosalt|ode|onayla|guncelle|kaldir|yaz|satin al|indir)"
    r"(?:in|iniz|un|unuz|yin|yiniz|meli|mali|melidir|malidir|melisin|ir|er|ar|irler|erler|ler|lar|tirir|sun|sin|r)?\b"
)
PASS = (
    r"(?:ekle(?:yin|yiniz|nmeli\w{0,3}|r misiniz|meli\w{0,3}|nir|nmesi)?|gonder(?:in|iniz|ilmeli\w{0,3}|meli\w{0,3}|ilir|ilmesi)?|ilet(?:in|iniz|ilmeli\w{0,3}|ilir|meli\w{0,3})?|aktar(?:in|iniz|ilmali\w{0,3}|ilir|mali\w{0,3})?|yaz(?:in|iniz|ilmali\w{0,3}|ilir)?"
    r"|koy(?:un|unuz)?|kopyala(?:yin|yiniz)?|yapistir(?:in|iniz)?|ver(?:in|iniz|ilmeli\w{0,3})?|yerlestir(?:in|iniz)?|kopyala(?:yin|yiniz)?|paylas(?:in|iniz)?|gir(?:in|iniz)?|eklenmesi|gonderilmesi|iletilmesi|aktarilmasi)\b"
)
KEYS = r"(?:(?:api|erisim|gizli|ozel|ssh) anahtar\w{1,7}|anahtar(?:in|larin)i\w{0,3}|(?:erisim |api )?(?:token|jeton|belirtec|belirtecler)\w{1,6}|ortam degisken\w{2,8}|kimlik bilgi\w{2,8}|giris bilgi\w{2,8})"
CHAT = r"(?:konusma|sohbet|gorusme|yazisma|diyalog|mesaj|sistem (?:istemi|mesaji|prompt|talimat)|sohbet gecmisi|konusma gecmisi|mesaj gecmisi)\w{0,6}"
WHOLE = r"(?:tamam\w{1,4}|tumu\w{0,3}|butun\w{0,4}|hepsi\w{0,3}|tum|eksiksiz|gecmisi\w{0,3})"
SECRET = r"(?:parola|sifre|pin|(?:sms|dogrulama|onay|guvenlik|tek kullanimlik|whatsapp) (?:kod|sifre|parola)|sms ile gelen kod|kart (?:pin|numara|sifre)|\w{3,6} haneli (?:kod|sifre)|cvv|kurtarma (?:ifade|kelime)|kart pin)\w{0,6}\b"
ASKING = r"(?:onay|izin|riza|teyit|muvafakat|dogrulama)\w{0,6}"
NEEDLESS = r"(?:gerek yok\w{0,3}|gerekmez|gerekmiyor|gereksiz\w{0,3}|sart degil\w{0,3}|zorunlu degil\w{0,3}|aranmaz|atlanabilir|atla(?:yin)?)\b"
TOOL = r"(?:arac|hizmet|servis|sunucu|fonksiyon)\w{0,6}\b"
TALK = r"(?:oturum|konusma|sohbet|yanit|gorusme|cevap)\w{0,6}\b"
ACCOUNT = r"(?:iban\w{0,4}|hesap (?:numara|no)\w{0,5}|alici\w{0,4}|banka hesab\w{0,4}|hesab\w{1,5})\b"

PHRASES: dict[str, tuple[str, ...]] = {
    "directive-override": (
        rf"\b{PRIOR} (?:\w{{2,12}} )?(?:\w{{2,12}} )?{ORDERS} (?:\w{{2,12}} )?{DROP}",
        rf"\b(?:tum|butun|her turlu) {ORDERS} (?:\w{{2,9}} )?{DROP}",
        rf"\b(?:sana|size|senden|sizden) (?:\w{{3,12}} ){{0,3}}(?:{TOLD}|{ORDERS}) (?:\w{{2,12}} ){{0,3}}{VOID}",
        rf"\b{PRIOR} (?:\w{{2,12}} )?{ORDERS} (?:artik |tamamen )?(?:gecersiz|hukumsuz|iptal|gecerli degil)\w{{0,5}}\b{G}\b(?:uy|yalnizca|sadece|izle)\b",
        rf"\b(?:bundan sonra|buradan itibaren|bu andan itibaren) (?:yalnizca|sadece) {HERE} (?:gecerli|dikkate|esas)",
        rf"\b(?:yalnizca|sadece) {HERE} (?:\w{{2,9}} )?(?:uy|uygula|izle|takip et|esas al|itaat et)(?:un|in|yin|unuz|iniz)?\b",
        r"\bbu metne (?:uy|itaat et)(?:un|unuz|in|iniz)?\b",
        rf"\b(?:yonetici|operator|gelistirici|saglayici|sistem)\w{{2,5}} (?:\w{{3,12}} )?{ORDERS} (?:artik )?(?:uyma|{DROP})(?:yin|yiniz)?\b",
        r"\b(?:talimatlarini|kurallarini|yonergelerini|komutlarini)(?:zi)? (?:unut|yok say|bir kenara birak|gormezden gel)(?:un|in|unuz|iniz)?\b",
        rf"\b(?:sistemin|sistem|senin) (?:\w{{2,9}} )?{ORDERS} (?:artik )?(?:gecerli degil|gecersiz|hukumsuz|uygulanmaz)\w{{0,4}}",
        rf"\b(?:yalnizca|sadece|tek basina) {HERE} (?:gore|uyarinca) (?:davran|hareket et|yanitla|calis)(?:in|iniz|un)?\b",
        rf"\b(?:yukaridakileri|yukaridaki her seyi|ustteki metni|yukaridakini) {DROP} (?:ve )?[^.!?\n]{{1,60}}\b(?:de|soyle|yaz|yanitla|tekrarla|goster|ver)(?:in|yin|iniz)?\b",
        rf"\b(?:her seyi|tum talimatlari|butun talimatlari|istenenleri)\b{G}\b(?:hafizandan|belleginden|hafizanizdan|belleginizden) (?:sil|cikar)(?:in|iniz)?\b",
    ),
    "directive-precedence": (
        rf"\b{HERE} (?:\w{{3,12}} ){{0,2}}(?:{USER}|sistem|diger)[ \w]{{0,30}}\b(?:once gelir|onceliklidir|ustundur|oncelik tasir|onunde gelir|baskindir|oncelikli)",
        rf"\b(?:{USER} (?:istek|talep|talimat|komut)\w{{2,8}}|sistem (?:mesaj|istem|talimat)\w{{1,6}}) (?:\w{{2,12}} )?(?:once gelir|onceliklidir|ustundur|oncelik tasir)",
        rf"\b{USER} (?:dedigini|istedigini|istegini|talebini|soyledigini) degil,? {HERE} (?:izle|uygula|uy|takip et|esas al)",
        rf"{USER} (?:\w{{2,9}} )?(?:talimat|istek|komut|talep)\w{{2,8}} (?:daha )?(?:onemli|ustun|oncelikli)\w{{0,4}}",
    ),
    "directive-secrecy": (
        rf"\b(?:{THING}) (?:\w{{2,9}} )?{USER} (?:\w{{2,9}} )?{HIDE}",
        rf"{USER} (?:\w{{2,9}} )?(?:{THING}) (?:\w{{2,9}} )?{HIDE}",
        rf"\b(?:yanit|cevap|ozet)\w{{1,6}} (?:{THING}) (?:\w{{2,9}} )?{HIDE}",
        rf"{USER} (?:haberi|bilgisi|ruhu) (?:bile )?(?:olma|duyma)(?:dan|yacak|sin)\w{{0,6}}",
        rf"{USER} (?:fark etmeden|fark ettirmeden|bildirmeden|soylemeden|haber vermeden|bilgi vermeden|sezdirmeden)\b",
        rf"{USER} (?:gizle|sakla|gizli tut)(?:yin|yiniz|un|in)?\b",
        rf"\b(?:sessizce|gizlice) {G}{USER} (?:bahset|soyle|bildir|haber ver)\w{{2,5}} (?:gerek yok|gerekmez)",
        rf"{USER} (?:\w{{2,14}} ){{0,3}}(?:haberi|haberdar|bilgisi) olma(?:mali|sin|yacak|maz)\w{{0,4}}",
        rf"\b(?:{THING}) (?:\w{{2,9}} )?{USER} (?:\w{{2,9}} )?(?:gizli tut|sakla|gizle)(?:un|in|yin|unuz)?\b",
        rf"{USER} (?:\w{{2,14}} ){{0,3}}(?:bilmemeli|ogrenmemeli|duymamali|fark etmemeli|gormemeli)",
        rf"\b(?:gizlice|el altindan|sezdirmeden){G}{USER}",
        rf"{USER} (?:\w{{2,9}} )?gizlen\w{{2,5}}{G}\b(?:soyleme|bahsetme|anlatma)(?:yin|yiniz)?\b",
    ),
    "directive-addressed": (
        rf"(?:{AGENT})(?:na|ne|a|e|ya|ye|nin)?[ \w]{{0,16}}[:!][^!?\n]{{0,70}}\b{ACT}",
        rf"\b(?:okuyan|isleyen|inceleyen|ozetleyen|cozumleyen) (?:{AGENT}),? (?:[^\s.!?]{{2,30}} ){{0,5}}{ACT}",
        rf"(?:{AGENT}) (?:\w{{2,12}} ){{0,4}}(?:okuduktan|isledikten) sonra (?:[^\s!?]{{2,30}} ){{0,5}}{ACT}",
        rf"(?:{AGENT}) (?:\w{{2,14}} ){{0,4}}{PLACE} (?:\w{{2,14}} ){{0,4}}{ACT}",
        rf"\bbu \w{{3,14}} (?:okuyan|isleyen|inceleyen|ozetleyen|yuruten) (?:{AGENT}){G}(?:{PLACE}|{NUMBER}){G}{ACT}",
        rf"\bbu \w{{3,14}} (?:okuyan|isleyen|inceleyen|ozetleyen|yuruten) (?:{AGENT}){G}(?:{PLACE}|{NUMBER}){G}\b(?:havale|transfer) eder",
    ),
    "exfiltration-files": (
        rf"{FILE}[\w/.*-]{{0,12}} (?:\w{{2,12}} ){{0,2}}(?:icerig|metn|dosya|anahtar|satir)\w{{1,7}} (?:\w{{1,14}} ){{0,4}}{PASS}",
        rf"{FILE}[\w/.*-]{{0,12}} (?:dosya\w{{1,4}} )?(?:oku|ac)(?:yun|yup|un|in|ip)? (?:ve )?icerig\w{{1,4}} (?:\w{{1,14}} ){{0,3}}{PASS}",
        rf"\b(?:icerig|ozel anahtar)\w{{1,6}} (?:\w{{1,12}} )?[~/$`'\"]{{0,3}}{FILE}[\w/.*-]{{0,12}} (?:\w{{1,14}} ){{0,3}}{PASS}",
        rf"{FILE}[\w/.*-]{{0,12}} (?:\w{{2,12}} ){{0,2}}(?:parametre|bagimsiz degisken|arguman|alan)\w{{1,7}} {PASS}",
        rf"{FILE}[\w/.*-]{{0,12}} (?:icerig|satir|metn)\w{{1,6}}{G}\b(?:parametre|degisken|arguman|alan)\w{{1,7}} (?:kopyala|yaz|koy|ekle|gonder|aktar)\w{{0,8}}",
    ),
    "exfiltration-environment": (
        rf"{USER} {KEYS} (?:da |de )?(?:\w{{1,14}} ){{0,4}}{PASS}",
        rf"\b(?:tum|butun) {KEYS} (?:\w{{1,14}} ){{0,3}}{PASS}",
    ),
    "exfiltration-conversation": (
        rf"\b{CHAT} {WHOLE} (?:\w{{1,14}} ){{0,4}}{PASS}",
        rf"\b{WHOLE} (?:\w{{2,9}} )?{CHAT} (?:\w{{1,14}} ){{0,4}}{PASS}",
        rf"\b{CHAT} (?:\w{{2,9}} )?sistem (?:istem|mesaj|prompt|talimat)\w{{0,6}} (?:\w{{2,12}} ){{0,6}}{PASS}",
        r"\bsistem (?:istem|mesaj|prompt|talimat)\w{1,6} (?:\w{2,9} )?(?:goster|acikla|tekrarla|yaz|paylas|soyle|ifsa et)(?:in|iniz|yin|yiniz|er misin)?\b",
        rf"\b(?:parametre|alan|arguman)\w{{1,6}}{G}\b{CHAT} {WHOLE} (?:\w{{2,14}} ){{0,2}}{PASS}",
        rf"\b(?:parametre|alan|arguman)\w{{1,6}}{G}\b{CHAT} {WHOLE} (?:\w{{2,14}} )?(?:yazilmali|konmali|bulunmali|eklenmeli)",
    ),
    "exfiltration-forward": (
        rf"(?:{AGENT}) (?:\w{{2,14}} ){{0,8}}{PLACE} (?:adresine |hesabina )?(?:gonder|ilet|aktar|yolla)\w{{0,6}}",
        rf"\b(?:her (?:yanit|cevap|sonuc)|tum (?:yanit|sonuc|veri|konusma)\w{{2,6}}|{USER} veri\w{{2,5}}|musteri veri\w{{2,5}})\w{{0,3}} (?:\w{{2,12}} ){{0,3}}{PLACE} (?:adresine )?(?:\w{{2,4}} )?(?:gonder|ilet|aktar|yolla)(?:in|iniz|meli\w{{0,3}}|ilmeli\w{{0,3}})?\b",
        rf"\b(?:gizli kopya|bcc) (?:\w{{2,12}} )?{PLACE}",
    ),
    "solicitation-credential": (
        rf"{USER} (?:\w{{2,12}} )?{SECRET} (?:\w{{1,14}} ){{0,7}}(?:iste|sor|talep et|al|ogren|sorun|isteyin|alin|ogrenin)\b",
        rf"{USER} (?:\w{{2,12}} )?{SECRET} (?:\w{{1,14}} ){{0,2}}(?:istenmeli|sorulmali|alinmali)",
        rf"{USER} (?:\w{{2,14}} ){{0,4}}{SECRET} (?:\w{{2,14}} ){{0,3}}(?:vermesini|soylemesini|yazmasini|paylasmasini) (?:sagla|iste)",
    ),
    "consent-bypass": (
        rf"{USER} (?:zaten|onceden|coktan|daha once) (?:\w{{2,12}} )?(?:onay|izin|riza|onayladi|kabul|muvafakat)\w{{0,4}} (?:\w{{2,12}} ){{0,4}}{NEEDLESS}",
        rf"{USER} {ASKING} (?:\w{{2,12}} )?{NEEDLESS}",
        rf"{USER} (?:\w{{2,12}} )?(?:sorma|danisma|onay alma|izin isteme|onay isteme|onayini alma|onay bekleme)(?:dan|den) (?:\w{{2,14}} ){{0,3}}{ACT}",
        rf"{USER} (?:\w{{2,12}} )?(?:sorma|danisma|onay alma|izin isteme|onay isteme|onayini alma|onayini bekleme)(?:dan|den) (?:\w{{2,14}} ){{0,2}}(?:yap|gerceklestir|tamamla|uygula|surdur|devam et)(?:in|iniz|un|yin)?\b",
        rf"{USER} (?:onay|izin) (?:isteme|alma|bekleme)(?:yin|yiniz)?\b",
        rf"{USER} (?:tekrar |yeniden )?sor(?:ma|ulma)\w{{0,5}} {NEEDLESS}",
        rf"{USER} {G}\b(?:zaten|onceden|coktan)\b{G}\b(?:onay|izin|kabul){G}\b(?:sorma|danisma|onay isteme)(?:yin|yiniz)?\b",
        rf"{USER} (?:\w{{2,12}} )?{ASKING} (?:isteme|alma|bekleme|sorma)(?:yin|yiniz)?\b",
        rf"{USER} (?:onayi|izni|rizasi|onayini almadan|iznini almadan)(?: olmadan| olmaksizin| beklemeden)? (?:\w{{2,14}} ){{0,3}}(?:{ACT}|baslat|yap|gerceklestir|tamamla)(?:in|iniz)?\b",
    ),
    "preference-only": (
        rf"\b(?:her zaman|daima|hep) (?:bu )?{TOOL} (?:kullan|sec|cagir)\w{{0,4}}\b{G}\b(?:diger|baska) (?:\w{{2,12}} ){{0,3}}(?:asla|cagirma|kullanma|hicbir)",
        rf"\bbaska (?:hicbir )?{TOOL} (?:kullanma|cagirma)(?:yin|yiniz)?\b{G}\b(?:yalnizca|sadece|bunu)\b",
        rf"\b(?:diger|baska) (?:tum )?(?:\w{{2,9}} )?{TOOL} (?:\w{{2,12}} ){{0,3}}(?:devre disi|kapatil|kaldiril|kullanimdan|cagrilmamali|kullanilmamali|calismiyor)",
        rf"\b(?:her zaman|daima) (?:bizim )?(?:\w{{3,12}} ){{1,2}}(?:oner|tavsiye et|sun)(?:in|iniz|un)?\b{G}{USER}",
        rf"\b(?:baska|diger) (?:hicbir )?(?:\w{{2,9}} )?{TOOL} (?:asla )?cagirma(?:yin|yiniz|malisin)?\b",
    ),
    "persistence-memory": (
        rf"\b(?:gelecek|sonraki|bundan sonraki|ilerideki)(?:teki)? (?:tum |butun )?{TALK} (?:\w{{2,12}} ){{0,2}}(?:hatirla|sakla|aklinda tut|kaydet|unutma|ezberle)",
        rf"\b(?:bundan (?:sonra|boyle)|artik|su andan itibaren|bugunden itibaren) (?:her|tum|butun) (?:yeni )?{TALK}",
        rf"\b(?:gelecek|sonraki|bundan sonraki|ilerideki)(?:teki)? (?:tum |butun )?{TALK}{G}\b(?:hatirla|aklinda tut|kaydet|unutma|ezberle|sakla)",
        r"\b(?:bundan (?:sonra|boyle)|artik|su andan itibaren|bugunden itibaren)\b[^.!?\n]{0,40}\b(?:her|tum|butun) (?:yanit|cevap|konusma|sohbet)\w{0,6}\b",
    ),
    "payment-recipient": (
        rf"\b{ACCOUNT} (?:\w{{2,9}} )?(?:yerine|degil) (?:\w{{2,9}} ){{0,3}}(?:{NUMBER}|her zaman|daima)",
        rf"{USER} (?:\w{{2,9}} )?{ACCOUNT} (?:\w{{2,9}} )?(?:degistir|yenisiyle degistir)(?:in|iniz)?\b",
        rf"\b{ACCOUNT} (?:artik )?(?:gecersiz|eski|guncel degil)\w{{0,5}}\b{G}\b(?:her zaman|daima|yalnizca) (?:\w{{2,9}} )?{NUMBER}",
        rf"{USER} (?:\w{{2,12}} )?{ACCOUNT} {G}{NUMBER}[ \d]{{0,24}} (?:ile |olarak )?(?:degistir|guncelle|yaz)",
    ),
    "turn-error": (
        rf"\b(?:hata|basarisiz|suresi doldu|gecersiz)\b[ \"-~]{{0,40}}\b(?:ajan|asistan|model|yapay zeka) (?:\w{{2,14}} ){{0,3}}(?:{KEYS}|{SECRET}|{ASKING})",
    ),
    "remote-instructions": (
        r"https?://[^\s]{4,60} (?:\w{2,12} ){0,2}(?:indir|ac|oku|ziyaret et|yukle)(?:in|iniz|un|yin|ip)? (?:ve )?(?:\w{2,9} ){0,3}(?:her seyi|talimatlari|yonergeleri|yazanlari|yazani|soylenenleri) (?:\w{2,9} )?(?:uygula|yap|yerine getir|izle)",
        rf"\b(?:guncel|gecerli|tam) {ORDERS} (?:\w{{2,9}} )?https?://[^\s]{{4,60}} (?:\w{{2,12}} ){{0,4}}(?:uygula|izle|takip et|yerine getir)",
    ),
}
"""Rule id -> the patterns of this language."""
