"""Text in TCVN3 and VNI: recognised, converted without loss, and no other text taken for it."""

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.legacy_text import (
    TCVN3,
    VNI,
    decode_tcvn3,
    decode_vni,
    encode_tcvn3,
    encode_vni,
    legacy_text,
)
from emulation.core.vietnamese_syllables import ONSETS, OPEN_RIMES, STOPPED_RIMES, TONES, is_syllable

VOWELS = "aăâeêioôơuưy"


def with_tone(rime, tone):
    """The rime with the tone on each vowel that may carry it."""
    for place, letter in enumerate(rime):
        if letter in VOWELS:
            yield unicodedata.normalize("NFC", rime[: place + 1] + tone + rime[place + 1 :])


def all_syllables():
    for onset, rime, tone in product(ONSETS, OPEN_RIMES, TONES):
        yield from (onset + toned for toned in with_tone(rime, tone))
    for onset, rime, tone in product(ONSETS, STOPPED_RIMES, TONES[4:]):
        yield from (onset + toned for toned in with_tone(rime, tone))


SYLLABLES = sorted(set(all_syllables()))
SENTENCES = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map(" ".join)


def test_every_syllable_comes_back_from_both_encodings():
    assert len(SYLLABLES) > 20_000
    for syllable in SYLLABLES:
        assert is_syllable(syllable)
        assert decode_tcvn3(encode_tcvn3(syllable)) == syllable
        for written in (syllable, syllable.upper(), syllable.capitalize()):
            assert decode_vni(encode_vni(written)) == written


@given(SENTENCES, st.sampled_from([str.lower, str.upper, str.title]))
def test_unicode_is_never_taken_for_an_old_encoding(sentence, case):
    assert legacy_text(case(sentence)) is None
    assert legacy_text(unicodedata.normalize("NFD", case(sentence))) is None


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_never_taken_for_an_old_encoding(text):
    assert legacy_text(text) is None


@given(SENTENCES, st.sampled_from([(encode_tcvn3, TCVN3), (encode_vni, VNI)]))
def test_what_is_recognised_is_converted_without_loss(sentence, encoding):
    encode, name = encoding
    found = legacy_text(encode(sentence))
    if found is not None and found.encoding == name:
        assert found.text == sentence
        assert legacy_text(found.text) is None


@pytest.mark.parametrize(
    ("typed", "encoding", "text"),
    [
        ("Lª V¨n T¸m", TCVN3, "Lê Văn Tám"),
        ("NguyÔn ThÞ H\u00ad¬ng", TCVN3, "Nguyễn Thị Hương"),
        ("NguyÔn ThÞ H¬ng", TCVN3, "Nguyễn Thị Hương"),
        ("Nh\u00ad Hoa", TCVN3, "Như Hoa"),
        ("NGUYÔN V¡N B×NH", TCVN3, "NGUYỄN VĂN BÌNH"),
        ("§inh V¨n B¶y (TrÇn H\u00adng §¹o)", TCVN3, "Đinh Văn Bảy (Trần Hưng Đạo)"),
        ("Leâ Vaên Taùm", VNI, "Lê Văn Tám"),
        ("NGUYEÃN VAÊN BÌNH", VNI, "NGUYỄN VĂN BÌNH"),
        ("Ñaøo Thò Höông, thoân 3", VNI, "Đào Thị Hương, thôn 3"),
        ("ñi", VNI, "đi"),
    ],
)
def test_old_text_is_recognised(typed, encoding, text):
    found = legacy_text(typed)
    assert (found.encoding, found.text) == (encoding, text)


@pytest.mark.parametrize(
    "text",
    ["", "Lò Thanh", "Hà", "Café Trung Nguyên", "Noël Hà", "Müller", "José Peña", "El Niño", "rosé", "5 µm", "20 °C",
     "© 2024 UBND ®", "hy\u00adphen", "Ðinh Thi Hoa", "Niê Y Bíu", "H'Mai Êban", "Siu Blơng", "Анна", "naïve", "São Paulo",
     "Lª V¨n Tám ở thôn", "§ 5", "100 £", "½ kg"],
)  # fmt: skip
def test_other_text_is_left_alone(text):
    assert legacy_text(text) is None
