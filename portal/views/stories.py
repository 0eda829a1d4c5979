"""Public pages of published exemplars: list, one story at its code, its photos.

They read the shortlist live: what lost its consent is gone with the next request.
"""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse

from campaigns.models import ShortlistEntry
from emulation.core import content_store
from emulation.core.text import fold
from emulation.documents.codes import parse_code
from emulation.workflow.views import PagedListView
from portal import queries
from portal.views.honour_roll import PublicPage

PHOTO_URL_NAMES = (("url", "story_photo"), ("thumb_url", "story_thumb"))


class StoryList(PublicPage, PagedListView):
    """Gương điển hình: the published of all periods, newest first; narrowed by period, searched without marks."""

    template_name = "portal/stories.html"
    help = "guong-dien-hinh"

    def get_queryset(self) -> Any:
        rows = queries.published_stories(queries.host_commune())
        period = self.request.GET.get("ky", "")
        return (
            rows.filter(period_id=int(period)) if period.isascii() and period.isdecimal() and len(period) < 12 else rows
        )

    def search(self, rows: Any, words: str) -> Any:
        return queries.search_stories(rows, fold(words))

    def get_context_data(self) -> dict[str, Any]:
        content = super().get_context_data()
        return {
            **content,
            "entries": [story_card(choice) for choice in content["rows"]],
            "periods": queries.story_periods(queries.host_commune()),
            "period": self.request.GET.get("ky", "")[:12],
        }


class StoryPage(PublicPage):
    """One story, at its code."""

    template_name = "portal/story.html"
    help = "guong-dien-hinh"

    def get_context_data(self) -> dict[str, Any]:
        choice = published_story(self.kwargs["code"])
        places = range(1, len(queries.story_photos(choice)) + 1)
        return {"choice": choice, "period": _lower(choice), "photos": [_photo(choice, place) for place in places]}


class StoryPhotoFile(PublicPage):
    """A photo of a published story, by its place; only with the word of who is seen on it."""

    small = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:  # type: ignore[override]
        shown, place = queries.story_photos(published_story(kwargs["code"])), kwargs["place"]
        if not 1 <= place <= len(shown):
            raise Http404
        photo = shown[place - 1]
        path = content_store.path(photo.thumb_sha256 if self.small else photo.sha256)
        return FileResponse(path.open("rb"), content_type="image/jpeg", filename=f"anh-{place}.jpg")


class StoryThumbFile(StoryPhotoFile):
    small = True


def published_story(typed: str) -> ShortlistEntry:
    """The published choice of a code; 404 for everything else."""
    code = parse_code(typed)
    choice = queries.published_stories(queries.host_commune()).filter(code=code).first() if code else None
    if choice is None:
        raise Http404
    return choice


def story_url(choice: ShortlistEntry) -> str:
    """Where the story of a choice stands."""
    return reverse("portal:story", args=[choice.code])


def story_card(choice: ShortlistEntry) -> dict[str, str]:
    """A story as a card of a list."""
    exemplar = choice.exemplar
    return {
        "name": exemplar.nominee_name,
        "place": "" if exemplar.collective_id else exemplar.unit.name,
        "deed": choice.gist,
        "tag": f"Điển hình {_lower(choice)}",
        "note": exemplar.field.name if exemplar.field else "",
        "url": story_url(choice),
    }


def _lower(choice: ShortlistEntry) -> str:
    """The period in the middle of a sentence; Roman numerals stay."""
    text = str(choice.period)
    return text[:1].lower() + text[1:]


def _photo(choice: ShortlistEntry, place: int) -> dict[str, str]:
    urls = {name: reverse(f"portal:{view}", args=[choice.code, place]) for name, view in PHOTO_URL_NAMES}
    return {**urls, "caption": ""}
