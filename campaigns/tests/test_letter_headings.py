"""Each kind of letter has its own heading."""

from datetime import date

from campaigns.directives.actions.letter import start_letter
from campaigns.exemplars.actions.period import open_month
from campaigns.obligations.queries import open_obligations
from campaigns.reminders.actions.reminder_letter import start_reminder_letter
from campaigns.tests.test_duties import directive  # noqa: F401  (fixture)
from emulation.communes.models import Commune
from tests.html import page_of

DAY = date(2026, 11, 26)


def heading_of(page: str) -> str:
    return page[page.index("<h1") : page.index("</h1>")]


def test_a_reminder_letter_is_headed_as_one(in_november, commune: Commune, office, signed_in):
    open_month(commune=commune, on=date(2026, 11, 1))
    letter = start_reminder_letter(by=office, commune=commune, obligations=open_obligations(commune.pk, DAY), on=DAY)
    for url in (letter.get_absolute_url(), f"{letter.get_absolute_url()}sua/"):
        page = page_of(signed_in("vanphong").get(url))
        assert "ông văn đôn đốc" in heading_of(page) and "ông văn triển khai" not in page, url
    assert letter.todo_parts() == ("Dự thảo công văn", "Về việc đôn đốc thực hiện công tác thi đua, khen thưởng")


def test_a_letter_that_carries_out_a_directive_is_headed_as_one(directive, office, signed_in):  # noqa: F811
    letter = start_letter(by=office, directive=directive)
    page = page_of(signed_in("vanphong").get(letter.get_absolute_url()))
    assert "Công văn triển khai" in heading_of(page) and "ông văn đôn đốc" not in page
