"""Actions on exemplars: effects, notifications, refusals."""

from datetime import date

import pytest

from campaigns.exemplars.actions import exemplar as exemplar_actions
from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    accept_exemplar,
    cancel_exemplar,
    mark_nominated,
    return_exemplar,
    save_exemplar,
    start_exemplar,
    start_nothing,
    submit_exemplar,
    withdraw_exemplar,
)
from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.tests.conftest import DEED
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.models import Notification
from villages.models import Person, Unit

pytestmark = pytest.mark.both_databases


def texts(user):
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_a_month_is_opened_once_and_every_head_is_notified(commune, period, village_head, office):
    again = open_month(commune=commune, on=date(2026, 11, 9))
    assert (again.pk, Period.objects.count(), period.due_on) == (period.pk, 1, date(2026, 11, 25))
    assert texts(village_head) == ["Tháng 11/2026: mời đơn vị gửi điển hình tiêu biểu, hạn 25/11/2026."]
    assert texts(office) == []


def test_a_draft_may_be_empty(village_head, unit, period):
    exemplar = start_exemplar(by=village_head, unit=unit, period=period)
    assert (exemplar.state, exemplar.nominee_name) == ("draft", "")


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"kind": ""}, "kind", "Hãy chọn điển hình là cá nhân, hộ gia đình hay tập thể"),
        ({"person": None}, "name", "chọn đúng người trong danh sách"),
        ({"field": None}, "field", "Hãy chọn lĩnh vực"),
        ({"deed": "Tốt."}, "deed", "ít nhất một câu"),
    ],
)
def test_missing_fields_are_reported(village_head, draft, full_content, change, field, message):
    content = ExemplarContent(**{**vars(full_content), **change})
    save_exemplar(by=village_head, exemplar=draft, content=content)
    with pytest.raises(RuleBroken, match=message) as broken:
        submit_exemplar(by=village_head, exemplar=draft)
    draft.refresh_from_db()
    assert (broken.value.field, draft.state) == (field, "draft")


def test_a_new_person_is_added_to_the_register_on_submit(village_head, unit, draft, full_content):
    typed = {"name": "Lò Thị  Mới", "sex": "nu", "birth_year": 1991, "post": "Nông dân"}
    content = ExemplarContent(**{**vars(full_content), "person": None, "new_nominee": typed})
    save_exemplar(by=village_head, exemplar=draft, content=content)
    assert not Person.objects.filter(full_name="Lò Thị Mới").exists()
    submit_exemplar(by=village_head, exemplar=draft)
    person = Person.objects.get(full_name="Lò Thị Mới")
    assert (draft.person, person.unit, person.birth_year, draft.new_nominee) == (person, unit, 1991, {})


def test_a_new_household(village_head, draft, full_content):
    content = ExemplarContent(kind="household", new_nominee={"name": "Vi Văn Mới"}, field=full_content.field, deed=DEED)
    save_exemplar(by=village_head, exemplar=draft, content=content)
    submit_exemplar(by=village_head, exemplar=draft)
    assert draft.nominee_name == "Hộ gia đình Vi Văn Mới"


def test_a_namesake_of_the_same_year_is_not_added_twice(village_head, draft, full_content):
    content = ExemplarContent(
        **{**vars(full_content), "person": None, "new_nominee": {"name": "Vi Văn Thành", "birth_year": 1988}}
    )
    save_exemplar(by=village_head, exemplar=draft, content=content)
    with pytest.raises(RuleBroken, match="cùng năm sinh") as broken:
        submit_exemplar(by=village_head, exemplar=draft)
    draft.refresh_from_db()
    assert (broken.value.field, draft.state, draft.new_nominee["birth_year"]) == ("name", "draft", 1988)


def test_somebody_of_another_unit_cannot_be_chosen(village_head, draft, full_content):
    stranger = Person.objects.get(full_name="Lương Văn Thúy")
    with pytest.raises(RuleBroken, match="của chính đơn vị mình"):
        save_exemplar(
            by=village_head, exemplar=draft, content=ExemplarContent(**{**vars(full_content), "person": stranger})
        )


def test_all_steps_and_their_notifications(village_head, office, submitted):
    assert texts(office) == ["Thôn 1 gửi: Vi Văn Thành (tháng 11/2026)."]
    return_exemplar(by=office, exemplar=submitted, notes={"deed": "Ghi rõ ngày, nơi.", "result": " "})
    assert (submitted.state, submitted.return_notes) == ("returned", {"deed": "Ghi rõ ngày, nơi."})
    Exemplar.objects.update(deed=f"{submitted.deed} Ngày 05/11/2026, tại xóm Trong.")
    submit_exemplar(by=village_head, exemplar=submitted)
    assert (submitted.state, submitted.return_notes) == ("submitted", {})
    accept_exemplar(by=office, exemplar=submitted)
    mark_nominated(by=office, exemplar=submitted)
    assert submitted.state == "nominated"
    assert texts(village_head)[1:] == [
        "Văn phòng trả lại để sửa: Vi Văn Thành (tháng 11/2026).",
        "Văn phòng đã chấp nhận: Vi Văn Thành (tháng 11/2026).",
        "Văn phòng đã lập hồ sơ đề nghị khen thưởng: Vi Văn Thành (tháng 11/2026).",
    ]


def test_a_return_needs_a_reason(office, submitted):
    with pytest.raises(RuleBroken, match="Hãy ghi lý do trả lại"):
        return_exemplar(by=office, exemplar=submitted, notes={"deed": "   "})


def test_an_answer_none_is_unique_and_excludes_exemplars(village_head, office, unit, period, full_content):
    with pytest.raises(RuleBroken, match="ghi lý do"):
        empty = start_nothing(by=village_head, unit=unit, period=period)
        submit_exemplar(by=village_head, exemplar=empty)
    save_exemplar(by=village_head, exemplar=empty, content=ExemplarContent(nothing_reason="Thôn lo vụ mùa."))
    submit_exemplar(by=village_head, exemplar=empty)
    with pytest.raises(RuleBroken, match="không có điển hình rồi"):
        start_nothing(by=village_head, unit=unit, period=period)
    with pytest.raises(RuleBroken, match="hãy rút lại và bỏ"):
        start_exemplar(by=village_head, unit=unit, period=period, content=full_content)
    accept_exemplar(by=office, exemplar=empty)
    with pytest.raises(RuleBroken, match="không có ai để đề nghị"):
        mark_nominated(by=office, exemplar=empty)
    assert Exemplar.objects.count() == 1


def test_nothing_is_refused_while_there_are_exemplars(village_head, unit, period, draft):
    with pytest.raises(RuleBroken, match="đang có điển hình"):
        start_nothing(by=village_head, unit=unit, period=period)
    cancel_exemplar(by=village_head, exemplar=draft)
    assert start_nothing(by=village_head, unit=unit, period=period).nothing


def test_late_exemplars_are_accepted_and_shown_as_late(village_head, commune, unit, full_content):
    october = open_month(commune=commune, on=date(2026, 10, 1))
    late = start_exemplar(by=village_head, unit=unit, period=october, content=full_content)
    assert not late.is_late
    assert submit_exemplar(by=village_head, exemplar=late).is_late


def test_a_withdrawn_exemplar_is_a_draft_again(village_head, submitted):
    withdraw_exemplar(by=village_head, exemplar=submitted)
    assert (submitted.state, submitted.submitted_on) == ("draft", None)


REFUSED = [
    # action, login, state, exception, message
    ("save", "thon2", "draft", NotAllowed, "dành cho người đứng đầu đơn vị đó"),
    ("save", "vanphong", "draft", NotAllowed, "dành cho người đứng đầu đơn vị đó"),
    ("save", "thon1", "submitted", RuleBroken, "Muốn sửa, hãy rút lại trước"),
    ("submit", "thon2", "draft", NotAllowed, "dành cho người đứng đầu đơn vị đó"),
    ("submit", "thon1", "submitted", RuleBroken, "đã gửi Văn phòng rồi"),
    ("withdraw", "thon1", "draft", RuleBroken, "khi Văn phòng chưa xem xong"),
    ("withdraw", "vanphong", "submitted", NotAllowed, "dành cho người đứng đầu"),
    ("cancel", "thon1", "submitted", RuleBroken, "hãy rút lại trước"),
    ("accept", "thon1", "submitted", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
    ("accept", "chutich", "submitted", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
    ("accept", "phongnoivu", "submitted", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
    ("accept", "vanphong", "draft", RuleBroken, "đang ở trạng thái “Bản nháp”, cần ở “Chờ Văn phòng xem”"),
    ("accept", "vanphong", "accepted", RuleBroken, "đang ở trạng thái “Đã chấp nhận”"),
    ("return", "vanthu", "submitted", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
    ("return", "vanphong", "accepted", RuleBroken, "đang ở trạng thái “Đã chấp nhận”"),
    ("mark_nominated", "thon1", "accepted", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
    ("mark_nominated", "vanphong", "returned", RuleBroken, "đang ở trạng thái “Trả lại để sửa”"),
]


@pytest.mark.parametrize(("verb", "login", "state", "error", "message"), REFUSED)
def test_each_step_refuses_other_users_and_states(user, draft, full_content, verb, login, state, error, message):
    Exemplar.objects.filter(pk=draft.pk).update(state=state)
    draft.refresh_from_db()
    extra = {"save": {"content": full_content}, "return": {"notes": {"deed": "Sửa."}}}.get(verb, {})
    name = verb if verb == "mark_nominated" else f"{verb}_exemplar"
    with pytest.raises(error) as refused:
        getattr(exemplar_actions, name)(by=user(login), exemplar=draft, **extra)
    assert message in (refused.value.reason if error is NotAllowed else refused.value.message)
    draft.refresh_from_db()
    assert (draft.state, draft.version) == (state, 1)


def test_users_of_another_commune_can_do_nothing(other_commune, user, draft, full_content):
    for login in ("la-thon1", "la-vanphong"):
        with pytest.raises(NotAllowed):
            save_exemplar(by=user(login), exemplar=draft, content=full_content)
        assert not Exemplar.objects.visible_to(user(login)).exists()


def test_a_unit_cannot_answer_for_another_commune(other_commune, user, period, full_content):
    theirs = Unit.objects.get(commune=other_commune, code="thon1")
    with pytest.raises(RuleBroken, match="không thuộc xã"):
        start_exemplar(by=user("la-thon1"), unit=theirs, period=period)


def test_concurrent_reviews_of_one_exemplar(office, submitted):
    seen = submitted.version
    accept_exemplar(by=office, exemplar=submitted, seen=seen)
    with pytest.raises(RuleBroken, match="đã được người khác thay đổi"):
        return_exemplar(by=office, exemplar=submitted, notes={"deed": "Sửa."}, seen=seen)


def test_visibility_by_role(user, village_head, draft):
    def seen(login):
        return Exemplar.objects.visible_to(user(login)).count()

    everyone = ("thon1", "thon2", "vanphong", "vanthu", "chutich", "hoidong2", "phongnoivu", "quantri")
    assert {login: seen(login) for login in everyone} == {
        "thon1": 1, "thon2": 0, "vanphong": 1, "vanthu": 1, "chutich": 1, "hoidong2": 0, "phongnoivu": 0, "quantri": 0,
    }  # fmt: skip
    Exemplar.objects.update(state="accepted")
    assert (seen("hoidong2"), seen("phongnoivu"), seen("thon2")) == (1, 0, 0)
