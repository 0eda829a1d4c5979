"""Checks of the chair's decision: the own case goes to the vice chair, the case of kin needs a reason."""

from django.utils import timezone

from commendations.flow.kin import unexplained_kin
from commendations.flow.own_case import cases_of_chair, own_cases
from commendations.models import ChairSubmission, ChairSubmissionItem, Nomination
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import listed_names


def mark_cases_of_chair(draft: ChairSubmission, nominations: list[Nomination]) -> None:
    """Marks the chair's own cases: the vice chair decides them. RuleBroken without a vice chair, with how to name one."""
    day = timezone.localdate()
    own = cases_of_chair(nominations, draft.commune_id, day)
    if own and not role_holder_ids(draft.commune_id, Role.vice_chair, on=day):
        names = listed_names(case.nominee_alone for case in own)
        raise RuleBroken(
            f"Chủ tịch không tự quyết định khen thưởng cho mình ({names}): Phó Chủ tịch quyết định, ký KT. CHỦ TỊCH, mà xã "
            "chưa có ai giữ vai Phó Chủ tịch. Nhờ Quản trị giao vai này ở “Hệ thống → Tài khoản”, rồi trình lại."
        )
    draft.items.update(by_deputy=False)
    draft.items.listed().filter(nomination__in=[case.pk for case in own]).update(by_deputy=True)


def check_own_cases(by: User, items: list[ChairSubmissionItem]) -> None:
    """RuleBroken for a case of the user who decides, naming who does instead."""
    own = {case.pk for case in own_cases([item.nomination for item in items], [by.pk], timezone.localdate())}
    for item in items:
        if item.nomination_id in own:
            acts = capacity_of(by).acts_for(Role.chair)
            instead = "Chủ tịch quyết định khi về" if acts else "Phó Chủ tịch quyết định khi phiếu được trình lại"
            raise RuleBroken(
                f"Không ai tự quyết định khen thưởng cho mình ({item.nomination.nominee_alone}): {instead}; hãy trả phiếu này "
                "về Văn phòng để trình riêng.",
                f"outcome_{item.pk}",
            )


def check_kin(by: User, items: list[ChairSubmissionItem]) -> None:
    """RuleBroken for each case of kin of the user, until they have recorded why they decide it."""
    by_case = {item.nomination_id: item for item in items}
    RuleBroken.raise_all(
        [
            RuleBroken(
                f"Bạn có quan hệ với {case.nominee_alone} ({relation}): mở hồ sơ, bấm “Ghi lý do vẫn làm” rồi quyết định; hoặc "
                "trả phiếu này về để người làm thay quyết định.",
                f"outcome_{by_case[case.pk].pk}",
            )
            for case, relation in unexplained_kin([item.nomination for item in items], by)
        ]
    )
