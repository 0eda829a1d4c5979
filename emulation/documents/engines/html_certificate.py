"""Giấy khen -> HTML: one landscape page; long texts get a smaller font size instead of a second page."""

from html import escape

from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.letterhead import MOTTO, NATION
from emulation.documents.blocks.paper import PaperStatus
from emulation.documents.engines import layout
from emulation.documents.engines.html_blocks import escaped_lines, ruled_lines_html, watermark_html

_EMBLEM_HINT = "Nơi in Quốc huy<br>(cơ quan tải ảnh lên)"


def certificate_html(sheet: Certificate) -> str:
    """The HTML of one giấy khen. Without an emblem a draft shows a hint in its place; the final one leaves it blank."""
    fit = layout.certificate_fit(sheet)
    frame = _picture("border", sheet.border) or '<div class="frame"></div>'
    hint = f'<p class="hint">{_EMBLEM_HINT}</p>' if sheet.status is PaperStatus.draft else ""
    return (
        f'<article class="certificate{" roomy" if layout.is_widely_set(fit) else ""} status-{sheet.status}">{frame}'
        f"{watermark_html(sheet.status)}"
        f'<div class="emblem">{_picture("emblem-picture", sheet.emblem) or hint}</div>'
        f'<p class="nation">{NATION}</p>{ruled_lines_html("motto", (MOTTO,))}'
        f"{_fitted('post', fit['post'])}"
        f'<p class="verb">{escape(sheet.verb)}</p><p class="form">{escape(sheet.form)}</p>'
        f"{_fitted('recipient', fit['recipient'])}{_fitted('about-recipient', fit['about'])}"
        f"{_fitted('achievement', fit['achievement'])}"
        f'<table class="close"><tr><td class="left"><p>{escape(sheet.decision_line)}</p>'
        f"<p>{escape(sheet.serial_line)}</p></td>"
        f'<td class="right"><p class="day">{escape(sheet.date_line)}</p>{_signature(sheet)}</td></tr></table>'
        f"{_code(sheet)}</article>"
    )


def _picture(css: str, sha: str) -> str:
    return f'<img class="{css}" alt="" src="asset:{sha}">' if sha else ""


def _fitted(css: str, fit: tuple[int, tuple[str, ...]]) -> str:
    size, broken = fit
    return f'<p class="{css} pt-{size}">{"<br>".join(map(escape, broken))}</p>' if broken != ("",) else ""


def _signature(sheet: Certificate) -> str:
    capacity = "".join(f"<p>{escape(line)}</p>" for line in sheet.signature.capacity)
    return f'<div class="signature">{capacity}<p class="signer">{escape(sheet.signature.name)}</p></div>'


def _code(sheet: Certificate) -> str:
    if not (sheet.code or sheet.note):
        return ""
    qr = f'<img class="qr" alt="" src="{_qr(sheet.verify_url)}">' if sheet.verify_url else ""
    code = f"<p>Mã xác minh: {escape(sheet.code)}</p>" if sheet.code else ""
    url = f"<p>{escape(sheet.verify_url)}</p>" if sheet.verify_url else ""
    note = f"<p>{escaped_lines(sheet.note)}</p>" if sheet.note else ""
    return f'<div class="code">{qr}<div>{code}{url}{note}</div></div>'


def _qr(url: str) -> str:
    """The QR code as a data URL with one pixel per module, which the style enlarges without blurring (fast and small).

    The mask is fixed to save the time of choosing one.
    """
    import segno

    uri: str = segno.make_qr(url, error="m", mask=2).png_data_uri(scale=1, border=2)
    return uri
