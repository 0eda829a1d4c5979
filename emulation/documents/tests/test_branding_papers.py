"""Emblem and border images on papers: frozen with each one, once in a file, blank when the file is missing."""

from io import BytesIO

import pikepdf
import pytest

from emulation.core import content_store
from emulation.documents import actions, branding
from emulation.documents.engines import html, merge, pdf
from emulation.documents.tests import papers
from emulation.documents.tests.sample_images import (
    add_branding_image,
    border_image,
    star_image,
)


@pytest.fixture
def emblem(commune, office):
    return add_branding_image(by=office, commune=commune, kind="emblem", data=star_image())


def frozen(commune, clerk, key):
    sheet = papers.certificate()
    images = branding.branding_of(commune)
    sheet = type(sheet)(**{**sheet.__dict__, "emblem": images.emblem, "border": images.border}).issued(papers.DAY, 5, 1)
    return actions.freeze_document(by=clerk, commune=commune, paper=sheet, issued_on=papers.DAY, key=key)


def test_frozen_certificates_keep_their_images(commune, office, clerk):
    before = frozen(commune, clerk, "a")
    first = add_branding_image(by=office, commune=commune, kind="emblem", data=star_image())
    during = frozen(commune, clerk, "b")
    second = add_branding_image(by=office, commune=commune, kind="emblem", data=star_image(color="green"))
    after = frozen(commune, clerk, "c")
    assert "asset:" not in before.html and "hint" not in before.html
    assert f"asset:{first.sha256}" in during.html and during.paper.emblem == first.sha256
    assert f"asset:{second.sha256}" in after.html and first.sha256 not in after.html
    for row in (before, during, after):
        row.refresh_from_db()
        assert row.sha256 == actions.frozen_hash(row.blocks, row.html, row.style_version)


def test_the_pdf_contains_the_image_once_for_all_pages(commune, office, clerk):
    add_branding_image(by=office, commune=commune, kind="border", data=border_image(kind="JPEG"))
    pages = [frozen(commune, clerk, str(n)).html for n in range(3)]
    with pikepdf.open(BytesIO(pdf.render_pdf(pages, "x", read=branding.read_branding_image))) as document:
        assert len(document.pages) == 3
        large = [one for one in document.objects if isinstance(one, pikepdf.Stream) and one.get("/Width") == 1414]
        assert len(large) == 1


def test_a_missing_file_leaves_a_blank_space(commune, office, clerk, emblem):
    page = frozen(commune, clerk, "a").html
    content_store.path(emblem.sha256).unlink()
    assert pdf.render_pdf([page], "x", read=branding.read_branding_image).startswith(b"%PDF-")
    assert 'src="data:,"' in html.embed_images(page, branding.read_branding_image)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_parts_merged_into_one_file_share_the_image(kind, commune, office, clerk):
    add_branding_image(by=office, commune=commune, kind="border", data=border_image(kind=kind))
    page = frozen(commune, clerk, "a").html
    parts = [pdf.render_pdf([page, page], "x", read=branding.read_branding_image) for _ in range(3)]
    whole = merge.merge_pdfs(parts)
    with pikepdf.open(BytesIO(whole)) as document:
        assert len(document.pages) == 6 and document.check_pdf_syntax() == []
        large = [one for one in document.objects if isinstance(one, pikepdf.Stream) and one.get("/Width") == 1414]
        assert len(large) == {"JPEG": 1, "PNG": 2}[kind]  # a PNG also has a mask
