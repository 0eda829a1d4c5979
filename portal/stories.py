"""Public pages of exemplars: a list by month and quarter, one story at its code, its photos.

They read the chosen live, so what somebody agreed to no longer is gone with the next request.
"""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse

from campaigns.models import ShortlistEntry
from emulation.acts.web import ListPage
from emulation.core import files
from emulation.core.text import fold
from emulation.documents.codes import read_code
from portal import queries
from portal.views import Public

PHOTO_VIEWS = (("url", "story_photo"), ("thumb_url", "story_thumb"))


class Stories(Public, ListPage):
    """Gương điển hình: the published of all periods, newest first; narrowed by period, searched without marks."""

    template_name = "portal/stories.html"
    help = "guong-dien-hinh"

    def rows(self) -> Any:
        rows = queries.stories(queries.host_commune())
        period = self.request.GET.get("ky", "")
        return (
            rows.filter(period_id=int(period)) if period.isascii() and period.isdecimal() and len(period) < 12 else rows
        )

    def search(self, rows: Any, words: str) -> Any:
        return queries.stories_like(rows, fold(words))

    def content(self) -> dict[str, Any]:
        content = super().content()
        return {
            **content,
            "entries": [card(choice) for choice in content["rows"]],
            "periods": queries.story_periods(queries.host_commune()),
            "period": self.request.GET.get("ky", "")[:12],
        }


class Story(Public):
    """One story, at its code."""

    template_name = "portal/story.html"
    help = "guong-dien-hinh"

    def content(self) -> dict[str, Any]:
        choice = find(self.kwargs["code"])
        places = range(1, len(queries.story_photos(choice)) + 1)
        return {"choice": choice, "period": _lower(choice), "photos": [_photo(choice, place) for place in places]}


class StoryPhoto(Public):
    """A photo of a published story, by its place; only with the word of who is seen on it."""

    small = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:  # type: ignore[override]
        shown, place = queries.story_photos(find(kwargs["code"])), kwargs["place"]
        if not 1 <= place <= len(shown):
            raise Http404
        photo = shown[place - 1]
        path = files.path(photo.thumb_sha256 if self.small else photo.sha256)
        return FileResponse(path.open("rb"), content_type="image/jpeg", filename=f"anh-{place}.jpg")


class StoryThumb(StoryPhoto):
    small = True


def find(typed: str) -> ShortlistEntry:
    """The published choice of a code; 404 for everything else."""
    code = read_code(typed)
    choice = queries.stories(queries.host_commune()).filter(code=code).first() if code else None
    if choice is None:
        raise Http404
    return choice


def address(choice: ShortlistEntry) -> str:
    """Where the story of a choice stands."""
    return reverse("portal:story", args=[choice.code])


def card(choice: ShortlistEntry) -> dict[str, str]:
    """A story as a card of a list."""
    exemplar = choice.exemplar
    return {
        "name": exemplar.nominee_name,
        "place": "" if exemplar.collective_id else exemplar.unit.name,
        "deed": choice.gist,
        "award": f"Điển hình {_lower(choice)}",
        "decision": exemplar.field.name if exemplar.field else "",
        "url": address(choice),
    }


def _lower(choice: ShortlistEntry) -> str:
    """The period in the middle of a sentence; Roman numerals stay."""
    text = str(choice.period)
    return text[:1].lower() + text[1:]


def _photo(choice: ShortlistEntry, place: int) -> dict[str, str]:
    urls = {name: reverse(f"portal:{view}", args=[choice.code, place]) for name, view in PHOTO_VIEWS}
    return {**urls, "caption": ""}
