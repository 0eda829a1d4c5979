"""Lịch trên điện thoại: the pages for the secret calendar URL, and the feed itself."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from emulation.communes.models import CommuneIdentity
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.views import BaseView, PageView
from reports.actions import calendar_link as actions
from reports.papers import calendar_feed
from reports.queries import calendar_feed as calendar_feed_queries

HELP = "lich-tren-dien-thoai"


class PhoneCalendarPage(PageView):
    """Whether the user has a link, since when, and when it was last read; buttons to create and revoke it."""

    permission = permissions.signed_in
    help = HELP
    template_name = "reports/phone.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            "title": "Lịch trên điện thoại",
            "crumbs": [("Lịch", reverse("reports:calendar")), ("Lịch trên điện thoại", "")],
            "commune": self.commune,
            "link": calendar_feed_queries.own_calendar_link(self.request.user),
        }


class CreateCalendarLink(BaseView):
    """Creates the link and shows its URL; it cannot be shown again."""

    permission = permissions.signed_in
    help = HELP
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        token = actions.create_calendar_link(by=request.user, commune=self.commune)
        url = request.build_absolute_uri(reverse("reports:feed", args=[token]))
        return self.render(
            "reports/phone_new.html",
            title="Đường dẫn lịch của bạn",
            url=url,
            webcal=f"webcal://{url.partition('://')[2]}",
            at_home=request.get_host().partition(":")[0] in ("127.0.0.1", "localhost"),
        )


class RevokeCalendarLink(BaseView):
    """Revokes the link."""

    permission = permissions.signed_in
    help = HELP
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            actions.revoke_calendar_link(by=request.user, commune=self.commune)
            messages.success(request, "Đã thu hồi. Điện thoại không đọc được lịch qua đường dẫn cũ nữa.")
        except RuleBroken as broken:
            messages.error(request, broken.message)
        return redirect("reports:phone")


class CalendarFeed(BaseView):
    """The feed, without sign-in; 404 for an unknown or revoked token."""

    permission = permissions.public
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = calendar_feed_queries.calendar_link_of(token)
        if link is None:
            raise Http404
        now = calendar_feed_queries.now_in_whole_seconds()
        events, state = calendar_feed_queries.feed_events(link, timezone.localdate(), now)
        calendar_feed_queries.save_feed_state(link, state, now)
        body = calendar_feed.calendar_feed_ics(self._name(link), request.build_absolute_uri("/")[:-1], events)
        etag = f'"{sha256(body).hexdigest()[:32]}"'
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="lich-cong-tac.ics"'
        response["ETag"] = etag
        response["Cache-Control"] = "private, max-age=900"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return get_conditional_response(request, etag=etag, response=response) or response

    @staticmethod
    def _name(link: Any) -> str:
        try:
            return f"Sổ Vàng, {link.commune.identity_on(timezone.localdate()).name}"
        except CommuneIdentity.DoesNotExist:
            return "Sổ Vàng"
