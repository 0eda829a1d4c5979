"""Pages of docs/ written from the code: the workflow tables, the permissions, the map of all files."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from emulation.core.formatting import upper_first
from emulation.core.registry import registries
from emulation.workflow.workflow import Flow, Step, acts, registered_flows
from reports.file_map import FileMap
from reports.queries.url_routes import UrlRoute, url_routes

GENERATED_PART = re.compile(r"(<!-- the map[^>]*-->\n).*?(<!-- end -->)", re.DOTALL)
GENERATED_NOTE = "Written by `manage.py write_docs` from the code; edit the code, not this file."


def workflows_markdown() -> str:
    """Each workflow: its states, its steps, and a state diagram in Mermaid."""
    lines = ["# Workflows", "", GENERATED_NOTE, ""]
    for flow in registered_flows():
        lines += [f"## {flow.title} (`{flow.model}`)", ""]
        if flow.states:
            lines += ["| State | Word |", "|---|---|"]
            lines += [f"| `{name}` | {state.label} |" for name, state in flow.states.items()]
            lines += ["", "```mermaid", "stateDiagram-v2", *_arrows(flow), "```", ""]
        lines += ["| Act | Label | From | To | Who | Waits in “Việc của tôi” as |", "|---|---|---|---|---|---|"]
        lines += [_step(step) for step in flow.steps]
        lines.append("")
    return "\n".join(lines)


def permissions_markdown() -> str:
    """Who may take which step, and who may open which URL."""
    lines = ["# Permissions", "", GENERATED_NOTE, "", "## Acts", "", "| Who | Acts |", "|---|---|"]
    by_who: dict[str, list[str]] = {}
    for flow in registered_flows():
        for step in flow.steps:
            by_who.setdefault(step.permission.label, []).append(f"`{step.act}`")
    lines += [f"| {label} | {', '.join(sorted(names))} |" for label, names in sorted(by_who.items())]
    lines += [
        "",
        "Before these the user types the own password again, unless they did within PASSWORD_AGAIN_MINUTES:",
        "",
    ]
    lines += [f"- `{act}` ({step.label})" for act, (_, step) in sorted(acts.items()) if step.asks_password]
    lines += [
        "",
        "## Addresses",
        "",
        "An object behind an address is found only among the rows that the person may see (`visible_to`): a stranger gets 404.",
        "",
        "| Address | Methods | Who |",
        "|---|---|---|",
    ]
    lines += [_address(address) for address in url_routes()]
    return "\n".join([*lines, ""])


def registries_markdown() -> str:
    """Every registry with its keys, and where each entry is."""
    lines = [
        "# Registries",
        "",
        GENERATED_NOTE,
        "",
        "All are a `Registry` (`emulation/core/registry.py`), filled when Django starts. Where a search for a definition ends",
        "at a string, it goes on here: the key, and the function behind it or the module that registers it.",
        "",
    ]
    for registry in sorted(registries, key=lambda one: one.name):
        lines += [f"## {registry.name}", "", f"`{registry.module}`. {upper_first(registry.meaning)}.", ""]
        lines += ["| Key | Where |", "|---|---|"]
        places = [(key, registry.registered_in[key]) for key in sorted(registry)]
        lines += [f"| `{key}` | `{place}` |" for key, place in places if "tests" not in place.split(".")]
        lines.append("")
    return "\n".join(lines)


def architecture_markdown() -> str:
    """docs/architecture.md with its map of all files as their docstrings and comments describe them."""
    root = Path(settings.BASE_DIR)
    page = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    return GENERATED_PART.sub(lambda part: part[1] + FileMap(root).markdown() + "\n" + part[2], page)


def _arrows(flow: Flow) -> Iterator[str]:
    for step in flow.steps:
        if step.target:
            for state in step.sources:
                yield f"    {state} --> {step.target}: {step.label}"


def _step(step: Step) -> str:
    start = ", ".join(f"`{state}`" for state in step.sources) or "any"
    to = f"`{step.target}`" if step.target else "unchanged"
    return f"| `{step.act}` | {step.label} | {start} | {to} | {step.permission.label} | {step.todo or '–'} |"


def _address(address: UrlRoute) -> str:
    who = address.permission.label if address.permission else "not declared"
    return f"| `/{address.route}` | {', '.join(address.methods)} | {who} |"
