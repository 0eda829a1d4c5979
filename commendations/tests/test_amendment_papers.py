"""What the papers after a decision say, word for word: đính chính, hủy bỏ, thay thế."""

import pytest

from commendations.actions.amendment import amendment_approval
from commendations.models import Amendment
from commendations.papers.amendment import amendment_paper
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import printed
from emulation.documents.blocks.body import Article, Table
from tests.html import paper_text

pytestmark = pytest.mark.usefixtures("db")
CORRECTION = Amendment.CORRECTION
REPLACEMENT = Amendment.REPLACEMENT
CANCELLATION = Amendment.CANCELLATION
PERSON = "Vi Văn Thành"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"
ONE = "Quyết định số 01/QĐ-UBND ngày 10 tháng 11 năm 2026"
CHAIR = "của Chủ tịch Ủy ban nhân dân xã Bình Lương"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def paper_of(amendment):
    return amendment_paper(amendment, amendment.expected_on)


def articles(amendment):
    return {block.number: block.text for block in paper_of(amendment).body if isinstance(block, Article)}


# ── correction ───────────────────────────────────────────────────────────────────────────────────


def test_a_correction_for_one_is_addressed_to_that_one(decision):
    amendment = amendment_steps.draft(decision, CORRECTION, [PERSON], name="Vi Văn Thanh", recipient="Ông Vi Văn Thanh")
    paper = paper_of(amendment)
    assert paper.addressees == ("Thôn 1", "Ông Vi Văn Thanh")
    assert amendment.subject == f"Về việc đính chính {ONE}"
    texts = printed(amendment)
    assert texts[1].startswith(
        f"Ủy ban nhân dân xã Bình Lương đính chính một số nội dung tại {ONE} {CHAIR} về việc tặng Giấy khen"
    )
    assert texts[3:] == [
        "Các nội dung khác của Quyết định không thay đổi.",
        "01 Giấy khen đã cấp cho ông Vi Văn Thanh được thu hồi và cấp lại./.",
    ]


@pytest.mark.parametrize(
    ("names", "addressees", "holders"),
    [
        (
            [HOUSEHOLD, PERSON],
            ("Thôn 1", "Các hộ gia đình, cá nhân có tên dưới đây"),
            "các hộ gia đình, cá nhân nêu trên",
        ),
        (["Thôn 2"], ("Thôn 2",), "Thôn 2"),
        ([HOUSEHOLD], ("Thôn 1", "Hộ gia đình Lê Văn Bảy"), "hộ gia đình Lê Văn Bảy"),
    ],
)
def test_a_correction_names_only_the_kinds_that_there_are(names, addressees, holders, decision):
    amendment = amendment_steps.draft(decision, CORRECTION, names, place="Thôn 9, xã Bình Lương")
    assert paper_of(amendment).addressees == addressees
    assert f"{len(names):02d} Giấy khen đã cấp cho {holders} được thu hồi và cấp lại./." in printed(amendment)[4]


def test_one_corrected_word_is_no_series_of_them(decision):
    amendment = amendment_steps.draft(decision, CORRECTION, [PERSON], place="Thôn 9, xã Bình Lương")
    assert f"đính chính nội dung tại {ONE}" in printed(amendment)[1]


def test_a_title_without_certificate_takes_nothing_back_and_still_names_the_person(commune):
    em = factories.person_named("Đỗ Thị Êm")
    draft = factories.decided_awards(commune, ("LDTT", em, 2025)).decisions.get()
    titles = factories.sign_and_issue(commune, draft)
    amendment = amendment_steps.draft(titles, CORRECTION, place="Điều dưỡng, Trạm Y tế xã Bình Lương, xã Bình Lương")
    assert paper_of(amendment).addressees[-1] == "Bà Đỗ Thị Êm"
    assert printed(amendment)[3] == "Các nội dung khác của Quyết định không thay đổi./."
    cancelled = articles(amendment_steps.draft_again(amendment, CANCELLATION))
    assert "danh hiệu “Lao động tiên tiến” năm 2025 cho cá nhân (bà Đỗ Thị Êm, điều dưỡng Trạm Y tế xã" in cancelled[1]
    assert cancelled[2].startswith("Thu hồi tiền thưởng ")


def test_a_correction_quotes_post_and_unit_as_the_text_of_the_decision(commune):
    em = factories.person_named("Đỗ Thị Êm")
    decision = factories.issued_decision(commune, [em])
    new = "Y sĩ, Trạm Y tế xã Bình Lương"
    (row,) = _corrected(amendment_steps.draft(decision, CORRECTION, place=new))
    assert row[2:] == ("Điều dưỡng Trạm Y tế xã Bình Lương", "Y sĩ Trạm Y tế xã Bình Lương")
    assert f"bà {em.full_name}, {row[2].replace('Đ', 'đ', 1)}, " in paper_text(decision.document.html)


def test_a_correction_quotes_post_and_unit_as_the_list_of_the_decision(commune):
    em, *others = (
        factories.person_named(name) for name in ("Đỗ Thị Êm", PERSON, "Bùi Văn Ưng", "Lê Thị Lụa", "Lò Văn Hoá")
    )
    decision = factories.issued_decision(commune, [em, *others])
    assert decision.document.paper.appendices
    (row,) = _corrected(
        amendment_steps.draft(decision, CORRECTION, [em.full_name], place="Y sĩ, Trạm Y tế xã Bình Lương")
    )
    assert row[2:] == ("Điều dưỡng, Trạm Y tế xã Bình Lương", "Y sĩ, Trạm Y tế xã Bình Lương")


def _corrected(amendment):
    (table,) = (block for block in paper_of(amendment).body if isinstance(block, Table))
    return table.rows


# ── cancellation ─────────────────────────────────────────────────────────────────────────────────


def test_a_cancelled_decision_is_named_with_day_and_issuer_and_ends_once(decision):
    amendment = amendment_steps.draft(decision, CANCELLATION)
    paper = paper_of(amendment)
    assert paper.subject == f"Về việc hủy bỏ {ONE} {CHAIR}" and paper.one_page
    text = articles(amendment)
    assert text[1].startswith(f"Hủy bỏ {ONE} {CHAIR} về việc tặng Giấy khen")
    assert text[1].endswith("(có Danh sách kèm theo). Lý do: sơ suất trong khâu soạn thảo, Quyết định ghi chưa đúng.")
    assert text[2] == (
        "Thu hồi 03 Giấy khen; thu hồi tiền thưởng 3.420.000 đồng (Bằng chữ: Ba triệu bốn trăm hai mươi nghìn đồng), "
        "nộp về Quỹ thi đua, khen thưởng của xã."
    )
    assert text[3] == (
        "Quyết định này có hiệu lực kể từ ngày ký. Phòng Văn hóa - Xã hội, Phòng Kinh tế, các đơn vị liên "
        "quan và các tập thể, hộ gia đình, cá nhân có tên trong Danh sách kèm theo chịu trách nhiệm thi hành Quyết định này./."
    )
    assert "".join(printed(amendment)).count("./.") == 1
    assert paper.appendices[0].subtitle == "Tập thể, hộ gia đình, cá nhân bị hủy bỏ khen thưởng"


def test_one_cancelled_award_is_named_in_the_first_article(decision):
    amendment = amendment_steps.draft(decision, CANCELLATION, [PERSON])
    assert amendment.subject == f"Về việc hủy bỏ việc tặng Giấy khen tại {ONE} {CHAIR}"
    text = articles(amendment)
    assert text[1].startswith(
        f"Hủy bỏ việc tặng Giấy khen tại {ONE} {CHAIR} đối với ông Vi Văn Thành, nông dân, Thôn 1, xã Bình Lương. Lý do:"
    )
    assert text[2].startswith("Thu hồi 01 Giấy khen; thu hồi tiền thưởng 760.000 đồng")
    assert "liên quan và cá nhân có tên tại Điều 1 chịu" in text[3]


def test_the_law_of_a_cancellation_is_cited_once_with_its_article_and_day(decision):
    lines = amendment_steps.draft(decision, CANCELLATION).grounds.split("\n")
    cited = [line for line in lines if line.startswith("Căn cứ ") and "Luật Thi đua, khen thưởng ngày 15" in line]
    assert cited == [
        "Căn cứ Điều 93 Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; Luật sửa đổi, bổ sung một số điều của Luật Thi "
        "đua, khen thưởng ngày 23 tháng 4 năm 2026"
    ]
    assert lines[-2:] == [f"Xét {ONE} {CHAIR}", "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội"]
    assert not any("06/2022/QH15" in line for line in lines)


# ── replacement ──────────────────────────────────────────────────────────────────────────────────


def test_a_replacing_decision_gives_its_reason_and_what_it_replaces(decision, office):
    amendment = amendment_steps.draft(
        decision, REPLACEMENT, [HOUSEHOLD], achievement="xuất sắc trong sản xuất năm 2026"
    )
    amendment_approval.save(amendment, by=office, explanation="Quyết định ghi chưa đúng thành tích của hộ gia đình.")
    paper = paper_of(amendment)
    assert paper.subject == "Về việc tặng Giấy khen cho hộ gia đình có thành tích xuất sắc trong sản xuất năm 2026"
    texts = printed(amendment)
    why = f"Xét {ONE} {CHAIR} và lý do phải thay thế: Quyết định ghi chưa đúng thành tích của hộ gia đình"
    proposal = texts.index(why) + 1
    assert texts[proposal].endswith("tại Phiếu trình ngày 10 tháng 11 năm 2026")
    text = articles(amendment)
    assert text[2].endswith(
        f"Mức tiền thưởng này thay thế mức đã ghi tại {ONE}; nếu tiền thưởng đã chi theo Quyết định số 01/QĐ-UBND thì "
        "không chi lần hai."
    )
    assert text[3] == (f"Quyết định này thay thế phần khen thưởng hộ gia đình có tên tại Điều 1 trong {ONE} {CHAIR}.")
    assert text[4] == (
        "Quyết định này có hiệu lực kể từ ngày ký. Phòng Văn hóa - Xã hội, Phòng Kinh tế, các đơn vị liên "
        "quan và hộ gia đình có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./."
    )
    assert paper.recipients[0] == "Như Điều 4"


def test_the_title_of_a_replacing_decision_follows_its_words_until_it_is_edited(decision, office):
    amendment = amendment_steps.draft(decision, REPLACEMENT)
    assert amendment.subject.startswith("Về việc tặng Giấy khen cho tập thể, hộ gia đình, cá nhân có thành tích")
    only = [line for line in amendment.lines if line["name"] == PERSON]
    amendment_approval.save(amendment, by=office, lines=only)
    assert amendment.subject.startswith("Về việc tặng Giấy khen cho cá nhân có thành tích")
    amendment_approval.save(amendment, by=office, subject="Về việc khen thưởng", lines=only)
    amendment_approval.save(amendment, by=office, lines=[{**only[0], "achievement": "xuất sắc trong sản xuất"}])
    assert amendment.subject == "Về việc khen thưởng"


def test_a_decision_that_replaces_a_replacing_one_names_only_the_last(decision):
    amendment_steps.issued(decision, REPLACEMENT)
    second = decision.replacements.get()
    text = articles(amendment_steps.draft(second, REPLACEMENT))
    assert text[3] == f"Quyết định này thay thế Quyết định số 02/QĐ-UBND ngày 10 tháng 11 năm 2026 {CHAIR}."
    assert "thay thế" not in text[4]
    assert amendment_steps.draft_again(
        decision.replacements.get().amendments.get(), CANCELLATION
    ).recipients.startswith("Như Điều 3")
