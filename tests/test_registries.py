"""The registries of the apps fit together: every URL named in a workflow or the menu exists, every help page too."""

import pytest
from django.urls import NoReverseMatch, reverse

from emulation.workflow import menu
from emulation.workflow.workflow import registered_flows
from reports.queries.help_pages import help_pages
from reports.queries.url_routes import url_routes


def url_name_exists(name: str) -> bool:
    for arguments in ([], [1]):
        try:
            reverse(name, args=arguments)
        except NoReverseMatch:
            continue
        return True
    return False


def test_every_step_and_page_of_a_flow_has_an_address():
    missing = {
        step.url for flow in registered_flows() for step in flow.steps if step.url and not url_name_exists(step.url)
    }
    missing |= {flow.page for flow in registered_flows() if flow.page and not url_name_exists(flow.page)}
    assert missing == set()


def test_every_entry_of_the_menu_has_an_address():
    assert {name for name in menu._entries if not url_name_exists(name)} == set()


def test_every_step_that_waits_has_a_button_and_every_state_a_word():
    for flow in registered_flows():
        for step in flow.steps:
            if step.todo:
                assert step.url and step.sources and flow.states, step.act
        for state in flow.states.values():
            assert state.label and state.icon


def test_every_page_that_offers_help_has_it():
    named = {(address.name, address.view.help) for address in url_routes() if getattr(address.view, "help", "")}
    assert {(name, slug) for name, slug in named if slug not in help_pages()} == set()


@pytest.mark.parametrize("slug", sorted(help_pages()))
def test_no_help_page_is_left_without_its_question(slug):
    assert help_pages()[slug] != slug
