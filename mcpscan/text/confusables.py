"""Letters of other scripts that look like an ASCII letter.

A selection of Unicode Technical Standard 39's confusables.txt (Unicode licence v3): single letters of the scripts used
to imitate Latin, without those that NFKC already maps, plus the small capitals. Where the standard joins I and l, the
letter that a reader takes it for was chosen.
"""

LOOKALIKES: dict[str, str] = {
    "a": "\u0251\u0391\u03b1\u0410\u0430\u13aa\u15c5\u1d00\u237a\ua4ee\U000102a0",
    "b": "\u0184\u0299\u0392\u0412\u042c\u0432\u044c\u13cf\u13f4\u1472\u15af\u15f7\ua4d0\ua7b4\U000102a1\U00010301",
    "c": "\u03f2\u03f9\u0421\u0441\u13df\u1d04\u2ca4\u2ca5\ua4da\uabaf\U000102a2\U00010302\U00010415\U0001043d",
    "d": "\u0501\u13a0\u13e7\u146f\u15de\u15ea\u1d05\ua4d2\ua4d3",
    "e": "\u0395\u0415\u0435\u04bd\u13ac\u1d07\ua4f0\uab32\U000118a6\U000118ae",
    "f": "\u03dc\u0584\u15b4\u1e9d\ua4dd\ua730\ua798\ua799\uab35\U000102a5\U000118a2\U000118c2\U0001d213",
    "g": "\u018d\u0261\u0262\u050c\u0581\u13c0\u13f3\u1d83\ua4d6",
    "h": "\u029c\u0397\u041d\u043d\u04bb\u0570\u13bb\u13c2\u157c\u2c8e\ua4e7\U000102cf",
    "i": (
        "\u0131\u0196\u0269\u026a\u037a\u0399\u03b9\u0406\u0456\u04c0\u04cf\u13a5\u1fbe\u2373\u2c92\ua647"
        "\uab75\U000118c3"
    ),
    "j": "\u037f\u03f3\u0408\u0458\u13ab\u148d\u1d0a\ua4d9\ua7b2",
    "k": "\u039a\u03ba\u041a\u043a\u13e6\u1d0b\u2c94\ua4d7",
    "l": "\u029f\u13de\u14aa\u2cd0\ua4e1\ua4f2\U00010309\U0001041b\U000118a3\U000118b2\U0001d22a",
    "m": "\u039c\u03fa\u041c\u043c\u13b7\u15f0\u1d0d\u2c98\ua4df\U000102b0\U00010311",
    "n": "\u0274\u039d\u03b7\u0578\u057c\u2c9a\ua4e0",
    "o": (
        "\u039f\u03bf\u03c3\u041e\u043e\u0555\u0585\u1d0f\u1d11\u2c9e\u2c9f\ua4f3\uab3d\U000102ab\U00010404"
        "\U0001042c\U000104c2\U000104ea\U000118b5\U000118c8\U000118d7"
    ),
    "p": "\u03a1\u03c1\u03f1\u0420\u0440\u13e2\u146d\u1d18\u2374\u2ca2\u2ca3\ua4d1",
    "q": "\u051b\u0563\u0566\ua7af",
    "r": "\u01a6\u0280\u0433\u13a1\u13d2\u1587\u1d26\u2c85\ua4e3\uab47\uab48\uab81\U000104b4\U0001d216",
    "s": "\u01bd\u0405\u0455\u054f\u13d5\u13da\ua4e2\ua731\uabaa\U00010420\U00010448\U000118c1",
    "t": "\u03a4\u03c4\u0422\u0442\u13a2\u1d1b\u2ca6\ua4d4\U000102b1\U00010315\U000118bc",
    "u": "\u028b\u03c5\u054d\u057d\u144c\u1d1c\ua4f4\ua79f\uab4e\uab52\U000104ce\U000104f6\U000118b8\U000118d8",
    "v": "\u03bd\u0474\u0475\u13d9\u142f\u1d20\ua4e6\uaba9\U000118a0\U000118c0\U0001d20d",
    "w": "\u026f\u0461\u051c\u051d\u0561\u13b3\u13d4\u1d21\ua4ea\uab83",
    "x": "\u03a7\u0425\u0445\u1541\u157d\u166d\u2cac\ua4eb\ua7b3\U000102b4\U00010317",
    "y": (
        "\u0263\u028f\u03a5\u03b3\u03d2\u0423\u0443\u04ae\u04af\u13a9\u13bd\u1d8c\u1eff\u213d\u2ca8\ua4ec"
        "\uab5a\U000102b2\U000118a4\U000118dc"
    ),
    "z": "\u0396\u13c3\u1d22\ua4dc\uab93\U000118a9\U000118c4",
}
"""ASCII letter -> the letters that look like it."""
