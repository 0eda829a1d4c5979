"""docs/workflows.md and docs/permissions.md, written from the flow tables and the views themselves."""

from collections.abc import Iterator

from emulation.acts.flow import Flow, Step, flows
from reports.queries.addresses import Address, addresses

HEAD = "Written by `manage.py write_docs` from the code; edit the code, not this file."


def workflows() -> str:
    """Each flow: its states, its steps, and a drawing of how the steps lead from state to state."""
    lines = ["# Workflows", "", HEAD, ""]
    for flow in flows():
        lines += [f"## {flow.title} (`{flow.model}`)", ""]
        if flow.states:
            lines += ["| State | Word |", "|---|---|"]
            lines += [f"| `{name}` | {state.label} |" for name, state in flow.states.items()]
            lines += ["", "```mermaid", "stateDiagram-v2", *_arrows(flow), "```", ""]
        lines += ["| Act | Label | From | To | Who | Waits in “Việc của tôi” as |", "|---|---|---|---|---|---|"]
        lines += [_step(step) for step in flow.steps]
        lines.append("")
    return "\n".join(lines)


def permissions() -> str:
    """Who may take which step, and who may open which address."""
    lines = ["# Permissions", "", HEAD, "", "## Acts", "", "| Who | Acts |", "|---|---|"]
    by_who: dict[str, list[str]] = {}
    for flow in flows():
        for step in flow.steps:
            by_who.setdefault(step.who.label, []).append(f"`{step.act}`")
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
    lines += [_address(address) for address in addresses()]
    return "\n".join([*lines, ""])


def _arrows(flow: Flow) -> Iterator[str]:
    for step in flow.steps:
        if step.to:
            for state in step.frm:
                yield f"    {state} --> {step.to}: {step.label}"


def _step(step: Step) -> str:
    start = ", ".join(f"`{state}`" for state in step.frm) or "any"
    to = f"`{step.to}`" if step.to else "unchanged"
    return f"| `{step.act}` | {step.label} | {start} | {to} | {step.who.label} | {step.todo or '–'} |"


def _address(address: Address) -> str:
    who = address.who.label if address.who else "not declared"
    return f"| `/{address.route}` | {', '.join(address.methods)} | {who} |"
