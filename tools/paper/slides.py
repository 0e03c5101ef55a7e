"""Make slides of a lesson: one idea each, the figures large; the full text is in the notes."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import rfmkit

from .cells import Block, Lesson, colours, markdown, set_code, without_checks
from .font import font_faces

HERE = Path(__file__).resolve().parent
WORDS = {
    "zh-TW": {
        "answer": "答案",
        "keys": "← → 換頁　N 講稿　F 全螢幕　Home／End 頭尾",
        "notes": "講稿",
        "kit": "客戶分級教材 rfmkit {version}，CC BY 4.0",
        "label": "投影片 {number}／{count}",
    },
    "en": {
        "answer": "Answer",
        "keys": "← → turn   N notes   F full screen   Home/End first, last",
        "notes": "Notes",
        "kit": "Customer tiering with rfmkit {version}, CC BY 4.0",
        "label": "Slide {number} of {count}",
    },
}
REFERENCE = re.compile(r"\d+\s+(備查|For reference)|\d+　備查")
CODE_WORDS = ("怎麼讀", "Reading the code")
MAX_CHARACTERS = {"zh-TW": 130, "en": 260}  # characters of running text on a slide
TOO_LITTLE = {"zh-TW": 70, "en": 140}
PAIRS = ("“”", "「」", "（）", "()")
CODE_LINES = 16
MANY_LINES, MANY_ROWS = 5, 9  # from both, code and table stand on a slide each


@dataclass
class Slide:
    """One slide: what kind it is, the section it stands in, and what is on it."""

    kind: str
    section: str
    body: str
    notes: str = ""


def slides(lesson: Lesson) -> list[Slide]:
    """Choose what goes onto slides, in the order of the lesson."""
    made: list[Slide] = []
    section = below = ""
    first, *rest = lesson.blocks
    blocks = [first, *(part for block in rest for part in _parts(block, lesson.lang))]
    for place, block in enumerate(blocks):
        before = blocks[place - 1] if place else None
        if found := re.match(r"(##|###) (.+)", block.source if block.kind == "prose" else ""):
            section, below = (found[2], "") if found[1] == "##" else (section, found[2])
        if REFERENCE.match(section):
            continue
        head = " · ".join(filter(None, [section.strip(), below.strip()]))
        if block.kind == "prose":
            made += _prose(block, lesson.lang, head, first=place == 0)
        elif block.kind == "figure":
            made.append(Slide("figure", head, block.html, html.escape(block.source)))
        elif block.kind in ("table", "text"):
            # Of several outputs of a cell, only the first repeats the code.
            same = before is not None and before.kind != "code"
            visible = "" if same else _visible_code(block.code)
            if visible.count("class=line") >= MANY_LINES and block.rows >= MANY_ROWS:
                made.append(Slide("code", head, visible))
                visible = ""
            made.append(Slide("result", head, visible + block.html))
        elif block.kind == "code" and (place + 1 == len(blocks) or _alone(blocks[place + 1])):
            if "..." in block.source and made and made[-1].kind == "try":
                made[-1].body += set_code(without_checks(block.source))
            elif (visible := _visible_code(block.source)) and "def " in block.source:
                made.append(Slide("code", head, visible))
            elif "..." not in block.source and re.search(r"^check\(", block.source, re.MULTILINE):
                made.append(Slide("code", head, set_code(block.source)))
    return list(_without_small_talk(made, TOO_LITTLE[lesson.lang]))


def _parts(block: Block, lang: str) -> list[Block]:
    """Cut prose at its headings, so that each begins a slide; answers stay with the last part."""
    if block.kind != "prose":
        return [block]
    pieces = [one for one in re.split(r"^(?=###? )", block.source, flags=re.MULTILINE) if one]
    parts = [Block("prose", markdown(one, lang), one) for one in pieces] or [block]
    parts[-1].answers = block.answers
    return parts


def _without_small_talk(made: list[Slide], least: int) -> list[Slide]:
    """Move a single plain sentence under the figure before it, or to the speaker's notes."""
    kept: list[Slide] = []
    remarks = ""
    for slide in made:
        text = re.sub(r"<[^>]+>", "", slide.body)
        rich = re.search("<strong|<li|<td|<pre", slide.body)
        last = kept[-1] if kept else None
        if slide.kind == "text" and len(text) < least and not rich:
            if last and last.kind == "figure" and "said" not in last.body and not remarks:
                last.body += f"<div class=said>{re.sub('<h3>.*?</h3>', '', slide.body)}</div>"
            else:
                remarks += slide.notes or slide.body
            continue
        slide.notes = remarks + slide.notes
        remarks = ""
        kept.append(slide)
    kept[-1].notes += remarks
    return kept


def _alone(after: Block) -> bool:
    return after.kind in ("prose", "code")


def _visible_code(source: str) -> str:
    kept = without_checks(source)
    lines = [line for line in kept.splitlines() if line.strip()]
    if not lines or len(lines) > CODE_LINES:
        return ""
    return set_code(kept)


def _prose(block: Block, lang: str, section: str, *, first: bool) -> Iterator[Slide]:
    chunks = list(_chunks(block.source))
    heads = [chunk for chunk in chunks if chunk.startswith("#")]
    rest = [chunk for chunk in chunks if not chunk.startswith("#")]
    notes = block.html
    if first:
        yield Slide("title", "", markdown(heads[0], lang) + f"<p class=kit>{_kit(lang)}</p>")
        for chunk in rest:
            if chunk.startswith(">"):
                yield Slide("text", "", markdown(_objectives(chunk), lang), markdown(chunk, lang))
        return
    heading = markdown(heads[0], lang) if heads else ""
    kind = "section" if heading.startswith("<h2") else "text"
    pending, size = "", 0
    for chunk in rest:
        if chunk.startswith((">", "```")):
            if any(word in chunk[:30] for word in CODE_WORDS):
                continue
            if pending or heading:
                yield Slide(kind, section, heading + pending, notes)
                pending, size, heading, notes, kind = "", 0, "", "", "text"
            tries = re.match(r"> \*\*(試一試|Try it)", chunk)
            classes = "code" if chunk.startswith("`") else "try" if tries else "quote"
            yield Slide(classes, section, markdown(chunk, lang), notes)
            notes = ""
            continue
        whole = re.match(r"([-*|]|\d+\.) ", chunk + " ")
        short = chunk if whole else _gist(chunk, MAX_CHARACTERS[lang])
        length = len(re.sub(r"[*`_|]|\]\(.*?\)", "", short))
        if pending and size + length > MAX_CHARACTERS[lang]:
            yield Slide(kind, section, heading + pending, notes)
            pending, size, heading, notes, kind = "", 0, "", "", "text"
        pending += markdown(short, lang)
        size += length
    if pending or heading:
        yield Slide(kind, section, heading + pending, notes)
    for _, answer in block.answers:
        yield Slide("answer", section, f"<h3>{WORDS[lang]['answer']}</h3>{answer}")


def _chunks(source: str) -> Iterator[str]:
    """Cut Markdown at its empty lines; what stands between fences stays whole."""
    pending: list[str] = []
    fenced = False
    for line in [*source.splitlines(), ""]:
        fence = line.startswith("```")
        if fence and not fenced and pending:
            yield "\n".join(pending)
            pending = []
        fenced ^= fence
        if line.strip() or fenced:
            pending.append(line)
        if pending and not fenced and (fence or not line.strip()):
            yield "\n".join(pending)
            pending = []


def _objectives(chunk: str) -> str:
    lines = [line.removeprefix(">").strip() for line in chunk.splitlines()]
    numbered = [line for line in lines if re.match(r"\*\*|\d+\.|[-*] ", line)]
    return "\n".join([f"### {numbered[0].strip('*')}", "", *numbered[1:]])


def _gist(paragraph: str, max_characters: int) -> str:
    """Keep what there is room for, and in any case the first sentence, questions, words in bold."""
    sentences = _sentences(" ".join(paragraph.splitlines()))
    needed = [
        number == 0 or "**" in one or re.search(r"[?？][」）”)*]*\s*$", one) is not None
        for number, one in enumerate(sentences)
    ]
    max_characters -= sum(len(one) for one, must in zip(sentences, needed, strict=True) if must)
    kept = []
    for one, must in zip(sentences, needed, strict=True):
        if not must:
            max_characters -= len(one)
        if must or max_characters >= 0:
            kept.append(one)
    return "".join(kept).strip()


def _sentences(text: str) -> list[str]:
    """Cut after each sentence, but not within quotation marks, brackets, bold words or code."""
    sentences: list[str] = []
    for one in re.split(r"(?<=[。？！])(?![」』）*])|(?<=[.?!”])(?=\s+[A-Z*“(`])", text):
        if sentences and _is_open(sentences[-1]):
            sentences[-1] += one
        elif one.strip():
            sentences.append(one)
    return sentences


def _is_open(text: str) -> bool:
    pairs = any(text.count(left) > text.count(right) for left, right in PAIRS)
    return pairs or any(text.count(mark) % 2 for mark in ("**", "`", '"'))


def _kit(lang: str) -> str:
    return WORDS[lang]["kit"].format(version=rfmkit.__version__)


def deck(lesson: Lesson) -> str:
    """Write the slides as one HTML file that needs nothing but a browser."""
    words = WORDS[lesson.lang]
    made = slides(lesson)
    visible = []
    for number, slide in enumerate(made, 1):
        name = words["label"].format(number=number, count=len(made))
        head = "" if slide.kind in ("title", "section") else html.escape(slide.section)
        notes = f"<aside class=notes>{slide.notes}</aside>" if slide.notes else ""
        visible.append(
            f'<section class="slide {slide.kind}" id="s{number}" aria-label="{name}">'
            f"<header>{head}</header><div class=fit>{slide.body}</div>"
            f"<footer><span>{html.escape(lesson.title)}</span><span>{number} / {len(made)}</span>"
            f"</footer>{notes}</section>"
        )
    content = "\n".join(visible)
    style = (HERE / "slides.css").read_text(encoding="utf-8")
    script = (HERE / "slides.js").read_text(encoding="utf-8")
    plain = re.sub(r'"data:image[^"]*"', "", content)
    title = html.escape(lesson.title)
    fonts = font_faces(plain + words["keys"])
    return (
        f'<!doctype html>\n<html lang="{lesson.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title} · {_kit(lesson.lang)}</title>\n<style>\n{fonts}"
        f"{colours()}\n{style}\n</style>\n</head>\n<body>\n<main>\n{content}\n</main>\n"
        f"<p class=keys>{words['keys']}</p>\n<script>\n{script}</script>\n</body>\n</html>\n"
    )
