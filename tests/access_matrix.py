"""Helpers for tests of all URLs: the model behind each URL, signed-in clients, requests, collected faults."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from emulation.accounts.models import User
from emulation.communes.capacity import UserCapacity, capacity_of, clear_capacity_cache
from emulation.communes.models import Commune
from reports.queries.url_routes import UrlRoute, url_routes
from tests.clients import sign_in_client

LOGINS = ("thon1", "mamnon", "tramyte", "mattran", "vanphong", "vanthu", "hoidong2", "chutich", "phongnoivu", "quantri")
LOGIN_PAGE = "/tai-khoan/dang-nhap/"
SIGN_OUT = "accounts:logout"

# Of views without an approval; the longest matching prefix counts. A URL with an object that has no entry here fails the tests.
MODEL_BEHIND_ADDRESS = {
    "bao-cao/": "reports.PeriodReport",
    "viec-cua-toi/tep-danh-sach/": "reports.ListFile",
    "suc-khoe/khoi-phuc/": "backups.Restore",
    "suc-khoe/viec/": "jobs.Job",
    "don-vi/tai-khoan/": "accounts.User",
    "don-vi/yeu-cau-tai-khoan/": "accounts.AccountRequest",
    "van-ban/": "documents.IssuedDocument",
    "van-ban/huy/": "documents.DocumentCancellation",
    "van-ban/nhap/": "documents.Draft",
    "phap-luat/dia-phuong/": "legal.LocalValue",
    "don-vi/": "villages.Unit",
    "don-vi/tap-the/": "villages.Collective",
    "don-vi/vang/": "villages.Absence",
    "don-vi/nguoi/": "villages.Person",
    "don-vi/thay-doi-nguoi/": "villages.PersonChange",
    "don-vi/ho/": "villages.Household",
    "don-vi/thay-doi-ho/": "villages.HouseholdChange",
    "don-vi/ho-so/danh-gia/": "villages.Evaluation",
    "don-vi/ho-so/da-khen-thuong/": "villages.PastAward",
    "don-vi/ho-so/sang-kien/": "villages.Initiative",
    "don-vi/ho-so/nghi-dai-ngay/": "villages.Leave",
    "don-vi/ho-so/so-lieu-nam/": "villages.UnitYear",
    "don-vi/ho-so/ky-luat/": "villages.Discipline",
    "don-vi/ho-so/dang-xem-xet/": "villages.PendingCase",
    "don-vi/ho-so-giong/": "villages.PersonMatch",
    "don-vi/thay-doi/": "villages.UnitChange",
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
    "thi-dua/ly-do/": "campaigns.ReturnReason",
    "thi-dua/chon/": "campaigns.ShortlistEntry",
    "khen-thuong/de-nghi/": "commendations.Nomination",
    "khen-thuong/de-nghi/danh-sach/": "commendations.GroupRequest",
    "khen-thuong/de-nghi/niem-yet/": "commendations.Posting",
    "khen-thuong/de-nghi/phan-anh/": "commendations.Objection",
    "khen-thuong/de-nghi/tu-dien-hinh/": "campaigns.Exemplar",
    "khen-thuong/phien-hop/": "commendations.CouncilSession",
    "khen-thuong/phieu-trinh/": "commendations.ChairSubmission",
    "khen-thuong/quyet-dinh/": "commendations.Decision",
    "khen-thuong/trinh-cap-tren/": "commendations.Proposal",
    "khen-thuong/dinh-chinh-huy-bo/": "commendations.Amendment",
    "khen-thuong/so-khen/nguoi/": "villages.Person",
    "khen-thuong/so-khen/ho/": "villages.Household",
    "khen-thuong/so-khen/tap-the/": "villages.Unit",
    "khen-thuong/so-vang/": "commendations.Award",
    "khen-thuong/chi-bo-sung/": "commendations.AwardSupplement",
    "khen-thuong/chi-bo-sung/lan-ghi/": "commendations.AwardSupplementAnswer",
    "khen-thuong/thu-hoi/": "commendations.AwardRecovery",
    "khen-thuong/trao/": "commendations.Handover",
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
    """Collects all faults of a test, so that one run shows them all."""

    faults: list[str] = field(default_factory=list)
    requests: int = 0

    def send(
        self, client: Client, method: str, path: str, undo: bool = False, data: dict[str, str] | None = None
    ) -> HttpResponse:
        """Sends and counts one request, a POST with `data`; `undo` rolls back its changes in the database."""
        self.requests += 1
        with transaction.atomic():
            response = client.generic(method, path) if method != "POST" else client.post(path, data or {})
            transaction.set_rollback(undo)
        return response

    def note(self, address: UrlRoute, path: str, what: str) -> None:
        self.faults.append(f"{address.name} {path}: {what}")

    def check(self) -> None:
        assert self.requests, "no request was sent"
        assert not self.faults, f"{len(self.faults)} of {self.requests}:\n" + "\n".join(self.faults)


def model_of(address: UrlRoute) -> Any:
    """The model behind a URL with an object, or None."""
    if not set(PLACEHOLDER.findall(address.route)) - PLACEHOLDER_VALUES.keys():
        return None
    approval = getattr(address.view, "approval", None)
    if approval is not None:
        return approval.flow.model
    found = max((start for start in MODEL_BEHIND_ADDRESS if address.route.startswith(start)), key=len, default=None)
    assert found, f"add the model behind {address.route} to MODEL_BEHIND_ADDRESS"
    return apps.get_model(MODEL_BEHIND_ADDRESS[found])


def filled_paths(address: UrlRoute, rows: list[Any]) -> Iterator[tuple[str, Any]]:
    """(path, object) for each object; one path, with None, for a URL without an object."""
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


def requests_to(address: UrlRoute, rows: list[Any]) -> Iterator[tuple[str, str, Any]]:
    """(method, path, object) for each object and each method of the view."""
    for path, row in filled_paths(address, rows):
        for method in address.methods:
            yield method, path, row


def client_of(login: str, **options: Any) -> Client:
    """A client with the user signed in, which returns status 500 instead of raising the exception of a view."""
    client = Client(raise_request_exception=False, **options)
    user = User.objects.get(username=login)
    clear_capacity_cache(user)
    return sign_in_client(client, user)


def login_capacity(login: str) -> UserCapacity:
    """The roles and units of a user."""
    return capacity_of(User.objects.get(username=login))


def posts_allowed_to(login: str) -> Iterator[UrlRoute]:
    """The URLs to which the user may POST, except sign-out."""
    capacity = login_capacity(login)
    for address in all_addresses():
        if "POST" in address.methods and address.name != SIGN_OUT and address.permission.allows(capacity, None):
            yield address


def rows_of(address: UrlRoute, commune: Commune, count: int = 2) -> list[Any]:
    """Up to `count` objects of the commune for the URL; none for a URL without an object."""
    model = model_of(address)
    if model is None:
        return []
    if model is User:
        return [User.objects.get(username="thon3")]
    rows = list(model.objects.filter(commune=commune).order_by("-pk")[:count])
    assert rows, f"the demo has no {model._meta.label}: {address.route} is not tested"
    return rows


def row_counts() -> dict[str, int]:
    """{table: number of rows}, without the table of sessions: signing in adds a row there."""
    tables = sorted(set(connection.introspection.table_names()) - {"django_session"})
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def all_addresses() -> list[UrlRoute]:
    return url_routes()
