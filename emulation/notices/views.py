"""One's own messages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from emulation.acts import who
from emulation.acts.web import Gated, ListPage
from emulation.notices import actions
from emulation.notices.models import Notice


class NoticeList(ListPage):
    who = who.signed_in
    template_name = "notices/list.html"
    help = "thong-bao"

    def rows(self) -> Any:
        return Notice.objects.visible_to(self.request.user).order_by("-created_at", "-pk")


class MarkRead(Gated):
    who = who.signed_in

    def post(self, request: HttpRequest) -> HttpResponse:
        actions.mark_read(by=request.user)
        return redirect("notices:list")
