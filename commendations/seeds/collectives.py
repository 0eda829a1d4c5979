"""Demo of a collective that is no unit: a group of Thôn 4 is nominated by its thôn; its award is made by `award_cases`."""

from datetime import date

from commendations.actions import nomination as nominations
from commendations.models import Nomination
from emulation.communes.models import Commune
from villages.models import Collective
from villages.seeds.demo import GROUP_NAME
from villages.seeds.demo_actors import DemoActors

DUTIES = "Tuần tra ban đêm, giữ gìn an ninh trật tự ở ba xóm của thôn; 9 tổ viên."
DEED = (
    "Từ đầu năm 2026, Tổ tuần tra 86 đêm, cùng Công an xã giải quyết 07 vụ việc ngay tại xóm; lắp 05 đèn chiếu sáng ở đường vào "
    "xóm Dưới bằng tiền các hộ đóng góp.\nĐêm 17/10/2026, Tổ phát hiện, giữ người trộm máy bơm, trả lại 03 máy cho ba gia đình."
)


def submit_group_case(commune: Commune, received: date, who: DemoActors) -> Nomination | None:
    """The nomination of the group, submitted by the head of its thôn; None where the group was not entered."""
    group = Collective.objects.filter(commune=commune, name=GROUP_NAME).first()
    if group is None or group.parent is None:
        return None
    head = who("thon4")
    case = nominations.start_nomination(by=head, unit=group.parent, nominee=group)
    content = nominations.NominationContent(
        field_name="Quốc phòng, an ninh",
        achievement="xuất sắc trong phong trào toàn dân bảo vệ an ninh Tổ quốc năm 2026",
        duties=DUTIES,
        deed=DEED,
        period_from=date(2026, 1, 1),
        period_to=date(2026, 10, 31),
        met_on=received,
    )
    nominations.save_nomination(by=head, nomination=case, content=content)
    return nominations.submit_nomination(by=head, nomination=case, on=received)
