"""What can be done in the movement, and its entries in the menu."""

from campaigns.flow import campaign, choice, duty, exemplar, incoming, letter, praise, registration
from emulation.acts import menu, who
from emulation.acts.flow import register

CAMPAIGN_READERS = who.staff | who.unit_head | who.council_member | who.superior


def declare() -> None:
    """Registers the flows and the menu of this room."""
    for flow in (exemplar.PERIODS, exemplar.PERIOD, exemplar.ANSWERS, exemplar.EXEMPLAR):
        register(flow)
    for flow in (choice.REASONS, choice.SHORTLIST, choice.CHOICE, choice.LIST, praise.PRAISE):
        register(flow)
    for flow in (letter.DIRECTIVES, letter.ANSWER, letter.LETTER, letter.RECEIPT):
        register(flow)
    for flow in (incoming.INCOMING, incoming.HANDLING, duty.RECIPIENT, duty.REPORT, duty.UNIT_DUTY):
        register(flow)
    for flow in (campaign.CAMPAIGNS, campaign.CAMPAIGN, registration.REGISTRATION):
        register(flow)
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
