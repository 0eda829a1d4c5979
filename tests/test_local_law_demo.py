"""Local values from before the decisions of the demo change no decided case and none of its pages."""

from typing import Any

from commendations.models import Award, ChecklistEntry, CouncilSession, SessionItem
from commendations.queries.session import session_quorum
from emulation.communes.models import Commune
from emulation.documents.models import IssuedDocument
from emulation.legal import current
from emulation.legal.models import LegalValue
from tests.test_local_law import EARLY, override_every_value


def decided_facts() -> dict[str, Any]:
    """The stored facts of all decided cases."""
    return {
        "awards": list(Award.objects.order_by("pk").values()),
        "verdicts": list(SessionItem.objects.order_by("pk").values("pk", "verdict", "passed")),
        "sessions": list(CouncilSession.objects.order_by("pk").values("pk", "quorum")),
        "papers": list(IssuedDocument.objects.order_by("pk").values("pk", "html", "sha256")),
        "checklists": list(ChecklistEntry.objects.order_by("pk").values()),
    }


def test_a_local_value_changes_no_decided_case_and_no_page_of_one(full_demo: Commune, signed_in: Any) -> None:
    award = Award.objects.filter(commune=full_demo).order_by("pk").first()
    closed = CouncilSession.objects.filter(commune=full_demo, state="closed").order_by("pk").first()
    assert award is not None and closed is not None and closed.quorum["met"]
    chair_submission = award.decision.chair_submission
    addresses = [one.get_absolute_url() for one in (award, award.decision, chair_submission, closed)]
    browser = signed_in("vanphong")
    before = decided_facts()
    pages = [_page_text(browser, address) for address in addresses]
    override_every_value(full_demo, EARLY)
    assert decided_facts() == before
    assert [_page_text(browser, address) for address in addresses] == pages
    versions = {basis["version"] for basis in award.legal["grounds"]}
    assert LegalValue.objects.filter(version__in=versions, commune=None).count() == len(versions)
    assert current.prize_money_for(full_demo.pk, "GKX", "person", award.awarded_on).money.rounded != award.amount
    assert session_quorum(closed) == closed.quorum


def _page_text(browser: Any, address: str) -> str:
    """The page without the lines that differ in every response."""
    page = browser.get(address).content.decode()
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
