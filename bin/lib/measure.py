"""Measures the code of a checkout and compares the figures with their limits. Run by bin/measure, which lists the options.

Standard library only. The modules of metrics/ define what each figure counts.
"""

import argparse
import json
import signal
import sys
from collections import defaultdict
from itertools import chain
from pathlib import Path

from metrics import cycles, density, limits, markup, names, sizes, wording
from metrics.source import CODE_KINDS, Measurement, SourceFile, read_sources
from paths import ROOT

LIMITS = ROOT / "bin" / "lib" / "measure_limits.toml"
# The columns of each part of the table; kinds of code that have the same figures share a part.
TABLES = ((*CODE_KINDS, "migrations"), ("code",), ("templates",))


def all_figures(python: list[SourceFile], templates: list[SourceFile]) -> list[Measurement]:
    """All figures, in the order of the table."""
    return list(
        chain(
            sizes.measure_files(python),
            sizes.measure_functions(python),
            density.measure_complexity(python),
            density.measure_expressions(python),
            wording.measure_wording(python),
            names.measure_names(python),
            cycles.measure_cycles(python),
            markup.measure_templates(templates),
        )
    )


def as_table(measured: list[Measurement]) -> str:
    """One part per row of TABLES, one line per figure; empty where a kind does not have the figure."""
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for figure in measured:
        values[figure.name][figure.kind] = figure.value
    lines: list[str] = []
    for kinds in TABLES:
        lines += ["", f"{'':<38}" + "".join(f"{kind:>12}" for kind in kinds)]
        for name, by_kind in values.items():
            if not by_kind.keys().isdisjoint(kinds):
                cells = "".join(f"{by_kind[kind]:>12,}" if kind in by_kind else " " * 12 for kind in kinds)
                lines.append(f"{name:<38}{cells}".rstrip())
    return "\n".join(lines[1:])


def as_json(measured: list[Measurement], repeated: limits.NameCounts) -> str:
    """{kind: {figure: value}}, and the names that are used twice with the number of modules that define them."""
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for figure in measured:
        values[figure.kind][figure.name] = figure.value
    return json.dumps({**values, **repeated}, indent=2, ensure_ascii=False)


def details(measured: list[Measurement], name: str) -> str:
    """The places behind a figure, for each kind of code that has it. Raises SystemExit for an unknown name."""
    found = [figure for figure in measured if figure.name == name]
    if not found:
        names_of_figures = ", ".join(sorted({figure.name for figure in measured}))
        raise SystemExit(f"no figure of this name: {name}. Known: {names_of_figures}")
    return "\n".join("\n".join((f"{figure.kind}: {figure.value}", *figure.places, "")) for figure in found)


def report_failures(failed: list[str]) -> int:
    """Prints the failures; returns the exit status."""
    print("\n".join(failed) or "no figure is worse than its limit")
    return 1 if failed else 0


def parse_options(arguments: list[str]) -> argparse.Namespace:
    """The options of the command line; at most one output."""
    parser = argparse.ArgumentParser(prog="bin/measure", description="Figures about the code, as a table.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout to measure (this one)")
    parser.add_argument("--limits", type=Path, default=LIMITS, help="the limits file (bin/lib/measure_limits.toml)")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="the figures as JSON")
    output.add_argument("--details", metavar="NAME", help="the places behind one figure")
    output.add_argument("--check", action="store_true", help="fail when a figure is worse than its limit")
    output.add_argument("--tighten", action="store_true", help="write better figures into the limits file")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Runs the command; returns the exit status."""
    options = parse_options(arguments)
    python, templates = read_sources(options.root)
    measured = all_figures(python, templates)
    repeated = names.count_definitions(python)
    current = limits.read_limits(options.limits)
    if options.check:
        return report_failures(limits.failures(measured, repeated, current))
    if options.tighten:
        limits.write_limits(options.limits, limits.tightened(measured, repeated, current))
    elif options.details:
        print(details(measured, options.details))
    else:
        print(as_json(measured, repeated) if options.json else as_table(measured))
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # end silently when piped into head, as other commands do
    raise SystemExit(main(sys.argv[1:]))
