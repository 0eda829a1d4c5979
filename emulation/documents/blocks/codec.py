"""Converts papers to canonical JSON and back; the JSON is frozen and hashed when a paper is issued."""

import json
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any, get_args, get_type_hints

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import InvalidPaper

AnyDocument = Paper | Certificate
"""Everything that can be drafted, issued and printed."""

JSON_FORMAT = 1


def paper_to_json(sheet: AnyDocument) -> str:
    """Canonical JSON: sorted keys, no spaces, NFC text; equal papers always give the same string."""
    return json.dumps(
        {"format": JSON_FORMAT, "paper": _encode(sheet)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def paper_from_json(text: str) -> AnyDocument:
    """The paper that `paper_to_json` wrote. Raises InvalidPaper for any other content."""
    try:
        data = json.loads(text)
        if data["format"] != JSON_FORMAT:
            raise InvalidPaper("Văn bản được lưu ở định dạng chưa biết.")
        sheet = _decode(data["paper"])
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidPaper("Nội dung văn bản lưu bị hỏng.") from error
    if not isinstance(sheet, Paper | Certificate):
        raise InvalidPaper("Nội dung lưu không phải là văn bản.")
    return sheet


def paper_hash(sheet: AnyDocument) -> str:
    """SHA-256 (hex) of the canonical JSON."""
    return sha256(paper_to_json(sheet).encode()).hexdigest()


def _encode(value: Any) -> Any:
    if isinstance(value, Block):
        return {"type": value.tag} | {
            stored: _encode(getattr(value, name)) for name, stored in value.stored_fields().items()
        }
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(item) for item in value)
    if isinstance(value, dict):
        return _decode_block(value)
    return value


def _decode_block(data: dict[str, Any]) -> Block:
    """The block in a JSON object. Raises KeyError for an unknown tag, TypeError for an unknown field."""
    tag = data["type"]
    names = _names_by_stored(tag)
    readers = _readers(tag)
    values = {}
    for stored, item in data.items():
        if stored == "type":
            continue
        if stored not in names:
            raise TypeError(f"block {tag} has no field {stored}")
        read = readers.get(names[stored])
        values[names[stored]] = read(item) if read and item is not None else _decode(item)
    return Block.registry[tag](**values)


@cache
def _names_by_stored(tag: str) -> dict[str, str]:
    return {stored: name for name, stored in Block.registry[tag].stored_fields().items()}


@cache
def _readers(tag: str) -> dict[str, Any]:
    """Field name -> converter, for types that JSON does not have: dates and enums."""
    out: dict[str, Any] = {}
    for name, hint in get_type_hints(Block.registry[tag]).items():
        options = get_args(hint) or (hint,)
        if date in options:
            out[name] = date.fromisoformat
        elif isinstance(hint, type) and issubclass(hint, Enum):
            out[name] = hint
    return out
