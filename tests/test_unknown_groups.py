"""A person whose group nobody has chosen: shown apart in every figure and condition; what was frozen stays."""

import re
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from commendations.actions.proposal import SuperiorDecision, record_award_above, reopen_outcome_above
from commendations.models import Award, Nomination
from commendations.queries.chair_submission import submission_rows
from commendations.queries.eligibility import nomination_verdict
from commendations.queries.fairness import fairness_summary
from commendations.tests import factories
from emulation.documents.engines.html import paper_html
from reports.models import PeriodReport
from reports.papers.period_report import period_report_paper
from reports.queries.granted_awards import granted_awards
from reports.queries.report_figures import figure_by_key, quarter_figures
from tests.html import page_of, paper_text
from villages.actions.person_changes import change_post
from villages.models import Person

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def forget_groups(*names):
    Person.objects.filter(full_name__in=names).update(group="")


def test_the_chair_reads_how_many_are_unknown(commune, signed_in):
    forget_groups("Vi Văn Thành", "Lê Thị Lụa")
    names = ("Vi Văn Thành", "Lê Thị Lụa", "Nguyễn Thị Quý")
    paper = factories.submitted_to_chair(commune, [factories.person_named(name) for name in names])
    panel = fairness_summary(submission_rows(paper, factories.HELD_ON), factories.HELD_ON)
    groups = {label: count for label, count in panel.groups if count}
    assert (panel.people, groups) == (3, {"Viên chức": 1})
    assert panel.unknown == {"nhóm đối tượng": ["Vi Văn Thành", "Lê Thị Lụa"]}
    for address in (paper.get_absolute_url(), reverse("commendations:decide", args=[paper.pk])):
        page = page_of(signed_in("chutich").get(address))
        assert "Chưa rõ nhóm đối tượng: Vi Văn Thành, Lê Thị Lụa." in page
        assert "Viên chức" in page and "Nhóm khác" not in page


def test_reports_count_unknown_apart_and_give_no_share(commune, signed_in):
    forget_groups("Vi Văn Thành")
    factories.issued_decision(commune, [factories.person_named(name) for name in ("Vi Văn Thành", "Lê Thị Lụa")])
    figures = quarter_figures(commune.pk, 2026, 4)
    assert figure_by_key(figures, "granted_group_unknown")["value"] == 1
    assert figure_by_key(figures, "granted_direct")["value"] == 1
    report = PeriodReport(commune=commune, year=2026, quarter=4)
    text = paper_text(paper_html(period_report_paper(report, date(2027, 1, 4))))
    assert "Trong tổng số có 01 người trực tiếp lao động, học tập, 01 người chưa rõ nhóm đối tượng, 01 phụ nữ" in text
    register = reverse("commendations:register")
    page = page_of(signed_in("vanphong").get(f"{register}?nam=2026&nhom=chua-ro&loai=person"))
    assert "Vi Văn Thành" in page and "Lê Thị Lụa" not in page
    assert "01 người chưa rõ" not in page
    board = page_of(signed_in("chutich").get("/tong-quan/?nam=2026"))
    assert "1 người chưa rõ nhóm đối tượng" in board


def test_an_unknown_sex_is_counted_apart_in_the_panel_and_in_the_report(commune, signed_in):
    Person.objects.filter(full_name="Vi Văn Thành").update(sex="", form_of_address="Ông")
    people = [factories.person_named(name) for name in ("Vi Văn Thành", "Lê Thị Lụa")]
    paper = factories.submitted_to_chair(commune, people)
    panel = fairness_summary(submission_rows(paper, factories.HELD_ON), factories.HELD_ON)
    assert (panel.women, panel.men, panel.unknown) == (1, 0, {"giới tính": ["Vi Văn Thành"]})
    assert "Chưa rõ giới tính: Vi Văn Thành." in page_of(signed_in("chutich").get(paper.get_absolute_url()))
    factories.issued_decision(commune, people, held_on=date(2026, 11, 11))
    assert figure_by_key(quarter_figures(commune.pk, 2026, 4), "granted_sex_unknown")["value"] == 1
    report = PeriodReport(commune=commune, year=2026, quarter=4)
    text = paper_text(paper_html(period_report_paper(report, date(2027, 1, 4))))
    assert "01 phụ nữ, 01 người chưa rõ giới tính; tổng số tiền" in text


def test_an_unknown_year_of_birth_is_counted_apart_in_the_panel_and_in_the_report(commune):
    Person.objects.filter(full_name="Vi Văn Thành").update(birth_year=None, birth_date=None)
    people = [factories.person_named(name) for name in ("Vi Văn Thành", "Lê Thị Lụa")]
    paper = factories.submitted_to_chair(commune, people)
    panel = fairness_summary(submission_rows(paper, factories.HELD_ON), factories.HELD_ON)
    assert panel.unknown == {"năm sinh": ["Vi Văn Thành"]}
    factories.issued_decision(commune, people, held_on=date(2026, 11, 11))
    assert figure_by_key(quarter_figures(commune.pk, 2026, 4), "granted_birth_unknown")["value"] == 1


def test_without_unknown_people_there_is_no_such_figure(commune):
    factories.issued_decision(commune, [factories.person_named("Lê Thị Lụa")])
    for key in ("granted_group_unknown", "granted_sex_unknown", "granted_birth_unknown"):
        assert figure_by_key(quarter_figures(commune.pk, 2026, 4), key) is None


def test_an_award_keeps_the_group_of_its_day(commune, office):
    person = factories.person_named("Lê Thị Lụa")
    change_post(by=office, person=person, effective_on=date(2026, 11, 20), post="Công chức", group="civil")
    factories.issued_decision(commune, [Person.objects.get(pk=person.pk)])
    award = Award.objects.get(person=person)
    assert award.awarded_on < date(2026, 11, 20) and award.group == "direct"
    Person.objects.filter(pk=person.pk).update(group="", post_since=None)
    [granted] = granted_awards(commune.pk, *YEAR)
    assert granted.group == "direct"


def test_an_award_of_the_superior_keeps_the_group_of_its_day(commune, office):
    case = factories.proposed_case(commune)
    Person.objects.filter(pk=case.person_id).update(group="public")
    outcome = SuperiorDecision("1234/QĐ-UBND", factories.HELD_ON, "Chủ tịch UBND tỉnh")
    record_award_above(by=office, nomination=case, outcome=outcome)
    Person.objects.filter(pk=case.person_id).update(group="leader")
    [granted] = granted_awards(commune.pk, *YEAR)
    assert granted.group == "public"
    Nomination.objects.filter(pk=case.pk).update(outcome_group=None)  # recorded before it was stored
    assert [one.group for one in granted_awards(commune.pk, *YEAR)] == ["leader"]
    case = Nomination.objects.get(pk=case.pk)
    reopen_outcome_above(by=office, nomination=case, reason="Ghi nhầm số")
    assert Nomination.objects.get(pk=case.pk).outcome_group is None


@pytest.mark.parametrize(("group", "eligible"), [("", None), ("public", False)])
def test_a_condition_of_a_group_waits_until_the_group_is_known(commune, signed_in, group, eligible):
    person = Person.objects.get(full_name="Lữ Minh Tuệ")
    Person.objects.filter(pk=person.pk).update(group=group, joined_on=date(2025, 11, 1))
    person.refresh_from_db()
    case = factories.nomination_of(commune, person, "submitted")
    Nomination.objects.filter(pk=case.pk).update(award_code="LDTT", year=2025, received_on=date(2026, 1, 10))
    case.refresh_from_db()
    verdict = nomination_verdict(case, date(2026, 1, 12), with_restricted=True)
    assert verdict.eligible is eligible
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/de-nghi/{case.pk}/vi-sao/"))
    assert ("Chưa rõ nhóm đối tượng nên chưa xét được" in page) is (group == "")
    assert ("Chưa rõ nhóm đối tượng của Lữ Minh Tuệ" in page) is (group == "")
    assert re.search(r"Điều kiện: \d+ đạt, .*\d+ chưa rõ\.", page) if group == "" else "chưa đạt" in page


def test_the_migrations_forget_the_default_and_keep_what_was_reported(commune, office):
    """Their functions on rows as an older version left them."""
    case = factories.proposed_case(commune)
    record_award_above(
        by=office, nomination=case, outcome=SuperiorDecision("12/QĐ-UBND", factories.HELD_ON, "Chủ tịch UBND tỉnh")
    )
    Person.objects.filter(pk=case.person_id).update(group="direct")
    Nomination.objects.update(outcome_group=None)
    leaders = Person.objects.filter(group="leader").count()
    import_module("commendations.migrations.0050_nomination_outcome_group").store_groups(apps, None)
    import_module("villages.migrations.0016_unknown_groups").forget_default_group(apps, None)
    assert not Person.objects.filter(group="direct").exists() and Person.objects.get(pk=case.person_id).group == ""
    assert Person.objects.filter(group="leader").count() == leaders
    assert [one.group for one in granted_awards(commune.pk, *YEAR)] == ["direct"]
