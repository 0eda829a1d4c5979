"""The tables that rooms register fit together: every address named in a flow or the menu exists, every help page is there."""

import pytest
from django.urls import NoReverseMatch, reverse

from emulation.acts import menu
from emulation.acts.flow import flows
from reports.queries.addresses import addresses
from reports.queries.help import pages


def exists(name: str) -> bool:
    for arguments in ([], [1]):
        try:
            reverse(name, args=arguments)
        except NoReverseMatch:
            continue
        return True
    return False


def test_every_step_and_page_of_a_flow_has_an_address():
    missing = {step.url for flow in flows() for step in flow.steps if step.url and not exists(step.url)}
    missing |= {flow.page for flow in flows() if flow.page and not exists(flow.page)}
    assert missing == set()


def test_every_entry_of_the_menu_has_an_address():
    assert {name for name in menu._entries if not exists(name)} == set()


def test_every_step_that_waits_has_a_button_and_every_state_a_word():
    for flow in flows():
        for step in flow.steps:
            if step.todo:
                assert step.url and step.frm and flow.states, step.act
        for state in flow.states.values():
            assert state.label and state.icon


def test_every_page_that_offers_help_has_it():
    named = {(address.name, address.view.help) for address in addresses() if getattr(address.view, "help", "")}
    assert {(name, slug) for name, slug in named if slug not in pages()} == set()


@pytest.mark.parametrize("slug", sorted(pages()))
def test_no_help_page_is_left_without_its_question(slug):
    assert pages()[slug] != slug
