"""Builds static/built from static/src and node_modules: style sheets, fonts, icons, scripts, images.

    static/src/scss/NAME.scss   -> css/NAME.css          (names with _ are partials; node_modules is on the path)
    static/src/js, static/src/img are copied             -> js/, img/
    htmx.org                    -> js/htmx.min.js
    @fontsource/source-sans-3   -> fonts/source-sans-3-WEIGHT.woff2, one file per weight: Latin and Vietnamese
    bootstrap-icons             -> icons.svg, a sprite of the commonest icons; icons/NAME.svg, each other icon that the project uses

Does nothing if no input changed:  python bin/lib/assets.py [--force]
"""

import hashlib
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from paths import ROOT

SOURCE = ROOT / "static" / "src"
BUILT = ROOT / "static" / "built"
MODULES = ROOT / "node_modules"
BUILD_DIR = ROOT / "static" / f".built-{os.getpid()}"  # renamed to BUILT when complete
STAMP = BUILT / ".stamp"

WEIGHTS = (400, 600)
# ASCII, the symbols that Vietnamese documents use, and every Vietnamese letter.
CHARACTERS = (
    set(range(0x20, 0x7F))
    | set(range(0x1EA0, 0x1EFA))
    | {ord(c) for c in " §«»°±²³·×÷–—‘’“”„•…‰′″₫€ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư"}
    | {0xA0, 0x202F, 0x300, 0x301, 0x303, 0x309, 0x323}
)
APPS = ("emulation", "villages", "campaigns", "commendations", "reports", "portal", "templates")
QUOTED = re.compile(r"""["']([a-z0-9][a-z0-9-]*)["']""")


def icon_source_files() -> Iterator[Path]:
    """The files that may contain icon names."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            if path.suffix in {".html", ".py", ".svg"} and not {"tests", "migrations"} & set(path.parts):
                yield path


def inputs_fingerprint() -> str:
    """A hash of everything that changes the build: source files, package versions, the icons in use."""
    digest = hashlib.sha256()
    for path in [Path(__file__), ROOT / "package-lock.json", *sorted(SOURCE.rglob("*"))]:
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    digest.update(" ".join([*icon_names(), *sorted(sprite_icons())]).encode())
    return digest.hexdigest()


def icon_names() -> list[str]:
    """The icons in use: quoted words in the sources that are names of icons, sorted."""
    available = {path.stem for path in (MODULES / "bootstrap-icons" / "icons").glob("*.svg")}
    quoted: set[str] = set()
    for path in icon_source_files():
        quoted.update(QUOTED.findall(path.read_text(encoding="utf-8")))
    return sorted(available & quoted)


def write_asset(name: str, data: bytes) -> None:
    target = BUILD_DIR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def build_styles() -> None:
    import sass

    for path in sorted((SOURCE / "scss").glob("[!_]*.scss")):
        css = sass.compile(filename=str(path), include_paths=[str(MODULES)], output_style="compressed")
        write_asset(f"css/{path.stem}.css", css.encode())


def build_fonts() -> None:
    """One WOFF2 file per weight: the package's Latin and Vietnamese parts, reduced to CHARACTERS and merged."""
    from fontTools import merge, subset
    from fontTools.ttLib import TTFont

    folder = MODULES / "@fontsource" / "source-sans-3" / "files"
    options = subset.Options(
        layout_features=["ccmp", "kern", "liga", "locl", "mark", "mkmk"], hinting=False, notdef_outline=True
    )
    for weight in WEIGHTS:
        parts = []
        remaining = set(CHARACTERS)
        for part in ("latin", "vietnamese"):
            font = TTFont(folder / f"source-sans-3-{part}-{weight}-normal.woff2")
            font.flavor = None
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=remaining & set(font.getBestCmap()))
            subsetter.subset(font)
            remaining -= set(font.getBestCmap())
            buffer = BytesIO()
            font.save(buffer)
            buffer.seek(0)
            parts.append(buffer)
        merged = merge.Merger().merge(parts)
        missing = CHARACTERS & {*range(0x7F), *range(0x1EA0, 0x1EFA)} - set(merged.getBestCmap())
        if missing:
            raise SystemExit(f"source-sans-3 {weight} has no {''.join(map(chr, sorted(missing)))}")
        merged.flavor = "woff2"
        # A fixed time, so that every build gives the same bytes.
        merged.recalcTimestamp = False
        merged["head"].modified = merged["head"].created = 3_000_000_000  # seconds since 1904
        buffer = BytesIO()
        merged.save(buffer)
        write_asset(f"fonts/source-sans-3-{weight}.woff2", buffer.getvalue())


def sprite_icons() -> frozenset[str]:
    """The icons of the sprite; the module is loaded by its path, because Django is not set up here."""
    spec = importlib.util.spec_from_file_location("icon_sprites", ROOT / "emulation" / "core" / "icon_sprites.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return frozenset(module.SPRITE_ICONS)


def build_icons() -> None:
    names = icon_names()
    common = sprite_icons()
    write_sprite("icons.svg", [name for name in names if name in common])
    for name in names:
        if name not in common:
            write_sprite(f"icons/{name}.svg", [name])


def write_sprite(file: str, names: list[str]) -> None:
    symbols = []
    for name in names:
        svg = (MODULES / "bootstrap-icons" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        shapes = re.sub(r"\s*\n\s*", "", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{shapes}</symbol>')
    write_asset(file, f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'.encode())


def copy_sources() -> None:
    for folder in ("js", "img"):
        for path in sorted((SOURCE / folder).rglob("*")):
            if path.is_file():
                write_asset(str(Path(folder) / path.relative_to(SOURCE / folder)), path.read_bytes())
    write_asset("js/htmx.min.js", (MODULES / "htmx.org" / "dist" / "htmx.min.js").read_bytes())


def build_assets(force: bool = False) -> bool:
    """Builds if an input changed; returns whether it did."""
    fingerprint = inputs_fingerprint()
    if not force and STAMP.exists() and STAMP.read_text() == fingerprint:
        return False
    try:
        for step in (build_styles, build_fonts, build_icons, copy_sources):
            step()
        write_asset(".stamp", fingerprint.encode())
        shutil.rmtree(BUILT, ignore_errors=True)
        BUILD_DIR.rename(BUILT)
    finally:
        shutil.rmtree(BUILD_DIR, ignore_errors=True)
    return True


if __name__ == "__main__":
    build_assets(force="--force" in sys.argv)
