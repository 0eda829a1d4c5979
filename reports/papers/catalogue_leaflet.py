"""The catalogue of a day as a booklet, for offline use and for other offices. Pure."""

from datetime import date, datetime
from hashlib import sha256

from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.documents.blocks.booklet import Booklet, BookletEntry, BookletLine, BookletSection
from emulation.documents.engines import booklet
from emulation.documents.models import DocumentFile, RenderedDraft
from emulation.jobs.models import Job
from emulation.legal.catalogue import listing
from emulation.legal.catalogue.listing import CatalogueEntry, PrizeSum
from emulation.legal.catalogue.value_lines import ValueLine, merge_values
from emulation.legal.engine.doubts import UNCONFIRMED, doubt_wording
from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.loader import Regime, regime_on
from reports.queries.rendered_file import RenderedFileState

CATALOGUE_TITLE = "Danh mục danh hiệu, hình thức khen thưởng"
MARK_EXPLANATION = (
    f"Chỗ ghi “{UNCONFIRMED}” lấy từ nguồn chưa so được với văn bản gốc: hãy so với văn bản của tỉnh trước khi dùng."
)
SHARED_BY_AT_LEAST = 8
"""A condition that at least so many awards share is printed once, in front of the awards."""


def validity_text(law: Law, on: date) -> str:
    """`áp dụng từ ngày 01/10/2026 đến 28/02/2027`: the period around `on` in which the catalogue does not change."""
    first, last = listing.unchanged_period(listing.change_days(law), on)
    return f"áp dụng từ ngày {format_date(first)}" + (f" đến {format_date(last)}" if last else "")


def about_lines(regime: Regime | None, on: date, made: datetime | None) -> list[str]:
    """The day, the law of that day, and the time of creation."""
    law_name = f": {regime.name}" if regime else ""
    lines = [f"Tra cho ngày {format_date(on)}{law_name}."]
    if made:
        lines.append(f"Lập lúc {made:%H:%M} ngày {format_date(made.date())} từ bộ quy định của phần mềm Sổ Vàng.")
    return lines


def warning_lines(regime: Regime | None) -> list[str]:
    """The note of a regime whose texts are not verified, and the meaning of the mark."""
    notes = [doubt_wording(regime.note)] if regime and regime.note else []
    return [*notes, MARK_EXPLANATION]


def catalogue_booklet(law: Law, regime: Regime | None, on: date, owner: str, made: datetime | None = None) -> Booklet:
    """One compact block per award; shared conditions come first. NoValue before the catalogue's first day."""
    note = regime.note if regime else ""
    shared = _shared_conditions(law, on, note)
    general = [value for code in listing.GENERAL_CODES if (value := law.find(code, on))]
    front = [_line(line) for line in merge_values(law, general, on, note)]
    numbered = [_line(line, f"{place}. {line.label}", named=True) for place, line in enumerate(shared, 1)]
    sections = [
        BookletSection("Quy định chung", (BookletEntry("Cho mọi danh hiệu, hình thức", "", tuple(front)),)),
        BookletSection(
            "Điều kiện chung", (BookletEntry("Nhiều danh hiệu, hình thức cùng đòi hỏi", "", tuple(numbered)),)
        ),
    ]
    for section in listing.catalogue_sections(law, on):
        entries = tuple(_booklet_entry(law, entry, on, shared, note) for entry in section.entries)
        if entries:
            sections.append(BookletSection(section.title, entries))
    return Booklet(
        owner,
        CATALOGUE_TITLE,
        validity_text(law, on),
        tuple(about_lines(regime, on, made)),
        tuple(warning_lines(regime)),
        tuple(sections),
        _END,
    )


_END = "Tài liệu tra cứu nội bộ, không phải văn bản pháp luật và không thay cho văn bản gốc."


def _shared_conditions(law: Law, on: date, note: str) -> list[ValueLine]:
    conditions: list[DatedValue] = []
    for award in law.awards:
        conditions += [value for value in listing.values_of_award(law, award, on) if "test" in _keys(value.content)]
    return [
        line
        for line in merge_values(law, conditions, on, note)
        if sum(len(scope.awards) for scope in line.scopes) >= SHARED_BY_AT_LEAST
    ]


def _keys(content: object) -> set[str]:
    return set(content) if isinstance(content, dict) else set()


def _booklet_entry(law: Law, entry: CatalogueEntry, on: date, shared: list[ValueLine], note: str) -> BookletEntry:
    subtitle = f"({entry.genus.lower()}; {', '.join(entry.subjects)})"
    parts = {part.title: part.shown for part in listing.award_parts(law, entry.award.code, on, note)}
    lines = [_line(line) for line in parts["Thẩm quyền"] if not line.value.code.endswith(".name")]
    if entry.decider.here == "none":
        return BookletEntry(entry.name, subtitle, tuple(lines))
    lines += [*map(_money, entry.sums), *_conditions(parts["Điều kiện"], shared)]
    for title in ("Hội đồng", "Hồ sơ", "Mẫu, bảo quản"):
        lines += [_line(line) for line in parts.get(title, ()) if line.value.code not in listing.GENERAL_CODES]
    return BookletEntry(entry.name, subtitle, tuple(lines))


def _conditions(conditions: list[ValueLine], shared: list[ValueLine]) -> list[BookletLine]:
    """The award's own conditions in full, the shared ones by their numbers."""
    numbers = {_condition_key(line): number for number, line in enumerate(shared, 1)}
    references: dict[int, str] = {}
    own: list[BookletLine] = []
    for line in conditions:
        number = numbers.get(_condition_key(line))
        if line.value.code in listing.GENERAL_CODES:
            continue
        if number:
            cases = f" ({line.cases})" if line.cases else ""
            references[number] = f"số {number}{cases}"
        else:
            own.append(_line(line, f"Điều kiện: {line.label}"))
    if not references:
        return own
    in_order = ", ".join(references[number] for number in sorted(references))
    return [BookletLine("Điều kiện chung", (in_order,)), *own]


def _condition_key(line: ValueLine) -> tuple[object, ...]:
    return line.label, repr(line.value.content), line.value.citation


def _money(prize: PrizeSum) -> BookletLine:
    money = prize.price.money
    text = money.arithmetic if money.rounded else "không kèm tiền thưởng"
    mark = "" if prize.sure else UNCONFIRMED
    return BookletLine(f"Tiền thưởng, {prize.subject}", (text,), prize.price.grounds[0].citation, mark)


def _line(line: ValueLine, label: str = "", named: bool = False) -> BookletLine:
    """A line of the booklet; with `named` it also lists the awards that it applies to."""
    cases = ". ".join(_upper(scope.text) for scope in line.scopes) if named else line.cases
    applies_to = (f"áp dụng cho: {cases}",) if named and cases else ()
    head = label or line.label
    if cases and not named:
        head += f" ({cases})"
    # Only the first line starts with a capital letter.
    texts = [*line.lines[:1], *(_lower(text) for text in line.lines[1:])]
    mark = "" if line.value.confirmed else UNCONFIRMED
    return BookletLine(head, (*texts, *applies_to), line.value.citation.text, mark)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


LEAFLET_JOB = "reports.leaflet"


def leaflet_fingerprint(law: Law, commune: Commune, day: date, today: date) -> str:
    """SHA-256 of the leaflet's content without the time of creation; another law or commune name gives another file."""
    pages = catalogue_booklet(law, regime_on(day), day, commune.identity_on(today).issuer)
    return sha256(booklet.booklet_html(pages).encode()).hexdigest()


def leaflet_state(law: Law, commune: Commune, day: date, today: date) -> RenderedFileState:
    """Progress of the leaflet of the day."""
    mark = leaflet_fingerprint(law, commune, day, today)
    file = RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).first()
    return RenderedFileState(file, Job.objects.filter(kind=LEAFLET_JOB, key=f"{commune.pk}:{mark}").first())
