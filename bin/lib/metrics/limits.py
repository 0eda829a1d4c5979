"""The limits file: the worst value that each figure may have, and the names that may still have several definitions."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from metrics.names import CLASSES, FUNCTIONS
from metrics.source import Measurement

Limits = dict[str, dict[str, float]]  # kind: figure: value; and for CLASSES and FUNCTIONS, name: modules that define it
NameCounts = dict[str, dict[str, int]]
HEADER = """\
# Limits of bin/measure: bin/measure --check fails when a figure is worse.
# bin/measure --tighten writes better figures into this file and removes names from the lists; it never loosens a limit.
# To loosen one on purpose, edit the line and say why in the commit.
# The two lists of names give, for each name, how many modules define it: no name joins them and no number rises.
"""


def read_limits(path: Path) -> Limits:
    """The limits in the file; empty if there is no file."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def failures(measured: list[Measurement], names: NameCounts, limits: Limits) -> list[str]:
    """Figures that are worse than their limit or have none; limits without a figure; names to remove from a list."""
    return [*_figure_failures(measured, limits), *_unknown_limits(measured, limits), *_name_failures(names, limits)]


def tightened(measured: list[Measurement], names: NameCounts, limits: Limits) -> Limits:
    """The limits, replaced by the measured figures where these are better. Missing limits are set to the figures."""
    result: Limits = {}
    for figure in _limited(measured):
        limit = limits.get(figure.kind, {}).get(figure.name, figure.value)
        result.setdefault(figure.kind, {})[figure.name] = limit if is_worse(figure, limit) else figure.value
    for group, counts in names.items():
        allowed = limits.get(group, counts)
        result[group] = {name: min(count, allowed[name]) for name, count in counts.items() if name in allowed}
    return result


def write_limits(path: Path, limits: Limits) -> None:
    """Writes the file with its sections and keys sorted."""
    sections = [HEADER, *(_section(kind, values) for kind, values in sorted(limits.items()))]
    path.write_text("\n".join(sections), encoding="utf-8")


def is_worse(figure: Measurement, limit: float) -> bool:
    """Whether the figure is beyond the limit, in the direction opposite to an improvement."""
    return figure.value > limit if figure.better == "lower" else figure.value < limit


def _figure_failures(measured: list[Measurement], limits: Limits) -> Iterator[str]:
    for figure in _limited(measured):
        limit = limits.get(figure.kind, {}).get(figure.name)
        if limit is None:
            yield f"{figure.kind}: {figure.name} has no limit yet; run bin/measure --tighten"
        elif is_worse(figure, limit):
            yield f"{figure.kind}: {figure.name} is {figure.value}, the limit is {limit}"


def _unknown_limits(measured: list[Measurement], limits: Limits) -> Iterator[str]:
    limited = {(figure.kind, figure.name) for figure in _limited(measured)}
    for kind in limits.keys() - {CLASSES, FUNCTIONS}:
        for name in limits[kind]:
            if (kind, name) not in limited:
                yield f"{kind}: {name} is no figure with a limit; remove it from the file"


def _name_failures(names: NameCounts, limits: Limits) -> Iterator[str]:
    for group, counts in names.items():
        allowed = limits.get(group, {})
        for name, count in sorted(counts.items()):
            if count > allowed.get(name, 1):
                yield f"{group}: {name} is defined in {count} modules; choose another name (--details {group})"
        for name in sorted(allowed.keys() - counts.keys()):
            yield f"{group}: {name} is no longer used twice; remove it from the list"


def _limited(measured: list[Measurement]) -> list[Measurement]:
    return [figure for figure in measured if figure.better != "neither"]


def _section(kind: str, values: dict[str, float]) -> str:
    return "\n".join([f"[{kind}]", *(f"{name} = {value}" for name, value in sorted(values.items())), ""])
