"""Hold the rules of a notebook's source: what a cell may be, and why one is refused."""

import ast
import io
import re
import tokenize
from dataclasses import dataclass

from IPython.core.inputtransformer2 import TransformerManager

EDITIONS = ("zh-TW", "en")
BEGIN, END, STUB = "### BEGIN SOLUTION", "### END SOLUTION", "### STUB"
LANGUAGE_LINE = 'rk.use_language("zh-TW")'
# A key that is not known is refused: a misspelt `solution_only` would give the answer away.
KNOWN_KEYS = {"lang", "name", "question", "solution_only", "tags", "slide", "slideshow"}
_marker = re.compile(r"\s*#+\s*(?:(?:begin|end)\s+solution|stub\b)", re.IGNORECASE)
_chinese = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


class BuildError(ValueError):
    """A notebook that must not ship; the message says which cell, why, and how to mend it."""


@dataclass(frozen=True)
class SourceCell:
    """One cell of a source file: its number counts every cell of the file, both languages."""

    number: int
    kind: str
    text: str
    meta: dict
    file: str

    def refuse(self, problem: str, mend: str) -> BuildError:
        """Make the error that names this cell."""
        words = " ".join(self.text.split())[:40]
        return BuildError(f'{self.file}, cell {self.number} ("{words}"): {problem}\n  Mend: {mend}')


def split_solution(cell: SourceCell) -> tuple[str, str, list[str]]:
    """Split a code cell into its solved text, its blank text, and the lines the blank hides."""
    solved, blank, hidden = [], [], []
    stub: list[str] | None = None
    for line in cell.text.splitlines():
        indent, mark = line[: len(line) - len(line.lstrip())], line.strip()
        if mark == BEGIN:
            if stub is not None:
                raise cell.refuse(
                    "a solution region begins inside another.", f"close the first with {END}."
                )
            stub, before, default = [], len(hidden), f"{indent}...  # your code here"
        elif mark == END:
            if stub is None:
                raise cell.refuse(f"a stray {END}.", f"put {BEGIN} before the solution.")
            if not any(text.strip() for text in hidden[before:]):
                raise cell.refuse(
                    "an empty solution region.", "write the solution between the markers."
                )
            blank += stub or [default]
            shown = {text.strip() for text in stub}  # a fault to mend stands among right lines
            hidden[before:] = [text for text in hidden[before:] if text.strip() not in shown]
            stub = None
        elif mark == STUB or mark.startswith(STUB + " "):
            if stub is None:
                raise cell.refuse(
                    f"a {STUB} outside a solution region.", f"move it between {BEGIN} and {END}."
                )
            text = mark.removeprefix(STUB)[1:]
            comment = "  # your code" if text.endswith("= ...") else ""
            stub.append((indent + text + comment).rstrip())
        elif _marker.match(line):
            raise cell.refuse(
                f"{mark!r} is not a marker the builder knows.",
                f"write exactly {BEGIN}, {END} or {STUB} some_name = ...",
            )
        else:
            solved.append(line)
            (blank if stub is None else hidden).append(line)
    if stub is not None:
        raise cell.refuse("a solution region is not closed.", f"end it with {END}.")
    return "\n".join(solved), "\n".join(blank), hidden


def check_metadata(cell: SourceCell, *, exercise: bool) -> None:
    """Refuse a cell of another kind, or with metadata that the builder does not know."""
    if cell.kind not in ("markdown", "code"):
        raise cell.refuse(f"a {cell.kind} cell.", "use Markdown or code; drop any '# ---' header.")
    if unknown := sorted(set(cell.meta) - KNOWN_KEYS):
        raise cell.refuse(f"unknown metadata {unknown}.", f"known are {sorted(KNOWN_KEYS)}.")
    if cell.meta.get("solution_only", False) not in (True, False):
        raise cell.refuse("solution_only is neither true nor false.", "write solution_only=true.")
    if "solution_only" in cell.meta and not exercise:
        raise cell.refuse("a lesson has no solution_only cell.", "move it to source/exercises.")
    if cell.kind == "code" and "lang" in cell.meta:
        raise cell.refuse("code with a language.", "drop lang: both editions share their code.")
    if cell.kind == "markdown" and cell.meta.get("lang") not in EDITIONS:
        raise cell.refuse(
            'prose without lang="zh-TW" or lang="en".',
            'mark it: # %% [markdown] lang="zh-TW", and give its twin.',
        )


def check_pairs(cells: list[SourceCell]) -> None:
    """Refuse prose that does not come in twins, zh-TW then en, with nothing between the two."""
    waiting = None
    for cell in cells:
        lang = cell.meta.get("lang")
        if waiting is None:
            if lang == "en":
                raise cell.refuse(
                    "English prose without its zh-TW twin before it.",
                    'put the # %% [markdown] lang="zh-TW" cell right before it.',
                )
            waiting = cell if lang == "zh-TW" else None
            continue
        if lang != "en":
            raise waiting.refuse(
                "zh-TW prose without its English twin after it.",
                'put the # %% [markdown] lang="en" cell right after it.',
            )
        if {**waiting.meta, "lang": "en"} != cell.meta:
            raise cell.refuse(
                f"its metadata differ from its zh-TW twin's: {waiting.meta}.",
                "give both twins the same metadata but for lang.",
            )
        waiting = None
    if waiting is not None:
        raise waiting.refuse(
            "zh-TW prose without its English twin after it.",
            'put the # %% [markdown] lang="en" cell right after it.',
        )


def check_code(cell: SourceCell, text: str) -> None:
    """Refuse code that does not parse, or with a comment that one edition's reader cannot read."""
    python = TransformerManager().transform_cell(text)
    try:
        compile(python, cell.file, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        raise cell.refuse(
            f"code that does not parse: {error.msg}: {(error.text or '').strip()}",
            "mend the code (a blank must parse too: give it a ### STUB).",
        ) from None
    for token in tokenize.generate_tokens(io.StringIO(python).readline):
        if token.type == tokenize.COMMENT and _chinese.search(token.string):
            raise cell.refuse(
                f"a Chinese comment in code: {token.string}",
                "write it in English; both editions share their code.",
            )


def check_names_and_language(cells: list[SourceCell], code: list[SourceCell]) -> None:
    """Refuse two cells of one name, and a notebook without its one line that says the language."""
    seen: set[str] = set()
    for cell in cells:
        name = cell.meta.get("name")
        if name in seen:
            raise cell.refuse(f"a second cell named {name!r}.", "give each cell its own name.")
        if name is not None:
            seen.add(name)
    lines = sum(cell.text.count(LANGUAGE_LINE) for cell in code)
    if code and lines != 1:
        raise code[0].refuse(
            f"{lines} lines say {LANGUAGE_LINE}; the editions differ by just one.",
            f"write {LANGUAGE_LINE} once, in the set-up cell.",
        )
