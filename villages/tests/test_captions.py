"""The captions of the demo's pictures have a glyph for every Vietnamese letter."""

import string

from PIL import Image, ImageDraw

from villages.seeds.captions import caption_font

LETTERS = "ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ" + string.ascii_lowercase + string.digits


def drawn(text: str) -> bytes:
    image = Image.new("L", (80, 80), 255)
    ImageDraw.Draw(image).text((10, 10), text, fill=0, font=caption_font(40))
    return image.tobytes()


def test_every_letter_is_drawn_as_itself() -> None:
    box = drawn("\ue000")  # a private code point: no font has a letter for it
    pictures = {letter: drawn(letter) for letter in {*LETTERS, *LETTERS.upper()}}
    assert [letter for letter, picture in pictures.items() if picture == box] == []
    assert len(set(pictures.values())) == len(pictures)
