"""The registries of the apps agree: every URL of a workflow or menu entry exists, and every help page of a view."""

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


def test_the_urls_of_every_workflow_exist():
    names = set()
    for flow in registered_flows():
        names |= {flow.page, *(step.url for step in flow.steps)}
    assert {name for name in names if name and not url_name_exists(name)} == set()


def test_the_url_of_every_menu_entry_exists():
    assert {name for name in menu.menu_entries if not url_name_exists(name)} == set()


def test_every_task_has_a_button_and_every_state_a_label():
    for flow in registered_flows():
        for step in flow.steps:
            if step.todo:
                assert step.url and (step.sources if flow.states else step.waits), step.act
        for state in flow.states.values():
            assert state.label and state.icon


def test_the_help_page_of_every_view_exists():
    named = {(address.name, address.view.help) for address in url_routes() if getattr(address.view, "help", "")}
    assert {(name, slug) for name, slug in named if slug not in help_pages()} == set()


def test_every_help_page_has_a_question():
    pages = help_pages()
    assert len(pages) > 50
    assert [slug for slug in pages if pages[slug] == slug] == []
