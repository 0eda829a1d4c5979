"""Who signs a decision or tờ trình: the chair, or KT. the vice chair; what is wrong with the one that is named."""

from datetime import date

from commendations.flow.own_case import own_cases
from commendations.models import Decision
from commendations.models.outgoing_paper import OutgoingPaper
from commendations.queries.award_lines import AwardLine
from emulation.accounts.models import User
from emulation.accounts.queries import ChairSigner, chair_names, chair_signer, deputy_name_fault
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import Role
from emulation.core.formatting import format_date
from emulation.core.text import fold, name_key, same_name
from villages.models import Person


def own_signature_faults(paper: OutgoingPaper, listed: list[AwardLine]) -> list[str]:
    """Nobody signs an award of their own: the recipients who are the signer, their household or the unit that they lead."""
    signers = User.objects.filter(
        pk__in=role_holder_ids(paper.commune_id, Role.chair, Role.vice_chair, on=paper.expected_on)
    )
    ids = [user.pk for user in signers if same_name(user.full_name, paper.signer_name)]
    own = {case.pk for case in own_cases([line.nomination for line in listed], ids, paper.expected_on)}
    return [
        f"{paper.signer_name} không ký văn bản khen chính mình ({line.name_alone}): đổi người ký, hoặc trả lại hồ sơ để "
        "trình riêng."
        for line in listed
        if line.nomination.pk in own
    ]


def signer_faults(paper: OutgoingPaper, day: date) -> list[str]:
    """The signer must have the position under which they sign."""
    faults = []
    if paper.by_deputy and paper.signer_title != Decision.DEPUTY:
        faults.append("Hồ sơ của chính Chủ tịch: văn bản do Phó Chủ tịch ký KT. CHỦ TỊCH. Hãy sửa người ký ở dự thảo.")
    if paper.signer_title == Decision.CHAIR and (fault := _chair_fault(paper, day)):
        faults.append(fault)
    if paper.signer_title == Decision.DEPUTY and (fault := _deputy_fault(paper, day)):
        faults.append(fault)
    return faults


def _chair_fault(paper: OutgoingPaper, day: date) -> str:
    chairs = chair_names(paper.commune_id, day)
    if any(same_name(paper.signer_name, name) for name in chairs):
        return ""
    actual = f" Chủ tịch là {', '.join(chairs)}." if chairs else ""
    return f"{paper.signer_name} không phải Chủ tịch UBND xã vào ngày {format_date(day)}.{actual}"


def _deputy_fault(paper: OutgoingPaper, day: date) -> str:
    if fault := deputy_name_fault(paper.commune_id, paper.signer_name, day):
        return fault
    if _is_deputy(paper, day):
        return ""
    return f"{paper.signer_name} không có trong danh sách với chức vụ Phó Chủ tịch UBND xã nên không ký thay được."


def first_signer(by: User, commune_id: int, day: date, by_deputy: bool = False) -> dict[str, str]:
    """The signer of a new draft: `by` if they decided for an absent chair or the chair's own case (KT.), else the chair."""
    acts = by_deputy or capacity_of(by).acts_for(Role.chair)
    signer = ChairSigner(by.full_name, deputy=True) if acts else chair_signer(commune_id, day)
    title = OutgoingPaper.DEPUTY if signer.deputy else OutgoingPaper.CHAIR
    return {"signer_title": title, "signer_name": signer.name or by.full_name}


def _is_deputy(paper: OutgoingPaper, day: date) -> bool:
    holders = User.objects.filter(pk__in=role_holder_ids(paper.commune_id, Role.vice_chair, on=day))
    if any(same_name(paper.signer_name, name) for name in holders.values_list("full_name", flat=True)):
        return True
    people = Person.objects.filter(commune_id=paper.commune_id, name_key=name_key(paper.signer_name))
    return any(fold(person.post_on(day)).startswith("pho chu tich u") for person in people)
