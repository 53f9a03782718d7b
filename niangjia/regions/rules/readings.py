"""Pinyin without tones, as people type it: 义乌市 is "yiwushi", its initials are "yws".

pypinyin reads most place names rightly; what it reads as an ordinary word stands here.
"""

from pypinyin import lazy_pinyin

#: Place names read differently from the same characters elsewhere. Longest match wins.
PLACE_READINGS = {
    "解州": "xie zhou",
    "荥经": "ying jing",
    "浚县": "xun xian",
    "洪洞": "hong tong",
    "单县": "shan xian",
    "乐陵": "lao ling",
    "大城县": "dai cheng xian",
    "繁峙": "fan shi",
    "宕昌": "tan chang",
    "伽师": "jia shi",
    "朝阳": "chao yang",
    "涡阳": "guo yang",
    "六合区": "lu he qu",
    "南京市六合": "nan jing shi lu he",
    "筠连": "jun lian",
    "尼勒克": "ni le ke",
    "泊头": "bo tou",
    "大栅栏": "da shi lan",
    "长子县": "zhang zi xian",
    "穆棱": "mu ling",
    "曾都": "zeng du",
    # Single characters whose reading in place names is not the one of everyday words.
    "都": "du",
    "长": "chang",
    "漯": "luo",
    "什": "shi",
}
LONGEST = max(map(len, PLACE_READINGS))


def syllables(text: str) -> list[str]:
    """The reading of `text`, a syllable for each Chinese character; other runs stay as they are."""
    found: list[str] = []
    plain = ""
    position = 0
    while position < len(text):
        word = _place_at(text, position)
        if word:
            found += _plain_syllables(plain) + PLACE_READINGS[word].split()
            plain = ""
            position += len(word)
        else:
            plain += text[position]
            position += 1
    return found + _plain_syllables(plain)


def pinyin(text: str) -> str:
    """The syllables run together, in lower case, letters and digits only."""
    return _kept("".join(syllables(text)))


def initials(text: str) -> str:
    """The first letter of each syllable; Latin letters and digits stay whole."""
    return _kept("".join(part[:1] if part.isalpha() else part for part in syllables(text)))


def _place_at(text: str, position: int) -> str | None:
    for length in range(min(LONGEST, len(text) - position), 0, -1):
        word = text[position : position + length]
        if word in PLACE_READINGS:
            return word
    return None


def _plain_syllables(text: str) -> list[str]:
    return list(lazy_pinyin(text)) if text else []


def _kept(text: str) -> str:
    return "".join(char for char in text.lower() if char.isascii() and char.isalnum())
