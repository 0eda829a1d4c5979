"""Pages of docs/ written from the code: the workflow tables, the permissions, the list of files of rules and queries."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings

from emulation.workflow.workflow import Flow, Step, registered_flows
from reports.queries.url_routes import UrlRoute, url_routes

GENERATED_PART = re.compile(r"(<!-- rules and queries[^>]*-->\n).*?(<!-- end -->)", re.DOTALL)
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
    lines += [f"| {label} | {', '.join(sorted(acts))} |" for label, acts in sorted(by_who.items())]
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


def architecture_markdown() -> str:
    """docs/architecture.md with its list of the files of rules and queries as their docstrings describe them."""
    page = (Path(settings.BASE_DIR) / "docs" / "architecture.md").read_text(encoding="utf-8")
    lines = [f"- `{path}`: {_module_summary(path)}" for path in _rule_and_query_files()]
    return GENERATED_PART.sub(lambda part: part[1] + "\n".join(lines) + "\n" + part[2], page)


def _rule_and_query_files() -> list[Path]:
    """Paths relative to the project, of modules that say something."""
    root = Path(settings.BASE_DIR)
    apps = ("emulation", "villages", "campaigns", "commendations", "reports", "portal")
    found = chain.from_iterable(sorted((root / app).rglob("*.py")) for app in apps)
    layers = {"rules", "queries", "rules.py", "queries.py"}
    return [path.relative_to(root) for path in found if layers & set(path.parts) and path.name != "__init__.py"]


def _module_summary(path: Path) -> str:
    """The first paragraph of a module's docstring, on one line."""
    docstring = ast.get_docstring(ast.parse((Path(settings.BASE_DIR) / path).read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split()).removesuffix(" Pure.")


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
