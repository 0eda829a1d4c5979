"""Templates: the length of their lines and the number of their conditions."""

import re
from collections.abc import Iterator

from metrics.source import Measurement, SourceFile, percentage

CONDITION = re.compile(r"\{%-?\s*(?:if|elif)\s(.*?)%\}", re.DOTALL)
# == "x", != "x", in "x y"; and "x" == y, unless the literal is the argument of a filter (|default:"x")
TEXT_COMPARISON = re.compile(
    r"""(?:[=!]=|\bin)\s*["']|(?<![:\w])(?P<quote>["'])[^"']*(?P=quote)\s*(?:[=!]=|in\b|not in\b)"""
)


def measure_templates(templates: list[SourceFile]) -> Iterator[Measurement]:
    """Figures of all templates together."""
    lines: list[tuple[int, str]] = []
    for file in templates:
        lines += [(len(line), file.place(number)) for number, line in enumerate(file.lines, 1)]
    lines.sort(key=lambda entry: (-entry[0], entry[1]))
    places = tuple(f"{length:>5}  {place}" for length, place in lines)
    yield Measurement("lines", "templates", len(lines), "neither")
    yield Measurement("files", "templates", len(templates), "neither")
    yield Measurement("longest_line", "templates", lines[0][0] if lines else 0, places=places[:20])
    for limit in (120, 140):
        over = sum(length > limit for length, _ in lines)
        name = f"lines_over_{limit}_percent"
        yield Measurement(name, "templates", percentage(over, len(lines)) if lines else 0, places=places[:over])
    yield from _conditions(templates, len(lines))


def _conditions(templates: list[SourceFile], lines: int) -> Iterator[Measurement]:
    conditions: list[str] = []
    comparisons: list[str] = []
    for file in templates:
        for match in CONDITION.finditer(file.text):
            place = file.place(file.text.count("\n", 0, match.start()) + 1, " ".join(match.group().split()))
            conditions.append(place)
            comparisons += [place] * len(TEXT_COMPARISON.findall(match.group(1)))
    rate = round(100 * len(conditions) / lines, 1) if lines else 0
    yield Measurement("conditions_per_100_lines", "templates", rate, places=tuple(conditions))
    yield Measurement("comparisons_with_text", "templates", len(comparisons), places=tuple(comparisons))
