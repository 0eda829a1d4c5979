"""Response with a stored photo; a placeholder picture if the file is lost, so that the page around it stays whole."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from emulation.core import content_store

PLACEHOLDER = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" role="img" aria-label="Ảnh đã mất">
<rect width="320" height="240" fill="#e9ecef"/>
<rect x="12" y="12" width="296" height="216" fill="none" stroke="#868e96" stroke-width="2" stroke-dasharray="8 6"/>
<text x="160" y="118" text-anchor="middle" font-family="sans-serif" font-size="26" fill="#495057">Ảnh đã mất</text>
<text x="160" y="150" text-anchor="middle" font-family="sans-serif" font-size="15" fill="#495057">hãy tải lại ảnh gốc</text>
</svg>
"""


def photo_response(sha: str, filename: str) -> HttpResponseBase:
    """The JPEG with this hash, or the placeholder."""
    try:
        stream = content_store.path(sha).open("rb")
    except (FileNotFoundError, ValueError):
        return HttpResponse(
            PLACEHOLDER,
            content_type="image/svg+xml",
            headers={"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"},
        )
    return FileResponse(stream, content_type="image/jpeg", filename=filename)
