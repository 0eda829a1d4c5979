"""The main process, from the exemplar to the report, step by step in the browsers of its users."""

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PIL import Image
from playwright.sync_api import Locator, Page
from stack import type_own_password

DEED = "Ngày {day} hiến 120 mét vuông đất vườn, tháo dỡ tường rào để mở rộng đường vào xóm, góp mười ngày công."
RESULT = "Đoạn đường dài 250 mét rộng thêm hai mét, ba mươi hộ đi lại thuận tiện."
RETURN_REASON = "Ghi rõ bao nhiêu hộ được hưởng lợi."
MONEY = re.compile(r"\d{1,3}(?:\.\d{3})+ đồng")


# Start times of council sessions. All journeys of a run use one commune and one day, and two sessions may not overlap;
# each session ends at 09:30.
HOURS = (f"{minute // 60:02}:{minute % 60:02}" for minute in range(7 * 60, 9 * 60 + 30, 5))


def shown_text(place: Locator) -> str:
    """The text that a browser shows, without the marks of words that stay on one line."""
    return place.inner_text().replace("\u00a0", " ")


@dataclass
class Journey:
    """The way of one award to the honour roll. `visit` opens the browser of a user; `script`: whether JavaScript is enabled;
    `about`: words by which the tasks of its decision differ from those of other decisions."""

    visit: Callable[..., Page]
    login: str
    name: str
    words: str
    is_new: bool
    quarter: tuple[int, str]
    script: bool
    born: str = "1983"
    about: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    code: str = ""

    # ── navigation ────────────────────────────────────────────────────────────────────────────
    def of(self, login: str) -> Page:
        """The page of a user, opened once per journey, on "Việc của tôi"."""
        if login not in self.pages:
            self.pages[login] = self.visit(login or None, javascript=self.script)
        page = self.pages[login]
        page.goto("/viec-cua-toi/" if login else "/")
        return page

    def task(self, login: str, title: str) -> Page:
        """Opens the task with this title, preferably one that contains `about` and the name of the nominee."""
        page = self.of(login)
        waiting = page.locator("li.task:not(.task-quiet)").filter(has_text=title)
        for words in filter(None, (self.about, self.name)):
            if waiting.filter(has_text=words).count():
                waiting = waiting.filter(has_text=words)
        waiting.first.locator("a.btn").click()
        page.wait_for_load_state()
        return page

    def press(self, page: Page, label: str) -> None:
        """Presses the button of a workflow step, and confirms if it asks for confirmation."""
        confirmation = page.locator("details.confirm").filter(has=page.locator("summary", has_text=label))
        if confirmation.count():
            confirmation.first.locator("summary").click()
            confirmation.first.locator("form button").click()
        else:
            page.locator("main form button", has_text=label).first.click()
        page.wait_for_load_state()

    def assert_shows(self, page: Page, *words: str) -> None:
        text = shown_text(page.locator("main"))
        for word in words:
            assert word in text, f"{page.url} does not show “{word}”:\n{text[:3000]}"

    def assert_user_sees(self, login: str, *words: str) -> None:
        self.assert_shows(self.of(login), *words)

    # ── the movement ──────────────────────────────────────────────────────────────────────────
    def enter(self) -> None:
        """The head of the village enters an exemplar with a photo, saves a draft and submits it."""
        page = self.of(self.login)
        page.goto("/thi-dua/")
        page.locator("a", has_text="Ghi điển hình").first.click()
        page.check("input[name=kind][value=person]")
        self._nominee(page)
        page.check("#div_id_field .form-check:nth-child(2) input")
        page.fill("textarea[name=deed]", DEED.format(day="05/11/2026"))
        page.set_input_files("#id_photo", {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": _photo()})
        page.locator("button[name=do][value=save]:not(.first-submit)").click()
        page.wait_for_load_state()
        self.assert_shows(page, "Đã lưu nháp")
        assert page.locator("textarea[name=deed]").input_value() == DEED.format(day="05/11/2026")
        page.locator("button[name=do][value=submit]").click()
        page.wait_for_load_state()
        self.assert_shows(page, "Đã gửi Văn phòng", "Chờ Văn phòng xem", self.name)

    def _nominee(self, page: Page) -> None:
        typed = self.name if self.is_new else self.words
        page.fill("input[name=name]", "")
        page.locator("input[name=name]").press_sequentially(typed, delay=20)
        if not self.script:
            page.locator(".search button[name=do][value=find]").click()
            page.wait_for_load_state()
        if self.is_new:
            page.locator("#pick_new").wait_for(state="attached")
            page.check("#pick_new")
            page.fill("input[name=birth_year]", self.born)
        else:
            choice = page.locator("#chon-nguoi .form-check", has_text=self.name).first
            choice.wait_for()
            choice.locator("input").check()

    def return_and_correct(self) -> None:
        """The office returns the exemplar with a note at a field; the head corrects and submits it again."""
        page = self.task("vanphong", "Xem xét điển hình")
        address = page.url
        page.locator(".review-text > div", has_text="Kết quả").locator("summary").click()
        page.fill("textarea[name=result]", RETURN_REASON)
        page.locator(".act-return").click()
        page.wait_for_load_state()
        self.assert_shows(page, "Đã trả lại")
        page.goto(address)
        self.assert_shows(page, "Trả lại để sửa")
        page = self.task(self.login, "Viết xong và gửi Văn phòng")
        self.assert_shows(page, RETURN_REASON)
        page.fill("textarea[name=result]", RESULT)
        page.locator("button[name=do][value=submit]").click()
        page.wait_for_load_state()
        self.assert_shows(page, "Đã gửi Văn phòng")

    def accept_and_nominate(self) -> None:
        """The office accepts the exemplar and creates a nomination from it without retyping."""
        page = self.task("vanphong", "Xem xét điển hình")
        address = page.url
        self.press(page, "Chấp nhận")
        self.assert_shows(page, "Đã chấp nhận")
        page.goto(address)
        self.press(page, "Đề nghị khen thưởng")
        self.assert_shows(page, self.name, "Đang soạn", "120 mét vuông")

    # ── the award ─────────────────────────────────────────────────────────────────────────────
    def submit(self) -> None:
        """The unit submits the nomination; its report and its request become documents."""
        page = self.task(self.login, "Hoàn thiện và nộp đề nghị khen thưởng")
        page.locator("a", has_text="Soạn, sửa đề nghị").first.click()
        page.fill("textarea[name=achievement]", "xuất sắc trong phong trào hiến đất mở đường năm 2026")
        page.locator("button[name=do][value=save]").click()
        page.wait_for_load_state()
        if "/soan/" in page.url:
            page.locator("main a", has_text="Quay lại").first.click()
        self.press(page, "Nộp đề nghị")
        self.assert_shows(page, "Đã nộp, chờ thẩm định")
        reports = page.locator("aside a", has_text="Báo cáo").count()
        requests = page.locator("aside a", has_text="đề nghị").count()
        assert reports + requests >= 2

    def check(self) -> None:
        page = self.task("vanphong", "Thẩm định hồ sơ đề nghị")
        page.check("input[name=all_met]")
        page.locator("button[name=do][value=complete]").click()
        page.wait_for_load_state()
        self.assert_shows(page, "Hồ sơ hợp lệ")

    def hold_session(self) -> None:
        """The office plans the session, opens it, records attendance, votes and conclusion, and closes it."""
        page = self.of("vanphong")
        page.goto("/khen-thuong/phien-hop/lap/")
        today = date.today()
        for name, text in {
            "held_on": f"{today:%d/%m/%Y}", "starts_at": next(HOURS), "place": "Phòng họp UBND xã",
            "title": f"Xét khen thưởng {self.name}",
        }.items():  # fmt: skip
            page.fill(f"input[name={name}]", text)
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
        session = page.url
        page.locator(".form-check", has_text=self.name).locator("input").check()
        page.locator("button", has_text="Đưa hồ sơ đã chọn vào phiên").click()
        page.wait_for_load_state()
        self.assert_user_sees("hoidong2", "Đọc hồ sơ trước phiên họp Hội đồng")
        page.goto(session)
        self.press(page, "Khai mạc phiên họp")
        for name in ("presider", "secretary"):
            page.select_option(f"select[name={name}]", index={"presider": 1, "secretary": 4}[name])
        page.locator("button", has_text="Lưu điểm danh").click()
        page.wait_for_load_state()
        for prefix, number in (("agree_", "6"), ("against_", "1"), ("other_", "0")):
            page.locator(f"input[name^={prefix}]").first.fill(number)
        page.locator("button", has_text="Lưu kết quả biểu quyết").click()
        page.wait_for_load_state()
        self.assert_shows(page, "85,7%", "Đạt")
        page.fill("textarea[name=discussion]", "Các thành viên nhất trí đây là việc làm có sức lan tỏa.")
        page.fill("textarea[name=conclusion]", "Đề nghị Chủ tịch UBND xã tặng Giấy khen.")
        page.fill("input[name=ends_at]", "09:30")
        page.locator("button", has_text="Lưu diễn biến, kết luận").click()
        page.wait_for_load_state()
        self.press(page, "Kết thúc, lập biên bản")
        self.assert_shows(page, "Đã kết thúc", "Biên bản")

    def present(self) -> None:
        page = self.task("vanphong", "Lập phiếu trình Chủ tịch sau phiên họp")
        self.press(page, "Lập phiếu trình Chủ tịch")
        self.press(page, "Trình Chủ tịch")
        self.assert_shows(page, "Chờ Chủ tịch xem xét")

    def decide(self) -> None:
        """The chair decides; a decision without a choice shows an error with the name of the nominee."""
        page = self.task("chutich", "Quyết định khen thưởng theo phiếu trình")
        page.get_by_role("button", name="Xem lại", exact=True).click()
        page.wait_for_load_state()
        self.assert_shows(page, f"Chưa chọn đồng ý hay không đồng ý cho {self.name}")
        page.check("input[type=radio][value=dong-y]")
        page.get_by_role("button", name="Xem lại", exact=True).click()
        page.wait_for_load_state()
        self.assert_shows(page, "Chưa ghi gì", self.name)
        self.press(page, "Ghi quyết định")
        self.assert_shows(page, "Chủ tịch đã quyết định", "Đồng ý")

    def issue(self) -> None:
        """The office sends the decision for signature; the clerk issues it with a number."""
        page = self.task("vanphong", "Hoàn thiện dự thảo quyết định, lập bản trình ký")
        self.set_form_of_address(page)
        self.press(page, "Lập bản trình ký")
        self.assert_shows(page, "Bản trình ký")
        page = self.task("vanthu", "Lấy số, ban hành quyết định đã ký")
        self.assert_shows(page, self.name)
        page.fill("input[name=issued_on]", f"{date.today():%d/%m/%Y}")
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
        self.assert_shows(page, "Hãy nhập lại mật khẩu của bạn", "việc này chưa được làm")
        type_own_password(page)
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
        self.assert_shows(page, "Đã ban hành", "/QĐ-UBND", self.name)
        self.decision = page.url
        page.locator("table.list a", has_text=self.name).first.click()
        page.wait_for_load_state()
        self.assert_shows(page, self.name)
        found = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{2,4}){4}", page.locator("main").inner_text())
        self.code = found.group(0) if found else ""

    def set_form_of_address(self, page: Page) -> None:
        """While nobody knows whether the person is Ông or Bà, the draft names the fault and leads to the person's form."""
        draft = page.url
        if not page.locator("main a", has_text="Sửa ngay").count():
            return  # an earlier journey has entered it
        self.assert_shows(page, f"Chưa rõ xưng hô với {self.name}")
        page.locator("main a", has_text="Sửa ngay").first.click()
        page.wait_for_load_state()
        page.select_option("select[name=sex]", "nam")
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
        page.goto(draft)

    def print_all(self) -> None:
        """All giấy khen of the decision in one PDF, rendered by the worker."""
        page = self.of("vanphong")
        page.goto(self.decision)
        self.press(page, "In giấy khen, bằng cả quyết định")
        link = page.locator("a", has_text="Tải một tệp PDF")
        self.wait(page, lambda: link.count() > 0, self.decision)
        with page.expect_download() as file:
            link.click()
        assert file.value.path().read_bytes().startswith(b"%PDF-")

    # ── the result ────────────────────────────────────────────────────────────────────────────
    def check_outcome_is_visible(self) -> None:
        """The users who handled the case see its result; visitors see the award and no private data."""
        self.assert_user_sees(self.login, "Giấy khen", self.name)
        self.assert_user_sees("vanphong", self.name)
        page = self.of("")
        path = f"/bang-vang/?q={self.words}"
        page.goto(path)
        self.wait(page, lambda: self.name in page.locator("main").inner_text(), path)
        page.locator("a", has_text=self.name).first.click()
        page.wait_for_load_state()
        text = shown_text(page.locator("body"))
        assert self.name in text
        assert self.born not in text
        assert not MONEY.search(text)
        if self.code:
            page.goto("/xac-minh/")
            page.fill("input[name=ma]", self.code.lower())
            page.locator("main form button").first.click()
            page.wait_for_load_state()
            self.assert_shows(page, "Giấy khen hợp lệ", self.name)

    def report(self) -> None:
        """A quarterly report is written, approved, numbered and sent; the superior reads, downloads and acknowledges it."""
        year, quarter = self.quarter
        page = self.of("vanphong")
        page.goto("/bao-cao/lap/")
        page.fill("input[name=year]", str(year))
        page.select_option("select[name=quarter]", quarter)
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
        self._send_up(page)

    def report_again(self) -> None:
        """The superior returns the report of the last quarter, which is written again; the draft of the current quarter,
        whose figures are provisional, counts the award and lists its name.
        """
        page = self.task("phongnoivu", "Xem và xác nhận đã nhận báo cáo quý")
        page.locator("a", has_text="Trả lại kèm lý do").click()
        page.fill("textarea[name=reason]", f"Bổ sung {self.name}.")
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
        page = self.task("vanphong", "Lập lại báo cáo quý")
        self.assert_shows(page, f"Bổ sung {self.name}.")
        self.press(page, "Lập lại báo cáo")
        self._send_up(page)
        page = self.of("vanphong")
        page.goto("/bao-cao/")
        self.assert_shows(page, "số liệu tạm tính")
        page.locator("main a", has_text="quý IV năm 2026").first.click()
        page.wait_for_load_state()
        row = page.locator("tr", has_text="Giấy khen của Chủ tịch UBND xã")
        row.locator("a").first.click()
        page.wait_for_load_state()
        self.assert_shows(page, self.name)

    def _send_up(self, page: Page) -> None:
        report = page.url.split("?")[0]
        page.locator("main a", has_text="Viết phần lời").first.click()
        for name in ("assessment", "shortcomings", "plan"):
            page.fill(f"textarea[name={name}]", f"Phần {name} của báo cáo, viết trong chuyến đi của {self.name}.")
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
        self.press(page, "Trình Chủ tịch")
        self.assert_shows(page, "Chờ Chủ tịch duyệt")
        page = self.task("chutich", "Duyệt báo cáo quý")
        self.press(page, "Duyệt")
        self.assert_shows(page, "Chờ Văn thư ban hành")
        page = self.task("vanthu", "Lấy số, gửi báo cáo quý")
        type_own_password(page)
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
        self.assert_shows(page, "/BC-UBND", "Đã gửi cấp trên")
        page = self.of("phongnoivu")
        page.goto(report)
        pdf = page.locator("a", has_text="Tải bản PDF")
        self.wait(page, lambda: pdf.count() > 0, report)
        for label, start in (("Tải bản PDF", b"%PDF-"), ("Bảng số liệu Excel", b"PK")):
            with page.expect_download() as file:
                page.locator("a", has_text=label).click()
            assert file.value.path().read_bytes().startswith(start)
        self.press(page, "Xác nhận đã nhận")
        self.assert_shows(page, "Cấp trên đã nhận")
        self.assert_user_sees("vanphong", "Cấp trên đã xác nhận nhận")

    def wait(self, page: Page, happened: Callable[[], bool], path: str, seconds: float = 90) -> None:
        """Reloads the page until the worker is done; AssertionError after `seconds`."""
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, (
                f"{path}: not done in {seconds} s\n{page.locator('main').inner_text()[:1500]}"
            )
            page.wait_for_timeout(1500)
            page.goto(path)


def _photo() -> bytes:
    """A photo with a GPS position, which the product must remove."""
    picture = Image.new("RGB", (1600, 1200), "#7a9a5a")
    out = io.BytesIO()
    exif = picture.getexif()
    exif[0x8825] = {1: "N", 2: (19.0, 40.0, 0.0), 3: "E", 4: (105.0, 30.0, 0.0)}
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
