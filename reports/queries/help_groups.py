"""The help pages in groups by role, and the search in their text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

from django.template.loader import get_template
from django.utils.html import strip_tags

from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.text import fold
from reports.queries.help_pages import help_pages

TEMPLATE_TAG = re.compile(r"\{[%{#].*?[%}#]\}")
HelpLinks = list[tuple[str, str]]
"""(slug, question) of pages."""


@dataclass(frozen=True)
class HelpGroup:
    """The pages about the work of some roles; a group without roles is for everybody."""

    title: str
    roles: frozenset[Role]
    slugs: tuple[str, ...]

    @property
    def pages(self) -> HelpLinks:
        return [(slug, help_pages()[slug]) for slug in self.slugs]


def _group(title: str, roles: Iterable[Role], slugs: str) -> HelpGroup:
    return HelpGroup(title, frozenset(roles), tuple(slugs.split()))


HELP_GROUPS = (
    _group(
        "Bắt đầu: đăng nhập, tìm, việc của tôi",
        (),
        "dang-nhap xac-nhan-hai-buoc doi-mat-khau trang-cua-toi viec-cua-toi bao-vang tong-quan cac-muc-chinh "
        "tim-kiem thong-bao lich-cong-tac lich-tren-dien-thoai nhac-viec van-ban so-vang "
        "so-khen-thuong danh-muc-danh-hieu can-cu-phap-ly lich-lam-viec",
    ),
    _group(
        "Trưởng thôn, trường, trạm, đoàn thể",
        UNIT_HEAD_ROLES,
        "dien-hinh-thang-nay ghi-dien-hinh tim-nguoi nguoi-theo-ngay ho-gia-dinh tap-the-khac viec-tiep-theo "
        "de-nghi-khen-thuong cung-de-nghi ai-du-dieu-kien niem-yet chon-danh-hieu vi-sao dang-ky-thi-dua nhan-cong-van "
        "bao-cao-viec-theo-cong-van",
    ),
    _group(
        "Văn phòng: điển hình hằng tháng",
        {Role.office},
        "bat-dau mo-ky-dien-hinh tien-do xem-dien-hinh-cac-don-vi don-doc bang-nam tra-lai-dien-hinh ly-do-tra-lai "
        "chon-dien-hinh danh-sach-dien-hinh dong-y-neu-guong dang-dien-hinh thu-khen",
    ),
    _group(
        "Văn phòng: khen thưởng",
        {Role.office},
        "tham-dinh-ho-so ho-so-cua-chinh-minh phieu-trinh quyet-dinh trinh-cap-tren dinh-chinh-huy-bo hinh-anh-giay-khen ho-so-theo-nam "
        "ghi-danh-gia-nam",
    ),
    _group(
        "Văn phòng: phong trào, công văn, báo cáo",
        {Role.office},
        "phong-trao-thi-dua phong-trao-theo-linh-vuc tong-hop-dang-ky tong-ket-phong-trao van-ban-den soan-cong-van "
        "viec-theo-cong-van bao-cao-quy quy-dinh-cua-tinh hoi-dong phu-trach-don-vi thay-doi-don-vi cu-nguoi-dung-dau "
        "ten-goi-cua-xa ho-so-giong-nhau",
    ),
    _group("Chủ tịch, Phó Chủ tịch", {Role.chair, Role.vice_chair}, "chu-tich-quyet-dinh nhat-ky"),
    _group("Hội đồng Thi đua - Khen thưởng", {Role.council_member}, "phien-hop-hoi-dong"),
    _group("Văn thư", {Role.clerk}, "ban-hanh-quyet-dinh so-van-ban-di so-va-ky-hieu huy-van-ban"),
    _group(
        "Tài khoản, mật khẩu",
        {Role.office, Role.administrator},
        "tai-khoan cap-lai-mat-khau tai-khoan-nguoi-thu-hai",
    ),
    _group("Quản trị hệ thống", {Role.administrator}, "nhat-ky-an-toan suc-khoe sao-luu sau-khi-khoi-phuc"),
    _group("Người xem, không đăng nhập", (), "bang-vang guong-dien-hinh xac-minh"),
)


def help_groups_for(capacity: UserCapacity) -> tuple[list[HelpGroup], list[HelpGroup]]:
    """The groups of the user's roles (others have the first one of all, visitors the last), and the remaining groups."""
    of_others = HELP_GROUPS[0] if capacity.user_id else HELP_GROUPS[-1]
    own = [group for group in HELP_GROUPS if capacity.has(*group.roles)] or [of_others]
    return own, [group for group in HELP_GROUPS if group not in own]


def pages_of_same_group(slug: str) -> HelpLinks:
    """The pages of the group of this one."""
    return next((group.pages for group in HELP_GROUPS if slug in group.slugs), [])


def search_help(words: str) -> HelpLinks:
    """Pages whose question or answer has every word, with or without diacritics.

    Those whose question has them come first, then those whose answer has the words one after the other; pages that are
    equal in this come in the order of the groups, what concerns everybody first.
    """
    wanted = fold(words).split()
    phrase = " ".join(wanted)
    pages = chain.from_iterable(group.pages for group in HELP_GROUPS)
    found = [page for page in pages if wanted and _has(f"{fold(page[1])} {_answer(page[0])}", wanted)]
    return sorted(found, key=lambda page: (not _has(fold(page[1]), wanted), phrase not in _answer(page[0])))


def _has(text: str, wanted: list[str]) -> bool:
    """Whether a word of the folded text begins with each of these."""
    return all(f" {word}" in f" {text}" for word in wanted)


@cache
def _answer(slug: str) -> str:
    """The folded text of the page's template, without markup."""
    source = get_template(f"help/{slug}.html").template.source  # type: ignore[attr-defined]
    return fold(" ".join(strip_tags(TEMPLATE_TAG.sub(" ", source)).split()))
