"""Type of the function by which engines read the emblem and border of a paper."""

from collections.abc import Callable

ImageReader = Callable[[str], bytes | None]
"""SHA-256 (hex) of an image -> its bytes, or None if the file is missing."""
