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
ROOM = {"zh-TW": 130, "en": 260}  # characters of running text on a slide
TOO_LITTLE = {"zh-TW": 70, "en": 140}
CODE_LINES = 16


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
    section = ""
    blocks = lesson.blocks
    for place, block in enumerate(blocks):
        before = blocks[place - 1] if place else None
        if block.kind == "prose":
            if found := re.match(r"## (.+)", block.source):
                section = found[1].strip()
            if REFERENCE.match(section):
                continue
            made += _prose(block, lesson, section, first=place == 0)
            continue
        if REFERENCE.match(section):
            continue
        if block.kind == "figure":
            made.append(Slide("figure", section, block.html, html.escape(block.source)))
        elif block.kind in ("table", "text"):
            shown = _shown(block.code)
            # Of several outputs of a cell, only the first repeats the code.
            same = before is not None and before.kind != "code"
            made.append(Slide("result", section, ("" if same else shown) + block.html))
        elif block.kind == "code" and (place + 1 == len(blocks) or _alone(blocks[place + 1])):
            if "..." in block.source and made and made[-1].kind == "try":
                made[-1].body += set_code(without_checks(block.source))
            elif (shown := _shown(block.source)) and "def " in block.source:
                made.append(Slide("code", section, shown))
    return list(_without_small_talk(made, TOO_LITTLE[lesson.lang]))


def _without_small_talk(made: list[Slide], least: int) -> Iterator[Slide]:
    """Leave to the speaker what is one plain sentence: "And the others?" needs no slide."""
    spoken = ""
    for slide in made:
        text = re.sub(r"<[^>]+>", "", slide.body)
        rich = re.search("<strong|<li|<td", slide.body)
        if slide.kind == "text" and len(text) < least and not rich:
            spoken += slide.notes or slide.body
            continue
        slide.notes = spoken + slide.notes
        spoken = ""
        yield slide


def _alone(after: Block) -> bool:
    return after.kind in ("prose", "code")


def _shown(source: str) -> str:
    kept = without_checks(source)
    lines = [line for line in kept.splitlines() if line.strip()]
    if not lines or len(lines) > CODE_LINES:
        return ""
    return set_code(kept)


def _prose(block: Block, lesson: Lesson, section: str, *, first: bool) -> Iterator[Slide]:
    lang = lesson.lang
    chunks = [chunk.strip("\n") for chunk in re.split(r"\n\s*\n", block.source) if chunk.strip()]
    heads = [chunk for chunk in chunks if chunk.startswith("#")]
    rest = [chunk for chunk in chunks if not chunk.startswith("#")]
    notes = block.html
    if first:
        yield Slide("title", "", markdown(heads[0], lang) + f"<p class=kit>{_kit(lang)}</p>")
        for chunk in rest:
            if chunk.startswith(">"):
                yield Slide("text", "", markdown(_objectives(chunk), lang), markdown(chunk, lang))
        return
    heading = f"<h2>{html.escape(section)}</h2>" if heads and heads[0].startswith("## ") else ""
    held, size = "", 0
    for chunk in rest:
        if chunk.startswith(">"):
            if any(word in chunk[:30] for word in CODE_WORDS):
                continue
            if held or heading:
                yield Slide("section" if heading else "text", section, heading + held, notes)
                held, size, heading, notes = "", 0, "", ""
            kind = "try" if re.match(r"> \*\*(試一試|Try it)", chunk) else "quote"
            yield Slide(kind, section, markdown(chunk, lang), notes)
            notes = ""
            continue
        short = chunk if re.match(r"([-*|]|\d+\.) ", chunk + " ") else _gist(chunk)
        length = len(re.sub(r"[*`_|]", "", short))
        if chunk is not rest[0] and length < TOO_LITTLE[lang] // 3 and "**" not in short:
            continue  # "And the period?" leads over to the next cell
        if held and size + length > ROOM[lang]:
            yield Slide("section" if heading else "text", section, heading + held, notes)
            held, size, heading, notes = "", 0, "", ""
        held += markdown(short, lang)
        size += length
    if held or heading:
        yield Slide("section" if heading else "text", section, heading + held, notes)
    for _, answer in block.answers:
        yield Slide("answer", section, f"<h3>{WORDS[lang]['answer']}</h3>{answer}")


def _objectives(chunk: str) -> str:
    lines = [line.removeprefix(">").strip() for line in chunk.splitlines()]
    numbered = [line for line in lines if re.match(r"\*\*|\d+\.|[-*] ", line)]
    return "\n".join([f"### {numbered[0].strip('*')}", "", *numbered[1:]])


def _gist(paragraph: str) -> str:
    """Keep the first sentence and those with words in bold; the rest is for the speaker."""
    text = " ".join(paragraph.splitlines())
    cut = re.split(r"(?<=[。？！])(?![」）*])|(?<=[.?!])\s+(?=[A-Z*“(`])", text)
    sentences = [one for one in cut if one and one.strip()]
    # A cut through bold words would leave stray asterisks: then the paragraph stays whole.
    if any(one.count("**") % 2 or one.count("`") % 2 for one in sentences):
        return text
    kept = [one for number, one in enumerate(sentences) if number == 0 or "**" in one]
    between = "" if re.search(r"[\u4e00-\u9fff]", text) else " "
    return between.join(one.strip() for one in kept)


def _kit(lang: str) -> str:
    return WORDS[lang]["kit"].format(version=rfmkit.__version__)


def deck(lesson: Lesson) -> str:
    """Write the slides as one HTML file that needs nothing but a browser."""
    words = WORDS[lesson.lang]
    made = slides(lesson)
    shown = []
    for number, slide in enumerate(made, 1):
        told = words["label"].format(number=number, count=len(made))
        head = "" if slide.kind in ("title", "section") else html.escape(slide.section)
        notes = f"<aside class=notes>{slide.notes}</aside>" if slide.notes else ""
        shown.append(
            f'<section class="slide {slide.kind}" id="s{number}" aria-label="{told}">'
            f"<header>{head}</header><div class=fit>{slide.body}</div>"
            f"<footer><span>{html.escape(lesson.title)}</span><span>{number} / {len(made)}</span>"
            f"</footer>{notes}</section>"
        )
    content = "\n".join(shown)
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
