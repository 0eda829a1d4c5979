"""The one mark of what is not confirmed."""

from types import SimpleNamespace

from django.template import Context, Template

from emulation.legal.engine.doubts import doubt_wording, doubts_of


def basis(label, confirmed=False, *notes):
    return SimpleNamespace(label=label, confirmed=confirmed, notes=notes)


def drawn(tag, **context):
    return Template("{% load law %}" + tag).render(Context(context))


def test_a_doubt_has_the_one_wording_and_is_named_once():
    found = doubts_of(
        [[basis("Hệ số"), basis("Hệ số")], basis("Biểu quyết", True), basis("Mẫu", False, "Cần rà soát.")]
    )
    assert [doubt.text for doubt in found] == ["Hệ số", "Mẫu: Chưa xác nhận."]
    assert doubt_wording("số điều chưa đối chiếu") == "số điều chưa xác nhận"


def test_the_bases_of_a_result_are_named_and_stored_ones_too():
    result = SimpleNamespace(confirmed=False, grounds=(basis("Tỷ lệ phiếu"), basis("Số người họp", True)))
    stored = {"label": "Lương cơ sở", "citation": "Nghị định", "confirmed": False, "note": "Ghi chú"}
    assert [doubt.text for doubt in doubts_of([result, stored, None, ""])] == ["Tỷ lệ phiếu", "Lương cơ sở: Ghi chú"]
    without_label = {"citation": "Điều 5", "confirmed": False}
    assert doubts_of([without_label])[0].text == "Điều 5"


def test_a_note_of_the_page_is_not_repeated():
    assert doubts_of([basis("Mẫu", False, "Dùng tạm. Cần rà soát.")], "Cần rà soát.")[0].text == "Mẫu: Dùng tạm."


def test_the_mark_is_drawn_once_or_not_at_all():
    assert drawn("{% doubts one review=note %}", one=basis("Mẫu", True), note="").strip() == ""
    html = drawn("{% doubts one two review=note %}", one=basis("<b>"), two=basis("Hai"), note="Cần rà soát: chép.")
    assert (
        html.count("<summary>") == 1
        and "Chưa xác nhận: chép." in html
        and "&lt;b&gt;" in html
        and "rà soát" not in html
    )
