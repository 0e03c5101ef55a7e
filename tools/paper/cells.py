"""Read a built lesson as a list of blocks that can be set on a page or a slide."""

import base64
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import mistune
from one_heading import one_heading
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

# Cells that check the kit, and what a check says of a blank: nothing for paper.
_own_checks = re.compile(r"# The kit checking itself")
_call = re.compile(r"^\s*(check|hint|ask|progress|reset)\(.*\)\s*$", re.MULTILINE)
_details = re.compile(r"<details><summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
_fenced = re.compile(r'<pre><code class="language-python">(.*?)</code></pre>', re.DOTALL)
_options = re.compile(r'role="region".*?(<ul.*</ul>)', re.DOTALL)
_colours = HtmlFormatter(style="default", nowrap=True)


@dataclass
class Block:
    """One thing to set: kind is prose, code, figure, words (under a figure), table or text.

    `rows` counts those of a table; for a figure, 1 says that it is taller than wide.
    """

    kind: str
    html: str
    source: str = ""
    name: str = ""
    words: str = ""
    code: str = ""
    rows: int = 0
    answers: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Lesson:
    """A lesson in one language."""

    stem: str
    lang: str
    title: str
    blocks: list[Block]


def read_lesson(path: Path) -> Lesson:
    """Read a built notebook."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    lang = path.parent.name
    blocks = [block for cell in cells for block in _blocks(cell, lang)]
    title = re.match(r"# (.+)", "".join(cells[0]["source"]))[1]
    return Lesson(path.stem, lang, title, blocks)


def _blocks(cell: dict, lang: str) -> Iterator[Block]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield prose(source, lang)
        return
    if _own_checks.match(source):
        return
    name = cell["metadata"].get("rfmkit", {}).get("name", "")
    yield Block("code", _code(source), source, name)
    for output in cell["outputs"]:
        yield from _output(output, name, source)


def prose(source: str, lang: str) -> Block:
    """Set Markdown; what hides in <details> is taken out, to stand at the end."""
    answers = [(summary, markdown(text, lang)) for summary, text in _details.findall(source)]
    visible = _details.sub("", source).rstrip()
    return Block("prose", markdown(visible, lang), visible, answers=answers)


def markdown(source: str, lang: str) -> str:
    """Set Markdown as HTML, with links that work between handouts and nowhere else."""
    made = _markdown(source.replace(r"<span>\$</span>", r"\$"))
    made = _fenced.sub(lambda code: _code(html.unescape(code[1])), made)
    return re.sub(r'<a href="([^"]*)">(.*?)</a>', lambda link: _link(link, lang), made)


_markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])


def _link(link: re.Match[str], lang: str) -> str:
    target, text = link[1], link[2]
    if target.startswith(("http:", "https:")):
        return f'{text} <span class="address">({target})</span>'
    lesson = re.fullmatch(r"(?:\.\./([\w-]+)/)?(\d\d_\w+)\.ipynb", target)
    if lesson is None:  # an exercise or a book: not on paper
        page = target.replace("../", "")
        return f'{text} <span class="address">({page})</span>' if page.endswith(".md") else text
    other = f"../{lesson[1]}/" if lesson[1] and lesson[1] != lang else ""
    return f'<a href="{other}{lesson[2]}.html">{text}</a>'


def _code(source: str) -> str:
    visible = source.rstrip()
    # Each line its own element: a wrapped line is set in under itself.
    lines = highlight(visible, PythonLexer(stripnl=False), _colours).rstrip("\n").split("\n")
    spans = [f"<span class=line>{line or ' '}</span>" for line in lines]
    return f"<pre class=code>{''.join(spans)}</pre>"


def colours() -> str:
    """Return the style sheet of the code's colours."""
    return _colours.get_style_defs(".code")


def _output(output: dict, name: str, code: str) -> Iterator[Block]:
    if output["output_type"] == "stream":
        text = "".join(output["text"]).rstrip()
        yield Block("text", f"<pre class=out>{html.escape(text)}</pre>", text, name, code=code)
        return
    data = {kind: _joined(value) for kind, value in output.get("data", {}).items()}
    if "image/png" in data:
        alt = output["metadata"].get("image/png", {}).get("alt", "")
        picture = data["image/png"].replace("\n", "")
        wide, high = _size(picture)
        image = (
            f'<img src="data:image/png;base64,{picture}" width="{wide}" height="{high}" '
            f'alt="{html.escape(alt, quote=True)}">'
        )
        yield Block("figure", image, alt, name, code=code, rows=int(high > wide))
    elif "text/markdown" in data:
        yield Block("words", markdown(data["text/markdown"], ""), data["text/markdown"], name)
    elif "text/html" in data:
        if options := _options.search(data["text/html"]):
            listed = re.sub(r' style="[^"]*"', "", options[1])
            yield Block("text", f"<div class=options>{listed}</div>", "", name, code=code)
            return
        if 'role="status"' in data["text/html"] or 'role="region"' in data["text/html"]:
            return  # "not answered yet" helps nobody on paper
        rows = data["text/html"].count("<tr")
        yield Block("table", _table(data["text/html"]), name=name, code=code, rows=rows)
    elif "text/plain" in data:
        text = data["text/plain"]
        if text.startswith("▶"):
            return  # "run this cell to move the slider"
        yield Block("text", f"<pre class=out>{html.escape(text)}</pre>", text, name, code=code)


def _joined(value: object) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _size(picture: str) -> tuple[int, int]:
    head = base64.b64decode(picture[:64])
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def _table(made: str) -> str:
    """Extract a table from pandas' HTML, with the alignment of its columns."""
    table = re.search(r"<table.*?</table>", made, re.DOTALL)
    if table is None:
        return made
    style = "".join(re.findall(r'<style type="text/css">.*?</style>', made, re.DOTALL))
    return style + one_heading(table[0].replace('border="1" ', ""))


def without_checks(source: str) -> str:
    """Drop what a projector has no use for: the kit's own asserts and the calls of check."""
    lines = source.splitlines()
    kept: list[str] = []
    depth = 0
    skipping = False
    for line in lines:
        if not skipping and re.match(r"\s*assert\b", line):
            skipping, depth = True, 0
        if skipping:
            depth += sum(line.count(c) for c in "([{") - sum(line.count(c) for c in ")]}")
            skipping = depth > 0 or line.rstrip().endswith("\\")
            continue
        kept.append(line)
    return "\n".join(_without_empty_blocks(_call.sub("", "\n".join(kept)))).strip("\n")


def _without_empty_blocks(source: str) -> list[str]:
    """Drop an `if` or `for` of which nothing is left."""
    kept: list[str] = []
    for line in reversed(source.splitlines()):
        after = next((one for one in reversed(kept) if one.strip()), "")
        opens = re.match(r"\s*(if|elif|else|for|while|with)\b.*:$", line)
        if not opens or _indent(after) > _indent(line):
            kept.append(line)
    return kept[::-1]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else -1


def set_code(source: str) -> str:
    """Set code as HTML, a line an element."""
    return _code(source)
