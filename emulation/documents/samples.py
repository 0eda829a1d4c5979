"""Samples: one paper of every kind, from the demo. Rooms register theirs in AppConfig.ready(); `manage.py sample_papers` prints all."""

from collections.abc import Callable

from emulation.documents.blocks.codec import AnyDocument

SampleMaker = Callable[[], AnyDocument]
REQUIRED_SAMPLE_KINDS = (
    "cong_van", "bao_cao_thanh_tich", "giay_de_nghi", "to_trinh", "bien_ban", "quyet_dinh", "giay_khen", "bao_cao",
    "ke_hoach",
)  # fmt: skip
"""Kinds that the product must have; more may be registered."""

_samples: dict[str, SampleMaker] = {}


def register_paper_sample(kind: str, make: SampleMaker) -> None:
    """`make()` gives the paper of this kind from the rows of the demo (LookupError when there are none)."""
    _samples[kind] = make


def paper_samples() -> dict[str, SampleMaker]:
    """Kind -> maker, the required kinds first."""
    return {kind: _samples[kind] for kind in (*REQUIRED_SAMPLE_KINDS, *_samples) if kind in _samples}


def missing_sample_kinds() -> list[str]:
    """Required kinds that nobody has registered."""
    return [kind for kind in REQUIRED_SAMPLE_KINDS if kind not in _samples]
