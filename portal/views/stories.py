"""Public pages of published exemplars: list, one story, its photos.

Nothing is copied or cached: a story disappears as soon as its consent is withdrawn.
"""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from campaigns.models import ShortlistEntry
from emulation.core.photo_file import photo_response
from emulation.core.text import fold
from emulation.documents.codes import parse_code
from emulation.workflow.lists import ListFilter, PagedListView
from portal import queries
from portal.views.honour_roll import PublicPage

PHOTO_URL_NAMES = (("url", "story_photo"), ("thumb_url", "story_thumb"))


class StoryList(PublicPage, PagedListView):
    """Gương điển hình: published exemplars, newest first, filtered by period; the search ignores diacritics."""

    template_name = "portal/stories.html"
    help = "guong-dien-hinh"

    def get_queryset(self) -> Any:
        rows = queries.published_stories(queries.host_commune())
        return rows.filter(period_id=int(self.period)) if self.period else rows

    @property
    def period(self) -> str:
        period = self.request.GET.get("ky", "")
        return period if period.isascii() and period.isdecimal() and len(period) < 12 else ""

    def filters(self) -> list[ListFilter]:
        found = queries.story_periods(queries.host_commune())
        periods = {str(period.pk): f"{period} ({count})" for period, count in found}
        return [ListFilter("ky", "Tháng, quý", periods, self.period)]

    def search(self, rows: Any, words: str) -> Any:
        return queries.search_stories(rows, fold(words))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = super().get_context_data(**context)
        return {
            **content,
            "entries": [story_card(story) for story in content["rows"]],
        }


class StoryPage(PublicPage):
    """One story; the address contains its verification code."""

    template_name = "portal/story.html"
    help = "guong-dien-hinh"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        story = published_story(self.kwargs["code"])
        places = range(1, len(queries.story_photos(story)) + 1)
        return {
            **super().get_context_data(**context),
            "choice": story,
            "period": _lower(story),
            "photos": [_photo(story, place) for place in places],
        }


class StoryPhotoFile(PublicPage):
    """One photo of a published story, by its number (1, 2, …); 404 without the consent of the people shown."""

    small = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        photos = queries.story_photos(published_story(kwargs["code"]))
        place = kwargs["place"]
        if not 1 <= place <= len(photos):
            raise Http404
        photo = photos[place - 1]
        return photo_response(photo.thumb_sha256 if self.small else photo.sha256, f"anh-{place}.jpg")


class StoryThumbFile(StoryPhotoFile):
    small = True


def published_story(typed: str) -> ShortlistEntry:
    """The published shortlist entry with this code; Http404 when there is none."""
    code = parse_code(typed)
    story = queries.published_stories(queries.host_commune()).filter(code=code).first() if code else None
    if story is None:
        raise Http404
    return story


def story_url(story: ShortlistEntry) -> str:
    """The address of the story."""
    return reverse("portal:story", args=[story.code])


def story_card(story: ShortlistEntry) -> dict[str, str]:
    """Context of templates/components/honour.html for one story."""
    exemplar = story.exemplar
    return {
        "name": exemplar.nominee_bare_name,
        "place": exemplar.nominee_unit,
        "deed": story.gist,
        "tag": f"Điển hình {_lower(story)}",
        "note": exemplar.field.name if exemplar.field else "",
        "url": story_url(story),
    }


def _lower(story: ShortlistEntry) -> str:
    """The period for use inside a sentence: first letter in lower case, Roman numerals unchanged."""
    text = str(story.period)
    return text[:1].lower() + text[1:]


def _photo(story: ShortlistEntry, place: int) -> dict[str, str]:
    urls = {name: reverse(f"portal:{view}", args=[story.code, place]) for name, view in PHOTO_URL_NAMES}
    return {**urls, "caption": ""}
