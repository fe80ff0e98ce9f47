"""Bytes to text: what a page's bytes say, for the charset it declares may lie."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's and so comes first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096  # bytes; a declaration stands in the first 1024 by the standard

# Escapes that switch to a two-byte character set.
_ISO_2022 = (
    (b"\x1b$B", "iso2022_jp_2"),
    (b"\x1b$@", "iso2022_jp_2"),
    (b"\x1b(J", "iso2022_jp_2"),
    (b"\x1b$)C", "iso2022_kr"),
)

# What browsers read in place of a declared charset (WHATWG Encoding): the superset
# that real pages use. Anything not listed here is not believed; UTF-16 and UTF-32
# cannot be true of bytes in which ASCII markup was found, and UTF-7 hides markup.
_DECLARED = {
    **dict.fromkeys(("ascii", "iso8859-1", "cp1252"), "cp1252"),
    **dict.fromkeys(("shift_jis", "cp932"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "hz"), "gb18030"),
    **dict.fromkeys(("euc_kr", "cp949"), "cp949"),
    **dict.fromkeys(("big5", "big5hkscs", "cp950"), "big5hkscs"),
    **dict.fromkeys(("tis-620", "iso8859-11", "cp874"), "cp874"),
    **dict.fromkeys(("iso8859-9", "cp1254"), "cp1254"),
    **{name: name for name in ("euc_jp", "koi8-r", "koi8-u", "utf-8", "mac-roman")},
    **{
        f"cp{page}": f"cp{page}" for page in (866, 1250, 1251, 1253, *range(1255, 1259))
    },
    **{f"iso8859-{n}": f"iso8859-{n}" for n in (*range(2, 9), 10, 13, 14, 15, 16)},
}
_LABELS = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gbk",
    "x-mac-roman": "mac-roman",
    "windows-874": "cp874",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "x-user-defined": "cp1252",
    "iso-8859-8-i": "iso8859-8",
}
_DECLARATION = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.\-]{2,40})""",
    re.IGNORECASE,
)
# Control characters, lone surrogates and non-characters, which no parser or store
# takes. Line feed and tab stay.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff]"
)
# The second set, which terminals obey too; U+0085 among them is whitespace.
_MORE_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return ``data`` as text, lines ended by a line feed, control characters gone.

    In order: byte order mark; a pattern of NULs (UTF-16); strict UTF-8 unless there
    are ISO 2022 escapes; the charset ``declared`` or named in the first bytes; UTF-8
    with a few broken characters; Windows-1252. Never raises; what cannot be read
    becomes U+FFFD.
    """
    return tidy(_decode(data, declared))


def tidy(text: str) -> str:
    """Return ``text`` with plain line ends and no character that text cannot hold.

    >>> tidy("a\\r\\nb\\x00c\\x07d")
    'a\\nbc d'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub(_control, text) if _CONTROLS.search(text) else text


def one_line(text: str) -> str:
    """Return ``text`` without control characters, its whitespace folded to spaces.

    >>> one_line(" Quay\\x07 reopens\\r\\n\\tin May\\x9b\\u2028")
    'Quay reopens in May'
    """
    return " ".join(_MORE_CONTROLS.sub(" ", tidy(text)).split())


def wide(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 encoding ``data`` begins with, or None.

    ``data`` may be the head of a longer file.
    """
    for bom, encoding in _BOMS[1:]:
        if data.startswith(bom):
            return encoding
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # Markup is ASCII for the most part: two fifths leaves room for other scripts.
    if 5 * max(even, odd) < len(sample) or len(sample) < 4:
        return None
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _decode(data: bytes, declared: str | None) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    if encoding := wide(data):
        return data.decode(encoding, "replace")
    escapes = b"\x1b" in data and _iso_2022(data)
    if escapes:
        return data.decode(escapes, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared)


def _legacy(data: bytes, declared: str | None) -> str:
    encoding = _codec(declared) or _codec(_declaration(data))
    if encoding and encoding != "utf-8":
        text = data.decode(encoding, "replace")
        # A declaration that fits leaves almost nothing unread.
        if text.count("\ufffd") <= len(data) // 100 + 1:
            return text
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(c > "\x7f" for c in text) - broken
    if (encoding == "utf-8" and broken <= beyond_ascii) or 4 * broken < beyond_ascii:
        return text
    return data.decode("cp1252", "replace")


def _iso_2022(data: bytes) -> str | None:
    for escape, encoding in _ISO_2022:
        if escape in data:
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return encoding
    return None


def _declaration(data: bytes) -> str | None:
    found = _DECLARATION.search(data[:_SAMPLE])
    return found[1].decode("ascii") if found else None


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    name = label.strip().lower()
    try:
        return _DECLARED.get(codecs.lookup(_LABELS.get(name, name)).name)
    except (LookupError, ValueError):
        return None


def _control(found: re.Match[str]) -> str:
    # A NUL or a mark stands inside words in broken files; the others stand between.
    return "" if found[0] in "\x00\ufeff" else " "
