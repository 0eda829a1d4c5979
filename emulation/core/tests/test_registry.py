"""The registry: one entry a key, where it is registered, a clear error for a missing key."""

import pytest

from emulation.core.append_only import guarded_models
from emulation.core.registry import Registry, registries


@pytest.fixture
def registry():
    made = Registry("Thử", "key: a number")
    yield made
    registries.remove(made)


def test_entries_keep_their_order_and_are_found_by_key(registry):
    registry.add("b", 2)
    registry.add("a", 1)
    assert list(registry) == ["b", "a"]
    assert (registry["a"], registry.get("c"), "b" in registry) == (1, None, True)


def test_a_missing_key_is_named(registry):
    with pytest.raises(LookupError, match="Thử: 'x' is not registered"):
        registry["x"]


def test_a_key_has_one_entry(registry):
    registry.add("a", 1)
    registry.add("a", 1)
    with pytest.raises(ValueError, match="'a' is registered twice"):
        registry.add("a", 2)
    assert registry["a"] == 1


def test_the_place_of_an_entry_is_its_function_or_the_module_that_registers_it(registry):
    @registry.register("function")
    def handler():
        pass

    registry.add("pair", ("label", handler))
    assert registry.registered_in["function"].endswith("handler")
    assert registry.registered_in["pair"] == registry.registered_in["function"]
    assert guarded_models.registered_in["documents.IssuedDocument"] == "emulation.documents.apps"
