"""A name as people type or paste it: HTML tags, titles, nickname, capitals, look-alike letters and old encodings, read apart.
Pure."""

import html
import re
import unicodedata
from dataclasses import dataclass, field

from emulation.core.legacy_text import legacy_text
from emulation.core.look_alikes import look_alikes_in, without_look_alikes
from emulation.core.name_characters import name_character_fault
from emulation.core.text import clean
from villages.rules.people import (
    FORM_TITLES,
    HOUSEHOLD_WORDS,
    POST_TITLES,
    title_in_name,
)

_BRACKETS_AT_END = re.compile(r"(.*?)[(\[（]([^()\[\]（）]*)[)\]）]", re.DOTALL)
_PART_OF_WORD = re.compile(r"[^\W_]+")
_WORDS = (
    "bui dang dao dinh do doan duong duc ho hoang huu huynh le luong luu ly ngo nguyen pham phung quoc thi tran trinh"
)
_MARKED_WORDS = frozenset((*_WORDS.split(), "truong", "van", "vo", "vu"))
"""Frequent words of Vietnamese names, folded, that have a mark when they are written out."""
NO_MARKUP = "Mã HTML không thuộc về họ tên"
_SOFT_HYPHEN = "\u00ad"
_TAG = re.compile(r"<!--.*?-->|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
_BREAKING_TAG = re.compile(r"</?(?:br|p|div|td|th|tr|li|h[1-6])\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.IGNORECASE)


@dataclass
class TypedName:
    """What was read: the mere name, and what goes into other fields. Each correction is a Vietnamese sentence.

    `title` is what stood before the name, as typed. `optional`: some corrections may be refused, because a name may be
    written as it was typed (letters of another alphabet, small letters).
    """

    name: str
    title: str = ""
    form_of_address: str = ""
    post: str = ""
    nickname: str = ""
    optional: bool = False
    corrections: list[str] = field(default_factory=list)


def read_name(typed: str, form: str = "", *, as_typed: bool = False) -> TypedName:
    """The name read apart. Reading the name that was read, with its form of address, corrects nothing.

    `form`: the form of address that is entered already; with one, "Ông Ích Khiêm" is a mere name. `as_typed`: without the
    optional corrections.
    """
    read = TypedName(typed)
    before: str | None = None
    while read.name != before:  # once more after a correction: a name with other capitals may be read in another way
        before = read.name
        _read_once(read, form, as_typed=as_typed)
    return read


def _read_once(read: TypedName, form: str, *, as_typed: bool) -> None:
    _drop_markup(read)
    if not as_typed:
        _decode(read)
    read.name = clean(read.name)
    if not as_typed:
        _replace_look_alikes(read)
    _take_nickname(read)
    _take_titles(read, form)
    if not as_typed:
        _set_capitals(read)


def read_text(typed: str) -> tuple[str, str]:
    """The text in Unicode and the name of the old encoding it was in; ("", "") for a text in Unicode."""
    found = legacy_text(typed)
    return (found.text, found.encoding) if found else ("", "")


def look_alike_sentence(found: list[str]) -> str:
    """The sentence about the letters that `look_alikes_in` found."""
    return f"Có chữ trông giống nhưng khác mã, tìm sẽ không ra: {', '.join(found)}."


def unit_name_fault(typed: str) -> str:
    """Why the name of a unit is not taken as it was typed (not cleaned), with the one to enter; "" for a name in Unicode."""
    text, encoding = read_text(typed)
    if encoding:
        return f"Tên gõ bằng bảng mã {encoding}{offered(text)}."
    if found := look_alikes_in(typed):
        return f"{look_alike_sentence(found)[:-1]}{offered(without_look_alikes(typed))}."
    return name_character_fault(clean(typed))


def mere_name_fault(typed: str) -> str:
    """Why a form without fields for titles and nicknames does not take this name, with the one to enter; "" for a mere name.

    "Ông" may be a family name; a name in which only some words are in small letters stays as it is.
    """
    name = clean(typed)
    if fault := name_character_fault(name):
        return fault
    read = read_name(typed, "ông" if name.startswith("Ông ") else "").name
    if (read.casefold() == name.casefold() and name not in (name.upper(), name.lower())) or read == name:
        return ""
    return f"Ô này chỉ ghi họ tên, gõ bằng Unicode, viết hoa chữ đầu{offered(read)}."


def lacks_marks(name: str) -> bool:
    """Whether a name seems to be typed without its marks, as for a search: only ASCII, with a word that has a mark."""
    return name.isascii() and not _MARKED_WORDS.isdisjoint(name.lower().split()[:2])


def title_case(name: str) -> str:
    """The name with the capital letters of a name in each word that is all in capitals or all in small letters."""
    return " ".join(map(_word_in_title_case, name.split(" ")))


def without_markup(text: str) -> str:
    """The text without HTML tags, and with the letters that HTML entities stand for; the text itself if there are none."""
    mere = _TAG.sub(lambda tag: " " if _BREAKING_TAG.match(tag[0]) else "", text)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), mere)


def _drop_markup(read: TypedName) -> None:
    mere = without_markup(read.name)
    if mere != read.name:
        found = ", ".join(dict.fromkeys([*_TAG.findall(read.name), *_ENTITY.findall(read.name)]))
        read.name = mere
        read.corrections.append(f"{NO_MARKUP} ({found}){offered(mere)}.")


def offered(name: str) -> str:
    """The end of a sentence that proposes this name; "" for an empty one."""
    return f": đề nghị “{clean(name)}”" if clean(name) else ""


def _decode(read: TypedName) -> None:
    text, encoding = read_text(read.name)
    if encoding:
        read.name = text
        read.optional = True
        read.corrections.append(f"Họ tên gõ bằng bảng mã {encoding}: đề nghị “{clean(text)}”.")
    elif _SOFT_HYPHEN in read.name and clean(read.name):
        read.name = read.name.replace(_SOFT_HYPHEN, "")
        read.corrections.append(
            f"Họ tên có ký tự ẩn U+00AD, đọc là “{clean(read.name)}”. Ở tệp TCVN3 (ABC) ký tự đó là chữ “ư”: hãy xem lại."
        )


def _replace_look_alikes(read: TypedName) -> None:
    found = look_alikes_in(read.name)
    if found:
        read.name = without_look_alikes(read.name)
        read.optional = True
        read.corrections.append(look_alike_sentence(found))


def _take_nickname(read: TypedName) -> None:
    """Nicknames in brackets at the end; figures in brackets, and brackets around the whole name, are none."""
    nicknames: list[str] = []
    while found := _BRACKETS_AT_END.fullmatch(read.name):
        rest = clean(found[1])
        nickname = clean(found[2])
        if not _has_letter(rest) or not _has_letter(nickname) or any(map(str.isdigit, nickname)):
            break
        read.name = rest
        nicknames.insert(0, nickname)
    if nicknames:
        read.nickname = ", ".join(filter(None, [*nicknames, read.nickname]))
        read.corrections.append(f"Đã tách “{read.nickname}” sang ô Tên thường gọi; tên này không in trên giấy tờ.")


def _take_titles(read: TypedName, form: str) -> None:
    posts = [read.post] if read.post else []
    while title := title_in_name(read.name, form or read.form_of_address):
        read.name = clean(read.name[len(title) :].lstrip(" .,:"))
        read.title = f"{read.title} {title}".strip()
        word = title.lower().rstrip(".:,")
        if word in HOUSEHOLD_WORDS:
            read.corrections.append(f"Đã bỏ “{title}” ở đầu: ô này chỉ ghi họ tên.")
        elif word in POST_TITLES:
            posts.append(POST_TITLES[word])
            read.corrections.append(f"Đã tách “{title}” sang ô Nghề nghiệp, chức vụ, vì không phải cách xưng hô.")
        elif form or read.form_of_address:
            read.corrections.append(f"Đã bỏ “{title}”: ô Cách xưng hô đã có “{form or read.form_of_address}”.")
        else:
            read.form_of_address = FORM_TITLES.get(word, word)
            read.corrections.append(_form_correction(title, read.form_of_address, read.name))
    read.post = ", ".join(dict.fromkeys(posts))


def _form_correction(title: str, form: str, name: str) -> str:
    words = f"Đã tách “{title}” sang ô Cách xưng hô"
    if title.lower() == "ông":
        return f"{words}. Nếu họ đúng là “{title}” thì ghi lại họ tên là “{title} {name}” và giữ ô Cách xưng hô."
    return f"{words}." if title.lower() == form.lower() else f"{words} (“{form}”)."


def _set_capitals(read: TypedName) -> None:
    proposed = title_case(read.name)
    if proposed == read.name:
        return
    typed = "Viết hoa tất cả" if read.name == read.name.upper() else "Chưa viết hoa đúng"
    read.name = proposed
    read.optional = True
    read.corrections.append(f"{typed}: đề nghị “{proposed}”.")


def _word_in_title_case(word: str) -> str:
    letters = [char for char in word if char.isalpha()]
    small = word.islower()
    capitals = "".join(letters[1:]).isupper()  # also "vĂN", typed with Caps Lock on
    return _PART_OF_WORD.sub(lambda part: _capital_first(part[0]), word) if small or capitals else word


def _capital_first(part: str) -> str:
    return unicodedata.normalize("NFC", part[:1].upper() + part[1:].lower())


def _has_letter(text: str) -> bool:
    return any(char.isalpha() for char in text)
