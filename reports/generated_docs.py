"""docs/workflows.md and docs/permissions.md, written from the workflow tables and the views."""

from collections.abc import Iterator

from emulation.workflow.workflow import Flow, Step, registered_flows
from reports.queries.url_routes import UrlRoute, url_routes

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
