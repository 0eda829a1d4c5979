"""The content of a nomination in words, to compare what was returned with what is submitted again."""

from django.utils import timezone

from commendations.models import Nomination
from commendations.queries import catalogue
from emulation.core.formatting import format_date
from emulation.legal import current
from emulation.workflow.differences import Difference, differences, is_unchanged

COMPARED_STATES = ("returned", "submitted", "complete", "on_session")


def nomination_content(nomination: Nomination) -> dict[str, str]:
    """{label: text} of everything that the unit writes."""
    law = current.law_for(nomination.commune_id)
    award = catalogue.award_name_on(law, nomination.award_code, nomination.received_on or timezone.localdate())
    return {
        "Người, hộ, tập thể được đề nghị": nomination.nominee_in_full,
        "Danh hiệu, hình thức": award.in_full(nomination.award_year),
        "Năm xét": str(nomination.award_year),
        "Loại hình khen thưởng": nomination.get_kind_display(),
        "Lĩnh vực": nomination.field_name,
        "Nội dung khen": nomination.achievement,
        "Nhiệm vụ được giao": nomination.duties,
        "Thành tích đạt được": nomination.deed,
        "Các hình thức đã được khen": nomination.past_awards,
        "Lập thành tích từ ngày": format_date(nomination.period_from) if nomination.period_from else "",
        "Đến ngày": format_date(nomination.period_to) if nomination.period_to else "",
        "Giờ lập thành tích": f"{nomination.deed_time:%H:%M}" if nomination.deed_time else "",
        "Đơn vị họp bình xét ngày": format_date(nomination.met_on) if nomination.met_on else "",
        "Đã làm gì theo lý do trả lại": nomination.return_answer,
    }


def nomination_changes(nomination: Nomination) -> list[Difference] | None:
    """What the unit changed since the return; None when it was not returned, or once the council has voted."""
    if not nomination.returned_content or nomination.state not in COMPARED_STATES:
        return None
    return differences(nomination.returned_content, nomination_content(nomination))


def is_unchanged_since_return(nomination: Nomination) -> bool:
    """Whether it was returned and nothing was changed: submitting it again is refused."""
    return nomination.state == "returned" and is_unchanged(nomination, lambda: nomination_content(nomination))
