"""Words that are not plain English, in identifiers, docstrings, comments, log messages and exceptions.

Other strings are not searched: texts for users are Vietnamese, and icon names are required.
"""

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator

from metrics.source import CODE_KINDS, Measurement, SourceFile, of_kind

# Each word with the forms that are counted for it. The form "hold" is not counted: it is also a usual term (legal hold).
IDIOM = {
    "house": "house houses",
    "room": "room rooms",
    "bell": "bell bells",
    "ground": "ground grounds",
    "holds": "holds",
    "tell": "tell tells told telling",
    "lay": "lay lays laid",
    "mend": "mend mends mended",
    "beside": "beside",
    "anew": "anew",
    "afresh": "afresh",
    "owe": "owe owes owed",
    "whoever": "whoever",
    "door": "door doors",
    "he": "he his him",
    "forgiven": "forgiven",
    "say": "says said",
    "hear": "hears heard",
    "comes of": "",  # two words, searched for below
    "lies": "lies",
    "stands": "stands",
}
WORD = re.compile(r"[^\W\d_]+")
WORD_IN_IDENTIFIER = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+")
COMES_OF = re.compile(r"\bcomes\s+of\b", re.IGNORECASE)
LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
Found = tuple[str, int]  # word of IDIOM, line


def _words_by_form() -> dict[str, str]:
    by_form: dict[str, str] = {}
    for word, forms in IDIOM.items():
        by_form.update(dict.fromkeys(forms.split(), word))
    return by_form


WORD_OF_FORM = _words_by_form()


def measure_wording(files: list[SourceFile]) -> Iterator[Measurement]:
    """The number of these words in each kind of code, also per 1,000 lines to compare trees of different sizes."""
    for kind in CODE_KINDS:
        chosen = of_kind(files, kind)
        found = _places(chosen)
        lines = sum(len(file.lines) for file in chosen)
        rate = round(1000 * len(found) / lines, 1) if lines else 0
        totals = _totals(found)
        places = tuple(f"{word:<10}{place}" for word, place in found)
        yield Measurement("idiom_words", kind, len(found), places=totals + places)
        yield Measurement("idiom_words_per_1000_lines", kind, rate, places=totals)


def idiom(file: SourceFile) -> Iterator[Found]:
    """Each of these words in the file with its line."""
    for name, line in _bound_identifiers(file).items():
        yield from ((WORD_OF_FORM[word], line) for word in _identifier_words(name) if word in WORD_OF_FORM)
    for text, line in (*_comments(file), *_docstrings(file), *_messages(file)):
        yield from _in_text(text, line)


def is_english(text: str) -> bool:
    """Whether the text has only the letters a-z; other texts are Vietnamese."""
    return all(letter.isascii() for letter in text if letter.isalpha())


def _places(files: list[SourceFile]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for file in files:
        found += [(word, file.place(line, file.lines[line - 1].strip())) for word, line in idiom(file)]
    return sorted(found)


def _totals(found: list[tuple[str, str]]) -> tuple[str, ...]:
    counts = Counter(word for word, _ in found)
    return tuple(f"{count:>5}  {word}" for word, count in counts.most_common())


def _in_text(text: str, line: int) -> Iterator[Found]:
    for offset, part in enumerate(text.split("\n")):
        forms = (word.lower() for word in WORD.findall(part))
        yield from ((WORD_OF_FORM[form], line + offset) for form in forms if form in WORD_OF_FORM)
    for match in COMES_OF.finditer(text):
        yield "comes of", line + text.count("\n", 0, match.start())


def _identifier_words(name: str) -> list[str]:
    return [word.lower() for word in WORD_IN_IDENTIFIER.findall(name)]


def _bound_identifiers(file: SourceFile) -> dict[str, int]:
    """Names that the file defines, each with its first line, and the name of the file; not names that it only uses."""
    bound = {file.path.rpartition("/")[2].removesuffix(".py"): 1} if file.lines else {}
    for node in file.nodes:
        if name := _bound_name(node):
            line = getattr(node, "lineno", 1)
            bound[name] = min(bound.get(name, line), line)
    return bound


def _bound_name(node: ast.AST) -> str | None:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
            return name
        case ast.arg(arg=name) | ast.alias(asname=str(name)):
            return name
    return None


def _comments(file: SourceFile) -> Iterator[tuple[str, int]]:
    for token in tokenize.generate_tokens(io.StringIO(file.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string, token.start[0]


def _docstrings(file: SourceFile) -> Iterator[tuple[str, int]]:
    for node in file.nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text is not None:
                yield text, getattr(node.body[0], "lineno", 1)


def _messages(file: SourceFile) -> Iterator[tuple[str, int]]:
    for node in file.nodes:
        raised = node.exc if isinstance(node, ast.Raise) else None
        source = raised or (node if isinstance(node, ast.Call) and _is_log_call(node) else None)
        if isinstance(source, ast.Call):
            text = " ".join(_strings(source))
            if is_english(text):
                yield " ".join(text.split()), source.lineno


def _is_log_call(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=method):
            return method in LOG_METHODS and owner.lower().strip("_") in {"log", "logger", "logging"}
    return False


def _strings(call: ast.Call) -> Iterator[str]:
    for node in ast.walk(call):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
