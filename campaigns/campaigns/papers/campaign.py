"""The plan of a campaign (kế hoạch) as an official document."""

from datetime import date

from campaigns.campaigns.models.campaign import Campaign, Goal
from campaigns.directives.papers import recipient_lines
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import date_in_words, format_date, format_vnd
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Bullet,
    Heading,
    HeadingLevel,
    LegalBasisLine,
    Paragraph,
    Table,
    TableColumn,
    TextAlign,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead

GOALS = (
    TableColumn("Nội dung", 46),
    TableColumn("Chỉ tiêu phấn đấu", 18, TextAlign.right),
    TableColumn("Đơn vị tính", 16, TextAlign.center),
    TableColumn("Thời hạn", 20, TextAlign.center),
)
CRITERIA = (
    ("criteria_person", "Đối với cá nhân"),
    ("criteria_collective", "Đối với tập thể"),
    ("criteria_household", "Đối với hộ gia đình"),
)
REWARDS = (("reward_forms", "Hình thức"), ("reward_count", "Số lượng"), ("reward_when", "Thời điểm"))


def campaign_paper(campaign: Campaign, on: date) -> Paper:
    """The plan with the letterhead of that day. Raises InvalidPaper when a required part is missing."""
    identity = campaign.commune.identity_on(on)
    return Paper(
        kind="ke_hoach",
        letterhead=committee_letterhead(campaign.commune, on, "ke_hoach"),
        doc_type="KẾ HOẠCH",
        subject=f"{_verb(campaign)} phong trào thi đua “{campaign.name}”",
        body=_body(campaign, identity),
        signatures=(committee_signature(campaign.signer, deputy=campaign.deputy),),
        recipients=recipient_lines(campaign.recipients),
    )


def _verb(campaign: Campaign) -> str:
    return "Triển khai thực hiện" if campaign.is_response else "Phát động"


def _body(campaign: Campaign, identity: CommuneIdentity) -> tuple[Block, ...]:
    """The parts that have content, numbered with Roman numerals."""
    parts: list[tuple[str, tuple[Block, ...]]] = [
        ("MỤC ĐÍCH, YÊU CẦU", typed_blocks(campaign.purpose)),
        ("PHẠM VI, ĐỐI TƯỢNG", _numbered((("Phạm vi", campaign.scope), ("Đối tượng", campaign.audience)))),
        ("NỘI DUNG THI ĐUA", typed_blocks(campaign.contents)),
        ("CHỈ TIÊU", _goals(list(campaign.goals.all()))),
        ("TIÊU CHÍ THI ĐUA", _numbered([(label, getattr(campaign, name)) for name, label in CRITERIA])),
        ("THỜI GIAN THỰC HIỆN", _days(campaign)),
        ("BIỆN PHÁP THỰC HIỆN", typed_blocks(campaign.measures)),
        ("KHEN THƯỞNG", _numbered([(label, getattr(campaign, name)) for name, label in REWARDS])),
        ("KINH PHÍ", typed_blocks(campaign.budget)),
        (
            "TỔ CHỨC THỰC HIỆN",
            _numbered((("Phân công", campaign.assignment), ("Chế độ báo cáo", campaign.reporting))),
        ),
    ]
    blocks: list[Block] = [
        *(LegalBasisLine(line) for line in recipient_lines(campaign.grounds)),
        Paragraph(_opening(campaign, identity)),
    ]
    for number, (title, content) in enumerate((part for part in parts if part[1]), 1):
        blocks += [Heading(HeadingLevel.roman, number, title), *content]
    name = f"{_verb(campaign).lower()} phong trào thi đua “{campaign.name}”"
    blocks.append(Paragraph(with_end_mark(f"Trên đây là Kế hoạch {name} của Ủy ban nhân dân {identity.name}")))
    return tuple(blocks)


def _opening(campaign: Campaign, identity: CommuneIdentity) -> str:
    response = ""
    if campaign.is_response and campaign.parent_name:
        paper = f" ({campaign.parent_paper})" if campaign.parent_paper else ""
        response = f"Hưởng ứng phong trào thi đua “{campaign.parent_name}”{paper}, "
    issuer = f"Ủy ban nhân dân {identity.name}"
    verb = _verb(campaign).lower()
    return f"{response}{issuer} ban hành Kế hoạch {verb} phong trào thi đua “{campaign.name}” như sau:"


def typed_blocks(text: str) -> tuple[Block, ...]:
    """One paragraph per line; a line that begins with a dash becomes a bullet."""
    blocks: list[Block] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        if line.lstrip()[:1] in "-–•":
            blocks.append(Bullet(line.lstrip(" -–•")))
        else:
            blocks += typed_paragraphs(line)
    return tuple(blocks)


def _numbered(parts: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    """A numbered heading for each part that has content."""
    blocks: list[Block] = []
    filled = [(title, text) for title, text in parts if text.strip()]
    for number, (title, text) in enumerate(filled, 1):
        blocks += [Heading(HeadingLevel.number, number, title), *typed_blocks(text)]
    return tuple(blocks)


def _goals(goals: list[Goal]) -> tuple[Block, ...]:
    rows = tuple(
        (
            goal.text,
            "" if goal.target is None else format_vnd(goal.target),
            goal.measure,
            format_date(goal.due_on) if goal.due_on else "",
        )
        for goal in goals
    )
    return (Table(GOALS, rows),) if rows else ()


def _days(campaign: Campaign) -> tuple[Block, ...]:
    texts = []
    if campaign.starts_on and campaign.ends_on:
        texts.append(f"Từ {date_in_words(campaign.starts_on)} đến {date_in_words(campaign.ends_on)}")
    if campaign.register_by:
        texts.append(f"Đăng ký thi đua: chậm nhất {date_in_words(campaign.register_by)}")
    if campaign.midterm_on:
        texts.append(f"Sơ kết: {date_in_words(campaign.midterm_on)}")
    if campaign.final_on:
        texts.append(f"Tổng kết: {date_in_words(campaign.final_on)}")
    return tuple(Bullet(f"{text}.") for text in texts)
