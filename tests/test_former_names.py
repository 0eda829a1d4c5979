"""The commune gets a new name: units and the council that have the old one in theirs follow it, or not, and back."""

import re
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from commendations.actions.session import open_session
from commendations.tests import case_steps, factories
from emulation.core.errors import RuleBroken
from emulation.documents.models import IssuedDocument
from tests.html import page_of, paper_text
from villages.actions.identity import NAMES, follow_commune_name, set_identity, take_back_identity
from villages.actions.unit_changes import carry_out_due_changes, record_unit_change
from villages.models import Collective, Person, Unit, UnitChange
from villages.queries.council import latest_council
from villages.queries.former_names import COUNCIL, former_names
from villages.rules.commune_names import CommuneName, renamed_after
from villages.rules.unit_changes import NewUnit, UnitPlan
from villages.tests.mergers import at

pytestmark = pytest.mark.both_databases

DAY = date(2026, 12, 2)
OLD = CommuneName("xã Bình Lương", "Bình Lương")
NEW = CommuneName("xã Bình Lương Mới", "Bình Lương Mới")
LIST = reverse("villages:identities")
FOLLOW = reverse("villages:follow_name")


@pytest.fixture
def browser(signed_in):
    return signed_in("vanphong")


# ── the names ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("Trạm Y tế xã Bình Lương", NEW, "Trạm Y tế xã Bình Lương Mới"),
        ("Trạm Y tế Xã bình lương", NEW, "Trạm Y tế Xã Bình Lương Mới"),
        ("HỘI ĐỒNG XÃ BÌNH LƯƠNG", NEW, "HỘI ĐỒNG XÃ BÌNH LƯƠNG MỚI"),
        ("Trường Mầm non Bình Lương", NEW, "Trường Mầm non Bình Lương Mới"),
        ("Trường Mầm non Bình Lương 2", NEW, "Trường Mầm non Bình Lương Mới 2"),
        ("Trạm Y tế xã Bình Lương Mới", NEW, ""),
        ("Trạm Y tế xã Bình Lương Thượng", NEW, ""),
        ("Trường Mầm non Tân Bình Lương", CommuneName("xã Tân Bình Lương", "Tân Bình Lương"), ""),
        ("Trường THCS Tân Bình Lương", NEW, ""),
        ("Trạm Y tế xa binh luong", NEW, "Trạm Y tế xã Bình Lương Mới"),
        ("Xã Bình Lương, tổ 2", NEW, "Xã Bình Lương Mới, tổ 2"),
        ("Trạm Y tế xã Bính Lượng", NEW, ""),
        ("Thôn 1", NEW, ""),
        ("", NEW, ""),
        ("Trạm Y tế xã Bình Lương", CommuneName("phường Bình Lương", "Bình Lương"), "Trạm Y tế phường Bình Lương"),
        ("Trường Mầm non Bình Lương", CommuneName("phường Bình Lương", "Bình Lương"), ""),
        ("Hội Nông dân xã Bình Lương", CommuneName("xã Hóa Quỳ", "Hóa Quỳ"), "Hội Nông dân xã Hóa Quỳ"),
    ],
)
def test_the_name_inside_a_name(text, new, expected):
    assert renamed_after(text, [OLD], new) == expected


SMALL_WORDS = st.lists(st.sampled_from(["trạm", "y", "tế", "hội", "của", "thôn", "2"]), max_size=3).map(" ".join)


@given(before=SMALL_WORDS, after=SMALL_WORDS, place=st.sampled_from(["Hóa Quỳ", "Bình Lương Mới", "Tân Bình"]))
def test_renamed_there_and_back_a_name_is_as_before(before, after, place):
    text = f"{before} xã Bình Lương {after}".strip()
    new = CommuneName(f"xã {place}", place)
    renamed = renamed_after(text, [OLD], new)
    assert renamed == f"{before} xã {place} {after}".strip()
    assert renamed_after(renamed, [OLD], new) == "" and renamed_after(renamed, [new], OLD) == text


# ── following ────────────────────────────────────────────────────────────────────────────────────
def rename_commune(office, commune, day=DAY, **changed):
    present = commune.identity_on(date(2026, 11, 20))
    names = {name: getattr(present, name) for name in NAMES} | {
        "name": NEW.name, "place_name": NEW.place, "issuer": "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG MỚI",
        "issuer_short": "UBND xã Bình Lương Mới", **changed,
    }  # fmt: skip
    return set_identity(by=office, commune=commune, starts_on=day, paper="Nghị quyết số 05/NQ-HĐND", names=names)


def found(commune):
    return {one.key: one for one in former_names(commune)[1]}


@pytest.fixture
def station(commune):
    return Unit.objects.get(commune=commune, name="Trạm Y tế xã Bình Lương")


def test_nobody_has_a_former_name_before_the_commune_gets_another(commune, browser):
    assert found(commune) == {} and "Còn tên cũ của xã" not in page_of(browser.get(LIST))
    assert "Không còn đơn vị nào" in page_of(browser.get(FOLLOW))


def test_who_still_has_the_old_name_is_listed_and_offered(commune, office, station, browser):
    rename_commune(office, commune)
    page = page_of(browser.get(LIST))
    assert "Còn tên cũ của xã" in page and "Trạm Y tế xã Bình Lương" in page
    form = browser.get(FOLLOW).context["form"]
    ticked = form["names"].initial
    assert {COUNCIL, str(station.pk)} <= set(ticked)
    school = str(Unit.objects.get(commune=commune, name="Trường Mầm non Bình Lương").pk)
    assert school in dict(form.fields["names"].choices) and school not in ticked
    assert browser.post(FOLLOW, {"names": ticked}).status_code == 302
    page = page_of(browser.get(LIST))
    assert "Còn tên cũ của xã" not in page and "3 tên còn địa danh cũ" in page
    left = found(commune)
    assert left[str(station.pk)].planned and not left[school].planned and COUNCIL not in left


def test_the_council_follows_with_its_decision_and_members(commune, office):
    before = latest_council(commune.pk)
    rename_commune(office, commune)
    follow_commune_name(by=office, commune=commune, keys=[COUNCIL])
    after = latest_council(commune.pk)
    assert (after.starts_on, after.name, after.decision_no) == (DAY, f"{before.name} Mới", before.decision_no)
    assert list(after.seats.values_list("person", "role")) == list(before.seats.values_list("person", "role"))


def test_the_units_follow_on_the_day(commune, office, station, browser):
    rename_commune(office, commune)
    keys = [key for key, one in found(commune).items() if one.has_whole_name]
    follow_commune_name(by=office, commune=commune, keys=keys)
    with at(DAY):
        assert carry_out_due_changes(commune=commune, on=DAY) == len(keys) - 1
        station.refresh_from_db()
        assert (station.name, station.name_on(DAY)) == ("Trạm Y tế xã Bình Lương Mới", "Trạm Y tế xã Bình Lương Mới")
        assert station.name_on(date(2026, 12, 1)) == "Trạm Y tế xã Bình Lương"
        assert not any(one.has_whole_name and not one.owner.is_collective for one in found(commune).values())


def test_taken_back_before_the_day_everything_is_as_before(commune, office, station, browser):
    rename_commune(office, commune)
    council = latest_council(commune.pk)
    browser.post(FOLLOW, {"names": [COUNCIL, str(station.pk)]})
    page = page_of(browser.get(reverse("villages:take_back_identity")))
    assert "Rút cùng lúc" in page and "Trạm Y tế xã Bình Lương Mới" in page
    assert browser.post(reverse("villages:take_back_identity"), {"reason": "Ghi nhầm tên"}).status_code == 302
    assert UnitChange.objects.get().state == UnitChange.TAKEN_BACK
    present = latest_council(commune.pk)
    assert (present.pk, present.ends_on) == (council.pk, council.ends_on)
    assert found(commune) == {} and commune.identity_on(DAY).name == "xã Bình Lương"
    with at(DAY):
        assert carry_out_due_changes(commune=commune, on=DAY) == 0
        assert station.name_on(DAY) == "Trạm Y tế xã Bình Lương"


def test_another_new_name_that_day_is_no_follower(commune, office, station):
    """A name that the unit got for another reason stays when the commune's is taken back."""
    plan = UnitPlan(title="đổi tên", units=(NewUnit(name="Trạm Y tế Khu vực"),))
    record_unit_change(
        by=office, subject=station, kind=UnitChange.RENAME, sources=[station], plan=plan, effective_on=DAY
    )
    rename_commune(office, commune)
    one = found(commune)[str(station.pk)]
    assert one.planned and not one.may_follow
    with pytest.raises(RuleBroken, match="Hãy chọn lại"):
        follow_commune_name(by=office, commune=commune, keys=[one.key])
    take_back_identity(by=office, commune=commune, reason="Ghi nhầm tên")
    assert UnitChange.objects.get().state == UnitChange.PLANNED


def test_on_its_day_the_names_change_at_once_and_back_by_another_name(commune, office, station, browser):
    today = date(2026, 11, 20)
    rename_commune(office, commune, today)
    cooperative = Collective.objects.filter(commune=commune, name__contains="Bình Lương").first()
    keys = [str(station.pk)] + ([str(cooperative.pk)] if cooperative else [])
    assert browser.post(FOLLOW, {"names": keys}).status_code == 302
    station.refresh_from_db()
    assert station.name == "Trạm Y tế xã Bình Lương Mới"
    with at(DAY):
        old = {"name": OLD.name, "place_name": OLD.place, "issuer": "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"}
        rename_commune(office, commune, DAY, **old)
        assert found(commune)[str(station.pk)].new_name == "Trạm Y tế xã Bình Lương"


def test_wrong_choices_change_nothing(commune, office, station, browser, signed_in):
    rename_commune(office, commune)
    for names in ([], ["999999"], ["x"]):
        answer = browser.post(FOLLOW, {"names": names})
        assert answer.status_code == 422
    assert not UnitChange.objects.exists()
    for login in ("thon1", "hoidong2", "vanthu", "chutich"):
        assert signed_in(login).post(FOLLOW, {"names": [str(station.pk)]}).status_code in (403, 404)
    assert not UnitChange.objects.exists()


def test_with_a_session_opened_on_that_day_nothing_is_half_done(commune, office, station):
    with at(DAY):
        case = case_steps.complete_nomination()
        session = case_steps.session_with(case, session=case_steps.planned_session(DAY))
        open_session(by=office, session=session)
        rename_commune(office, commune, DAY)
        with pytest.raises(RuleBroken, match="đã khai mạc với Hội đồng trước"):
            follow_commune_name(by=office, commune=commune, keys=[str(station.pk), COUNCIL])
        assert not UnitChange.objects.exists() and latest_council(commune.pk).starts_on < DAY
        assert follow_commune_name(by=office, commune=commune, keys=[str(station.pk)]) == 1


def texts_of(day):
    papers = IssuedDocument.objects.filter(issued_on=day).exclude(html="")
    return {paper.title: paper_text(paper.html) for paper in papers}


def test_the_papers_of_a_day_have_the_names_of_that_day(commune, office, station, browser):
    nurse = Person.objects.filter(unit=station, is_active=True).first()
    before = date(2026, 12, 1)
    rename_commune(office, commune)
    browser.post(FOLLOW, {"names": browser.get(FOLLOW).context["form"]["names"].initial})
    with at(before):
        factories.issued_decision(commune, [station], held_on=before)
    with at(DAY):
        carry_out_due_changes(commune=commune, on=DAY)
        factories.issued_decision(commune, [nurse, Person.objects.get(full_name="Vi Văn Thành")], held_on=DAY)
    of_before = texts_of(before)
    of_the_day = texts_of(DAY)
    assert len(of_before) >= 3 and len(of_the_day) >= 3
    assert not [title for title, text in of_before.items() if "Bình Lương Mới" in text or "BÌNH LƯƠNG MỚI" in text]
    mixed = re.compile(r"xã Bình Lương(?! Mới)|XÃ BÌNH LƯƠNG(?! MỚI)|Mới[^.;]{0,9}xã Bình Lương Mới")
    assert {title: mixed.findall(text) for title, text in of_the_day.items() if mixed.search(text)} == {}
    assert any("Trạm Y tế xã Bình Lương Mới" in text for text in of_the_day.values())
