"""Papers of an organisation: its head signs for the collective, on a line that is a local value."""

import pytest

from commendations.papers.achievement_report import achievement_report
from commendations.papers.commendation_request import commendation_request
from commendations.tests import case_steps, factories
from commendations.tests.factories import HELD_ON
from emulation.legal import current
from emulation.legal.tests.local_value_builders import approved_local_value

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    ("code", "signed"),
    [
        ("phunu", ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")),
        ("doanthanhnien", ("TM. BAN THƯỜNG VỤ", "BÍ THƯ")),
        ("mattran", ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH")),
        ("tieuhoc", ("HIỆU TRƯỞNG",)),
        ("thon1", ("TRƯỞNG THÔN",)),
    ],
)
def test_the_head_of_an_organisation_signs_for_its_collective(commune, code, signed):
    case = factories.nomination_of(commune, case_steps.unit_by_code(code), "draft")
    for paper in (achievement_report(case, HELD_ON), commendation_request(case, HELD_ON)):
        assert paper.signatures[0].capacity == signed


@pytest.mark.parametrize(
    ("written", "signed"), [("TM. Ban Chấp hành", ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH")), ("Không", ("CHỦ TỊCH",))]
)
def test_the_line_of_an_organisation_is_a_local_value_that_may_leave_it_out(commune, written, signed):
    case = factories.nomination_of(commune, case_steps.unit_by_code("phunu"), "draft")
    approved_local_value(commune, "signature.union", pairs=[("", "")], content=written)
    assert commendation_request(case, HELD_ON).signatures[0].capacity == signed
    assert not current.general_law().value_on("signature.union", HELD_ON).confirmed


def test_a_deputy_signs_for_the_organisation_if_its_head_is_the_nominee(commune):
    unit = case_steps.unit_by_code("phunu")
    case = factories.nomination_of(commune, unit.appointments.get().person, "draft")
    case.unit = unit
    assert commendation_request(case, HELD_ON).signatures[0].capacity == (
        "TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
    )  # fmt: skip
