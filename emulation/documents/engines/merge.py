"""Several PDFs into one."""

import hashlib
from io import BytesIO
from typing import Any


def merge_pdfs(parts: list[bytes]) -> bytes:
    """One PDF with the pages of all, in order; a picture that stands in every part is kept once."""
    from pikepdf import Pdf

    if len(parts) == 1:
        return parts[0]
    whole = Pdf.open(BytesIO(parts[0]))
    for part in parts[1:]:
        with Pdf.open(BytesIO(part)) as more:
            whole.pages.extend(more.pages)
    _share_pictures(whole)
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def pdf_page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(data)) as whole:
        return len(whole.pages)


def _share_pictures(whole: Any) -> None:
    """Lets equal pictures be one object: a border of a whole page weighs more than the text of a hundred giấy khen."""
    first: dict[Any, Any] = {}
    for mask in (True, False):  # masks first, so that pictures with equal masks are equal
        for holder in _picture_dictionaries(whole, mask):
            for name in ("/SMask",) if mask else tuple(holder.keys()):
                same = first.setdefault(_comparison_key(holder[name]), holder[name])
                if same.objgen != holder[name].objgen:
                    holder[name] = same


def _picture_dictionaries(whole: Any, mask: bool) -> list[Any]:
    """The dictionaries that name a mask, or those of the pages' pictures and forms."""
    from pikepdf import Dictionary, Stream

    every = [one.stream_dict if isinstance(one, Stream) else one for one in whole.objects]
    held = [one for one in every if isinstance(one, Dictionary)]
    return [one for one in held if "/SMask" in one] if mask else [one["/XObject"] for one in held if "/XObject" in one]


def _comparison_key(thing: Any) -> Any:
    """The same for two pictures of the same bytes and facts; for anything else its own."""
    from pikepdf import Name, Stream

    if not isinstance(thing, Stream) or thing.get("/Subtype") != Name.Image:
        return thing.objgen if thing.is_indirect else id(thing)
    # Numbers and names come out of pikepdf as plain Python values, references as objects.
    facts = {
        name: value.objgen if getattr(value, "is_indirect", False) else repr(value) for name, value in thing.items()
    }
    return hashlib.sha256(thing.read_raw_bytes()).digest(), str(sorted(facts.items()))
