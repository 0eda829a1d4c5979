"""Every URL of the product: which object is behind it; collects what was wrong in one run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from reports.queries.url_routes import UrlRoute, url_routes

LOGINS = ("thon1", "mamnon", "tramyte", "mattran", "vanphong", "vanthu", "hoidong2", "chutich", "phongnoivu", "quantri")
LOGIN_PAGE = "/tai-khoan/dang-nhap/"

# Longest beginning wins. An address that names an object and stands nowhere here fails the walk.
MODEL_BEHIND_ADDRESS = {
    "bao-cao/": "reports.PeriodReport",
    "suc-khoe/viec/": "jobs.Job",
    "tai-khoan/": "accounts.User",
    "van-ban/": "documents.IssuedDocument",
    "van-ban/nhap/": "documents.Draft",
    "phap-luat/dia-phuong/": "legal.LocalValue",
    "don-vi/": "villages.Unit",
    "don-vi/vang/": "villages.Absence",
    "don-vi/nguoi/": "villages.Person",
    "don-vi/ho/": "villages.Household",
    "don-vi/ho-so/danh-gia/": "villages.Evaluation",
    "don-vi/ho-so/da-khen-thuong/": "villages.PastAward",
    "don-vi/ho-so/sang-kien/": "villages.Initiative",
    "don-vi/ho-so/nghi-dai-ngay/": "villages.Leave",
    "don-vi/ho-so/so-lieu-nam/": "villages.UnitYear",
    "don-vi/ho-so/ky-luat/": "villages.Discipline",
    "don-vi/ho-so/dang-xem-xet/": "villages.PendingCase",
    "don-vi/hoi-dong/": "villages.CouncilVersion",
    "thi-dua/dien-hinh/": "campaigns.Exemplar",
    "thi-dua/anh/": "campaigns.ExemplarPhoto",
    "thi-dua/ky/": "campaigns.Period",
    "thi-dua/chi-dao/": "campaigns.Directive",
    "thi-dua/cong-van/": "campaigns.Letter",
    "thi-dua/nhan/": "campaigns.LetterReceipt",
    "thi-dua/noi-nhan/": "campaigns.LetterRecipient",
    "thi-dua/ban-chup/": "campaigns.DirectiveScan",
    "thi-dua/xu-ly/": "campaigns.Handling",
    "thi-dua/viec/": "campaigns.Duty",
    "thi-dua/viec-don-vi/": "campaigns.UnitDuty",
    "thi-dua/bao-cao-viec/": "campaigns.DutyReport",
    "thi-dua/minh-chung/": "campaigns.DutyReportFile",
    "thi-dua/phong-trao/": "campaigns.Campaign",
    "thi-dua/phong-trao/dang-ky/": "campaigns.Registration",
    "thi-dua/viec-tiep-theo/": "campaigns.FollowUp",
    "thi-dua/thu-khen/": "campaigns.PraiseLetter",
    "thi-dua/ly-do/": "campaigns.ReturnReason",
    "thi-dua/chon/": "campaigns.ShortlistEntry",
    "thi-dua/danh-sach/": "campaigns.ShortlistNotice",
    "khen-thuong/de-nghi/": "commendations.Nomination",
    "khen-thuong/de-nghi/tu-dien-hinh/": "campaigns.Exemplar",
    "khen-thuong/phien-hop/": "commendations.CouncilSession",
    "khen-thuong/phieu-trinh/": "commendations.ChairSubmission",
    "khen-thuong/quyet-dinh/": "commendations.Decision",
    "khen-thuong/trinh-cap-tren/": "commendations.Proposal",
    "khen-thuong/so-khen/nguoi/": "villages.Person",
    "khen-thuong/so-khen/ho/": "villages.Household",
    "khen-thuong/so-khen/tap-the/": "villages.Unit",
    "khen-thuong/so-vang/": "commendations.Award",
    "bang-vang/": "portal.HonourEntry",
    "dien-hinh/": "campaigns.ShortlistEntry",
    "xac-minh/": "portal.HonourEntry",
}
PLACEHOLDER_VALUES = {
    "slug:slug": "dang-nhap",
    "slug:key": "exemplars",
    "slug:fmt": "pdf",
    "slug:kind": "emblem",
    "int:year": "2025",
    "int:place": "1",
    "slug:award": "GKX",
    "str:token": "khong-co",
}
PLACEHOLDER = re.compile(r"<([^>]+)>")


@dataclass
class AccessFaults:
    """What was wrong, gathered so that one run tells all."""

    faults: list[str] = field(default_factory=list)
    asked: int = 0

    def note(self, address: UrlRoute, path: str, what: str) -> None:
        self.faults.append(f"{address.name} {path}: {what}")

    def check(self) -> None:
        assert self.asked, "the walk went nowhere"
        assert not self.faults, f"{len(self.faults)} of {self.asked}:\n" + "\n".join(self.faults)


def model_of(address: UrlRoute) -> Any:
    """The model behind an address that names an object, or None."""
    if not set(PLACEHOLDER.findall(address.route)) - PLACEHOLDER_VALUES.keys():
        return None
    found = max((start for start in MODEL_BEHIND_ADDRESS if address.route.startswith(start)), key=len, default=None)
    assert found, f"say in tests/walk.py which object stands behind {address.route}"
    return apps.get_model(MODEL_BEHIND_ADDRESS[found])


def filled_paths(address: UrlRoute, rows: list[Any]) -> Iterator[tuple[str, Any]]:
    """The address filled in, once an object; an address without an object once."""
    if model_of(address) is None:
        yield "/" + fill_route(address.route, None), None
    for row in rows:
        yield "/" + fill_route(address.route, row), row


def fill_route(route: str, row: Any) -> str:
    def value(match: re.Match[str]) -> str:
        part = match.group(1)
        if part in PLACEHOLDER_VALUES:
            return PLACEHOLDER_VALUES[part]
        if part == "str:code":
            return str(row.code)
        if part == "int:duty":
            return str(apps.get_model("campaigns.Duty").objects.filter(commune_id=row.commune_id).first().pk)
        if part == "int:unit":
            return str(
                apps.get_model("villages.Unit").objects.filter(commune_id=row.commune_id, kind="village").first().pk
            )
        return str(row.pk)

    return PLACEHOLDER.sub(value, route)


def send_request(
    browser: Client, method: str, path: str, undo: bool = False, data: dict[str, str] | None = None
) -> HttpResponse:
    """One request, a POST with `data`; with `undo` whatever it did is taken back."""
    with transaction.atomic():
        answer = browser.generic(method, path) if method != "POST" else browser.post(path, data or {})
        transaction.set_rollback(undo)
    return answer


def row_counts() -> dict[str, int]:
    """How many rows each table holds (sessions apart: signing in makes one)."""
    tables = sorted(set(connection.introspection.table_names()) - {"django_session"})
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def all_addresses() -> list[UrlRoute]:
    return url_routes()
