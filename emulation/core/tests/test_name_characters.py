"""Which characters no name has."""

import pytest

from emulation.core.name_characters import name_character_fault

NAMES = (
    "Lò Thị Hoà",
    "H’Mai Niê Kđăm",
    "Y Thĭn Bê̆đăp",
    "Rơ Ô Hơ̆",
    "Müller",
    "Công ty TNHH A & B",
    "Trường THCS số № 2",
)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_peoples_are_taken(name):
    assert name_character_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Lê Văn T\ufffdm", "“\ufffd”"), ("Lê Văn Tám 😀🎉", "“😀🎉”"), ("Thôn 1 ☀", "“☀”"), ("Tám \U0001f44d\U0001f3fd", "hình"),
        ("Ta\u0323\u0302\u0301\u0304\u0306m", "chữ “ậ”"), ("\u0301Tám", "đứng một mình"), ("Lê \u0301 Tám", "đứng một mình"),
        ("Tám 1\ufe0f\u20e3", "không in được"),
    ],
)  # fmt: skip
def test_what_no_name_has_is_named(name, named):
    assert named in name_character_fault(name)
