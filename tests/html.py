"""The HTML of a page as tests read it."""

import re

from django.http import HttpResponse

BLOCKS = (
    "html head body title meta link script div p section article aside header footer nav main ul ol li dl dt dd table "
    "caption thead tbody tfoot tr th td form fieldset legend h1 h2 h3 h4 h5 h6 figure figcaption details summary hr br option"
)
RANDOM_VALUE = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<= nonce=")[^"]+')
AROUND_BLOCK = re.compile(rf" ?(</?(?:{BLOCKS.replace(' ', '|')})\b[^>]*>) ?")


def compact(html: str) -> str:
    """The HTML without white space that no browser shows: templates break lines where it does not matter."""
    text = re.sub(r"\s+(?=/?>)", "", re.sub(r"\s+", " ", html))
    return AROUND_BLOCK.sub(r"\1", text).strip()


def page_of(response: HttpResponse) -> str:
    """The page of a response, compact, without random values and the marks of numbers of papers that stay on one line."""
    page = re.sub(r'<span class="nowrap">(.*?)</span>', r"\1", compact(response.content.decode()))
    return RANDOM_VALUE.sub("", page)


def paper_text(html: str) -> str:
    """The HTML of a paper without the marks of words that stay on one line."""
    return re.sub(r'<span(?: class="whole")?>(.*?)</span>', r"\1", html).replace("\u00a0", " ")
