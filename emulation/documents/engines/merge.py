"""Several PDFs into one."""

from io import BytesIO


def pdfs(parts: list[bytes]) -> bytes:
    """One PDF with the pages of all, in order."""
    from pikepdf import Pdf

    if len(parts) == 1:
        return parts[0]
    whole = Pdf.open(BytesIO(parts[0]))
    for part in parts[1:]:
        with Pdf.open(BytesIO(part)) as more:
            whole.pages.extend(more.pages)
    out = BytesIO()
    whole.save(out)
    return out.getvalue()
