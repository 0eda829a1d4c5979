"""The one kind of registry: what apps register by key when Django starts (`AppConfig.ready()`).

`docs/registries.md` lists all registries with their keys and where each entry is registered; `manage.py write_docs`
writes it.
"""

import sys
from collections.abc import Callable, ItemsView, Iterator, ValuesView
from typing import Any, Generic, TypeVar

T = TypeVar("T")
FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
registries: list["Registry[Any]"] = []
"""All registries, in the order in which their modules are imported."""


class Registry(Generic[T]):
    """Entries by key, in the order of their registration; `name` and `meaning` are for docs and error messages."""

    def __init__(self, name: str, meaning: str) -> None:
        self.name = name
        self.meaning = meaning
        self.module = str(sys._getframe(1).f_globals["__name__"])
        self._entries: dict[str, T] = {}
        self.registered_in: dict[str, str] = {}
        registries.append(self)

    def add(self, key: str, entry: T) -> T:
        """Registers an entry. Raises ValueError if the key has another one already."""
        if key in self._entries and self._entries[key] != entry:
            raise ValueError(f"{self.name}: {key!r} is registered twice, the second time in {self._place(entry)}")
        self._entries[key] = entry
        self.registered_in[key] = self._place(entry)
        return entry

    def register(self, key: str) -> Callable[[FunctionT], FunctionT]:
        """Decorator: registers a function under this key."""

        def add(function: FunctionT) -> FunctionT:
            self.add(key, function)  # type: ignore[arg-type]
            return function

        return add

    def get(self, key: str) -> T | None:
        return self._entries.get(key)

    def __getitem__(self, key: str) -> T:
        """The entry. Raises LookupError for a key that is not registered."""
        if key not in self._entries:
            raise LookupError(f"{self.name}: {key!r} is not registered")
        return self._entries[key]

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def items(self) -> ItemsView[str, T]:
        return self._entries.items()

    def values(self) -> ValuesView[T]:
        return self._entries.values()

    def _place(self, entry: Any) -> str:
        """Where an entry is: its own `defined_in`, the module and name of its function, or the module that registers it."""
        for part in entry if isinstance(entry, tuple) else (entry,):
            if defined_in := getattr(part, "defined_in", ""):
                return str(defined_in)
            if callable(part) and hasattr(part, "__qualname__"):
                return f"{part.__module__}.{part.__qualname__}"
        return calling_module(__name__, self.module)


def calling_module(*inner: str) -> str:
    """The name of the module from which these modules were called."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals["__name__"] in inner:
        frame = frame.f_back
    return str(frame.f_globals["__name__"])
