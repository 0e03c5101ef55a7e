"""Check a built notebook before it ships, and the repository's notebooks against their sources."""

import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from nbformat import NotebookNode

from authoring.context import BuildContext, Target
from authoring.source import EDITIONS, BuildError

_heading = re.compile(r"(#{1,6})\s+\S")
_fence = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_code_span = re.compile(r"`[^`\n]*`")
_link = re.compile(r"""\]\(\s*(?:<([^>]+)>|([^)\s]+))|(?:href|src)=["']([^"']+)["']""")
_assert = re.compile(r"^\s*assert\b", re.MULTILINE)
_address = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


def check_notebook(
    nb: NotebookNode, *, path: str, root: Path, planned: set[str], hidden: list[str]
) -> list[str]:
    """List what must be corrected in a notebook, each as one line with the cell's number."""
    found = [*_heading_problems(nb), *_link_problems(nb, path, root, planned)]
    if path.startswith("exercises/"):
        found += _leaks(nb, hidden)
    for number, cell in enumerate(nb.cells, 1):
        if cell.cell_type == "code":
            if _assert.search(cell.source):
                found.append(f"cell {number}: an assert; move it to a cell marked claims=true.")
            found += [
                f"cell {number}: {problem}"
                for problem in (*_figure_problems(cell.outputs), *_output_problems(cell, root))
            ]
    return found


def check_repository(root: Path, *, only: str | None = None) -> list[str]:
    """List what `rfmkit build --check` finds, each with how to correct it.

    `only` limits the check to sources whose name begins so.
    """
    context = BuildContext(root)
    faults: dict[str, None] = {}  # a malformed source is named once, not for each of its notebooks
    for target in context.targets:
        if not target.stem.startswith(only or ""):
            continue
        try:
            reason = context.stale_reason(target)
            problems = [] if reason else check_target(context.stored(target), target, context)
        except BuildError as error:
            faults[str(error)] = None
            continue
        if reason:
            faults[f"{target.path}: {reason}\n  Mend: rfmkit build --only {target.stem[:2]}"] = None
        for problem in problems:
            faults[f"{target.path}, {problem}\n  Mend: {target.source}, then rfmkit build."] = None
    for orphan in context.orphans() if only is None else []:
        faults[f"{orphan}: no source makes it.\n  Mend: delete it, or add its source."] = None
    return list(faults)


def check_target(nb: NotebookNode, target: Target, context: BuildContext) -> list[str]:
    """List what must be corrected in a target's notebook."""
    return check_notebook(
        nb,
        path=target.path,
        root=context.root,
        planned=context.planned,
        hidden=context.hidden_lines(target),
    )


def _prose_cells(nb: NotebookNode) -> Iterator[tuple[int, str]]:
    # Leave out examples of code, in which # and [ ]( ) mean something else.
    for number, cell in enumerate(nb.cells, 1):
        if cell.cell_type == "markdown":
            yield number, _fence.sub("", cell.source)


def _heading_problems(nb: NotebookNode) -> Iterator[str]:
    first = nb.cells[0]
    if first.cell_type != "markdown" or not first.source.startswith("# "):
        yield "cell 1: the first cell must begin with the title: # Title."
    above = 0
    for number, text in _prose_cells(nb):
        for line in text.splitlines():
            if not (match := _heading.match(line)):
                continue
            level = len(match[1])
            if level == 1 and above:
                yield f"cell {number}: a second title, {line!r}; use ## below the title."
            elif level > above + 1 and above:
                yield f"cell {number}: {line!r} skips a level; use {'#' * (above + 1)}."
            above = level


def _link_problems(nb: NotebookNode, path: str, root: Path, planned: set[str]) -> Iterator[str]:
    here = PurePosixPath(path)
    other = next(edition for edition in EDITIONS if edition != here.parent.name)
    translation = f"{here.parent.parent}/{other}/{here.name}"
    link_needed = f"../{other}/{here.name}"
    first_code = next((n for n, cell in enumerate(nb.cells, 1) if cell.cell_type == "code"), 10**6)
    translation_seen = False
    for number, text in _prose_cells(nb):
        for match in _link.finditer(_code_span.sub("", text)):
            link = next(group for group in match.groups() if group)
            if re.match(r"[a-z][a-z0-9+.-]*:|#", link, re.IGNORECASE):
                continue
            target = posixpath.normpath(posixpath.join(here.parent, unquote(link.split("#")[0])))
            translation_seen |= target == translation and number < first_code
            if target.startswith("../") or not (target in planned or (root / target).exists()):
                yield f"cell {number}: the link {link!r} leads nowhere (no {target})."
    if not translation_seen:
        yield (
            f"cell 1: no link to the other edition before the first code cell; add ({link_needed})."
        )


def _leaks(nb: NotebookNode, hidden: list[str]) -> Iterator[str]:
    everything = [(n, " ".join(cell.source.split())) for n, cell in enumerate(nb.cells, 1)]
    for line in hidden:
        code = " ".join(re.sub(r"\s#\s.*$", "", line).split())
        if len(code) < 12 or code.startswith(("#", "import ", "from ")):
            continue
        for number, text in everything:
            if code in text:
                yield f"cell {number}: it shows a line of the solution: {code!r}."


def _figure_problems(outputs: list) -> Iterator[str]:
    for output, after in pairwise([*outputs, {}]):
        for kind in output.get("data", {}):
            if not kind.startswith("image/"):
                continue
            if not str(output.metadata.get(kind, {}).get("alt", "")).strip():
                yield "a picture without alt text; end the cell with rk.show(ax)."
            if not str(after.get("data", {}).get("text/markdown", "")).strip():
                yield "a picture without a sentence under it; end the cell with rk.show(ax)."


def _output_problems(cell: NotebookNode, root: Path) -> Iterator[str]:
    private = {
        where
        for folder in (root.resolve(), Path.home())
        if folder != folder.parent
        for where in (str(folder), folder.as_posix())
    }
    machine = re.compile("|".join(rf"(?<![\w.]){re.escape(where)}(?!\w)" for where in private))
    meant_to_raise = "raises-exception" in cell.metadata.get("tags", [])
    for output in cell.outputs:
        if output.output_type == "error" and not meant_to_raise:
            yield f"a stored error: {output.ename}: {output.evalue}"
        if output.output_type == "stream" and output.name == "stderr":
            yield f"stderr is stored: {output.text.strip()[:80]!r}"
        for text in _texts(output):
            if private and (match := machine.search(text)):
                yield f"its output names a folder of this machine: {match[0]!r}; show it relative."
        seen = output.get("data", {})
        visible = output.get("text", "") + (seen.get("text/plain", "") if len(seen) == 1 else "")
        if match := _address.search(visible):
            yield f"its output shows a memory address ({match[0]}); end the line with a semicolon."


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("image/") or isinstance(inner, dict):
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
