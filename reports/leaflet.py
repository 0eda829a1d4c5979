"""The catalogue of a day as a booklet, for people without a connection and for other offices. Pure."""

from datetime import date, datetime

from emulation.core.words import vn_date
from emulation.documents.blocks.booklet import Booklet, Bundle, Leaf, Line
from emulation.legal import catalogue
from emulation.legal.catalogue import Entry, Sum
from emulation.legal.display import Shown, merged
from emulation.legal.law import Law
from emulation.legal.loader import Regime

TITLE = "Danh mục danh hiệu, hình thức khen thưởng"
UNSURE, REVIEW = "chưa xác nhận", "cần rà soát"
EXPLAINED = (
    f"Chỗ ghi “{UNSURE}” lấy từ nguồn chưa đối chiếu với văn bản gốc: hãy so với văn bản của tỉnh trước khi dùng."
)
SHARED_BY = 8
"""A condition that so many awards share is said once, in front."""


def since(law: Law, on: date) -> str:
    """`áp dụng từ ngày 01/10/2026 đến 28/02/2027`: the days around `on` on which nothing of it changes."""
    first, last = catalogue.span(catalogue.turns(law), on)
    return f"áp dụng từ ngày {vn_date(first)}" + (f" đến {vn_date(last)}" if last else "")


def about(regime: Regime | None, on: date, made: datetime | None) -> list[str]:
    """On which day and under which law, and when it was made."""
    said = [f"Tra cho ngày {vn_date(on)}{f': {regime.name}' if regime else ''}."]
    if made:
        said.append(f"Lập lúc {made:%H:%M} ngày {vn_date(made.date())} từ bộ quy định của phần mềm Sổ Vàng.")
    return said


def warnings(regime: Regime | None) -> list[str]:
    """The note of a regime whose texts were not read, and what the mark means."""
    return [*([regime.note] if regime and regime.note else []), EXPLAINED]


def booklet(law: Law, regime: Regime | None, on: date, owner: str, made: datetime | None = None) -> Booklet:
    """One compact block an award; what several share stands in front. NoValue before the catalogue's first day."""
    said = regime.note if regime else ""
    shared = _shared(law, on, said)
    general = [value for code in catalogue.GENERAL if (value := law.find(code, on))]
    front = [_line(shown) for shown in merged(law, general, on, said)]
    numbered = [_line(shown, f"{place}. {shown.label}", True) for place, shown in enumerate(shared, 1)]
    bundles = [
        Bundle("Quy định chung", (Leaf("Cho mọi danh hiệu, hình thức", "", tuple(front)),)),
        Bundle("Điều kiện chung", (Leaf("Nhiều danh hiệu, hình thức cùng đòi hỏi", "", tuple(numbered)),)),
    ]
    for section in catalogue.listing(law, on):
        leaves = tuple(_leaf(law, entry, on, shared, said) for entry in section.entries)
        if leaves:
            bundles.append(Bundle(section.title, leaves))
    return Booklet(
        owner, TITLE, since(law, on), tuple(about(regime, on, made)), tuple(warnings(regime)), tuple(bundles), _END
    )


_END = "Tài liệu tra cứu nội bộ, không phải văn bản pháp luật và không thay cho văn bản gốc."


def _shared(law: Law, on: date, said: str) -> list[Shown]:
    values = [
        value for award in law.awards for value in catalogue.values_of(law, award, on) if "test" in _keys(value.content)
    ]
    return [
        shown
        for shown in merged(law, values, on, said)
        if sum(len(scope.awards) for scope in shown.scopes) >= SHARED_BY
    ]


def _keys(content: object) -> set[str]:
    return set(content) if isinstance(content, dict) else set()


def _leaf(law: Law, entry: Entry, on: date, shared: list[Shown], said: str) -> Leaf:
    beside = "; ".join([entry.genus.lower(), ", ".join(entry.subjects)])
    shown = {part.title: part.shown for part in catalogue.parts(law, entry.award.code, on, said)}
    lines = [_line(one) for one in shown["Thẩm quyền"] if not one.value.code.endswith(".name")]
    if entry.decider.here == "none":
        return Leaf(entry.name, f"({beside})", tuple(lines))
    lines += [*map(_money, entry.sums), *_conditions(shown["Điều kiện"], shared)]
    rest = [one for title in ("Hội đồng", "Hồ sơ", "Mẫu, bảo quản") for one in shown.get(title, ())]
    lines += [_line(one) for one in rest if one.value.code not in catalogue.GENERAL]
    return Leaf(entry.name, f"({beside})", tuple(lines))


def _conditions(mine: list[Shown], shared: list[Shown]) -> list[Line]:
    """The award's own conditions in full, the shared ones by their numbers."""
    places = {(one.label, repr(one.value.content), one.value.citation): place for place, one in enumerate(shared, 1)}
    own = [one for one in mine if one.value.code not in catalogue.GENERAL]
    numbers: dict[int, str] = {}
    lines = []
    for one in own:
        place = places.get((one.label, repr(one.value.content), one.value.citation))
        if place:
            numbers[place] = f"số {place}{f' ({one.cases})' if one.cases else ''}"
        else:
            lines.append(_line(one, f"Điều kiện: {one.label}"))
    return (
        [Line("Điều kiện chung", (", ".join(numbers[place] for place in sorted(numbers)),)), *lines]
        if numbers
        else lines
    )


def _money(one: Sum) -> Line:
    says = one.price.money.arithmetic if one.price.money.rounded else "không kèm tiền thưởng"
    cited = one.price.grounds[0].citation
    return Line(f"Tiền thưởng, {one.subject}", (says,), cited, "" if one.sure else UNSURE)


def _line(shown: Shown, label: str = "", named: bool = False) -> Line:
    """A line of the booklet; `named` says for which awards."""
    cases = ". ".join(_upper(scope.text) for scope in shown.scopes) if named else shown.cases
    whose = (f"áp dụng cho: {cases}",) if named and cases else ()
    head = label or shown.label
    if cases and not named:
        head += f" ({cases})"
    says = tuple(line[:1].lower() + line[1:] if place else line for place, line in enumerate(shown.lines))
    mark = "" if shown.value.confirmed else UNSURE
    return Line(head, (*says, *whose), shown.value.citation.text, mark)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
