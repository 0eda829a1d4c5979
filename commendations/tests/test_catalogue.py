"""Which award can be requested on which day, by which article; choosing the award of a draft."""

from datetime import date

import pytest
from django.urls import reverse

from commendations.actions import appraisal
from commendations.actions import nomination as actions
from commendations.actions.nomination import AwardRequest
from commendations.models import Nomination
from commendations.queries import catalogue
from commendations.rules.award_names import AwardName, with_place_names, years_in_words
from commendations.tests import case_steps
from emulation.core.errors import RuleBroken
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")
OLD, LAST, FIRST, NOW = date(2023, 12, 31), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 5)


def url(name, *args):
    return reverse(f"commendations:{name}", args=args)


@pytest.mark.parametrize(
    ("day", "subject", "here", "above"),
    [
        (NOW, "person", {"GKX", "LDTT", "CSTDCS"}, {"CSTDT", "CSTDTQ", "BKT", "BKTTG", "HCLD3", "HCLD2", "HCLD1", "KNC"}),
        (FIRST, "household", {"GKX", "GDVH"}, {"BKT", "BKTTG"}),
        (LAST, "household", {"GKX", "GDVH"}, {"GKH", "BKT", "BKTTG"}),
        (OLD, "household", {"GKX", "GDVH", "GK_GDVH"}, {"GKH", "BKT", "BKTTG"}),
        (LAST, "person", {"GKX", "LDTT"}, {"CSTDCS", "CSTDT", "CSTDTQ", "GKH", "BKT", "BKTTG", "HCLD3", "HCLD2", "HCLD1", "KNC"}),
        (NOW, "collective", {"GKX", "TTLDTT", "THONVH"}, {"TTLDXS", "COTDT", "COCP", "BKT", "BKTTG", "HCLD3", "HCLD2", "HCLD1"}),
    ],
)  # fmt: skip
def test_award_offers_on_a_day(commune, day, subject, here, above):
    found = catalogue.award_offers(commune.pk, subject, case_steps.unit_by_code("thon1"), day)
    by = {True: set(), False: set()}
    for offer in found:
        by[offer.decider.here == "decide"].add(offer.award.code)
    assert by == {True: here, False: above}
    assert [offer.decider.here for offer in found] == sorted(offer.decider.here for offer in found)
    assert all(offer.decider.citation for offer in found)


def test_a_pupil_is_not_offered_the_titles_of_workers(commune, signed_in):
    case = case_steps.draft_nomination()
    Person.objects.filter(pk=case.person_id).update(group="pupil")
    page = signed_in("thon1").get(url("award_of", case.pk)).content.decode()
    assert 'value="GKX"' in page and 'value="BKT"' in page
    assert not [code for code in ("LDTT", "CSTDCS", "CSTDT", "CSTDTQ") if f'value="{code}"' in page]


@pytest.mark.parametrize(
    ("code", "subject", "unit", "day", "expected"),
    [
        ("GKH", "person", "thon1", LAST, None),
        ("GKH", "person", "thon1", FIRST, "ngày 01/07/2025 không có ai có thẩm quyền tặng (Điều 59 Nghị định số 129/2025/NĐ-CP)"),
        ("LDTT", "household", "thon1", NOW, "chỉ để tặng cá nhân, không tặng hộ gia đình (Điều 59"),
        ("GDVH", "person", "thon1", NOW, "chỉ để tặng hộ gia đình"),
        ("THONVH", "collective", "thcs", NOW, "chỉ để tặng thôn"),
        ("THONVH", "collective", "thon1", NOW, None),
        ("XTB", "collective", "thon1", NOW, "để tặng cả xã"),
        ("TT", "person", "thon1", NOW, "không phải danh hiệu, hình thức khen thưởng"),
        ("NOPE", "person", "thon1", NOW, "Không có danh hiệu"),
        ("GK_GDVH", "household", "thon1", date(2024, 1, 29), None),
        ("GK_GDVH", "household", "thon1", date(2024, 1, 30), "không có ai có thẩm quyền"),
    ],
)  # fmt: skip
def test_reason_not_offered(commune, code, subject, unit, day, expected):
    reason = catalogue.reason_not_offered(commune.pk, code, subject, case_steps.unit_by_code(unit), day)
    assert reason is None if expected is None else expected in reason


def test_award_names():
    ldtt, gkx = (
        AwardName("LDTT", "Lao động tiên tiến", True),
        AwardName("GKX", "Giấy khen của Chủ tịch Ủy ban nhân dân xã", False),
    )
    flag = AwardName("COTDT", "Cờ thi đua của Ủy ban nhân dân tỉnh", True)
    assert ldtt.in_full(2026) == "danh hiệu Lao động tiên tiến năm 2026"
    assert ldtt.quoted(2026, 2025) == "danh hiệu “Lao động tiên tiến” các năm 2025, 2026"
    assert (gkx.short, gkx.quoted(2026)) == ("Giấy khen", "Giấy khen của Chủ tịch Ủy ban nhân dân xã")
    assert gkx.with_places(name="xã Bình Lương").name == "Giấy khen của Chủ tịch Ủy ban nhân dân xã Bình Lương"
    assert flag.quoted(2026) == "Cờ thi đua của Ủy ban nhân dân tỉnh năm 2026"
    assert with_place_names("Thủ tướng Chính phủ", province="tỉnh Thanh Hóa") == "Thủ tướng Chính phủ"
    assert with_place_names("Chủ tịch Ủy ban nhân dân tỉnh", province="") == "Chủ tịch Ủy ban nhân dân tỉnh"
    assert years_in_words([]) == ""


# ── choosing the award ───────────────────────────────────────────────────────────────────────────
def test_a_title_is_chosen_with_its_year(commune, village_head):
    case = case_steps.draft_nomination()
    actions.save_nomination(
        by=village_head, nomination=case, content=actions.NominationContent(kind="DX", deed="Việc tốt")
    )
    actions.choose_award(by=village_head, nomination=case, requested=AwardRequest("LDTT", 2025))
    assert (case.award_code, case.year, case.kind) == ("LDTT", 2025, "CT")
    assert case.achievement == "xuất sắc trong phong trào thi đua năm 2025"
    actions.choose_award(by=village_head, nomination=case, requested=AwardRequest("LDTT", 2024))
    assert case.achievement == "xuất sắc trong phong trào thi đua năm 2024"  # it had not been edited
    assert case.award_year == 2024


@pytest.mark.parametrize(
    ("requested", "field"),
    [
        (AwardRequest("GKH"), "award"), (AwardRequest("THONVH"), "award"), (AwardRequest("GDVH"), "award"), (AwardRequest("TT"), "award"),
        (AwardRequest("x" * 12), "award"), (AwardRequest("LDTT", 2200), "year"), (AwardRequest("LDTT", 1999), "year"),
    ],
)  # fmt: skip
def test_refused_award_request_changes_nothing(commune, village_head, requested, field):
    case = case_steps.draft_nomination()
    before = Nomination.objects.values().get(pk=case.pk)
    with pytest.raises(RuleBroken) as broken:
        actions.choose_award(by=village_head, nomination=case, requested=requested)
    assert broken.value.field == field
    assert Nomination.objects.values().get(pk=case.pk) == before


def test_changing_the_nominee_falls_back_to_giay_khen(commune, village_head):
    case = case_steps.draft_nomination()
    actions.choose_award(by=village_head, nomination=case, requested=AwardRequest("LDTT", 2025))
    actions.change_nominee(by=village_head, nomination=case, nominee=Person.objects.get(full_name="Vi Văn Thành"))
    assert case.award_code == "LDTT"
    actions.change_nominee(by=village_head, nomination=case, nominee=case.unit)
    assert case.award_code == "GKX"


def test_award_changed_after_a_return_changes_papers_and_checklist(commune, village_head, office):
    case = case_steps.submitted_nomination()
    giay_khen = {entry.code for entry in case.checklist.all()}
    appraisal.return_nomination(by=office, nomination=case, notes={"award": "Đề nghị danh hiệu thì đúng hơn."})
    actions.choose_award(by=village_head, nomination=case, requested=AwardRequest("CSTDCS", 2025))
    actions.submit_nomination(by=village_head, nomination=case, on=NOW)
    assert {entry.code for entry in case.checklist.all()} - giay_khen == {"initiative"}
    assert "danh hiệu “Chiến sĩ thi đua cơ sở” năm 2025" in case.report_document.title
    assert "danh hiệu “Chiến sĩ thi đua cơ sở” năm 2025" in case.request_document.title
    with pytest.raises(RuleBroken):
        actions.choose_award(by=village_head, nomination=case, requested=AwardRequest("LDTT", 2025))


def test_award_without_authority_cannot_be_submitted(commune, village_head):
    case = case_steps.draft_nomination()
    Nomination.objects.filter(pk=case.pk).update(award_code="GKH")  # chosen while the district still granted it
    case.refresh_from_db()
    with pytest.raises(RuleBroken, match="Điều 59 Nghị định số 129/2025"):
        actions.submit_nomination(by=village_head, nomination=case, on=NOW)
    case.refresh_from_db()
    assert case.state == "draft" and case.report_document is None


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_award_page_lists_offers_and_saves_the_choice(commune, signed_in):
    case, client = case_steps.draft_nomination(), signed_in("thon1")
    html = client.get(url("award_of", case.pk)).content.decode()
    assert 'value="LDTT"' in html and 'value="GDVH"' not in html and 'value="GKH"' not in html
    assert "Xã quyết định" in html and "Đề nghị cấp trên: Chủ tịch Ủy ban nhân dân tỉnh" in html
    answer = client.post(url("award_of", case.pk), {"seen": case.version, "award": "LDTT", "year": "2025"})
    assert answer.url == url("edit", case.pk)
    html = client.get(answer.url).content.decode()
    assert "Danh hiệu Lao động tiên tiến năm 2025" in html and 'name="kind"' not in html
    assert client.post(url("edit", case.pk), {"seen": case.version + 1, "deed": "Việc tốt"}).status_code == 302


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"award": "GDVH", "year": "2025"}, "chỉ để tặng hộ gia đình"),
        ({"award": "GKH", "year": "2025"}, "Điều 59 Nghị định số 129/2025/NĐ-CP"),
        ({"award": "LDTT", "year": "20x5"}, "Nhập năm bằng bốn chữ số"),
        ({"award": "LDTT", "year": "3000"}, "Nhập năm bằng bốn chữ số"),
        ({"award": "", "year": ""}, "hãy nhập mục này"),
        ({"award": "'; --" * 9, "year": "2025"}, ""),
    ],
)
def test_a_forged_award_is_refused_with_the_article(commune, signed_in, data, expected):
    case = case_steps.draft_nomination()
    before = Nomination.objects.values().get(pk=case.pk)
    answer = signed_in("thon1").post(url("award_of", case.pk), {"seen": case.version, **data})
    assert answer.status_code == 422 and expected.lower() in answer.content.decode().lower()
    assert Nomination.objects.values().get(pk=case.pk) == before


def test_choosing_an_award_needs_permission_and_a_current_page(commune, signed_in):
    case = case_steps.draft_nomination()
    data = {"seen": case.version, "award": "LDTT", "year": "2025"}
    assert signed_in("thon2").post(url("award_of", case.pk), data).status_code == 404
    assert signed_in("vanthu").post(url("award_of", case.pk), data).status_code == 403
    answer = signed_in("thon1").post(url("award_of", case.pk), {**data, "seen": case.version - 1})
    assert answer.status_code == 409
    case.refresh_from_db()
    assert case.award_code == "GKX"


def test_next_nomination_for_the_same_title(commune, signed_in):
    client, lua = signed_in("thon1"), Person.objects.get(full_name="Lê Thị Lụa")
    html = client.get(url("start") + "?danh-hieu=LDTT&nam=2025").content.decode()
    assert "Đề nghị tặng danh hiệu Lao động tiên tiến năm 2025." in html
    data = {"unit": lua.unit_id, "nominee": f"person:{lua.pk}", "danh-hieu": "LDTT", "nam": "2025", "once": "b" * 20}
    first, second = (client.post(url("start"), data) for _ in range(2))
    case = Nomination.objects.get()
    assert first.url == second.url == url("edit", case.pk)
    assert (case.award_code, case.year) == ("LDTT", 2025)
    answer = client.post(url("start"), {**data, "danh-hieu": "GDVH", "once": "c" * 20})
    assert answer.status_code == 422 and "chỉ để tặng hộ gia đình" in answer.content.decode()
    assert Nomination.objects.count() == 1
