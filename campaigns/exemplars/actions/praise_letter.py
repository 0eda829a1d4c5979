"""Actions on the chair's praise letter (thư khen)."""

from datetime import date

from django.utils import timezone

from campaigns.exemplars.flow.praise_letter import PRAISE_LETTER_APPROVAL_FLOW
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.praise_letter import PraiseLetter
from campaigns.exemplars.papers.praise_letter import praise_letter_paper
from emulation.accounts.models import User
from emulation.accounts.queries import chair_signer
from emulation.core.formatting import lower_first
from emulation.documents.actions import ReaderGrant
from emulation.documents.approval.actions import Approval, Audience
from emulation.documents.blocks.paper import Paper
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.people import unit_head_ids
from villages.rules.name_marks import marked_name
from villages.rules.people import with_one_subject


def start_praise_letter(*, by: User, exemplar: Exemplar) -> PraiseLetter:
    """Start the letter to an accepted exemplar; its text is prefilled from the deed."""
    with act("campaigns.start_praise", exemplar, by=by) as locked:
        identity = locked.commune.identity_on(timezone.localdate())
        return PraiseLetter.objects.create(
            commune_id=locked.commune_id,
            exemplar=locked,
            state=PraiseLetter.DRAFT,
            addressee=_addressee(locked),
            text=(
                f"Tôi được biết việc làm tốt đẹp của {_nominee_in_text(locked)}:\n{_deed(locked)}\n"
                "Tôi biểu dương, cảm ơn và mong việc làm ấy được nhiều người học tập, lan tỏa trong "
                f"{identity.name}.\nChúc {_wished_well(locked)} mạnh khỏe, hạnh phúc, tiếp tục có nhiều đóng góp cho quê hương."
            ),
            **chair_signer(locked.commune_id, timezone.localdate()).columns,
            created_by=by,
        )


class PraiseLetterApproval(Approval[PraiseLetter]):
    """Praise letters: signed by the chair, without a number; the unit of the exemplar reads them."""

    flow = PRAISE_LETTER_APPROVAL_FLOW
    key = "campaigns.praise"
    kind = "thu_khen"
    required = {"addressee": "người nhận", "text": "lời thư", "signer": "người ký"}
    messages = {"submit": "Đã trình Chủ tịch ký.", "approve": "Đã ký. Đơn vị đã được báo."}
    issued_words = "Chủ tịch gửi"

    def paper(self, subject: PraiseLetter, on: date) -> Paper:
        return praise_letter_paper(subject, on)

    def audience(self, subject: PraiseLetter, on: date) -> Audience:
        unit = subject.exemplar.unit
        heads = unit_head_ids(unit, timezone.localdate())
        return Audience((ReaderGrant(unit_id=unit.pk),), tuple(heads))

    def breadcrumbs(self, subject: PraiseLetter) -> list[tuple[str, str]]:
        exemplar = subject.exemplar
        return [(f"{exemplar.nominee_alone}, {exemplar.period}", exemplar.get_absolute_url())]

    def consequences(self, subject: PraiseLetter) -> list[str]:
        exemplar = subject.exemplar
        return [
            f"Thư khen gửi {exemplar.nominee_and_unit} không còn là việc tiếp theo của điển hình này.",
            "Soạn được thư khen khác cho điển hình này. Bản giấy đã gửi thì Văn phòng xin lại.",
        ]

    def about(self, subject: PraiseLetter) -> str:
        return subject.exemplar.nominee_alone


praise_letter_approval = PraiseLetterApproval()


MEMBERS = {
    Unit.VILLAGE: "cán bộ và Nhân dân",
    Unit.SCHOOL: "tập thể thầy, cô giáo và các em học sinh",
    Unit.STATION: "tập thể viên chức, người lao động",
    Unit.ORGANISATION: "cán bộ, hội viên",
    Unit.OFFICE: "tập thể cán bộ, công chức",
}
"""The people of a collective, by the kind of the unit: good health is wished to people."""
MEMBERS_OF_COLLECTIVES = {
    "group": "các thành viên",
    "chapter": "cán bộ, hội viên",
    "class": "tập thể",
    "enterprise": "tập thể người lao động",
    "cooperative": "các thành viên, người lao động",
}
"""Likewise of a collective that is no unit, by what it is."""


def _wished_well(exemplar: Exemplar) -> str:
    unit = exemplar.collective
    if unit is not None:
        return f"{_members(unit)} {unit.name}"
    if exemplar.household is not None:
        return f"gia đình {exemplar.household.head_name}"
    return _nominee_in_text(exemplar)


def _members(unit: Unit) -> str:
    if unit.is_collective:
        return MEMBERS_OF_COLLECTIVES[unit.collective_kind]
    return "cán bộ, đoàn viên" if unit.name.startswith("Đoàn ") else MEMBERS[unit.kind]


def _deed(exemplar: Exemplar) -> str:
    """The deed, in which the person is addressed as in the rest of the letter."""
    person = exemplar.person
    if person is None:
        return exemplar.deed
    addressed = person.addressed_in_sentence
    return with_one_subject(exemplar.deed, person.full_name, addressed, f"gia đình {addressed}")


def _addressee(exemplar: Exemplar) -> str:
    if exemplar.person is not None:
        return f"{marked_name(exemplar.person.addressed, exemplar.nominee_mark)}, {exemplar.unit.name}"
    return exemplar.nominee_and_unit


def _nominee_in_text(exemplar: Exemplar) -> str:
    if exemplar.person is not None:
        return exemplar.person.addressed_in_sentence
    name = exemplar.nominee_name
    return name if exemplar.collective_id else lower_first(name)
