"""Pinyin initials, by which names are found when typing Chinese is slow: 西关街道 is `xgjd`."""

import re
import unicodedata
from functools import lru_cache

# Place names whose reading dictionaries miss or get wrong; the longest match wins.
_LOCAL = {
    "埇桥": "yq",
    "埇": "y",
    "砀山": "ds",
    "砀": "d",
    "泗县": "sx",
    "泗": "s",
    "萧县": "xx",
    "灵璧": "lb",
    "璧": "b",
    "宿州": "sz",
    "宿县": "sx",
    "符离": "fl",
    "大泽乡": "dzx",
    "蕲县": "qx",
    "蕲": "q",
    "睢水": "ss",
    "浍": "h",
    "解集": "xj",
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
    # Loaded when first needed: its dictionaries cost 40 MB that a process which only reads never pays.
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="default"))
