"""The law in the running product: titles from nomination to decision, one person on five dates, a local value."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.journey import shown_text
from tests.browser.title_journey import TODAY, NominationPlan, TitleJourney, start_title_journey, take_screenshot

Visit = Callable[..., Page]
TEACHER = "Trần Đức Ý"
OTHER_TEACHER = "Lương Văn Khuê"
DEED = "Dạy đủ 19 tiết mỗi tuần; dựng ngân hàng câu hỏi ôn thi dùng chung; bảy em thi đỗ trường nội trú."


# ── titles and proposals ──────────────────────────────────────────────────────────────────────────
def test_titles_from_nomination_to_decision(visit: Visit, width: int) -> None:
    """Desktop: two titles that the commune decides. Phone, without JavaScript: a bằng khen of the province."""
    if width > 700:
        _titles(start_title_journey(visit, "thcs", script=True))
    else:
        _proposal_to_province(start_title_journey(visit, "thcs", script=False))


def _titles(journey: TitleJourney) -> None:
    year = date.today().year
    good = f"Lao động tiên tiến năm {year}"
    best = f"Chiến sĩ thi đua cơ sở năm {year}"
    journey.rate("Trường THCS", {TEACHER: "Hoàn thành xuất sắc nhiệm vụ", OTHER_TEACHER: "Hoàn thành tốt nhiệm vụ"})
    for name, code, award in ((TEACHER, "LDTT", good), (OTHER_TEACHER, "LDTT", good), (TEACHER, "CSTDCS", best)):
        journey.nominate(NominationPlan(name, code, year, award), DEED)
    journey.check_all()
    journey.meet("Xét danh hiệu thi đua", ballot=True)
    journey.put_before_chair()
    journey.approve_all()
    addresses = journey.papers()
    assert len(addresses) == 2, addresses  # one decision per kind of award
    texts = {}
    for address in addresses:
        page = journey.sign_and_number(address, "Lập bản trình ký", "Ban hành, lấy số")
        text = shown_text(page.locator("main"))
        code = "CSTDCS" if "Chiến sĩ thi đua cơ sở" in page.locator("h1").inner_text() else "LDTT"
        texts[code] = text
        take_screenshot(page, f"1-quyet-dinh-{code}")
        journey.assert_shows(page, "/QĐ-UBND", TEACHER)
    assert OTHER_TEACHER in texts["LDTT"] and OTHER_TEACHER not in texts["CSTDCS"]
    assert "2.530.000" in texts["CSTDCS"]  # 1,0 × the base salary on that date
    assert "760.000" in texts["LDTT"]
    assert (
        "Cùng thời gian được hưởng mức thưởng cao hơn" in texts["LDTT"]
    )  # the lower title of the same year is not paid
    register = journey.in_register(TEACHER)
    assert good in register and best in register
    page = journey.current_page("vanphong")
    page.locator("table.list tr", has_text=best).locator("th a").click()
    page.wait_for_load_state()
    journey.assert_shows(page, "1 × 2.530.000 = 2.530.000 đồng", "Điều 50 Nghị định số 152/2025/NĐ-CP", "Xem, in bằng")
    take_screenshot(page, "1-so-vang-mot-dong")
    journey.assert_user_sees("thcs", "Chiến sĩ thi đua cơ sở")


def _proposal_to_province(journey: TitleJourney) -> None:
    plan = NominationPlan(TEACHER, "BKT", 2025, "Bằng khen của Chủ tịch")
    journey.nominate(plan, DEED)
    journey.check_all()
    journey.meet("Xét đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh", ballot=False)
    journey.put_before_chair()
    journey.approve_all()
    [address] = journey.papers()
    page = journey.sign_and_number(address, "Lập bản trình ký", "Lấy số, gửi cấp trên")
    journey.assert_shows(page, "/TTr-UBND", TEACHER, "Đã trình cấp trên")
    take_screenshot(page, "1-to-trinh")
    page = journey.task("vanphong", "Ghi kết quả xét khen thưởng của cấp trên")
    page.fill("input[name=number]", "5120/QĐ-UBND")
    page.fill("input[name=decided_on]", "31/02/2026")
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()
    # The invalid date is an error, and the input is kept.
    assert page.locator("input[name=number]").input_value() == "5120/QĐ-UBND"
    page.fill("input[name=decided_on]", TODAY)
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()
    journey.assert_shows(page, "Cấp trên đã khen thưởng", "5120/QĐ-UBND")
    take_screenshot(page, "1-ket-qua-cap-tren")
    journey.assert_user_sees("thcs", TEACHER, "được cấp trên khen thưởng")
    page = journey.person("vanphong", "Trường THCS", TEACHER)
    journey.open(page, "Sổ khen thưởng")
    journey.assert_shows(page, "5120/QĐ-UBND")  # the book includes awards of the province


# ── one person on five dates──────────────────────────────────────────────────────────────────────
DISTRICT = "Chủ tịch Ủy ban nhân dân huyện"
COMMUNE = "Chủ tịch Ủy ban nhân dân xã"
LAW_2022 = "Điều 23 Luật Thi đua, khen thưởng số 06/2022/QH15"
INITIATIVE = "Có sáng kiến hoặc đề tài"
EXCELLENT = "Hoàn thành xuất sắc nhiệm vụ hoặc có sáng kiến, đề tài"
REVIEW = "Chưa xác nhận theo Luật số 06/2026/QH16"
# Date, verdict, decider, texts that must be shown, texts that must not.
LAW_DAYS = [
    (
        "31/12/2023", "Chưa đạt", DISTRICT,
        [INITIATIVE, "Nghị định số 91/2017/NĐ-CP", "1 × 1.800.000 = 1.800.000 đồng", "Nghị định số 24/2023/NĐ-CP"],
        [REVIEW, EXCELLENT, LAW_2022, "152/2025"],
    ),
    (
        "01/01/2024", "Đạt điều kiện", DISTRICT,
        [EXCELLENT, LAW_2022, "khoản 2 Điều 80", "1 × 1.800.000 = 1.800.000 đồng", "Nghị định số 98/2023/NĐ-CP"],
        [REVIEW, INITIATIVE, "91/2017", "152/2025"],
    ),
    (
        "30/06/2025", "Đạt điều kiện", DISTRICT,
        [EXCELLENT, LAW_2022, "khoản 2 Điều 80", "1 × 2.340.000 = 2.340.000 đồng", "Nghị định số 73/2024/NĐ-CP"],
        [REVIEW, INITIATIVE, "91/2017", "152/2025", "129/2025"],
    ),
    (
        "01/07/2025", "Đạt điều kiện", COMMUNE,
        [EXCELLENT, LAW_2022, "Điều 59 Nghị định số 129/2025/NĐ-CP", "1 × 2.340.000 = 2.340.000 đồng", "Điều 50 Nghị định số 152/2025/NĐ-CP"],
        [REVIEW, INITIATIVE, "91/2017", "98/2023"],
    ),
    (
        "01/10/2026", "Đạt điều kiện", COMMUNE,
        [REVIEW, EXCELLENT, LAW_2022, "Điều 59 Nghị định số 129/2025/NĐ-CP", "1 × 2.530.000 = 2.530.000 đồng", "Nghị định số 161/2026/NĐ-CP"],
        [INITIATIVE, "91/2017", "98/2023"],
    ),
]  # fmt: skip
PUPIL = "Nguyễn Thị Quý"
YEAR = 2024


def test_one_person_on_five_dates(visit: Visit, width: int) -> None:
    """The award book of a person and the page "Vì sao?" of a case, as of other dates ("nếu xét vào ngày khác")."""
    journey = start_title_journey(visit, "tieuhoc", script=width > 700)
    book = journey.person("vanphong", "Trường Tiểu học", PUPIL)
    journey.open(book, "Sổ khen thưởng")
    journey.assert_shows(book, f"Năm xét {date.today().year}")
    book.fill("input[name=nam]", str(YEAR))
    for day in LAW_DAYS:
        book.fill("input[name=ngay]", day[0])
        journey.send(book, "Xét")
        journey.assert_shows(book, f"Năm xét {YEAR}, theo quy định ngày {day[0]}", f"Có thể được gì cho năm {YEAR}")
        assert book.locator("input[name=nam]").input_value() == str(YEAR)
        row = book.locator("details.why").filter(has=book.locator("summary b", has_text="Chiến sĩ thi đua cơ sở"))
        row.locator("summary").first.click()
        assert (REVIEW in _all_text(book.locator("main"))) is (REVIEW in day[3])
        take_screenshot(book, f"2-so-khen-{day[0].replace('/', '-')}")
        _verdict_shows(shown_text(row), day, without={REVIEW})

    page = journey.start(NominationPlan(PUPIL, "CSTDCS", YEAR, f"Chiến sĩ thi đua cơ sở năm {YEAR}"))
    journey.open(page, "Quay lại")
    journey.open(page, "Vì sao?")
    for day in LAW_DAYS:
        page.fill("input[name=ngay]", day[0])
        journey.send(page, "Xem khác gì")
        then = page.locator("#ngay-khac")
        assert f"Nếu xét ngày {day[0]}" in shown_text(then) and f"Vẫn năm xét {YEAR}" in shown_text(then)
        take_screenshot(page, f"2-vi-sao-{day[0].replace('/', '-')}")
        # A user without access to restricted records sees that the office checks the other conditions.
        _verdict_shows(_explanation_text(then), day, words={"Đạt điều kiện": "Đạt phần xem được"})
    page.fill("input[name=ngay]", "31/02/2024")
    journey.send(page, "Xem khác gì")
    assert page.locator("#ngay-khac").count() == 0 and page.locator("input[name=ngay]").input_value() == "31/02/2024"
    # Withdrawn, so that the person is free for the same title and year at the other width.
    page.goto(f"{page.url.split('vi-sao/')[0]}rut/")
    page.fill("textarea[name=reason]", "Chỉ để xem điều kiện")
    journey.send(page, "Rút đề nghị")
    journey.assert_shows(page, "Đã rút đề nghị")


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_the_award_of_a_case_is_no_obstacle_to_the_same_case(visit: Visit, width: int) -> None:
    """The own award of a decided case is not counted as an earlier award, as of any date."""
    journey = start_title_journey(visit, "tramyte", script=width > 700)
    page = journey.of("tramyte")
    page.goto("/khen-thuong/de-nghi/?trang-thai=awarded")
    page.locator("table.list tr", has_text="Chiến sĩ thi đua cơ sở").first.locator("th a").click()
    page.wait_for_load_state()
    page.goto(f"{page.url}vi-sao/")
    for day in ("01/01/2024", "01/07/2025"):
        page.fill("input[name=ngay]", day)
        journey.send(page, "Xem khác gì")
        then = shown_text(page.locator("#ngay-khac"))
        assert "Chưa được tặng cho năm 2025." in then and "Chưa đạt" not in then, then


def _explanation_text(then: Locator) -> str:
    """The part about the other date, without the list of differences, which contains both results."""
    parts = then.locator(":scope > p, :scope > .note, :scope > .findings, :scope > details")
    return " ".join(_all_text(part) for part in parts.all())


def _all_text(place: Locator) -> str:
    """The text with what is folded: the doubt about the law opens to its reason."""
    return re.sub(r"\s+", " ", place.text_content() or "")


def _verdict_shows(
    text: str,
    day: tuple[str, str, str, list[str], list[str]],
    words: dict[str, str] | None = None,
    without: set[str] | None = None,
) -> None:
    text = re.sub(r"\s+", " ", text)
    _, verdict, decider, present, absent = day
    for word in [(words or {}).get(verdict, verdict), decider, *present]:
        assert word in text or word in (without or ()), f"{day[0]} does not show “{word}”:\n{text}"
    for word in [*absent, {DISTRICT: COMMUNE, COMMUNE: DISTRICT}[decider]]:
        assert word not in text, f"{day[0]} shows “{word}”:\n{text}"


# ── a local value ────────────────────────────────────────────────────────────────────────────────
LOCAL_VALUE = {
    360: ("0,45", "0,45 × 2.530.000 = 1.138.500 → 1.140.000 đồng"),
    1280: ("0,5", "0,5 × 2.530.000 = 1.265.000 → 1.270.000 đồng"),
}
AWARDED = "Vi Văn Thành"


@pytest.mark.parametrize("width", [360], indirect=True)
def test_a_local_value_leaves_decided_cases_alone(visit: Visit, width: int) -> None:
    """A local coefficient, even one that starts before a decided case, applies to undecided cases only."""
    coefficient, arithmetic = LOCAL_VALUE[width]
    number = f"{width}/2026/QĐ-UBND"
    journey = start_title_journey(visit, "thon1", script=width > 700)
    page = journey.of("vanphong")
    page.goto("/khen-thuong/so-vang/")
    journey.open(journey.search(page, AWARDED), AWARDED)
    award = page.url
    journey.assert_shows(
        page, "0,3 × 2.530.000 = 759.000 → 760.000 đồng", "điểm e khoản 1 Điều 54 Nghị định số 152/2025/NĐ-CP"
    )
    take_screenshot(page, "3-truoc-so-vang")
    decision = page.locator("main a[href*='/van-ban/']").first.get_attribute("href") or ""
    addresses = [award, decision, *_decided_pages(journey, page)]
    before = {address: _text(page, address) for address in addresses}

    starts_on = TODAY if width > 700 else "01/10/2026"  # on the phone: a date before that decision
    _propose(journey, coefficient, number, starts_on)
    waiting = _waiting_case(journey)
    assert arithmetic not in _text(page, waiting)
    task = journey.of("chutich").locator("li.task", has_text="Hệ số tiền thưởng").first
    task.locator("a.btn").click()
    chair = journey.current_page("chutich")
    journey.assert_shows(chair, number, "Chờ Chủ tịch duyệt")
    take_screenshot(chair, "3-chu-tich-duyet")
    journey.press(chair, "Duyệt")
    journey.assert_shows(chair, "Đã duyệt", "Áp dụng thực tế")

    for address, text in before.items():
        assert _text(page, address) == text, address
    page.goto(award)
    take_screenshot(page, "3-sau-so-vang")
    page.goto(waiting)
    page.fill("input[name=ngay]", f"{date.today() + timedelta(days=30):%d/%m/%Y}")
    journey.send(page, "Xem khác gì")
    journey.assert_shows(page, arithmetic, number)
    take_screenshot(page, "3-sau-vi-sao")
    page.goto(f"/phap-luat/danh-muc/GKX/?ngay={TODAY}")
    page.locator("summary", has_text="Cách tính").click()
    journey.assert_shows(page, arithmetic)


def _decided_pages(journey: TitleJourney, page: Page) -> list[str]:
    """The URLs of the decision and of the case that it decided."""
    page.goto("/khen-thuong/quyet-dinh/")
    found = page.locator("table.list tr", has_text="Giấy khen").locator("th a").last.get_attribute("href") or ""
    page.goto(found)
    journey.assert_shows(page, AWARDED, "760.000")
    page.goto("/khen-thuong/de-nghi/?q=" + AWARDED)
    return [found, page.locator("table.list th a", has_text=AWARDED).first.get_attribute("href") or ""]


def _waiting_case(journey: TitleJourney) -> str:
    """The URL of the page "Vì sao?" of an undecided giấy khen."""
    page = journey.of("vanphong")
    page.goto("/khen-thuong/de-nghi/?trang-thai=submitted&danh-hieu=GKX&q=" + PUPIL)
    journey.open(page, PUPIL)
    journey.open(page, "Vì sao?")
    return page.url


def _propose(journey: TitleJourney, coefficient: str, number: str, starts_on: str) -> None:
    """The office creates a local value from a line of "Căn cứ pháp lý" and submits it to the chair."""
    page = journey.of("vanphong")
    page.goto("/phap-luat/")
    page.fill("main input[name=q]", "he so tien thuong giay khen chu tich xa")
    journey.send(page, "Xem")
    line = page.locator("table.list tr").filter(has_text="cá nhân").filter(has_text="0,3 lần")
    line = line.or_(page.locator("table.list tr").filter(has_text="cá nhân").filter(has_text="0,45 lần")).first
    line.locator("a", has_text="Xác nhận / quy định riêng").first.click()
    page.wait_for_load_state()
    page.locator("li", has_text="Văn bản quy định khác").locator("a.btn").click()
    page.wait_for_load_state()
    fields = {
        "content_value": coefficient, "starts_on": starts_on, "paper_number": number, "paper_date": "20/11/2026",
        "article": "5",
    }  # fmt: skip
    for name, text in fields.items():
        page.fill(f"input[name={name}]", text)
    page.fill("textarea[name=reason]", "Tỉnh quy định mức riêng (minh họa).")
    paper = {
        "name": "quyet-dinh.pdf",
        "mimeType": "application/pdf",
        "buffer": b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
    }
    page.set_input_files("input[name=file]", paper)
    if starts_on != TODAY:
        page.check("input[name=late_ok]")
    take_screenshot(page, "3-nhap-quy-dinh")
    journey.send(page, "Lưu bản soạn")
    journey.press(page, "Trình Chủ tịch duyệt")
    journey.assert_shows(page, "Chờ Chủ tịch duyệt", number)


def _text(page: Page, address: str) -> str:
    page.goto(address)
    return shown_text(page.locator("main"))
