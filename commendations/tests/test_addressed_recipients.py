"""Nobody is printed on a giấy khen without a form of address or with a title in the name; the page shows where to correct it."""

import pytest
from django.urls import reverse

from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.actions.proposal import proposal_signature_steps
from commendations.queries.award_lines import certificate_recipient
from commendations.queries.decision import decision_faults, outgoing_lines
from commendations.queries.recipient_faults import recipient_faults
from commendations.rules.wording import recipient_in_sentence
from commendations.tests import factories
from emulation.core.errors import RuleBroken
from emulation.documents.models import Draft, IssuedDocument
from tests.html import page_of
from villages.actions.households import edit_household
from villages.actions.people import edit_person
from villages.forms.people import PersonForm
from villages.models import Household, Person

pytestmark = pytest.mark.usefixtures("db")
PERSON = "Vi Văn Thành"
HEAD = "Lê Văn Bảy"


def change(name=PERSON, **facts):
    Person.objects.filter(full_name=name).update(**facts)


def link_to(url, paper):
    return f'<a href="{url}?next={paper.get_absolute_url()}">Sửa ngay</a>'


def test_a_person_nobody_knows_how_to_address_stops_signature_and_issue(commune, office, clerk):
    waiting = factories.decision_at_signature(commune)
    change(sex="")
    message = f"Chưa rõ xưng hô với {PERSON} là ông hay bà"
    assert any(message in fault for fault in decision_faults(waiting))
    with pytest.raises(RuleBroken, match=message):
        issue_decision(by=clerk, decision=waiting, issued_on=factories.HELD_ON)
    assert not IssuedDocument.objects.filter(kind="giay_khen").exists()
    decision_signature_steps.return_to_draft(waiting, by=clerk, reason="Ghi cách xưng hô")
    with pytest.raises(RuleBroken, match=message):
        decision_signature_steps.send_to_signature(waiting, by=office)
    change(form_of_address="cháu")
    decision_signature_steps.send_to_signature(waiting, by=office)
    issue_decision(by=clerk, decision=waiting, issued_on=factories.HELD_ON)
    assert "Cháu Vi Văn Thành" in {sheet.paper.recipient for sheet in IssuedDocument.objects.filter(kind="giay_khen")}


@pytest.mark.parametrize("name", ["Ông Vi Văn Thành", "Đ/c Vi Văn Thành", "ThS. Vi Văn Thành"])
def test_a_title_in_the_name_of_a_person_is_named_with_the_page_that_corrects_it(commune, signed_in, name):
    decision = factories.draft_decision(commune)
    change(full_name=name)
    person = Person.objects.get(full_name=name)
    url = reverse("villages:edit_person", args=[person.pk])
    page = page_of(signed_in("vanphong").get(decision.get_absolute_url()))
    assert f"Họ tên “{name}” có" in page and link_to(url, decision) in page
    seen_by_clerk = page_of(signed_in("vanthu").get(decision.get_absolute_url()))
    assert url not in seen_by_clerk and person.get_absolute_url() in seen_by_clerk
    data = {name: value or "" for name, value in PersonForm.initial_of(person).items()} | {"full_name": PERSON}
    signed_in("vanphong").post(url, data)
    assert decision_faults(decision) == []


def test_who_corrects_a_person_for_a_decision_comes_back_to_it(commune, signed_in):
    decision = factories.draft_decision(commune)
    change(sex="")
    person = Person.objects.get(full_name=PERSON)
    url = f"{reverse('villages:edit_person', args=[person.pk])}?next={decision.get_absolute_url()}"
    office = signed_in("vanphong")
    assert f'href="{decision.get_absolute_url()}"' in page_of(office.get(url))
    data = {name: value or "" for name, value in PersonForm.initial_of(person).items()}
    refused = office.post(url, {**data, "full_name": ""})
    assert refused.status_code == 422 and f'href="{decision.get_absolute_url()}"' in page_of(refused)
    answer = office.post(url, {**data, "sex": "nam"})
    assert (answer.status_code, answer["Location"]) == (302, decision.get_absolute_url())
    assert "Đã sửa." in page_of(office.get(answer["Location"])) and decision_faults(decision) == []


@pytest.mark.parametrize(
    "there", ["https://la.example/", "//la.example/", "/\\la.example", "javascript:alert(1)", "xa"]
)
def test_a_form_never_redirects_to_another_site(commune, signed_in, there):
    person = Person.objects.get(full_name=PERSON)
    url = reverse("villages:edit_person", args=[person.pk], query={"next": there})
    data = {name: value or "" for name, value in PersonForm.initial_of(person).items()}
    office = signed_in("vanphong")
    assert there not in office.get(url).content.decode()
    assert office.post(url, data)["Location"] == person.get_absolute_url()


def test_a_title_in_the_name_of_a_head_is_named_with_the_page_that_corrects_it(commune, office, signed_in):
    decision = factories.draft_decision(commune)
    household = Household.objects.get(head_name=HEAD)
    Household.objects.filter(pk=household.pk).update(head_name="Hộ ông Lê Văn Bảy")
    url = reverse("villages:edit_household", args=[household.pk])
    page = page_of(signed_in("vanphong").get(decision.get_absolute_url()))
    assert "Họ tên “Hộ ông Lê Văn Bảy” có “Hộ” ở đầu" in page and link_to(url, decision) in page
    edit_household(by=office, household=household, head_name=HEAD, form_of_address="ông", address="")
    assert decision_faults(decision) == []


def test_the_head_of_a_household_need_not_be_known(commune, office):
    decision = factories.draft_decision(commune)
    assert decision_faults(decision) == []
    household = Household.objects.get(head_name=HEAD)

    def recipient():
        return certificate_recipient(factories.nomination_of(commune, household), factories.HELD_ON)

    assert recipient() == "Hộ gia đình Lê Văn Bảy"
    head = Person(commune=commune, unit=household.unit, household=household)
    head.put_name(HEAD)
    head.save()
    assert recipient() == "Hộ gia đình Lê Văn Bảy"
    change(HEAD, sex="nam")
    assert recipient() == "Hộ gia đình ông Lê Văn Bảy"
    edit_household(by=office, household=household, head_name=HEAD, form_of_address="Cụ", address="")
    assert recipient() == "Hộ gia đình cụ Lê Văn Bảy"


def test_another_form_after_the_signature_needs_another_signature(commune, office, clerk):
    decision = factories.decision_at_signature(commune)
    change(form_of_address="cháu")
    faults = decision_faults(decision)
    assert faults[0].startswith(
        "Dòng 3 của bản trình ký (Ông Vi Văn Thành) khác với hồ sơ hiện nay (Cháu Vi Văn Thành)."
    )
    for row in decision.signed_list:
        del row["recipient"]  # a list that was signed before forms of address were compared
    assert decision_faults(decision) == []


def test_issued_papers_keep_their_words(commune, office, signed_in):
    decision = factories.issued_decision(commune)
    before = {row.pk: (row.html, row.blocks, row.sha256) for row in IssuedDocument.objects.all()}
    person = factories.person_named(PERSON)
    edit_person(by=office, person=person, **{**PersonForm.initial_of(person), "form_of_address": "cụ"})
    household = Household.objects.get(head_name=HEAD)
    edit_household(by=office, household=household, head_name="Lê Văn Tám", form_of_address="bà", address="")
    assert {row.pk: (row.html, row.blocks, row.sha256) for row in IssuedDocument.objects.all()} == before
    page = page_of(signed_in("vanphong").get(decision.get_absolute_url()))
    assert "Lê Văn Bảy" in page and "Lê Văn Tám" not in page


@pytest.mark.parametrize(
    ("recipient", "sentence"),
    [
        ("Cháu Vi Văn Thành", "cháu Vi Văn Thành, Thôn 1"),
        ("Đại đức Thích Minh Tâm", "Đại đức Thích Minh Tâm, Thôn 1"),
        ("Cụ Lò Thị Hoa", "cụ Lò Thị Hoa, Thôn 1"),
    ],
)
def test_a_form_of_address_inside_a_sentence(recipient, sentence):
    assert recipient_in_sentence(recipient, "Thôn 1") == sentence


def test_faults_need_no_query_for_each_person(commune, django_assert_num_queries):
    listed = outgoing_lines(factories.draft_decision(commune, factories.many_people(commune, 5)), factories.HELD_ON)
    with django_assert_num_queries(0):
        assert recipient_faults(listed) == []


def test_a_person_nobody_knows_how_to_address_stops_the_signature_of_a_proposal(commune, office, signed_in):
    person = Person.objects.get(commune=commune, full_name="Lương Văn Thúy")
    proposal = factories.decided_awards(commune, ("BKT", person, 2025)).proposals.get()
    change("Lương Văn Thúy", sex="")
    with pytest.raises(RuleBroken, match="Chưa rõ xưng hô với Lương Văn Thúy"):
        proposal_signature_steps.send_to_signature(proposal, by=office)
    url = reverse("villages:edit_person", args=[person.pk])
    assert link_to(url, proposal) in page_of(signed_in("vanphong").get(proposal.get_absolute_url()))
    change("Lương Văn Thúy", sex="nam")
    proposal_signature_steps.send_to_signature(proposal, by=office)


def test_a_draft_prints_what_was_corrected_since(commune, office, signed_in):
    person = Person.objects.get(full_name=PERSON)
    papers = [
        factories.draft_decision(commune),
        factories.decided_awards(
            commune, ("BKT", Person.objects.get(full_name="Lương Văn Thúy"), 2025)
        ).proposals.get(),
    ]
    browser = signed_in("vanphong")
    for paper, steps, name in zip(
        papers, (decision_signature_steps, proposal_signature_steps), (PERSON, "Lương Văn Thúy"), strict=True
    ):
        change(name, full_name=f"{name} Hai")
        page = page_of(browser.get(paper.get_absolute_url()))
        draft = Draft.objects.get(key=steps.draft_key(paper))
        sheet = reverse("documents:draft_sheet", args=[draft.pk])
        assert sheet in page and f"{name} Hai" in page_of(browser.get(sheet)) and draft.is_draft
        again = Draft.objects.get(pk=draft.pk).updated_at
        browser.get(paper.get_absolute_url())
        assert Draft.objects.get(pk=draft.pk).updated_at == again  # written only when something changed
    steps = decision_signature_steps
    steps.send_to_signature(papers[0], by=office)
    change(f"{PERSON} Hai", full_name=person.full_name)
    browser.get(papers[0].get_absolute_url())
    draft = Draft.objects.get(key=steps.draft_key(papers[0]))
    assert f"{PERSON} Hai" in page_of(
        browser.get(reverse("documents:draft_sheet", args=[draft.pk]))
    )  # as it was signed
