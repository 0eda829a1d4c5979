"""Actions by which a unit submits exemplars of its months to the quarter."""

from django.utils import timezone

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.quarter_submission import QuarterSubmission
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.queries.quarter_submission import quarter_for
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import lower_first
from emulation.workflow.transitions import act


def submit_to_quarter(*, by: User, exemplar: Exemplar) -> QuarterSubmission:
    """Answer the quarter with an exemplar of one of its months; a second call returns the same submission.

    Raises RuleBroken when the quarter is not open yet, is closed, or was answered with "none".
    """
    with act("campaigns.pick", exemplar, by=by) as locked:
        quarter = quarter_for(locked)
        if quarter is None or quarter.opens_on > timezone.localdate():
            raise RuleBroken("Quý của điển hình này chưa mở, chưa đề xuất được.")
        if quarter.closed_on:
            raise RuleBroken(f"{quarter} đã chốt, không đề xuất thêm được.")
        nothing = Exemplar.objects.filter(unit=locked.unit, period=quarter, nothing=True)
        if nothing.exclude(state=Exemplar.CANCELLED).exists():
            raise RuleBroken(
                f"Đơn vị đã báo {lower_first(str(quarter))} không có điển hình. Hãy rút lại và bỏ báo cáo đó trước."
            )
        submission, _ = QuarterSubmission.objects.get_or_create(
            period=quarter,
            exemplar=locked,
            defaults={"commune_id": locked.commune_id, "unit_id": locked.unit_id, "picked_by": by},
        )
    return submission


def withdraw_from_quarter(*, by: User, exemplar: Exemplar) -> None:
    """Withdraw the submission. Raises RuleBroken if the quarter is closed or the exemplar is on its shortlist."""
    with act("campaigns.unpick", exemplar, by=by) as locked:
        rows = QuarterSubmission.objects.filter(exemplar=locked)
        for row in rows.select_related("period"):
            if row.period.closed_on:
                raise RuleBroken(f"{row.period} đã chốt, không rút đề xuất được.")
            if ShortlistEntry.objects.filter(period=row.period, exemplar=locked).exists():
                raise RuleBroken(
                    f"Văn phòng đã chọn điển hình này vào danh sách {lower_first(str(row.period))}, không rút được."
                )
        rows.delete()
