"""The catalogue of a day as a booklet, for people without a connection and for other offices. Pure."""

from datetime import date, datetime

from emulation.core.formatting import format_date
from emulation.documents.blocks.booklet import Booklet, BookletEntry, BookletLine, BookletSection
from emulation.legal.catalogue import listing
from emulation.legal.catalogue.listing import CatalogueEntry, PrizeSum
from emulation.legal.catalogue.value_lines import ValueLine, merge_values
from emulation.legal.engine.law import Law
from emulation.legal.engine.loader import Regime

CATALOGUE_TITLE = "Danh mục danh hiệu, hình thức khen thưởng"
UNCONFIRMED_MARK, REVIEW_MARK = "chưa xác nhận", "cần rà soát"
MARK_EXPLANATION = f"Chỗ ghi “{UNCONFIRMED_MARK}” lấy từ nguồn chưa đối chiếu với văn bản gốc: hãy so với văn bản của tỉnh trước khi dùng."
SHARED_BY_AT_LEAST = 8
"""A condition that so many awards share is said once, in front."""


def validity_text(law: Law, on: date) -> str:
    """`áp dụng từ ngày 01/10/2026 đến 28/02/2027`: the days around `on` on which nothing of it changes."""
    first, last = listing.unchanged_period(listing.change_days(law), on)
    return f"áp dụng từ ngày {format_date(first)}" + (f" đến {format_date(last)}" if last else "")


def about_lines(regime: Regime | None, on: date, made: datetime | None) -> list[str]:
    """On which day and under which law, and when it was made."""
    said = [f"Tra cho ngày {format_date(on)}{f': {regime.name}' if regime else ''}."]
    if made:
        said.append(f"Lập lúc {made:%H:%M} ngày {format_date(made.date())} từ bộ quy định của phần mềm Sổ Vàng.")
    return said


def warning_lines(regime: Regime | None) -> list[str]:
    """The note of a regime whose texts were not read, and what the mark means."""
    return [*([regime.note] if regime and regime.note else []), MARK_EXPLANATION]


def catalogue_booklet(law: Law, regime: Regime | None, on: date, owner: str, made: datetime | None = None) -> Booklet:
    """One compact block an award; what several share stands in front. NoValue before the catalogue's first day."""
    said = regime.note if regime else ""
    shared = _shared(law, on, said)
    general = [value for code in listing.GENERAL_CODES if (value := law.find(code, on))]
    front = [_line(shown) for shown in merge_values(law, general, on, said)]
    numbered = [_line(shown, f"{place}. {shown.label}", True) for place, shown in enumerate(shared, 1)]
    bundles = [
        BookletSection("Quy định chung", (BookletEntry("Cho mọi danh hiệu, hình thức", "", tuple(front)),)),
        BookletSection(
            "Điều kiện chung", (BookletEntry("Nhiều danh hiệu, hình thức cùng đòi hỏi", "", tuple(numbered)),)
        ),
    ]
    for section in listing.catalogue_sections(law, on):
        leaves = tuple(_leaf(law, entry, on, shared, said) for entry in section.entries)
        if leaves:
            bundles.append(BookletSection(section.title, leaves))
    return Booklet(
        owner,
        CATALOGUE_TITLE,
        validity_text(law, on),
        tuple(about_lines(regime, on, made)),
        tuple(warning_lines(regime)),
        tuple(bundles),
        _END,
    )


_END = "Tài liệu tra cứu nội bộ, không phải văn bản pháp luật và không thay cho văn bản gốc."


def _shared(law: Law, on: date, said: str) -> list[ValueLine]:
    values = [
        value
        for award in law.awards
        for value in listing.values_of_award(law, award, on)
        if "test" in _keys(value.content)
    ]
    return [
        shown
        for shown in merge_values(law, values, on, said)
        if sum(len(scope.awards) for scope in shown.scopes) >= SHARED_BY_AT_LEAST
    ]


def _keys(content: object) -> set[str]:
    return set(content) if isinstance(content, dict) else set()


def _leaf(law: Law, entry: CatalogueEntry, on: date, shared: list[ValueLine], said: str) -> BookletEntry:
    beside = "; ".join([entry.genus.lower(), ", ".join(entry.subjects)])
    shown = {part.title: part.shown for part in listing.award_parts(law, entry.award.code, on, said)}
    lines = [_line(one) for one in shown["Thẩm quyền"] if not one.value.code.endswith(".name")]
    if entry.decider.here == "none":
        return BookletEntry(entry.name, f"({beside})", tuple(lines))
    lines += [*map(_money, entry.sums), *_conditions(shown["Điều kiện"], shared)]
    rest = [one for title in ("Hội đồng", "Hồ sơ", "Mẫu, bảo quản") for one in shown.get(title, ())]
    lines += [_line(one) for one in rest if one.value.code not in listing.GENERAL_CODES]
    return BookletEntry(entry.name, f"({beside})", tuple(lines))


def _conditions(mine: list[ValueLine], shared: list[ValueLine]) -> list[BookletLine]:
    """The award's own conditions in full, the shared ones by their numbers."""
    places = {(one.label, repr(one.value.content), one.value.citation): place for place, one in enumerate(shared, 1)}
    own = [one for one in mine if one.value.code not in listing.GENERAL_CODES]
    numbers: dict[int, str] = {}
    lines = []
    for one in own:
        place = places.get((one.label, repr(one.value.content), one.value.citation))
        if place:
            numbers[place] = f"số {place}{f' ({one.cases})' if one.cases else ''}"
        else:
            lines.append(_line(one, f"Điều kiện: {one.label}"))
    return (
        [BookletLine("Điều kiện chung", (", ".join(numbers[place] for place in sorted(numbers)),)), *lines]
        if numbers
        else lines
    )


def _money(one: PrizeSum) -> BookletLine:
    says = one.price.money.arithmetic if one.price.money.rounded else "không kèm tiền thưởng"
    cited = one.price.grounds[0].citation
    return BookletLine(f"Tiền thưởng, {one.subject}", (says,), cited, "" if one.sure else UNCONFIRMED_MARK)


def _line(shown: ValueLine, label: str = "", named: bool = False) -> BookletLine:
    """A line of the booklet; `named` says for which awards."""
    cases = ". ".join(_upper(scope.text) for scope in shown.scopes) if named else shown.cases
    whose = (f"áp dụng cho: {cases}",) if named and cases else ()
    head = label or shown.label
    if cases and not named:
        head += f" ({cases})"
    says = tuple(line[:1].lower() + line[1:] if place else line for place, line in enumerate(shown.lines))
    mark = "" if shown.value.confirmed else UNCONFIRMED_MARK
    return BookletLine(head, (*says, *whose), shown.value.citation.text, mark)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
