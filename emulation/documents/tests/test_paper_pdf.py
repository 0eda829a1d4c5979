"""Every kind of paper as PDF, measured against the decree; nothing is fetched and no script is executed."""

import base64
import http.server
import threading
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
import segno
from PIL import Image

from emulation.documents.blocks.body import Paragraph
from emulation.documents.engines import html, pdf
from emulation.documents.tests import nd30, papers

PORTRAIT = [kind for kind in papers.KINDS if kind != "giay_khen"]


def rendered(sheet):
    return pdf.render_pdf([html.paper_html(sheet)], sheet.title)


@pytest.mark.parametrize("kind", PORTRAIT)
@pytest.mark.parametrize("status", ["draft", "for_signature", "issued"])
def test_the_layout_follows_the_decree(kind, status):
    sheet = papers.final(kind) if status == "issued" else replace(papers.KINDS[kind](), status=status)
    numbered = bool(sheet.letterhead.symbol)
    assert nd30.layout_faults(rendered(sheet), numbered=numbered, named=bool(sheet.doc_type)) == []


def test_pages_are_numbered_from_the_second_and_the_appendix_separately():
    numbers = nd30.page_numbers(rendered(papers.final("quyet_dinh")))
    assert numbers == ["", "", *[str(n) for n in range(2, len(numbers))]]
    assert len(numbers) >= 4
    assert nd30.page_numbers(rendered(papers.final("cong_van"))) == ["", "2"]


def test_the_header_of_a_table_is_repeated_on_each_page():
    pages = nd30.measure_pages(rendered(papers.final("quyet_dinh")))[1:]
    assert all(any(text.text.strip() == "STT" and text.bold for text in page.texts) for page in pages)


def test_legal_basis_is_italic_articles_bold_recipients_small():
    page = nd30.measure_pages(rendered(papers.final("quyet_dinh")))[0]
    basis = page.find("Căn cứ Luật Tổ chức")
    assert basis.italic and not basis.bold and basis.text.rstrip().endswith(";")
    assert page.find("Theo đề nghị của").italic
    assert page.find("ngày 03 tháng 02 năm 2026").text.rstrip().endswith(".")
    assert page.find("Điều 1.").bold
    assert not page.find("Tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã cho").bold
    head = page.find("Nơi nhận:")
    last = page.find("- Lưu: VT, VP.")
    assert (round(head.size), head.bold, head.italic) == (12, True, True)
    assert (round(last.size), last.bold, last.italic) == (11, False, False)
    assert abs(head.top - page.find("CHỦ TỊCH").top) < 200
    indent = next(line for line in page.lines() if line.text.startswith("Điều 1."))
    assert 12 <= indent.left - 30 <= 13.5


def test_several_addressees_are_aligned_below_the_colon():
    page = nd30.measure_pages(rendered(papers.final("cong_van")))[0]
    label = page.find("Kính gửi:")
    dashes = [
        text for text in page.texts if text.text.startswith("- ") and label.bottom < text.bottom < label.bottom + 22
    ]
    assert len(dashes) == 3
    assert all(label.left + 10 < text.left < label.right for text in dashes)
    assert [text.text.rstrip()[-1] for text in dashes] == [";", ";", "."]


def test_number_and_date_are_blank_in_a_paper_that_awaits_signature():
    page = nd30.measure_pages(rendered(papers.decision().for_signature()))[0]
    text = " ".join(" ".join(piece.text for piece in page.texts).split())
    assert "Số: /QĐ-UBND" in text and "ngày tháng năm 2026" in text
    assert "DỰ THẢO" not in text


def test_a_draft_has_a_watermark_on_every_page():
    pages = nd30.measure_pages(rendered(papers.decision()))
    assert all("DỰ THẢO" in "".join(text.text for text in page.texts) for page in pages)
    for page in nd30.measure_pages(rendered(papers.final("quyet_dinh"))):
        assert "DỰ THẢO" not in "".join(text.text for text in page.texts)


def test_the_signature_and_the_note_are_never_alone_on_a_page():
    for more in range(1, 16):
        paper = papers.report()
        body = tuple(Paragraph(papers.SENTENCE) for _ in range(more)) + paper.body[-1:]
        pages = nd30.measure_pages(rendered(replace(paper, body=body, note="Dữ liệu minh họa")))
        last = [text for text in pages[-1].texts if text.size > 13.5]
        signer = next(text for text in last if "Lê Văn Minh Họa" in text.text)
        assert any("nhân rộng" in text.text for text in last if text.bottom < signer.top), more


@pytest.mark.parametrize("make", [papers.certificate, papers.long_certificate])
def test_a_certificate_is_one_landscape_page_with_its_fonts(make):
    data = rendered(make().issued(papers.DAY, 5, 12))
    (page,) = nd30.measure_pages(data)
    assert (round(page.width), round(page.height)) == (297, 210)
    assert all(name.startswith("Tinos") for name in nd30.embedded_fonts(data))
    texts = {text.text.strip(): text for text in page.texts}
    assert texts["GIẤY KHEN"].size > 40 and texts["GIẤY KHEN"].bold
    number = page.find("Quyết định số: 05/QĐ-UBND ngày 05 tháng 02 năm 2026")
    serial = page.find("Số sổ vàng: 12")
    assert number.bold and number.italic and serial.bold and serial.italic


@pytest.mark.parametrize("make", [papers.certificate, papers.long_certificate])
def test_the_texts_of_a_certificate_fit_between_the_border_and_the_signature(make):
    (page,) = nd30.measure_pages(rendered(make().issued(papers.DAY, 5, 12)))
    assert all(text.left > 7 and text.right < 290 and text.bottom < 203 for text in page.texts)
    last = max(text.bottom for text in page.texts if text.size >= 12 and text.left > 60 and text.top < 140)
    assert last < page.find("Bình Lương, ngày 05").top + 1
    motto = page.find("Độc lập")
    assert abs(page.rule_under(motto).length - (motto.right - motto.left)) < 1.5


def test_the_hint_for_a_missing_emblem_is_only_in_a_draft():
    assert "Quốc huy" in html.paper_html(papers.certificate())
    assert "Quốc huy" not in html.paper_html(papers.final("giay_khen"))


def test_the_qr_code_on_a_certificate_has_one_pixel_per_module():
    sheet = papers.final("giay_khen")
    uri = html.paper_html(sheet).split('class="qr"')[1].split("base64,")[1].split('"')[0]
    picture = Image.open(BytesIO(base64.b64decode(uri))).convert("L")
    code = segno.make_qr(sheet.verify_url, error="m")
    assert picture.size == code.symbol_size(border=2)
    modules = segno.make_qr(sheet.verify_url, error="m", mask=2).matrix_iter(border=2)
    for y, row in enumerate(modules):
        assert [picture.getpixel((x, y)) < 128 for x in range(picture.width)] == [bool(module) for module in row]


# ── nothing is fetched ───────────────────────────────────────────────────────────────────────────


def test_neither_local_files_nor_urls_are_fetched_for_a_pdf(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY-7f3a")
    hits = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    web = f"http://127.0.0.1:{server.server_port}/x.png"
    attack = (
        f'<link rel="attachment" href="file://{secret}"><img src="file://{secret}"><img src="{web}">'
        f'<object data="file://{secret}"></object><style>@import url({web}); p {{ background: url(file://{secret}) }}</style>'
        f'<svg><image href="{web}"/></svg><a rel="attachment" href="file://{secret}">x</a>'
    )
    try:
        data = pdf.render_pdf([attack], "x")
    finally:
        server.shutdown()
    assert hits == []
    with pikepdf.open(BytesIO(data)) as document:
        assert not list(document.attachments)
        assert all(
            b"CANARY" not in stream.read_bytes() for stream in document.objects if isinstance(stream, pikepdf.Stream)
        )


def test_scripts_in_texts_are_escaped():
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    for kind in papers.KINDS:
        out = html.paper_html(papers.with_text_everywhere(papers.KINDS[kind](), evil))
        assert "<script" not in out and "<img src=x" not in out and "onerror=alert(1)>" not in out
        assert "&lt;script&gt;" in out


def test_only_uploaded_images_are_embedded(tmp_path):
    sheet = replace(papers.certificate(), emblem="a" * 64)
    out = html.embed_images(html.paper_html(sheet), lambda sha: b"\x89PNG...")
    assert "data:image/png;base64,iVBORy4uLg==" in out and "asset:" not in out
    typed = papers.certificate(f'src="asset:{"b" * 64}"')
    assert "b" * 64 in html.embed_images(html.paper_html(typed), lambda sha: b"leak")
    assert "bGVhaw" not in html.embed_images(html.paper_html(typed), lambda sha: b"leak")
