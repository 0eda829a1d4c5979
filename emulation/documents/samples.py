"""Samples: one paper of every kind, from the demo. Rooms register theirs in AppConfig.ready(); `manage.py sample_papers` prints all."""

from collections.abc import Callable

from emulation.documents.blocks import Sheet

Make = Callable[[], Sheet]
KINDS = (
    "cong_van", "bao_cao_thanh_tich", "giay_de_nghi", "to_trinh", "bien_ban", "quyet_dinh", "giay_khen", "bao_cao",
    "ke_hoach",
)  # fmt: skip
"""Kinds that the product must have; more may be registered."""

_samples: dict[str, Make] = {}


def sample(kind: str, make: Make) -> None:
    """`make()` gives the paper of this kind from the rows of the demo (LookupError when there are none)."""
    _samples[kind] = make


def samples() -> dict[str, Make]:
    """Kind -> maker, the required kinds first."""
    return {kind: _samples[kind] for kind in (*KINDS, *_samples) if kind in _samples}


def missing() -> list[str]:
    """Required kinds that nobody has registered."""
    return [kind for kind in KINDS if kind not in _samples]
