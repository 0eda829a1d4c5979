"""The lines of a decision or tờ trình, its legal bases, and everything that keeps it from being signed or issued."""

from datetime import date
from functools import reduce
from typing import Any

from django.db.models import QuerySet

from commendations.models import Award, ChairSubmission, Decision, Nomination
from commendations.models.outgoing_paper import OutgoingPaper
from commendations.queries import catalogue
from commendations.queries.award_lines import AwardLine, award_lines, with_line_relations
from commendations.queries.highest_title import changed_money
from commendations.queries.nominee_words import sort_by_nominee_name
from commendations.queries.recipient_faults import case_faults, length_faults, recipient_faults
from commendations.queries.signer import own_signature_faults, signer_faults
from commendations.rules.award_names import AwardName
from emulation.communes.models import CommuneIdentity
from emulation.core.errors import RuleBroken
from emulation.core.formatting import date_in_words, format_date
from emulation.core.text import filled_lines
from emulation.legal import current

SIGN_AGAIN = "Hãy đưa về dự thảo và lập lại bản trình ký."


def outgoing_lines(paper: OutgoingPaper, on: date) -> list[AwardLine]:
    """The list of the decision or tờ trình on that day, in its own order; a constant number of queries."""
    rows = with_line_relations(approved_nominations(paper.chair_submission, paper.award_code, paper.by_deputy))
    approved = list(rows.order_by("chair_submission_items__sort", "chair_submission_items__pk"))
    in_council_order = isinstance(paper, Decision) and paper.list_order == Decision.BY_COUNCIL
    ordered = approved if in_council_order else sort_by_nominee_name(approved)
    return award_lines(ordered, commune_identity_on(paper, on), on)


def approved_nominations(
    chair_submission: ChairSubmission, award_code: str, by_deputy: bool = False
) -> QuerySet[Nomination]:
    """The nominations for one award that the chair approved on the submission; `by_deputy`: the vice chair, of the chair."""
    return Nomination.objects.filter(
        chair_submission_items__chair_submission_id=chair_submission.pk,
        chair_submission_items__approved=True,
        chair_submission_items__by_deputy=by_deputy,
        award_code=award_code,
    )


def outgoing_award_name(paper: OutgoingPaper, on: date) -> AwardName:
    """The name of the paper's award on that day, with the commune, district or province."""
    return catalogue.award_name_on(
        current.law_for(paper.commune_id), paper.award_code, on, commune_identity_on(paper, on)
    )


def commune_identity_on(paper: OutgoingPaper, on: date) -> CommuneIdentity:
    """The names of the commune on that day. Raises RuleBroken when there are none."""
    try:
        return paper.commune.identity_on(on)
    except CommuneIdentity.DoesNotExist:
        raise RuleBroken(f"Chưa có tên gọi của xã cho ngày {format_date(on)}.") from None


def default_basis_lines(paper: OutgoingPaper, on: date) -> str:
    """The căn cứ lines of that day, ending with the proposal that the paper is based on; joined by newlines."""
    return "\n".join([*statutory_basis_lines(paper, on), _proposal_line(paper.chair_submission)])


def statutory_basis_lines(paper: OutgoingPaper, on: date) -> list[str]:
    """The căn cứ lines that the law of that day prescribes for this kind of paper in the commune."""
    kind = "quyet_dinh" if isinstance(paper, Decision) else "to_trinh"
    return [line.rstrip(" ;.") for line in current.legal_basis_lines_for(paper.commune_id, kind, on)]


def moved_basis_lines(text: str, old: list[str], new: list[str]) -> str:
    """The căn cứ with the lines of the old day, at their beginning, replaced by the new ones; unchanged without these lines."""
    lines = text.split("\n")
    return "\n".join([*new, *lines[len(old) :]]) if lines[: len(old)] == old else text


def with_bodies_on(paper: OutgoingPaper, text: str, old_day: date, new_day: date) -> str:
    """The text with the superior and bodies of the new day wherever it names those of the old day."""
    bodies = zip(_named_bodies(paper, old_day), _named_bodies(paper, new_day), strict=True)
    return reduce(lambda named, pair: named.replace(*pair), bodies, text)


def _named_bodies(paper: OutgoingPaper, on: date) -> tuple[str, ...]:
    offices = current.commune_offices_for(paper.commune_id, on)
    return (commune_identity_on(paper, on).superior_office, *offices.named)


def _proposal_line(chair_submission: ChairSubmission) -> str:
    paper = chair_submission.document
    council = chair_submission.session.version_of_council.name
    day = date_in_words(chair_submission.presented_on) if chair_submission.presented_on else ""
    if paper and paper.number:
        return f"Theo đề nghị của {council} tại Tờ trình số {paper.reference} {day}".rstrip()
    return f"Theo đề nghị của Ủy viên thường trực {council} tại Phiếu trình {day}".rstrip()


def decision_faults(decision: Decision, on: date | None = None, listed: list[AwardLine] | None = None) -> list[str]:
    """Why the decision cannot go to signature or be issued on that day (default: its expected day).

    `listed`: its lines on that day, if already read. Checks states, dates, the authority to decide, the signer, earlier
    awards, and list and amounts against the bản trình ký.
    """
    day = on or decision.expected_on
    try:
        listed = outgoing_lines(decision, day) if listed is None else listed
        return [
            *list_faults(decision, listed, day),
            *(one.message for one in recipient_faults(listed)),
            *(one.message for one in length_faults(listed, current.law_for(decision.commune_id), day)),
            *basis_faults(decision.grounds, day),
            *authority_faults(decision, day),
            *signer_faults(decision, day),
            *own_signature_faults(decision, listed),
            *(changes_since_signing(decision, listed, day) if decision.state == "at_signature" else ()),
        ]
    except RuleBroken as broken:
        return [broken.message]


def basis_faults(grounds: str, day: date) -> list[str]:
    """The căn cứ that are not in force on that day, each named."""
    return current.instrument_faults_on(filled_lines(grounds), day)


def list_faults(paper: OutgoingPaper, listed: list[AwardLine], day: date) -> list[str]:
    """Faults of the list and of the day."""
    return [*_states(listed), *(one.message for one in case_faults(listed)), *_dates(paper, day)]


def _states(listed: list[AwardLine]) -> list[str]:
    if not listed:
        return ["Không có ai được Chủ tịch đồng ý khen thưởng."]
    faults = [
        f"Hồ sơ của {line.name_alone} không còn ở trạng thái “Chủ tịch đồng ý”."
        for line in listed
        if line.nomination.state != "approved"
    ]
    awarded = Award.objects.filter(nomination_id__in=[line.nomination.pk for line in listed]).select_related("decision")
    faults += [f"{award.name} đã được ghi vào Sổ vàng theo quyết định khác." for award in awarded]
    return faults


def _dates(paper: OutgoingPaper, day: date) -> list[str]:
    decided = paper.chair_submission.decided_on
    if decided and day < decided:
        return [f"Ngày ký {format_date(day)} trước ngày Chủ tịch quyết định ({format_date(decided)})."]
    return []


def authority_faults(decision: Decision, day: date) -> list[str]:
    """Why the chair of the commune cannot decide the award on that day, with the article."""
    decider = current.award_decider_for(decision.commune_id, decision.award_code, day)
    if decider.here == catalogue.DECIDED_BY_COMMUNE:
        return []
    name = outgoing_award_name(decision, day).in_full()
    if decider.here == catalogue.DECIDED_ABOVE:
        return [
            f"Ngày {format_date(day)} thẩm quyền thuộc {decider.label} ({decider.citation}), không thuộc Chủ tịch UBND xã: "
            f"{name}."
        ]
    return [f"Ngày {format_date(day)} không có ai có thẩm quyền tặng {name} ({decider.citation})."]


def changes_since_signing(paper: OutgoingPaper, listed: list[AwardLine], day: date) -> list[str]:
    """Differences from the bản trình ký: list, year, căn cứ, names of the commune and the award.

    What is issued must be equal to what was signed.
    """
    changes = _changed_lines(paper.signed_list, [line.as_signed() for line in listed], day)
    return [f"{change} {SIGN_AGAIN}" for change in [*changes, *changes_of_day(paper, day)]]


def changes_of_day(paper: OutgoingPaper, day: date) -> list[str]:
    """What the law and the names of `day` change on a paper that was signed with those of its expected day."""
    changes = []
    if day.year != paper.expected_on.year:
        changes.append(f"Bản trình ký ghi năm {paper.expected_on.year}, ngày ký thuộc năm {day.year}.")
    if day != paper.expected_on:
        changes += _changed_wording(paper, day)
    return changes


def _changed_lines(signed: list[dict[str, Any]], listed: list[dict[str, Any]], day: date) -> list[str]:
    changes = []
    if len(listed) != len(signed):
        changes.append(f"Bản trình ký có {len(signed)} người, hồ sơ hiện có {len(listed)} người.")
    for new, old in zip(listed, signed, strict=False):
        if change := changed_money(old, new, day):
            changes.append(change)
        elif any(new[key] != value for key, value in old.items()):
            shown = "recipient" if new["name"] == old["name"] and "recipient" in old else "name"
            changes.append(
                f"Dòng {old['serial']} của bản trình ký ({old[shown]}) khác với hồ sơ hiện nay ({new[shown]})."
            )
    return changes


def _changed_wording(paper: OutgoingPaper, day: date) -> list[str]:
    """Căn cứ and names that are different on `day` from those on the expected day."""
    expected = paper.expected_on
    changes = []
    if statutory_basis_lines(paper, day) != statutory_basis_lines(paper, expected):
        changes.append(f"Căn cứ pháp lý ngày {format_date(day)} khác ngày dự kiến ký {format_date(expected)}.")
    if _named_bodies(paper, day)[1:] != _named_bodies(paper, expected)[1:]:
        changes.append(f"Tên cơ quan của xã ngày {format_date(day)} khác tên trên bản trình ký.")
    if commune_identity_on(paper, day) != commune_identity_on(paper, expected):
        changes.append(f"Tên gọi của xã ngày {format_date(day)} khác tên trên bản trình ký.")
    elif outgoing_award_name(paper, day) != outgoing_award_name(paper, expected):
        changes.append(f"Tên gọi của danh hiệu ngày {format_date(day)} khác tên trên bản trình ký.")
    return changes
