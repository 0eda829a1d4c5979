"""Legal values in words, as pages and leaflets show them. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from emulation.core.text import fold
from emulation.core.words import percent, vnd_long
from emulation.legal.law import Code, Law, Value
from emulation.legal.loader import codes
from emulation.legal.rules.asks import asks, weight

SUBJECTS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}
KINDS = {
    "CT": "công trạng",
    "DX": "đột xuất",
    "PT": "phong trào thi đua",
    "quyet_dinh": "quyết định",
    "to_trinh": "tờ trình",
    "giay_de_nghi": "giấy đề nghị",
}


@dataclass(frozen=True)
class Scope:
    """To whom a line applies: names of awards, and the subjects and kinds where they are not all of theirs."""

    awards: tuple[str, ...]
    cases: str

    @property
    def text(self) -> str:
        """`cá nhân, tập thể; đột xuất: Lao động tiên tiến; Giấy khen …`: the cases in front, so that they hold for every name."""
        return ": ".join(filter(None, [self.cases, "; ".join(self.awards)]))


@dataclass(frozen=True)
class Asked:
    """One question that a line answers: its code, the award's name ("" for none), the pairs (subject, kind)."""

    code: str
    award: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """The question as query parameters of the form for local rules."""
        return "&".join([f"ma={self.code}", *(f"pham-vi={subject}.{kind}" for subject, kind in self.pairs)])


@dataclass(frozen=True)
class Shown:
    """One line of a page: values that say the same of several awards, subjects and kinds are one line."""

    label: str
    scopes: tuple[Scope, ...]
    lines: list[str]
    value: Value
    note: str
    asked: tuple[Asked, ...] = ()

    @property
    def cases(self) -> str:
        """The scope without awards, for a page about one of them."""
        return " | ".join(scope.cases for scope in self.scopes if scope.cases)


@dataclass(frozen=True)
class Group:
    title: str
    shown: list[Shown]

    @property
    def slug(self) -> str:
        """`dieu-kien`, for addresses."""
        return fold(self.title).replace(" ", "-")


def narrowed(groups: list[Group], words: str) -> list[Group]:
    """The lines in which every word stands, marks or not; groups without such a line are left out."""
    asked = fold(words).split()
    found = [Group(group.title, [one for one in group.shown if _holds(one, asked)]) for group in groups]
    return [group for group in found if group.shown]


def _holds(shown: Shown, asked: list[str]) -> bool:
    said = (shown.label, *(scope.text for scope in shown.scopes), *shown.lines, shown.value.citation.text, shown.note)
    text = fold(" ".join(said))
    return all(word in text for word in asked)


def groups_on(law: Law, on: date, said: str = "") -> list[Group]:
    """Everything in force that day, in groups, in the order of the codes; a note `said` above is not said again."""
    values = law.all_on(on)
    titles = dict.fromkeys(law.codes[value.code].group for value in values)
    return [
        Group(title, merged(law, [value for value in values if law.codes[value.code].group == title], on, said))
        for title in titles
    ]


def merged(law: Law, values: Iterable[Value], on: date, said: str = "") -> list[Shown]:
    """The values in words, those that say the same by the same article and source in one line."""
    alike: dict[tuple[Any, ...], list[Value]] = {}
    for value in values:
        written = (value.citation, value.source, value.note, value.start, value.end, value.confirmed)
        alike.setdefault((question(law, value), repr(value.content), *written), []).append(value)
    return [
        Shown(
            question(law, same[0]),
            scopes(law, same, on),
            describe(same[0], law, on),
            same[0],
            same[0].note.removesuffix(said).strip(),
            _asked(law, same, on),
        )
        for same in alike.values()
    ]


def _asked(law: Law, values: Iterable[Value], on: date) -> tuple[Asked, ...]:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for value in values:
        pairs.setdefault(value.code, []).append((value.subject, value.kind))
    awards = {code: law.codes[code].award for code in pairs}
    names = {code: law.award_name(award, on) if award in law.awards else "" for code, award in awards.items()}
    return tuple(Asked(code, names[code], tuple(found)) for code, found in pairs.items())


def question(law: Law, value: Value) -> str:
    """What is asked, without the name of the award: `Hệ số tiền thưởng`; a condition's own label."""
    code = law.codes[value.code]
    if code.shape == "condition":
        return str(value.content["label"])
    return code.label.removesuffix(f": {law.awards[code.award].name}") if code.award in law.awards else code.label


def scopes(law: Law, values: Iterable[Value], on: date) -> tuple[Scope, ...]:
    """Which awards, and of them which subjects and kinds, the values are about; all of an award's are not listed."""
    combinations: dict[str, dict[str, list[str]]] = {}
    for value in values:
        combinations.setdefault(value.code, {}).setdefault(value.subject, []).append(value.kind)
    together: dict[str, dict[str, None]] = {}
    for name, kinds_of in combinations.items():
        award = law.codes[name].award
        named = law.award_name(award, on) if award in law.awards else ""
        for cases in _cases(law.codes[name], kinds_of):
            together.setdefault(cases, {})[named] = None
    found = [Scope(tuple(filter(None, awards)), cases) for cases, awards in together.items() if cases or any(awards)]
    return tuple(sorted(found, key=lambda scope: bool(scope.cases)))


def _cases(code: Code, kinds_of: dict[str, list[str]]) -> list[str]:
    """Subjects that have the same kinds stand together; what is all of the code's is left out."""
    subjects_of: dict[tuple[str, ...], list[str]] = {}
    for subject, kinds in kinds_of.items():
        subjects_of.setdefault(tuple(dict.fromkeys(kinds)), []).append(subject)
    found = []
    for same, subjects in subjects_of.items():
        whose = "" if set(subjects) >= set(code.subjects or ("",)) else ", ".join(SUBJECTS[one] for one in subjects)
        which = "" if set(same) >= set(code.kinds or ("",)) else ", ".join(KINDS[one] for one in same)
        found.append("; ".join(filter(None, [whose, which])))
    return found


def describe(value: Value, law: Law, on: date) -> list[str]:
    """What the value says, a line each."""
    code = law.codes[value.code]
    if code.shape == "condition":
        return [weight(value.content), *asks(value.content, law, on)]
    return say(value.content, code)


def say(content: Any, code: Code) -> list[str]:
    """A content in words, a line each."""
    return _WORDS[code.shape](content, code)


def scope_of(pairs: Iterable[tuple[str, str]]) -> str:
    """The subjects and kinds of these pairs in words: "cá nhân, tập thể; đột xuất"."""
    pairs = list(pairs)
    subjects = dict.fromkeys(SUBJECTS.get(subject, subject) for subject, _ in pairs if subject)
    kinds = dict.fromkeys(KINDS.get(kind, kind) for _, kind in pairs if kind)
    return "; ".join(", ".join(names) for names in (subjects, kinds) if names)


def question_label(code: str, pairs: Iterable[tuple[str, str]]) -> str:
    """ "Hệ số tiền thưởng kèm Giấy khen … (cá nhân, hộ gia đình)"; a code that this release no longer knows stays a code."""
    known, scope = codes().get(code), scope_of(pairs)
    label = known.label if known else code
    return f"{label} ({scope})" if scope else label


def _times(content: str) -> str:
    number = Decimal(content).normalize()
    return f"{number:f} lần mức lương cơ sở".replace(".", ",") if number else "Không kèm tiền thưởng"


def _vote(content: Any, code: Code) -> list[str]:
    bound = f"quá {percent(content['percent'])}" if content["strict"] else f"từ {percent(content['percent'])} trở lên"
    mode = {"hands": "giơ tay", "ballot": "bỏ phiếu kín"}[content["mode"]]
    return [f"{bound} tổng số thành viên Hội đồng; hình thức: {mode}"]


def _certificate(content: Any, code: Code) -> list[str]:
    return [f"Khổ ngang {content['width_mm']} × {content['height_mm']} mm, dòng ghi sổ: “{content['register_label']}”"]


def _quota(content: Any, code: Code) -> list[str]:
    return [
        f"Không quá {percent(content['percent'])} số {code.choices[content['of']]}" if content else "Không khống chế"
    ]


def _preference(content: Any, code: Code) -> list[str]:
    return [f"Ưu tiên nữ; tập thể có từ {percent(content['women_percent'])} là nữ"]


def _procedure(content: Any, code: Code) -> list[str]:
    lead = "Cần đủ các điều kiện:" if content["needs"] == "all" else "Một trong các trường hợp:"
    return [lead, *(case["name"] for case in content["cases"])]


_WORDS: dict[str, Callable[[Any, Code], list[str]]] = {
    "money": lambda content, code: [vnd_long(content)],
    "decimal": lambda content, code: [_times(content)],
    "choice": lambda content, code: [code.choices[content]],
    "text": lambda content, code: [content or "Chưa có số mẫu"],
    "vote": _vote,
    "fraction": lambda content, code: [f"ít nhất {content['numerator']}/{content['denominator']} tổng số thành viên"],
    "checklist": lambda content, code: [item["label"] for item in content],
    "names": lambda content, code: [item["name"] for item in content],
    "basis": lambda content, code: [line["text"] for line in content],
    "certificate": _certificate,
    "quota": _quota,
    "preference": _preference,
    "procedure": _procedure,
    "kinds": lambda content, code: ["Kết quả khen thưởng " + ", ".join(code.choices[kind] for kind in content)],
    "condition": lambda content, code: [content["label"], weight(content)],
    "days": lambda content, code: [f"{content['days']} ngày{' làm việc' if content['working'] else ''}"],
    "month_day": lambda content, code: [f"ngày {content[3:]}/{content[:2]}"],
}
