"""Registry of sample papers, one of every kind, made from the demo data; `manage.py sample_papers` writes them all.

Apps register theirs in AppConfig.ready().
"""

from collections.abc import Callable

from emulation.core.registry import Registry
from emulation.documents.blocks.codec import AnyDocument

SampleMaker = Callable[[], AnyDocument]
REQUIRED_SAMPLE_KINDS = (
    "cong_van", "bao_cao_thanh_tich", "giay_de_nghi", "to_trinh", "bien_ban", "quyet_dinh", "giay_khen", "bao_cao",
    "ke_hoach",
)  # fmt: skip
"""Kinds that must be registered; there may be more."""

sample_makers: Registry[SampleMaker] = Registry(
    "Sample papers", "kind of paper: the function that makes one from the demo"
)


def register_paper_sample(kind: str, make: SampleMaker) -> None:
    """Registers a function that returns a paper of this kind from the demo data (or raises LookupError if there is none)."""
    sample_makers.add(kind, make)


def paper_samples() -> dict[str, SampleMaker]:
    """Kind -> function, the required kinds first."""
    return {kind: sample_makers[kind] for kind in (*REQUIRED_SAMPLE_KINDS, *sample_makers) if kind in sample_makers}


def missing_sample_kinds() -> list[str]:
    """Required kinds that are not registered."""
    return [kind for kind in REQUIRED_SAMPLE_KINDS if kind not in sample_makers]
