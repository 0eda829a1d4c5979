"""Runs one of the drills: python bin/lib/drill.py NAME [OPTION…] | --list."""

import importlib
import os
import pkgutil
import sys
import time

import drills
from paths import ROOT


def drill_names() -> list[str]:
    """The names of all drills, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(drills.__path__) if not module.name.startswith("_"))


def drill_title(name: str) -> str:
    """The first line of the drill's docstring."""
    return (importlib.import_module(f"drills.{name}").__doc__ or "").splitlines()[0]


def main(words: list[str]) -> int:
    if words == ["--list"]:
        print("\n".join(f"{name:<12}{drill_title(name)}" for name in drill_names()))
        return 0
    if not words or words[0] not in drill_names():
        print(f"usage: bin/drill NAME [OPTION…] | --list\nNAME is one of {', '.join(drill_names())}", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    begun = time.monotonic()
    code: int = importlib.import_module(f"drills.{words[0]}").main(words[1:])
    minutes, seconds = divmod(int(time.monotonic() - begun), 60)
    print(f"\n{words[0]}: {'all is well' if code == 0 else 'FAILED'}, in {minutes} min {seconds} s", flush=True)
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
