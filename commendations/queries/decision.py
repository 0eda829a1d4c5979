"""The list of a decision, and everything that stands against signing or issuing it."""

from datetime import date

from django.db.models import Q, QuerySet

from commendations.models import Award, ChairSubmission, Decision, Nomination, Proposal
from commendations.queries import catalogue
from commendations.queries.award_lines import AwardLine, award_lines, sort_by_nominee_name, with_line_relations
from commendations.rules.award_names import AwardName
from emulation.accounts.models import User
from emulation.communes.models import CommuneIdentity, Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, format_dong
from emulation.core.text import fold, same_name
from emulation.legal import current as law_on
from villages.models import Person

OutgoingPaper = Decision | Proposal
"""What follows from the chair's word: a decision of his own, or a tờ trình to whoever above decides."""


def outgoing_lines(paper: OutgoingPaper, on: date) -> list[AwardLine]:
    """The list of the decision or tờ trình as it reads on that day, in its own order; a constant number of queries."""
    rows = with_line_relations(approved_nominations(paper.chair_submission, paper.award_code))
    approved = list(rows.order_by("chair_submission_item__sort", "chair_submission_item__pk"))
    as_council = isinstance(paper, Decision) and paper.list_order == Decision.BY_COUNCIL
    return award_lines(approved if as_council else sort_by_nominee_name(approved), commune_identity_on(paper, on), on)


def approved_nominations(chair_submission: ChairSubmission, award_code: str) -> QuerySet[Nomination]:
    """Whom the chair approved on the chair_submission, of one award."""
    rows = Nomination.objects.filter(
        chair_submission_item__chair_submission_id=chair_submission.pk, award_code=award_code
    )
    return rows.filter(chair_submission_item__approved=True)


def outgoing_award_name(paper: OutgoingPaper, on: date) -> AwardName:
    """What the award of the paper is called on that day, with its place."""
    return catalogue.award_name_on(
        law_on.law_for(paper.commune_id), paper.award_code, on, commune_identity_on(paper, on)
    )


def commune_identity_on(paper: OutgoingPaper, on: date) -> CommuneIdentity:
    """What the commune is called on that day."""
    try:
        return paper.commune.identity_on(on)
    except CommuneIdentity.DoesNotExist:
        raise RuleBroken(f"Chưa có tên gọi của xã cho ngày {format_date(on)}.") from None


def default_basis_lines(paper: OutgoingPaper, on: date) -> str:
    """The căn cứ lines of that day, closed by whose proposal it is; one a line."""
    return "\n".join([*statutory_basis_lines(paper, on), _proposal_line(paper.chair_submission)])


def statutory_basis_lines(paper: OutgoingPaper, on: date) -> list[str]:
    """The law's own căn cứ lines of that day in the commune, for such a paper."""
    kind = "quyet_dinh" if isinstance(paper, Decision) else "to_trinh"
    return [line.rstrip(" ;.") for line in law_on.legal_basis_lines_for(paper.commune_id, kind, on)]


def _proposal_line(chair_submission: ChairSubmission) -> str:
    paper, council = chair_submission.document, chair_submission.session.version_of_council.name
    day = format_date(chair_submission.presented_on) if chair_submission.presented_on else ""
    if paper and paper.number:
        return f"Theo đề nghị của {council} tại Tờ trình số {paper.reference} ngày {day}"
    return f"Theo đề nghị của Ủy viên thường trực {council} tại Phiếu trình ngày {day}"


# ── what disagrees ───────────────────────────────────────────────────────────────────────────────


def decision_faults(decision: Decision, on: date | None = None) -> list[str]:
    """Why the decision cannot go to signature or be issued on that day (its expected day when none is said).

    Compared: states, list and sums against the bản trình ký, dates, who may decide, who signs, what was issued before.
    """
    day = on or decision.expected_on
    try:
        listed = outgoing_lines(decision, day)
        return [
            *list_faults(decision, listed, day),
            *_authority(decision, day),
            *signer_faults(decision, day),
            *(changes_since_signing(decision, listed, day) if decision.state == "at_signature" else ()),
        ]
    except RuleBroken as broken:
        return [broken.message]


def list_faults(paper: OutgoingPaper, listed: list[AwardLine], day: date) -> list[str]:
    """What is wrong with those on the list, and with the day."""
    return [*_states(listed), *_people(listed), *_dates(paper, day)]


def _states(listed: list[AwardLine]) -> list[str]:
    if not listed:
        return ["Không có ai được Chủ tịch đồng ý khen thưởng."]
    found = [
        f"Hồ sơ của {line.name} không còn ở trạng thái “Chủ tịch đồng ý”."
        for line in listed
        if line.nomination.state != "approved"
    ]
    awarded = Award.objects.filter(nomination_id__in=[line.nomination.pk for line in listed]).select_related("decision")
    found += [f"{award.name} đã được ghi vào Sổ vàng theo quyết định khác." for award in awarded]
    return found


def _people(listed: list[AwardLine]) -> list[str]:
    found = [f"Hồ sơ của {line.name} chưa có nội dung khen." for line in listed if not line.achievement]
    seen: set[tuple[str, int | None]] = set()
    for line in listed:
        who = line.nomination
        key = (line.subject, who.person_id or who.household_id or who.collective_id)
        if key in seen:
            found.append(f"{line.name} có tên hai lần trong danh sách.")
        seen.add(key)
    return found


def _dates(paper: OutgoingPaper, day: date) -> list[str]:
    decided = paper.chair_submission.decided_on
    if decided and day < decided:
        return [f"Ngày ký {format_date(day)} trước ngày Chủ tịch quyết định ({format_date(decided)})."]
    return []


def _authority(decision: Decision, day: date) -> list[str]:
    decider = law_on.award_decider_for(decision.commune_id, decision.award_code, day)
    if decider.here == catalogue.DECIDED_BY_COMMUNE:
        return []
    name = outgoing_award_name(decision, day).in_full()
    if decider.here == catalogue.DECIDED_ABOVE:
        return [
            f"Ngày {format_date(day)} thẩm quyền thuộc {decider.label} ({decider.citation}), không thuộc Chủ tịch UBND xã: "
            f"{name}."
        ]
    return [f"Ngày {format_date(day)} không có ai có thẩm quyền tặng {name} ({decider.citation})."]


def signer_faults(decision: OutgoingPaper, day: date) -> list[str]:
    """Who signs must be what he signs as."""
    found = []
    chairs = chair_names_on(decision.commune_id, day)
    is_chair = any(same_name(decision.signer_name, name) for name in chairs)
    if decision.signer_title == Decision.CHAIR and not is_chair:
        known = f" Chủ tịch là {', '.join(chairs)}." if chairs else ""
        found.append(f"{decision.signer_name} không phải Chủ tịch UBND xã vào ngày {format_date(day)}.{known}")
    if decision.signer_title == Decision.DEPUTY and not _is_deputy(decision):
        found.append(
            f"{decision.signer_name} không có trong danh sách với chức vụ Phó Chủ tịch UBND xã nên không ký thay được."
        )
    return found


def chair_names_on(commune_id: int, day: date) -> list[str]:
    """Names of those who hold the chair on that day."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), commune_id=commune_id, role=Role.chair, starts_on__lte=day
    )
    return list(User.objects.filter(pk__in=rows.values("user_id")).order_by("pk").values_list("full_name", flat=True))


def _is_deputy(decision: OutgoingPaper) -> bool:
    people = Person.objects.filter(commune_id=decision.commune_id, name_fold=fold(decision.signer_name)[:250])
    return any(fold(person.post).startswith("pho chu tich u") for person in people)


def changes_since_signing(decision: OutgoingPaper, listed: list[AwardLine], day: date) -> list[str]:
    """What is issued must be what was signed: the list line by line, the year, the căn cứ, the names of commune and award."""
    again = "Hãy đưa về dự thảo và lập lại bản trình ký."
    now, then = [line.as_signed() for line in listed], decision.signed_list
    found = []
    if len(now) != len(then):
        found.append(f"Bản trình ký có {len(then)} người, hồ sơ hiện có {len(now)} người. {again}")
    for new, old in zip(now, then, strict=False):
        if new["amount"] != old["amount"]:
            found.append(
                f"Tiền thưởng của {old['name']} theo quy định ngày {format_date(day)} là {format_dong(new['amount'])}, "
                f"bản trình ký ghi {format_dong(old['amount'])}. {again}"
            )
        elif new != old:
            found.append(
                f"Dòng {old['serial']} của bản trình ký ({old['name']}) khác với hồ sơ hiện nay ({new['name']}). {again}"
            )
    if day.year != decision.expected_on.year:
        found.append(f"Bản trình ký ghi năm {decision.expected_on.year}, ngày ký thuộc năm {day.year}. {again}")
    if day != decision.expected_on:
        then_said, now_says = (statutory_basis_lines(decision, when) for when in (decision.expected_on, day))
        if now_says != then_said:
            found.append(
                f"Căn cứ pháp lý ngày {format_date(day)} khác ngày dự kiến ký {format_date(decision.expected_on)}. {again}"
            )
        if commune_identity_on(decision, day) != commune_identity_on(decision, decision.expected_on):
            found.append(f"Tên gọi của xã ngày {format_date(day)} khác tên trên bản trình ký. {again}")
        elif outgoing_award_name(decision, day) != outgoing_award_name(decision, decision.expected_on):
            found.append(f"Tên gọi của danh hiệu ngày {format_date(day)} khác tên trên bản trình ký. {again}")
    return found
