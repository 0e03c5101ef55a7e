"""Read a notebook's one source, and make its editions from it."""

import re
from hashlib import sha256

import jupytext
from nbformat import NotebookNode, ValidationError, v4

from rfmkit.classroom.source_rules import (
    LANGUAGE_LINE,
    BuildError,
    SourceCell,
    check_code,
    check_metadata,
    check_names_and_language,
    check_pairs,
    split_solution,
)


def read_source(text: str, *, file: str, exercise: bool) -> list[SourceCell]:
    """Parse a py:percent source and refuse it if it is malformed.

    Parameters
    ----------
    text
        The source.
    file
        Its path from the root of the repository, for the messages.
    exercise
        Whether solution regions may stand in it.

    Raises
    ------
    BuildError
        If prose lacks its twin in the other language, a solution region is malformed, code does
        not parse, or anything else would make a wrong edition.
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
        # jupytext notes uneven blank lines as lines_to_...; nobody wrote that.
        meta = {key: cell.metadata[key] for key in cell.metadata if not key.startswith("lines_to_")}
        cells.append(SourceCell(number, cell.cell_type, cell.source, meta, file))
    if not cells:
        raise BuildError(
            f"{file}: no cell in it.\n  Mend: start with "
            '# %% [markdown] lang="zh-TW" and the title.'
        )
    for cell in cells:
        check_metadata(cell, exercise=exercise)
    check_pairs(cells)
    code = [cell for cell in cells if cell.kind == "code"]
    for cell in code:
        solved, blank, _ = split_solution(cell)
        if blank != solved and not exercise:
            raise cell.refuse("a lesson has no solution region.", "move it to source/exercises.")
        check_code(cell, solved)
        check_code(cell, blank)
    check_names_and_language(cells, code)
    return cells


def hidden_lines(cells: list[SourceCell]) -> list[str]:
    """List every line of code that an exercise must not show."""
    lines: list[str] = []
    for cell in (cell for cell in cells if cell.kind == "code"):
        whole = cell.meta.get("solution_only")
        lines += cell.text.splitlines() if whole else split_solution(cell)[2]
    return lines


def make_edition(cells: list[SourceCell], *, edition: str, path: str, digest: str) -> NotebookNode:
    """Make one edition of a notebook, not executed; a path under exercises/ makes the blank one.

    Parameters
    ----------
    cells
        What `read_source` gave.
    edition
        "zh-TW" or "en".
    path
        Where the notebook will stand, from the root of the repository.
    digest
        What the notebook is made from, as a hash; kept in its metadata.
    """
    blank = path.startswith("exercises/")
    made = []
    for cell in cells:
        if cell.meta.get("lang", edition) != edition or (blank and cell.meta.get("solution_only")):
            continue
        ident = sha256(f"{path}|{cell.meta.get('name', cell.number)}|{cell.kind}".encode())
        common = {"id": ident.hexdigest()[:12], "metadata": _cell_metadata(cell)}
        if cell.kind == "markdown":
            text = join_chinese_lines(cell.text) if edition == "zh-TW" else cell.text
            made.append(v4.new_markdown_cell(plain_dollars(text), **common))
            continue
        solved, unsolved, _ = split_solution(cell)
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


def plain_dollars(text: str) -> str:
    r"""Keep sums of money from being read as formulas: Jupyter sets what is between two $ as TeX.

    A backslash alone is taken away before TeX is looked for; an element of its own is not crossed.

    Examples
    --------
    >>> plain_dollars("NT$5 and `$x`")
    'NT<span>\\$</span>5 and `$x`'
    """
    return _dollar.sub(lambda found: found[1] or r"<span>\$</span>", text)


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
        wraps = not fenced and rest.strip() and not _block.match(rest)
        if (
            wraps
            and not _one_line.match(before)
            and before.startswith(quoted)
            and _chinese.match(before[-1:] + rest.strip()[0])
        ):
            lines[-1] = before + rest.strip()
        else:
            lines.append(line)
    return "\n".join(lines)


# Code, which stays as it is, or a dollar sign outside it.
_dollar = re.compile(r"(```.*?```|`[^`]*`)|\\?\$", re.DOTALL)
# What begins a block of its own.
_block = re.compile(r"\s*(?:[-*+] |\d+[.)] |[#|<>]|```|!\[|---)")
_one_line = re.compile(r"(?:> ?)*\s*[#|]")
# The two characters at a break: both Chinese, or either a full-width mark. Between Chinese and
# Latin the space is wanted.
_chinese = re.compile(r"[⺀-鿿　-〿＀-￯]{2}|[　-〿＀-￯].|.[　-〿＀-￯]")


def _cell_metadata(cell: SourceCell) -> dict:
    own = {key: cell.meta[key] for key in ("name", "question") if key in cell.meta}
    rest = {key: cell.meta[key] for key in ("tags", "slide", "slideshow") if key in cell.meta}
    if "skip-execution" in rest.get("tags", []):  # nbval knows this tag by another name
        rest["tags"] = [*rest["tags"], "nbval-skip"]
    return rest | ({"rfmkit": own} if own else {})
