"""What the app registers when Django starts: workflow tables, menu, calendar, obligations, papers."""

from campaigns.campaigns.flow.campaign import CAMPAIGN, CAMPAIGN_READERS, CAMPAIGNS
from campaigns.campaigns.flow.registration import REGISTRATION
from campaigns.campaigns.papers.campaign import campaign_sample
from campaigns.campaigns.queries.campaign import campaign_deadlines, register_page_context
from campaigns.catalogue.flow import REASONS
from campaigns.directives.flow.directive import ANSWER, DIRECTIVES, HANDLING, INCOMING
from campaigns.directives.flow.duty import REPORT, UNIT_DUTY
from campaigns.directives.flow.letter import LETTER, RECEIPT
from campaigns.directives.flow.recipient import RECIPIENT
from campaigns.directives.papers import letter_sample
from campaigns.directives.queries import letter_obligations
from campaigns.directives.queries.calendar import duty_dates, receipt_dates
from campaigns.exemplars.flow.exemplar import ANSWERS, EXEMPLAR
from campaigns.exemplars.flow.period import PERIOD, PERIODS
from campaigns.exemplars.flow.praise_letter import PRAISE_LETTER
from campaigns.exemplars.flow.shortlist import SHORTLIST, SHORTLIST_ENTRY
from campaigns.exemplars.flow.shortlist_notice import SHORTLIST_NOTICE
from campaigns.exemplars.papers.praise_letter import praise_letter_sample
from campaigns.exemplars.papers.shortlist_notice import shortlist_notice_sample
from campaigns.exemplars.queries import period_obligations
from campaigns.exemplars.queries.calendar import period_dates
from campaigns.exemplars.queries.campaign import exemplar_context
from campaigns.reminders.flow import REMINDERS
from emulation.acts import deadlines, menu, who
from emulation.acts.deadlines import Kind
from emulation.acts.flow import register
from emulation.documents.homes import home
from emulation.documents.samples import sample

OBLIGATION_SOURCES = (letter_obligations, period_obligations)
"""Modules that register their source of obligations when they are imported, as campaigns.queries.campaign does."""

FLOWS = (
    REASONS,
    DIRECTIVES, ANSWER, INCOMING, HANDLING, LETTER, RECEIPT, RECIPIENT, REPORT, UNIT_DUTY,
    CAMPAIGNS, CAMPAIGN, REGISTRATION,
    PERIODS, PERIOD, ANSWERS, EXEMPLAR, SHORTLIST, SHORTLIST_ENTRY, SHORTLIST_NOTICE, PRAISE_LETTER,
    REMINDERS,
)  # fmt: skip


def register_workflows() -> None:
    """Workflow tables of all packages."""
    for flow in FLOWS:
        register(flow)


def register_menu() -> None:
    """Menu entries by role."""
    menu.add(
        menu.Entry("Điển hình tháng này", "campaigns:month", "star", who.unit_head, "Thi đua", 10, "Điển hình"),
        menu.Entry("Điển hình các đơn vị", "campaigns:exemplars", "star", who.staff | who.council, "Thi đua", 15),
        menu.Entry(
            "Danh sách điển hình",
            "campaigns:chosen_lists",
            "list-stars",
            who.staff | who.unit_head | who.council_member | who.superior,
            "Thi đua",
            25,
        ),
        menu.Entry("Kỳ điển hình", "campaigns:periods", "calendar-event", who.staff, "Thi đua", 20),
        menu.Entry("Bảng theo dõi năm", "campaigns:year", "grid-3x3", who.staff | who.council, "Thi đua", 22),
        menu.Entry("Đôn đốc", "campaigns:owed", "bell", who.staff | who.council, "Thi đua", 25),
        menu.Entry("Phong trào thi đua", "campaigns:campaigns", "flag", CAMPAIGN_READERS, "Thi đua", 27),
        menu.Entry("Văn bản chỉ đạo", "campaigns:directives", "megaphone", who.staff, "Thi đua", 30),
        menu.Entry(
            "Công văn của xã",
            "campaigns:letters",
            "megaphone",
            who.unit_head | who.council_member | who.superior,
            "Thi đua",
            31,
        ),
    )


def register_calendar() -> None:
    """Kinds of dates and where they come from."""
    units = who.staff | who.unit_head
    deadlines.register(Kind("period", "Điển hình", "stars", units | who.council_member, 10), period_dates)
    deadlines.register(Kind("letter", "Công văn", "envelope-paper", units, 20), receipt_dates)
    deadlines.register(Kind("duty", "Việc theo công văn", "check2-square", units, 22), duty_dates)
    deadlines.register(Kind("campaign", "Phong trào", "flag", CAMPAIGN_READERS, 25), campaign_deadlines)


def register_papers() -> None:
    """Samples for `manage.py sample_papers`, and the subjects that the keys of papers name."""
    sample("cong_van", letter_sample)
    sample("ke_hoach", campaign_sample)
    sample("thong_bao", shortlist_notice_sample)
    sample("thu_khen", praise_letter_sample)
    home("campaigns.letter", "campaigns.Letter")
    home("campaigns.campaign", "campaigns.Campaign")
    home("campaigns.list", "campaigns.ChosenList")
    home("campaigns.praise", "campaigns.PraiseLetter")


def register_all() -> None:
    """Called once by AppConfig.ready()."""
    register_workflows()
    register_menu()
    register_calendar()
    register_papers()
    register_page_context(exemplar_context)
