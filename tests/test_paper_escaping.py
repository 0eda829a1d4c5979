"""Scripts typed by people are escaped in official documents."""

from django.utils import timezone

from campaigns.exemplars.actions.exemplar import ExemplarContent, accept_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.models import Field
from emulation.documents.models import Draft
from reports.actions import period_report as reports
from reports.actions.period_report import period_report_approval
from reports.seeds.demo import DEMO_REPORT_TEXT
from tests.test_html_escaping import RAW, SCRIPT, SHORT
from villages.models import Unit


def test_a_document_escapes_scripts(on_count_day, commune, office, village_head, signed_in):
    period = open_month(commune=commune, on=timezone.localdate())
    unit = Unit.objects.get(code="thon1")
    content = ExemplarContent(
        kind="person", new_nominee={"name": f"Vi {SHORT}"}, field=Field.objects.first(), deed=SCRIPT, result=SCRIPT
    )
    exemplar = start_exemplar(by=village_head, unit=unit, period=period, content=content)
    submit_exemplar(by=village_head, exemplar=exemplar)
    accept_exemplar(by=office, exemplar=exemplar)
    report = reports.start_period_report(by=office, commune=commune, year=period.year, quarter=(period.number + 2) // 3)
    period_report_approval.save(
        report, by=office, **{name: f"{text}\n{SCRIPT}" for name, text in DEMO_REPORT_TEXT.items()}
    )
    period_report_approval.submit(report, by=office)
    draft = Draft.objects.get()
    page = signed_in("vanphong").get(f"/van-ban/nhap/{draft.pk}/to/").content.decode()
    assert f"Vi {SHORT}".replace("<", "&lt;").replace(">", "&gt;") in page
    assert not any(raw in page for raw in RAW)
