"""Forms of a page as a browser sends them: what is filled in already, with what the user changes."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client


class _Forms(HTMLParser):
    """Reads the forms of a page: [{"action", "text", "values"}]."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.form: dict[str, Any] | None = None
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = {"action": of.get("action", ""), "text": "", "values": {}}
            self.forms.append(self.form)
        if self.form is None:
            return
        name = of.get("name", "")
        is_ticked = of.get("type") not in ("checkbox", "radio") or "checked" in of
        if tag == "input" and name and is_ticked:
            self.form["values"].setdefault(name, []).append(of.get("value", "on"))
        elif tag == "textarea":
            self.area = name
            self.form["values"][name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in of:
            self.form["values"].setdefault(self.select, []).append(of.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.form is None:
            return
        if self.area:
            self.form["values"][self.area][0] += data
        else:
            self.form["text"] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""


def send_form(client: Client, url: str, words: str, **changes: Any) -> HttpResponse:
    """Opens the page, fills in these fields of the form that contains this text and sends it. Returns the page after it.

    Raises AssertionError when the page has no such form, or shows it again.
    """
    page = client.get(url, follow=True)
    reader = _Forms()
    reader.feed(page.content.decode())
    shown = page.redirect_chain[-1][0] if page.redirect_chain else url
    form = next((form for form in reader.forms if words in " ".join(form["text"].split())), None)
    assert form is not None, (url, words, [" ".join(form["text"].split())[:80] for form in reader.forms])
    response = client.post(urljoin(shown, form["action"] or shown), {**form["values"], **changes}, follow=True)
    assert response.status_code == 200 and response.redirect_chain, (url, words, response.status_code)
    return response
