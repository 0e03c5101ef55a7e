"""Read a notebook's source, refuse it where it is malformed, and make its editions.

jupytext reads the percent format; the rules are ours, because a refusal names the file, the cell
and the fix, and because both languages and the student's blank come from the same cells.
"""

import ast
import io
import re
import tokenize
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import jupytext
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode, ValidationError, v4

from rfmkit.classroom.card import effort
from rfmkit.classroom.question import all_questions
from rfmkit.labels import label

EDITIONS = ("zh-TW", "en")
BEGIN, END, STUB = "### BEGIN SOLUTION", "### END SOLUTION", "### STUB"
LANGUAGE_LINE = 'rk.use_language("zh-TW")'
# An unknown key is refused: a misspelt `solution_only` would give the answer away.
KNOWN_KEYS = {
    *("lang", "name", "question", "solution_only", "claims", "stop", "tags", "slide", "slideshow"),
}
_marker = re.compile(r"\s*#+\s*(?:(?:begin|end)\s+solution|stub\b)", re.IGNORECASE)
_chinese = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
# Code, which stays as it is, or a dollar sign outside it.
_code_or_dollar = re.compile(r"(```.*?```|`[^`]*`)|\\?\$", re.DOTALL)
# A question's heading, its points, and what a chapter's questions come to; all from their TOML.
_heading = re.compile(r"(?<=^## )\{([\d.]+)\}$", re.MULTILINE)
_points = re.compile(r"\{([\d.]+) (checked|written)\}")
_chapter = re.compile(r"\{chapter (\d+)\}")
# A line that begins a block of its own; a line that the next one never continues.
_block_start = re.compile(r"\s*(?:[-*+] |\d+[.)] |[#|<>]|```|!\[|---)")
_one_line_block = re.compile(r"(?:> ?)*\s*[#|]")
# The two characters at a line's end: both Chinese, or either a full-width mark. Between Chinese
# and Latin the space is wanted.
_mark = r"[\u3000-\u303f\uff00-\uffef]"
_joinable = re.compile(rf"[\u2e80-\u9fff\uff00-\uffef]{{2}}|{_mark}.|.{_mark}")


class BuildError(ValueError):
    """A notebook that must not ship; the message names the cell, the reason and the fix."""


@dataclass(frozen=True)
class SourceCell:
    """One cell of a source file; its number counts every cell of the file, both languages."""

    number: int
    kind: str
    text: str
    meta: dict
    file: str

    def error(self, problem: str, fix: str) -> BuildError:
        """Return an error that names this cell."""
        words = " ".join(self.text.split())[:40]
        return BuildError(f'{self.file}, cell {self.number} ("{words}"): {problem}\n  Mend: {fix}')


def read_source(text: str, *, file: str, exercise: bool) -> list[SourceCell]:
    """Parse a py:percent source; raise BuildError, which names `file`, if it is malformed.

    Only an exercise may have solution regions and cells that are for the solution alone.
    """
    try:
        parsed = jupytext.reads(text, fmt="py:percent").cells
    except ValidationError as error:
        raise BuildError(
            f"{file}: jupytext cannot read a cell's metadata: {error.message}\n"
            '  Mend: look at the # %% lines; a list is tags=["a"].'
        ) from None
    cells = []
    for number, cell in enumerate(parsed, 1):
        # jupytext records uneven blank lines as lines_to_...; no author wrote that.
        meta = {key: cell.metadata[key] for key in cell.metadata if not key.startswith("lines_to_")}
        cells.append(SourceCell(number, cell.cell_type, cell.source, meta, file))
    if not cells:
        raise BuildError(
            f"{file}: no cell in it.\n  Mend: start with "
            '# %% [markdown] lang="zh-TW" and the title.'
        )
    for cell in cells:
        _check_metadata(cell, exercise=exercise)
    _check_pairs(cells)
    for cell in cells:
        if cell.kind == "code":
            solved, blank, _ = _split_solution(cell)
            if blank != solved and not exercise:
                raise cell.error("a lesson has no solution region.", "move it to source/exercises.")
            _check_code(cell, solved)
            _check_code(cell, blank)
    _check_names(cells)
    _check_language_line(cells)
    _check_claims(cells)
    return cells


def hidden_lines(cells: list[SourceCell]) -> list[str]:
    """Return every line of code that an exercise must not show."""
    lines: list[str] = []
    for cell in (cell for cell in cells if cell.kind == "code"):
        whole = cell.meta.get("solution_only")
        lines += cell.text.splitlines() if whole else _split_solution(cell)[2]
    return lines


def make_edition(
    cells: list[SourceCell],
    *,
    edition: str,
    path: str,
    digest: str,
    claims: bool = False,
    fill: Callable[[SourceCell, str], str] = lambda cell, text: text,
) -> NotebookNode:
    """Return one edition of a notebook, not executed; a path under exercises/ makes the blank one.

    `digest` identifies what the notebook is made from; it is stored in the metadata. Claims, which
    hold the prose to the books, are left out but where `claims` asks for them. `fill` puts numbers
    of sections and minutes into a cell's prose.
    """
    blank = path.startswith("exercises/")
    made = []
    for cell in cells:
        if cell.meta.get("lang", edition) != edition or (blank and cell.meta.get("solution_only")):
            continue
        if cell.meta.get("claims") and not claims:
            continue
        ident = sha256(f"{path}|{cell.meta.get('name', cell.number)}|{cell.kind}".encode())
        common = {"id": ident.hexdigest()[:12], "metadata": _cell_metadata(cell)}
        if cell.kind == "markdown":
            text = fill(cell, fill_questions(cell, edition))
            text = join_chinese_lines(text) if edition == "zh-TW" else text
            made.append(v4.new_markdown_cell(escape_dollars(text), **common))
            continue
        solved, unsolved, _ = _split_solution(cell)
        text = (unsolved if blank else solved).replace(
            LANGUAGE_LINE, LANGUAGE_LINE.replace("zh-TW", edition)
        )
        made.append(v4.new_code_cell(text, **common))
    metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
        "rfmkit": {"digest": digest, "edition": edition, "source": cells[0].file},
    }
    return v4.new_notebook(cells=made, metadata=metadata)


def fill_questions(cell: SourceCell, edition: str) -> str:
    """Fill in what a question's TOML file says, so that no source repeats it.

    `## {5.2}` becomes the heading, `{6.7 checked}` and `{6.7 written}` the points of a question
    that check and the teacher give, `{chapter 5}` how many questions, minutes and points there are.
    Raises BuildError if there is no such question.
    """
    known = all_questions()

    def texts_of(number: str) -> dict:
        if number not in known:
            fix = "write the number of a question in rfmkit/classroom/questions."
            raise cell.error(f"no question {number}.", fix)
        return known[number].texts

    def heading(found: re.Match) -> str:
        texts = texts_of(found[1])
        return label(
            "check.question_heading",
            edition,
            number=found[1],
            title=texts["title"][edition],
            effort=effort(texts, edition),
        )

    def points(found: re.Match) -> str:
        texts = texts_of(found[1])
        written = texts.get("written_points", 0)
        count = written if found[2] == "written" else texts["points"] - written
        return label("check.points" if count != 1 else "check.points.one", edition, points=count)

    def chapter(found: re.Match) -> str:
        there = [one.texts for n, one in known.items() if re.fullmatch(rf"{found[1]}\.\d+", n)]
        minutes, total = (sum(texts[key] for texts in there) for key in ("minutes", "points"))
        if not there:
            raise cell.error(f"no chapter {found[1]}.", "write the number of the chapter.")
        return label(
            "check.chapter_effort", edition, count=len(there), minutes=minutes, points=total
        )

    text = _heading.sub(heading, cell.text)
    return _chapter.sub(chapter, _points.sub(points, text))


def escape_dollars(text: str) -> str:
    r"""Escape dollar signs outside code, for Jupyter sets what is between two of them as TeX.

    A backslash alone is removed before TeX is looked for; an HTML element is not crossed.

    Examples
    --------
    >>> escape_dollars("NT$5 and `$x`")
    'NT<span>\\$</span>5 and `$x`'
    """
    return _code_or_dollar.sub(lambda found: found[1] or r"<span>\$</span>", text)


def join_chinese_lines(text: str) -> str:
    """Join the wrapped lines of a Chinese paragraph, for Markdown shows a line's end as a space.

    A line that begins a list, a table, a heading, a quotation or HTML stays where it is, and so
    does everything inside a fence of code.
    """
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.lstrip("> ").startswith("```")
        quoted = re.match(r"(?:> ?)*", line).group()
        rest = line[len(quoted) :]
        before = lines[-1] if lines else ""
        continues = (
            not fenced
            and rest.strip()
            and not _block_start.match(rest)
            and not _one_line_block.match(before)
            and before.startswith(quoted)
            and _joinable.match(before[-1:] + rest.strip()[0])
        )
        if continues:
            lines[-1] = before + rest.strip()
        else:
            lines.append(line)
    return "\n".join(lines)


def _cell_metadata(cell: SourceCell) -> dict:
    own = {key: cell.meta[key] for key in ("name", "question", "claims") if key in cell.meta}
    rest = {key: cell.meta[key] for key in ("tags", "slide", "slideshow") if key in cell.meta}
    if "skip-execution" in rest.get("tags", []):  # nbval knows this tag by another name
        rest["tags"] = [*rest["tags"], "nbval-skip"]
    return rest | ({"rfmkit": own} if own else {})


def _split_solution(cell: SourceCell) -> tuple[str, str, list[str]]:
    """Split a code cell into its solved text, its blank text, and the lines the blank hides."""
    solved, blank, hidden = [], [], []
    stub: list[str] | None = None
    for line in cell.text.splitlines():
        indent, mark = line[: len(line) - len(line.lstrip())], line.strip()
        if mark == BEGIN:
            if stub is not None:
                raise cell.error(
                    "a solution region begins inside another.", f"close the first with {END}."
                )
            stub, before, default = [], len(hidden), f"{indent}...  # your code here"
        elif mark == END:
            if stub is None:
                raise cell.error(f"a stray {END}.", f"put {BEGIN} before the solution.")
            if not any(text.strip() for text in hidden[before:]):
                raise cell.error(
                    "an empty solution region.", "write the solution between the markers."
                )
            blank += stub or [default]
            # A stub with a fault to correct repeats the lines that are right.
            visible = {text.strip() for text in stub}
            hidden[before:] = [text for text in hidden[before:] if text.strip() not in visible]
            stub = None
        elif mark == STUB or mark.startswith(STUB + " "):
            if stub is None:
                raise cell.error(
                    f"a {STUB} outside a solution region.", f"move it between {BEGIN} and {END}."
                )
            text = mark.removeprefix(STUB)[1:]
            comment = "  # your code" if text.endswith("= ...") else ""
            stub.append((indent + text + comment).rstrip())
        elif _marker.match(line):
            raise cell.error(
                f"{mark!r} is not a marker the builder knows.",
                f"write exactly {BEGIN}, {END} or {STUB} some_name = ...",
            )
        else:
            solved.append(line)
            (blank if stub is None else hidden).append(line)
    if stub is not None:
        raise cell.error("a solution region is not closed.", f"end it with {END}.")
    return "\n".join(solved), "\n".join(blank), hidden


def _check_metadata(cell: SourceCell, *, exercise: bool) -> None:
    """Refuse a cell of another kind, or with metadata that the builder does not know."""
    if cell.kind not in ("markdown", "code"):
        raise cell.error(f"a {cell.kind} cell.", "use Markdown or code; drop any '# ---' header.")
    if unknown := sorted(set(cell.meta) - KNOWN_KEYS):
        raise cell.error(f"unknown metadata {unknown}.", f"known are {sorted(KNOWN_KEYS)}.")
    if cell.meta.get("solution_only", False) not in (True, False):
        raise cell.error("solution_only is neither true nor false.", "write solution_only=true.")
    if "solution_only" in cell.meta and not exercise:
        raise cell.error("a lesson has no solution_only cell.", "move it to source/exercises.")
    for key in ("claims", "stop"):
        if cell.meta.get(key, True) is not True:
            raise cell.error(f"{key} is not true.", f"write {key}=true, or leave it out.")
    if cell.kind == "markdown" and "claims" in cell.meta:
        raise cell.error("prose marked as claims.", "mark code cells only.")
    if cell.kind == "code" and "lang" in cell.meta:
        raise cell.error("code with a language.", "drop lang: both editions share their code.")
    if cell.kind == "markdown" and cell.meta.get("lang") not in EDITIONS:
        raise cell.error(
            'prose without lang="zh-TW" or lang="en".',
            'mark it: # %% [markdown] lang="zh-TW", and give its twin.',
        )


def _check_pairs(cells: list[SourceCell]) -> None:
    """Refuse prose that does not come in twins, zh-TW then en, with nothing between the two."""
    first = None
    for cell in [*cells, None]:
        lang = cell.meta.get("lang") if cell else None
        if first is None:
            if lang == "en":
                raise cell.error(
                    "English prose without its zh-TW twin before it.",
                    'put the # %% [markdown] lang="zh-TW" cell right before it.',
                )
            first = cell if lang == "zh-TW" else None
            continue
        if lang != "en":
            raise first.error(
                "zh-TW prose without its English twin after it.",
                'put the # %% [markdown] lang="en" cell right after it.',
            )
        if {**first.meta, "lang": "en"} != cell.meta:
            raise cell.error(
                f"its metadata differ from its zh-TW twin's: {first.meta}.",
                "give both twins the same metadata but for lang.",
            )
        first = None


def _check_code(cell: SourceCell, text: str) -> None:
    """Refuse code that does not parse, or with a comment that one edition's reader cannot read."""
    python = TransformerManager().transform_cell(text)
    try:
        compile(python, cell.file, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        raise cell.error(
            f"code that does not parse: {error.msg}: {(error.text or '').strip()}",
            "mend the code (a blank must parse too: give it a ### STUB).",
        ) from None
    for token in tokenize.generate_tokens(io.StringIO(python).readline):
        if token.type == tokenize.COMMENT and _chinese.search(token.string):
            raise cell.error(
                f"a Chinese comment in code: {token.string}",
                "write it in English; both editions share their code.",
            )


def _check_names(cells: list[SourceCell]) -> None:
    """Refuse two cells of one name."""
    seen: set[str] = set()
    for cell in cells:
        name = cell.meta.get("name")
        if name in seen:
            raise cell.error(f"a second cell named {name!r}.", "give each cell its own name.")
        if name is not None:
            seen.add(name)


def _check_claims(cells: list[SourceCell]) -> None:
    """Refuse a claim that makes or changes what a cell of the notebook reads."""
    made: set[str] = set()
    claimed: dict[str, SourceCell] = {}
    for cell in (cell for cell in cells if cell.kind == "code"):
        assigned, read = _names(_split_solution(cell)[0])
        if cell.meta.get("claims"):
            if changed := sorted(assigned & made):
                raise cell.error(f"a claim that changes {changed}.", "give it another name.")
            claimed |= dict.fromkeys(assigned, cell)
            continue
        if missing := sorted(read & set(claimed) - made - assigned):
            raise claimed[missing[0]].error(
                f"a claim makes {missing}, which a later cell of the notebook reads.",
                "make it in a cell that readers see.",
            )
        made |= assigned


def _names(code: str) -> tuple[set[str], set[str]]:
    """List the names that a cell makes at its top level, and those that it reads."""
    tree = ast.parse(TransformerManager().transform_cell(code))
    read = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    made: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            made.add(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            made |= {(one.asname or one.name).split(".")[0] for one in statement.names}
        else:
            made |= {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
    return made, read


def _check_language_line(cells: list[SourceCell]) -> None:
    """Refuse a notebook that does not set its language exactly once."""
    code = [cell for cell in cells if cell.kind == "code"]
    lines = sum(cell.text.count(LANGUAGE_LINE) for cell in code)
    if code and lines != 1:
        raise code[0].error(
            f"{lines} lines say {LANGUAGE_LINE}; the editions differ by just one.",
            f"write {LANGUAGE_LINE} once, in the set-up cell.",
        )
