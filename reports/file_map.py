"""The map of all source files in docs/architecture.md: by folder, what each file is for and the main names in it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

APPS = ("emulation", "villages", "campaigns", "commendations", "reports", "portal")
OTHER_ROOTS = ("templates", "static/src/js", "static/src/scss", "bin", "benchmarks", "deploy")
NOT_SOURCE = {"tests", "migrations", "__pycache__"}
SUFFIXES = {".py", ".html", ".js", ".scss", ".sh", ".service", ".target", ".yaml", ".conf", ".toml", ".md", ""}

LINE_LENGTH = 170
MAX_NAMES = 8
SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=[A-Z`\"“])")
TEMPLATE_COMMENT = re.compile(r"\{#\s*(.*?)\s*#\}", re.DOTALL)
TEMPLATE_HEADING = re.compile(r"\{% block (question|title|heading) %\}(.*?)\{% endblock %\}", re.DOTALL)
TEMPLATE_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
TEMPLATE_NAME = re.compile(r"^[\w./-]+\.html$")
INCLUDED = re.compile(r"\{% include \"([^\"]+)\"")
CONTEXT_OF = re.compile(r":? ?\b[Cc]ontext of (?:\w+\.)*(\w+)")
CODE_COMMENT = re.compile(r"^\s*(?:#(?!!)|//|/\*+)\s*(.*?)(?:\s*\*/)?$")


@dataclass(frozen=True)
class FileMap:
    """The source files under a folder: Python without tests and migrations, templates, styles, scripts, deployment."""

    root: Path

    def markdown(self) -> str:
        """A heading for each package and each folder of `templates`, below it a line for each file, by folder."""
        lines: list[str] = []
        section = ""
        for folder, files in self._by_folder().items():
            if section != (section := self._section(folder)):
                lines += ["", f"### {section}"]
            lines += ["", f"**`{folder.as_posix()}/`**", ""]
            lines += [self._line(path) for path in files]
        return "\n".join(lines).strip()

    @cached_property
    def files(self) -> list[Path]:
        """Paths relative to the root. Empty `__init__.py` are left out."""
        found: list[Path] = []
        for top in (*APPS, *OTHER_ROOTS):
            found += sorted(path for path in (self.root / top).rglob("*") if path.is_file())
        relative = [path.relative_to(self.root) for path in found]
        return [path for path in relative if _is_source(path) and self._text(path).strip()]

    def _by_folder(self) -> dict[Path, list[Path]]:
        """Folders in the order of the roots; a package's own files come before those of its layers."""
        folders: dict[Path, list[Path]] = defaultdict(list)
        for path in self.files:
            folders[path.parent].append(path)
        tops = [Path(top) for top in (*APPS, *OTHER_ROOTS)]

        def place(folder: Path) -> tuple[int, str, str]:
            top = next(number for number, one in enumerate(tops) if folder.is_relative_to(one))
            return top, self._section(folder), folder.as_posix()

        return {folder: folders[folder] for folder in sorted(folders, key=place)}

    def _section(self, folder: Path) -> str:
        """The package of a folder: the outermost one for an app with layers, otherwise app/package."""
        if folder.parts[0] not in APPS:
            return folder.parts[0] if folder.parts[0] != "static" else "static/src"
        depth = next(
            (depth for depth in range(len(folder.parts), 1, -1) if self._is_package(Path(*folder.parts[:depth]))), 1
        )
        return Path(*folder.parts[:depth]).as_posix()

    def _is_package(self, folder: Path) -> bool:
        """Whether it is an app or a subject package, and not one layer of it."""
        return any((self.root / folder / name).exists() for name in ("apps.py", "urls.py", "models.py"))

    def _line(self, path: Path) -> str:
        about = self._about_template(path) if path.suffix == ".html" else self._about(path)
        start = f"- `{path.name}`" + (f": {about}" if about else "")
        return start + self._names_that_fit(path, start)

    def _names_that_fit(self, path: Path, start: str) -> str:
        """The public names of a module, or the views of a template, that its description does not say already."""
        if path.suffix == ".html":
            names = self._users_of_template(path)
        elif path.suffix == ".py":
            names = self._public_names(path, start)
        else:
            names = []
        fitting: list[str] = []
        for name in names[:MAX_NAMES]:
            if len(start) + len(", ".join([*fitting, name])) + 3 <= LINE_LENGTH or _is_models(path):
                fitting.append(name)
        return f" `{', '.join(fitting)}`" if fitting else ""

    def _public_names(self, path: Path, described: str) -> list[str]:
        """Classes and functions in their order; of models the classes only, without query sets."""
        names = [node.name for node in _definitions(self._tree(path))]
        if _is_models(path):
            return [name for name in names if name[0].isupper() and not name.endswith("QuerySet")]
        return [name for name in names if not _is_left_out(name, described)]

    def _about(self, path: Path) -> str:
        """The first sentence of a module's docstring, or of the comment at the top of another file."""
        if path.suffix == ".py":
            docstring = ast.get_docstring(self._tree(path)) or ""
            return _first_sentence(docstring.split("\n\n")[0])
        top = [line for line in self._text(path).splitlines()[:4] if CODE_COMMENT.match(line)]
        if not top:
            described = re.search(r"^Description=(.*)$", self._text(path), re.MULTILINE)
            return described[1] if described else ""
        return _first_sentence(CODE_COMMENT.sub(r"\1", top[0]))

    def _about_template(self, path: Path) -> str:
        """Its comment, and the heading of its page in Vietnamese; of a help page the question."""
        comment = CONTEXT_OF.sub("", self._template_comment(path))
        headings = dict(TEMPLATE_HEADING.findall(self._text(path)))
        words = headings.get("question") or headings.get("title") or headings.get("heading") or ""
        title = f"“{' '.join(TEMPLATE_TAG.sub('…', words).split())}”"
        if title.count("…") > 1 or not title.strip("“…: ”") or len(path.name + comment + title) > LINE_LENGTH:
            return comment
        return f"{comment} {title}".strip()

    def _template_comment(self, path: Path) -> str:
        comment = TEMPLATE_COMMENT.search("\n".join(self._text(path).splitlines()[:4]))
        return _first_sentence(comment[1]) if comment else ""

    def _users_of_template(self, path: Path) -> list[str]:
        """The views (or functions) that render a template, otherwise the templates that include it."""
        name = path.as_posix().split("templates/", 1)[1]
        named = CONTEXT_OF.findall(self._template_comment(path))
        return [*dict.fromkeys([*named, *self._renderers[name], *self._includers[name]])]

    @cached_property
    def _renderers(self) -> dict[str, list[str]]:
        """Template name -> the top-level classes and functions that name it."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.files:
            if path.suffix != ".py" or path.parts[0] not in APPS:
                continue
            for node in _definitions(self._tree(path)):
                for name in _template_names(node):
                    found[name].append(node.name)
        return found

    @cached_property
    def _includers(self) -> dict[str, list[str]]:
        """Template name -> the templates that include it."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.files:
            if path.suffix == ".html":
                for name in dict.fromkeys(INCLUDED.findall(self._text(path))):
                    found[name].append(path.name)
        return found

    def _text(self, path: Path) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def _tree(self, path: Path) -> ast.Module:
        return ast.parse(self._text(path))


def _is_source(path: Path) -> bool:
    """Whether a file is shown; the data of apps (TOML) is not."""
    suffixes = {".py", ".html"} if path.parts[0] in APPS else SUFFIXES
    return path.suffix in suffixes and not NOT_SOURCE & set(path.parts)


def _is_models(path: Path) -> bool:
    return "models" in {path.parent.name, path.stem}


def _definitions(module: ast.Module) -> list[ast.ClassDef | ast.FunctionDef]:
    return [node for node in module.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))]


def _first_sentence(text: str) -> str:
    return SENTENCE_END.split(" ".join(text.split()))[0]


def _is_left_out(name: str, described: str) -> bool:
    """Whether a name of a module adds nothing to its line: it is private, the one of its kind of file (a command's class), or
    every word of it is in the description (`close_period` in "close periods").
    """
    if name.startswith("_") or name in {"Command", "main"} or name.endswith("Config"):
        return True
    words: Iterable[str] = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)
    described_words = re.findall(r"[a-z]+", described.lower())
    return all(any(one.startswith(word.lower()[:6]) for one in described_words) for word in words)


def _template_names(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and TEMPLATE_NAME.match(part.value):
            yield part.value
