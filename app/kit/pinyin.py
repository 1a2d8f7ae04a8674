"""Pinyin initials, by which names are found when typing Chinese is slow: 西关街道 is `xgjd`."""

import os
import re
import unicodedata
from functools import lru_cache

# Readings that the dictionary of single characters gets wrong: first names of 宿州, then common words.
# The longest match wins.
_LOCAL = {
    "埇桥": "yq",
    "砀山": "ds",
    "萧县": "xx",
    "灵璧": "lb",
    "泗县": "sx",
    "宿州": "sz",
    "宿县": "sx",
    "符离": "fl",
    "大泽乡": "dzx",
    "蕲县": "qx",
    "睢水": "ss",
    "解集": "xj",
    "涡阳": "gy",
    "六安": "la",
    "银行": "yh",
    "商行": "sh",
    "支行": "zh",
    "分行": "fh",
    "车行": "ch",
    "重庆": "cq",
    "会计": "kj",
    "校场": "jc",
    "音乐": "yy",
    "校长": "xz",
    "长": "c",
    "调": "t",
    "厦": "x",
    "大厦": "ds",
}
_LOCAL_RE = re.compile("|".join(sorted(_LOCAL, key=len, reverse=True)))
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@lru_cache(4096)
def initials(name: str) -> str:
    """The first letter of each character's reading, other letters and digits as they are, lower case.

    Empty where the name holds no Chinese characters: its own letters find it then.
    """
    if not _HAN.search(name):
        return ""
    folded = unicodedata.normalize("NFKC", name).casefold()
    spelled, start = [], 0
    for match in _LOCAL_RE.finditer(folded):
        spelled += [_read(folded[start : match.start()]), _LOCAL[match.group()]]
        start = match.end()
    spelled.append(_read(folded[start:]))
    return "".join(char for char in "".join(spelled) if char.isalnum())


def _read(text: str) -> str:
    if not text:
        return ""
    # Loaded when first needed: a process that only reads never pays. Without its phrases (which read 朝阳 as
    # "zhāo yáng" anyway) it takes 13 MB, with them 57.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="default"))
