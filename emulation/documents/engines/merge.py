"""Merges PDF files."""

import hashlib
from io import BytesIO
from typing import Any


def merge_pdfs(parts: list[bytes]) -> bytes:
    """One PDF with the pages of all parts, in order; an image that several parts contain is stored once."""
    from pikepdf import Pdf

    if len(parts) == 1:
        return parts[0]
    merged = Pdf.open(BytesIO(parts[0]))
    for part in parts[1:]:
        with Pdf.open(BytesIO(part)) as document:
            merged.pages.extend(document.pages)
    _share_images(merged)
    out = BytesIO()
    merged.save(out)
    return out.getvalue()


def pdf_page_count(data: bytes) -> int:
    """The number of pages of a PDF."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(data)) as document:
        return len(document.pages)


def _share_images(document: Any) -> None:
    """Replaces equal images by one object: a page border is larger than the text of a hundred giấy khen."""
    first_by_key: dict[Any, Any] = {}
    dictionaries = _dictionaries(document)
    # Masks first, so that images with equal masks are equal.
    for dictionary in dictionaries:
        if "/SMask" in dictionary:
            _share_entry(dictionary, "/SMask", first_by_key)
    for dictionary in dictionaries:
        if "/XObject" in dictionary:  # the images and forms of a page
            for name in tuple(dictionary["/XObject"].keys()):
                _share_entry(dictionary["/XObject"], name, first_by_key)


def _dictionaries(document: Any) -> list[Any]:
    from pikepdf import Dictionary, Stream

    objects = (one.stream_dict if isinstance(one, Stream) else one for one in document.objects)
    return [one for one in objects if isinstance(one, Dictionary)]


def _share_entry(dictionary: Any, name: str, first_by_key: dict[Any, Any]) -> None:
    """Points the entry to the first equal object."""
    first = first_by_key.setdefault(_comparison_key(dictionary[name]), dictionary[name])
    if first.objgen != dictionary[name].objgen:
        dictionary[name] = first


def _comparison_key(pdf_object: Any) -> Any:
    """Equal for two images with the same bytes and attributes; unique for any other object."""
    from pikepdf import Name, Stream

    if not isinstance(pdf_object, Stream) or pdf_object.get("/Subtype") != Name.Image:
        return pdf_object.objgen if pdf_object.is_indirect else id(pdf_object)
    # pikepdf returns numbers and names as Python values, references as objects.
    attributes = {
        name: value.objgen if getattr(value, "is_indirect", False) else repr(value)
        for name, value in pdf_object.items()
    }
    return hashlib.sha256(pdf_object.read_raw_bytes()).digest(), str(sorted(attributes.items()))
