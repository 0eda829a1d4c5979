"""Letters on the drawn pictures of the demo."""

from PIL import ImageFont

FONTS = ("Tinos-Regular.ttf", "DejaVuSans.ttf")
"""The font of the papers, which the product requires, and one that most systems have; both have all Vietnamese letters."""


def caption_font(size: int) -> ImageFont.FreeTypeFont:
    """A font with Vietnamese letters; Pillow's own shows boxes in their place. Raises OSError when the system has none."""
    for name in FONTS[:-1]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.truetype(FONTS[-1], size)
