"""The names of blocks and fields in the JSON of issued papers. New ones are added to this list; none ever changes."""

import json

import pytest

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.codec import paper_from_json, paper_to_json
from emulation.documents.blocks.text import InvalidPaper
from emulation.documents.tests.papers import KINDS

STORED = """
Appendix title body subtitle label of wide
Article number text title
BarFigure label value
Bars title bars unit largest
Booklet owner title since about warnings bundles end
Bullet text
Bundle title leaves about
Centered text bold italic
Certificate post recipient achievement signature place about form verb decision_symbol decision_number decision_day year serial \
emblem border code verify_url note kind status
Clause number text title
Column title share align
DayBox number mark word lines
Enact text
Fill label lines
Ground text
Heading level number title
KeyValue label value
Leaf title beside lines
Letterhead issuer place parent symbol number day year hand_number
Line label says cited mark
Paper kind letterhead body signatures doc_type subject addressees recipients appendices note status one_page
Paragraph text lead bold italic align
Planner owner title about heads weeks warnings end
Point number text
RowGroup title
Signature capacity name note
Table columns rows numbered total
"""


def test_stored_names_do_not_change():
    now = {tag: [*block.stored_fields().values()] for tag, block in Block.registry.items()}
    assert now == {tag: names for tag, *names in (line.split() for line in STORED.strip().splitlines())}


def test_two_blocks_cannot_share_a_tag():
    with pytest.raises(TypeError, match="Paragraph"):

        class Another(Block, tag="Paragraph"):
            pass


@pytest.mark.parametrize("where", ["paper", "letterhead"])
def test_an_unknown_field_is_an_error(where):
    data = json.loads(paper_to_json(next(iter(KINDS.values()))()))
    (data["paper"] if where == "paper" else data["paper"]["letterhead"])["added_by_hand"] = "x"
    with pytest.raises(InvalidPaper):
        paper_from_json(json.dumps(data))
