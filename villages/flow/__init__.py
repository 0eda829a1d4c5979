"""What can be done in this room, and its entries in the menu."""

from emulation.acts import menu, who
from emulation.acts.flow import register
from villages.flow import evidence, people


def declare() -> None:
    """Registers the flows and the menu of this room."""
    for flow in (people.UNIT, people.PERSON, people.ABSENCE, people.CHARGES, *evidence.FLOWS):
        register(flow)
    menu.add(
        menu.Entry("Đơn vị và người", "villages:units", "people", who.staff | who.unit_head, "Xã", 10),
        menu.Entry("Hội đồng TĐKT", "villages:councils", "person-badge", who.council, "Xã", 20),
    )
