"""User interface: contrast, size of the resources, no inline script or style, components rendered and documented."""

import gzip
import re
from pathlib import Path
from types import SimpleNamespace as Row

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.ui import gallery

ROOT = Path(settings.BASE_DIR)
SCSS = ROOT / "static" / "src" / "scss"
BUILT = ROOT / "static" / "built"
TEMPLATES = sorted(
    path
    for path in ROOT.rglob("*.html")
    if "templates" in path.parts and not {".venv", "node_modules", "data"} & set(path.relative_to(ROOT).parts)
)
FORBIDDEN_BY_POLICY = re.compile(
    r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|javascript:|(?:src|href)=\"(?:https?:)?//(?!www\.w3\.org)"
)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)")
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))


def colour_tokens() -> dict[str, str]:
    text = (SCSS / "_tokens.scss").read_text(encoding="utf-8")
    values = dict(re.findall(r"^\$([\w-]+):\s*(#[0-9a-f]{6}|\$[\w-]+);", text, re.MULTILINE))
    colours = {name: values[value[1:]] if value.startswith("$") else value for name, value in values.items()}
    return {**colours, "white": "#ffffff"}


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


LEAST_CONTRASTS = [
    *(("ink", back, 7) for back in ("paper", "sheet", "shade", "gold-wash", "good-wash", "bad-wash", "news-wash")),
    *(("soft", back, 4.5) for back in ("paper", "sheet", "shade", "gold-wash", "bad-wash")),
    *(("red", back, 4.5) for back in ("paper", "sheet", "shade", "gold-wash", "red-wash", "white")),
    *(("gold-deep", back, 4.5) for back in ("paper", "sheet", "gold-wash")),
    *((tone, f"{tone}-wash", 4.5) for tone in ("good", "wait", "bad", "news")),
    ("bad", "sheet", 4.5),
    ("gold-wash", "red", 4.5),
    ("edge", "sheet", 3),
    ("edge", "paper", 3),
]


def test_contrast() -> None:
    colours = colour_tokens()
    found = [
        (front, back, least, contrast_ratio(colours[front], colours[back])) for front, back, least in LEAST_CONTRASTS
    ]
    assert [row for row in found if row[3] < row[2]] == []


def test_colours_are_named_in_one_file_only() -> None:
    colour = re.compile(r"#(?!fff\b|000\b|\{)[0-9a-f]{3,6}\b")
    found = []
    for path in SCSS.glob("*.scss"):
        if path.name not in ("_tokens.scss", "_print.scss"):
            lines = path.read_text(encoding="utf-8").splitlines()
            found += [f"{path.name}: {line.strip()}" for line in lines if colour.search(line)]
    assert found == []


def test_first_page_is_small() -> None:
    def weight(name: str) -> int:
        data = (BUILT / name).read_bytes()
        return len(data) if name.endswith("woff2") else len(gzip.compress(data, 9))

    sizes = {
        name: weight(name)
        for name in (
            "css/app.css",
            "fonts/source-sans-3-400.woff2",
            "fonts/source-sans-3-600.woff2",
            "icons.svg",
            "js/base.js",
            "img/mark.svg",
        )
    }
    assert sizes["css/app.css"] <= 15_000
    # 80 KB for the first page leaves 18 KB for its own HTML and the headers.
    assert sum(sizes.values()) <= 62_000, sizes


def test_templates_obey_the_content_security_policy() -> None:
    assert len(TEMPLATES) > 250
    faults = []
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if FORBIDDEN_BY_POLICY.search(line):
                faults.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
        if INLINE_SCRIPT.search(text):
            faults.append(f"{path.relative_to(ROOT)}: a script without src")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color: red">',
        '<a onclick="go()">',
        "<style>",
        '<a href="javascript:go()">',
        '<img src="//a.b/c.png">',
    ],
)
def test_what_the_content_security_policy_forbids_is_found(line: str) -> None:
    assert FORBIDDEN_BY_POLICY.search(line)


def test_the_error_summary_counts_the_places_that_it_names() -> None:
    form = forms.Form({})
    form.fields["place"] = forms.CharField(label="Nơi họp")
    form.add_error("place", "Ghi tên nhà văn hóa.")
    form.add_error(None, "Lò Thị An: hồ sơ đã nộp.")
    form.add_error(None, "Lò Thị Bình: hồ sơ đã nộp.")
    summary = render_to_string("components/_errors.html", {"form": form})
    assert summary.count("<li>") == 3  # the field once, with both its messages
    assert summary.count("Nơi họp") == 1 and "Ghi tên nhà văn hóa." in summary
    assert "còn 3 chỗ cần xem lại" in summary


@pytest.mark.usefixtures("db")
def test_gallery_renders_every_component() -> None:
    request = RequestFactory().get("/")
    request.user = Row(is_authenticated=True, is_anonymous=True, pk=None, full_name="Lê Văn Thông", username="thon1")
    page = render_to_string(
        "components/gallery.html", {**gallery.gallery_context(), "user": request.user}, request=request
    )

    assert "Hồ sơ còn thiếu xác nhận của thôn." in page  # a refused step shows its reason
    assert 'href="#id_title"' in page  # the error summary links to the field
    assert "Ghi rõ diện tích đất và chiều dài đoạn đường." in page  # the return note is shown at its field
    assert page.index('class="pinned"') < page.index('id="id_deed"')
    assert page.count("Giá trị này chỉ có tối đa 20") == 2  # once above, once at the field
    assert 'data-label="Tiền thưởng" class="num dong">447.000</td>' in page
    assert page.count("<h1") == 1


def test_every_component_is_documented() -> None:
    told = (ROOT / "docs" / "ui.md").read_text(encoding="utf-8")
    frame = {
        "gallery",
        "_masthead",
        "_areas",
        "_area_bar",
        "_own_links",
        "_office_phone",
        "_tabs",
        "_crumbs",
        "_messages",
        "_footer",
        "_mark",
        "_status",
        "_steps",
    }
    assert {path.stem for path in COMPONENTS if f"components/{path.name}" not in told} <= frame
