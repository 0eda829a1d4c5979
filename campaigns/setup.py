"""Registrations made when Django starts: workflow tables, menu, calendar, obligations, papers."""

from campaigns.campaigns.actions import unit_change as registration_carrier
from campaigns.campaigns.actions.campaign import campaign_approval
from campaigns.campaigns.flow.registration import REGISTRATION
from campaigns.campaigns.queries.campaign import campaign_deadlines, campaign_dependents, page_contexts
from campaigns.catalogue.flow import REASONS
from campaigns.directives.actions.letter import letter_approval
from campaigns.directives.flow.directive import ANSWER, DIRECTIVES, HANDLING, INCOMING
from campaigns.directives.flow.duty import REPORT, UNIT_DUTY
from campaigns.directives.flow.letter import RECEIPT
from campaigns.directives.flow.recipient import RECIPIENT
from campaigns.directives.queries import letter_obligations
from campaigns.directives.queries import stored_files as directive_files
from campaigns.directives.queries.calendar import duty_dates, receipt_dates
from campaigns.exemplars.actions import unit_change as exemplar_carrier
from campaigns.exemplars.actions.praise_letter import praise_letter_approval
from campaigns.exemplars.actions.shortlist_notice import shortlist_notice_approval
from campaigns.exemplars.flow.exemplar import ANSWERS, EXEMPLAR
from campaigns.exemplars.flow.period import PERIOD, PERIODS
from campaigns.exemplars.flow.shortlist import SHORTLIST, SHORTLIST_ENTRY
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.queries import period_obligations, unit_work
from campaigns.exemplars.queries import stored_files as exemplar_files
from campaigns.exemplars.queries.calendar import period_dates
from campaigns.exemplars.queries.campaign import exemplar_context, exemplars_that_keep_the_campaign
from campaigns.reminders.flow import REMINDERS
from campaigns.search import register_campaigns_search
from emulation.workflow import calendar_registry, menu, permissions
from emulation.workflow.calendar_registry import DeadlineKind
from emulation.workflow.workflow import register_flow
from villages.queries.look_alikes import PeopleCount, people_counts

OBLIGATION_SOURCES = (letter_obligations, period_obligations)
"""Modules that register their obligation sources on import; campaigns.campaigns.queries.campaign does so too."""

FILE_SOURCES = (directive_files, exemplar_files)
"""Modules that register the stored files of their rows on import."""

UNIT_CARRIERS = (registration_carrier, exemplar_carrier)
"""Modules that register, on import, what a closed unit hands over."""

FLOWS = (
    REASONS,
    DIRECTIVES, ANSWER, INCOMING, HANDLING, RECEIPT, RECIPIENT, REPORT, UNIT_DUTY,
    REGISTRATION,
    PERIODS, PERIOD, ANSWERS, EXEMPLAR, SHORTLIST, SHORTLIST_ENTRY,
    REMINDERS,
)  # fmt: skip


APPROVALS = (letter_approval, campaign_approval, shortlist_notice_approval, praise_letter_approval)


def register_workflows() -> None:
    """Register the workflow tables of all packages."""
    for flow in FLOWS:
        register_flow(flow)


BOARD_READERS = permissions.staff | permissions.council
MENU = (
    menu.MenuEntry(
        "Tháng này",
        "campaigns:month",
        "star",
        permissions.unit_head,
        "exemplars",
        1,
        "Điển hình của đơn vị: tháng này và các tháng trước.",
    ),
    menu.MenuEntry(
        "Điển hình",
        "campaigns:exemplars",
        "star",
        BOARD_READERS,
        "exemplars",
        15,
        "Điển hình các đơn vị đã gửi.",
        ("campaigns:praise", "campaigns:photo", "campaigns:drop_follow_up", "campaigns:reasons"),
    ),
    menu.MenuEntry(
        "Kỳ",
        "campaigns:periods",
        "calendar-event",
        permissions.staff,
        "exemplars",
        20,
        "Kỳ tháng, kỳ quý: mở, chốt, mở lại.",
    ),
    menu.MenuEntry(
        "Bảng năm",
        "campaigns:year",
        "grid-3x3",
        BOARD_READERS,
        "exemplars",
        22,
        "Từng đơn vị, từng tháng trong năm.",
        ("campaigns:board",),
    ),
    menu.MenuEntry(
        "Danh sách",
        "campaigns:chosen_lists",
        "list-stars",
        permissions.issued_paper_readers,
        "exemplars",
        24,
        "Danh sách điển hình được chọn, đã ban hành.",
        ("campaigns:edit_choice",),
    ),
    menu.MenuEntry(
        "Đôn đốc",
        "campaigns:outstanding",
        "bell",
        BOARD_READERS,
        "exemplars",
        26,
        "Việc các đơn vị chưa làm; gọi, nhắc, công văn đôn đốc.",
        ("campaigns:reminders",),
    ),
    menu.MenuEntry(
        "Phong trào",
        "campaigns:campaigns",
        "flag",
        permissions.issued_paper_readers,
        "campaigns",
        27,
        "Phong trào thi đua: kế hoạch, đăng ký, kết quả.",
    ),
    menu.MenuEntry(
        "Văn bản đến",
        "campaigns:directives",
        "envelope-paper",
        permissions.staff,
        "papers",
        5,
        "Văn bản chỉ đạo của cấp trên và việc phải làm.",
        ("campaigns:scan", "campaigns:handling", "campaigns:edit_duty"),
    ),
    menu.MenuEntry(
        "Công văn của xã",
        "campaigns:letters",
        "megaphone",
        permissions.issued_paper_readers,
        "papers",
        8,
        "Công văn giao việc cho các đơn vị: đã nhận, đã báo cáo.",
        (
            "campaigns:receipt",
            "campaigns:unit_duty",
            "campaigns:duty_report",
            "campaigns:report_file",
            "campaigns:recipient",
            "campaigns:directive",
            "campaigns:scan",
            "campaigns:handling",
        ),
    ),
)


def register_menu() -> None:
    """Register the pages of the navigation, each with the roles that see it."""
    menu.add_menu_entries(*MENU)


def register_calendar() -> None:
    """Register the kinds of calendar dates with their sources."""
    units = permissions.staff | permissions.unit_head
    calendar_registry.register_deadline_kind(
        DeadlineKind("period", "Điển hình", "stars", units | permissions.council_member, 10), period_dates
    )
    calendar_registry.register_deadline_kind(
        DeadlineKind("letter", "Công văn", "envelope-paper", units, 20), receipt_dates
    )
    calendar_registry.register_deadline_kind(
        DeadlineKind("duty", "Việc theo công văn", "check2-square", units, 22), duty_dates
    )
    calendar_registry.register_deadline_kind(
        DeadlineKind("campaign", "Phong trào", "flag", permissions.issued_paper_readers, 25), campaign_deadlines
    )


def register_papers() -> None:
    """Register the papers that need the chair's approval: their tables of steps, origins and samples."""
    for approval in APPROVALS:
        approval.register()


def register_all() -> None:
    """Register everything; called once by AppConfig.ready()."""
    register_workflows()
    register_menu()
    register_calendar()
    register_papers()
    register_campaigns_search()
    unit_work.register_movement_work()
    people_counts.add("exemplars", PeopleCount("Số lần là điển hình", Exemplar))
    page_contexts.add("exemplars", exemplar_context)
    campaign_dependents.add("exemplars", exemplars_that_keep_the_campaign)
