"""A return reason refers to a part that the form of this nomination or exemplar shows, and is read there."""

import pytest
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import ExemplarContent, return_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.forms.exemplar import ExemplarForm
from campaigns.exemplars.forms.exemplar_return import ReturnExemplarForm
from campaigns.models import Field
from commendations.actions.appraisal import RETURN_NOTE_LABELS, nomination_note_labels, return_nomination
from commendations.forms.nomination import NominationForm
from commendations.models import Nomination
from commendations.queries.nomination import nomination_kinds
from commendations.tests import case_steps
from emulation.core.errors import RuleBroken
from emulation.legal import current
from tests.html import page_of

ON_PAGE = {"nominee", "award", "file", "period"}
"""Parts that are no field of the form: the buttons of nominee and award, the file as a whole, both days of the period."""


def test_every_award_offers_only_parts_of_its_form(commune, office):
    case = case_steps.submitted_nomination()
    hidden = set()
    for code in current.law_for(commune.pk).awards:
        case.award_code = code
        case.return_notes = {}
        form = NominationForm(nomination=case, kinds=nomination_kinds(case))
        offered = set(nomination_note_labels(case))
        assert offered - ON_PAGE <= set(form.fields)
        hidden |= set(RETURN_NOTE_LABELS) - offered
    assert hidden == {"kind"}


def test_a_reason_for_a_part_that_is_not_shown_is_not_accepted(commune, office, signed_in):
    case = case_steps.submitted_nomination()
    Nomination.objects.filter(pk=case.pk).update(award_code="LDTT")
    case.refresh_from_db()
    assert len(nomination_kinds(case)) == 1
    assert 'name="kind"' not in page_of(signed_in("vanphong").get(f"{case.get_absolute_url()}tra-lai/"))
    with pytest.raises(RuleBroken, match="ít nhất một mục"):
        return_nomination(by=office, nomination=case, notes={"kind": "Chọn lại loại hình."})


def test_a_reason_whose_field_has_gone_since_is_read_above_the_form(commune, office, signed_in):
    case = case_steps.submitted_nomination()
    return_nomination(by=office, nomination=case, notes={"kind": "Chọn lại loại hình."})
    Nomination.objects.filter(pk=case.pk).update(award_code="LDTT")
    assert "Loại hình khen thưởng: Chọn lại loại hình." in page_of(
        signed_in("thon1").get(f"{case.get_absolute_url()}soan/")
    )


@pytest.mark.parametrize(("kind", "place"), [("person", "name"), ("collective", "kind")])
def test_the_nominee_of_an_exemplar_is_corrected_where_the_form_shows_it(commune, office, village_head, kind, place):
    person = case_steps.draft_nomination().person
    content = ExemplarContent(
        kind=kind, person=person if kind == "person" else None, field=Field.objects.first(), deed=case_steps.DEED
    )
    month = open_month(commune=commune, on=timezone.localdate())
    exemplar = start_exemplar(by=village_head, unit=person.unit, period=month, content=content)
    submit_exemplar(by=village_head, exemplar=exemplar)
    offered = ReturnExemplarForm(exemplar=exemplar).labels
    form = ExemplarForm(unit=exemplar.unit, user=village_head, exemplar=exemplar)
    assert place in offered and set(offered) <= set(form.fields)
    with pytest.raises(RuleBroken, match="ít nhất một mục"):
        return_exemplar(by=office, exemplar=exemplar, notes={"nothing_reason": "Ghi rõ hơn."})
    return_exemplar(by=office, exemplar=exemplar, notes={place: "Ghi đúng tên."})
    form = ExemplarForm(unit=exemplar.unit, user=village_head, exemplar=exemplar)
    assert form.fields[place].return_note == "Ghi đúng tên."
