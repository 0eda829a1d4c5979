"""Responses that serve an uploaded file as a download."""

from typing import Any

from django.http import FileResponse
from django.utils.text import slugify

from emulation.core import content_store
from emulation.core.attachments import ATTACHMENT_TYPES
from emulation.core.errors import RuleBroken
from emulation.core.text import fold


def download_response(row: Any, name: str) -> FileResponse:
    """The stored file of a row with `sha256` and `ending`, as a download that browsers never render.

    Raises RuleBroken if the file is lost.
    """
    try:
        stream = content_store.path(row.sha256).open("rb")
    except (FileNotFoundError, ValueError):
        raise RuleBroken("Tệp này đã mất trong kho. Hãy báo quản trị; ai còn bản gốc thì tải lên lại.") from None
    filename = f"{slugify(fold(name.replace('/', ' ')))[:80] or 'tep'}.{row.ending}"
    response = FileResponse(stream, as_attachment=True, filename=filename, content_type=ATTACHMENT_TYPES[row.ending])
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
