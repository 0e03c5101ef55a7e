"""Plain words: names and docstrings that somebody in the field would have written.

A word of `WORDS` is none that a newcomer would guess; beside it stands what to write instead.
"""

import ast
import re
from pathlib import Path

import pytest

import rfmkit

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("rfmkit", "rfmgrade", "authoring", "tools")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in SOURCES
}

# Parts of names (of functions, classes, arguments, variables and modules), and the better word.
WORDS = {
    "asked": "question, command, chosen",
    "bare": "plain, normalised, unbracketed",
    "closes": "capture point",
    "complained": "invalid",
    "desk": "grader",
    "dress": "style",
    "few": "join_names, sample",
    "hears": "wait for",
    "homes": "folders, answer spans",
    "mend": "repair, fix",
    "mended": "repaired",
    "mine": "own, left, one",
    "mood": "satisfaction",
    "moods": "satisfaction",
    "places": "positions, decimals, tier_numbers",
    "room": "sandbox, width, margin",
    "roomlib": "runtime",
    "said": "message, output",
    "say": "print, format",
    "says": "description, message",
    "settled": "complete, decided",
    "shelf": "cache",
    "shown": "displayed, printed; or what is shown: rows, names",
    "speak": "translate, format",
    "spoil": "change",
    "spoken": "language, notes",
    "steer": "adjust",
    "takes": "parse, accepts",
    "taking": "parsing",
    "tell": "return, print, include",
    "told": "text, message, feedback",
    "traps": "cases",
    "twin": "copy, translation",
    "workshop": "context",
    "yours": "other, right",
}
NAMES = {
    "Complaint": "InvalidAnswer",
    "Form": "AnswerType",
}
MAXIMUM = re.compile(r"_?MOST(_|$)")  # MAX_ROWS, as everybody writes it
BEGINNINGS = {
    "Give": "Return",
    "Go": "Move",
    "Have": "Handle",
    "Hear": "Receive",
    "Hold": "Keep, Apply",
    "Know": "Find, Return",
    "Let": "Run, Try, Allow",
    "Part": "Split",
    "Put": "Write, Insert, Move, Convert",
    "Say": "Return, Describe, Check",
    "See": "Check",
    "Spare": "Avoid, Pause",
    "Speak": "Translate",
    "Stand": "Replace",
    "Stop": "Raise",
    "Take": "Parse, Select, Read",
    "Tell": "Return, Compute, Describe",
}
# A comment or docstring once cited its source by the number of a file that no user has.
BARE_KEY = re.compile(r"(?:\bSources?:|\bsee|\bin|\bas|\bof) 00[0-4]\b")


def named(tree: ast.AST):
    """List the names that a module gives, each with its line."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname, node.lineno


def bad_names(tree: ast.AST) -> list[str]:
    found = []
    for name, line in named(tree):
        for word in name.lower().split("_"):
            if word in WORDS:
                found.append(f"line {line}, {name}: rather {WORDS[word]}")
        if name in NAMES:
            found.append(f"line {line}, {name}: rather {NAMES[name]}")
        if MAXIMUM.match(name):
            found.append(f"line {line}, {name}: rather MAX…")
    return found


def documented(tree: ast.AST):
    """List what has a docstring: the module, its classes, functions and methods."""
    for node in ast.walk(tree):
        kinds = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        if isinstance(node, kinds) and (text := ast.get_docstring(node)):
            yield node, text


def bad_beginnings(tree: ast.AST) -> list[str]:
    found = []
    for _, text in documented(tree):
        word = text.split()[0].strip(",:")
        if word in BEGINNINGS and not text.startswith(("Look up", "Put together")):
            found.append(f"{text.splitlines()[0]!r}: rather {BEGINNINGS[word]}")
    return found


def public_names() -> set[str]:
    """List the names in a package's __all__, and those that a lesson or another package imports."""
    public = set(rfmkit.__all__)
    lessons = (ROOT / "source").rglob("*.py")
    trees = TREES | {f"source/{path.name}": ast.parse(path.read_text("utf-8")) for path in lessons}
    for name, tree in trees.items():
        folder = name.rpartition("/")[0]
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
                public |= {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
            elif isinstance(node, ast.ImportFrom) and node.module:
                module = node.module.replace(".", "/")
                package = module if f"{module}/__init__.py" in TREES else module.rpartition("/")[0]
                if package != folder:
                    public |= {alias.name for alias in node.names}
    return public


PUBLIC = public_names()


def parameters_in_private(tree: ast.AST) -> list[str]:
    """List the functions that document parameters though nobody outside calls them."""
    return [
        f"line {node.lineno}, {node.name}"
        for node, text in documented(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and re.search(r"^Parameters\n-+$", text, re.MULTILINE)
        and node.name not in PUBLIC
    ]


@pytest.mark.parametrize("module", TREES)
def test_names_are_those_of_the_field(module):
    assert not bad_names(TREES[module])
    assert not {part for part in module.removesuffix(".py").split("/")} & {"forms", "room", *WORDS}


@pytest.mark.parametrize("module", TREES)
def test_a_docstring_begins_with_what_is_done(module):
    assert not bad_beginnings(TREES[module])


@pytest.mark.parametrize("module", TREES)
def test_a_private_function_documents_no_parameters(module):
    assert not parameters_in_private(TREES[module])


def test_the_rules_find_what_they_are_for():
    tree = ast.parse(
        '"""Tell a thing."""\nMOST_ROWS = 3\nclass Form:\n    """A form."""\n'
        'def _f(told):\n    """Say it.\n\n    Parameters\n    ----------\n    told\n    """\n'
    )
    assert len(bad_names(tree)) == 3
    assert len(bad_beginnings(tree)) == 2
    assert parameters_in_private(tree) == ["line 5, _f"]


# --- sources ----------------------------------------------------------------------------------


def short_names() -> list[str]:
    rows = (ROOT / "rfmkit/SOURCES.md").read_text(encoding="utf-8").splitlines()
    table = [row.split("|")[1].strip() for row in rows if row.startswith("|")][2:]
    return [name for cell in table for name in cell.removeprefix("(K), ").split(", ")]


def test_the_page_of_sources_is_in_the_package():
    assert {"textbook", "the kit's own", "Q&A on tier criteria"} <= set(short_names())


@pytest.mark.parametrize("module", [name for name in TREES if name.startswith("rfmkit/")])
def test_a_source_is_one_that_a_reader_can_find(module):
    known = "|".join(map(re.escape, [*short_names(), "common practice"]))
    # A short name, with or without an article; or authors and a year.
    allowed = re.compile(rf"(?:the )?(?:{known})\b|[A-Z][a-z]+\b.{{0,160}}?\b(?:19|20)\d\d\b")
    for _, text in documented(TREES[module]):
        for found in re.finditer(r"\bSource:\s+", text):
            source = " ".join(text[found.end() : found.end() + 240].split())
            assert allowed.match(source), source


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_source_is_cited_by_the_number_of_a_file(path):
    assert not BARE_KEY.search(path.read_text(encoding="utf-8"))


# Pages that somebody wrote; the others are made from `source/` and say what stands there.
MADE = ("contents", "gallery", "glossary", "mistakes", "objectives")
PAGES = sorted(
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "rfmkit")
    for path in folder.glob("*.md")
    if path.name.partition(".")[0] not in MADE
)
# A number of three figures by itself: not in C004, 5,000, 0.004, slc:001 or 09-048.
KEY = re.compile(r"(?<![A-Za-z0-9_#:-])(?<!\d[.,])00[0-4](?![A-Za-z0-9_%-]|[.,]\d)")


def test_a_number_that_cites_a_file_is_found():
    assert KEY.findall("000, table 5-1; 002、003，又說001的名稱") == ["000", "002", "003", "001"]
    assert not KEY.search("C004, 1,000 or 5.000; `slc:001`; 09-002; 0.004, 1001 and 001%")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_cites_a_source_by_the_number_of_a_file(path):
    assert not KEY.search(path.read_text(encoding="utf-8"))
