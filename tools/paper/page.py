"""Set a lesson as a handout: one HTML file that is also what the PDF is printed from."""

import html
import re
from itertools import pairwise
from pathlib import Path

import rfmkit

from .cells import Block, Lesson, colours
from .font import font_faces

HERE = Path(__file__).resolve().parent
WORDS = {
    "zh-TW": {
        "answers": "答案",
        "see": "想好了再看：答案在最後。",
        "which": "答案 {number}",
        "kit": "客戶分級教材 rfmkit {version}",
        "licence": "文字與圖片：CC BY 4.0，rfmkit 的作者群。",
        "your_answer": "我的答案：",
    },
    "en": {
        "answers": "Answers",
        "see": "Decide first; the answers are at the end.",
        "which": "Answer {number}",
        "kit": "Customer tiering with rfmkit {version}",
        "licence": "Text and pictures: CC BY 4.0, the rfmkit authors.",
        "your_answer": "My answer:",
    },
}


def handout(lesson: Lesson) -> str:
    """Write the page."""
    words = WORDS[lesson.lang]
    body, answers = _body(lesson)
    kit = words["kit"].format(version=rfmkit.__version__)
    end = ""
    if answers:
        end = f"<section class=answers><h2>{words['answers']}</h2>{''.join(answers)}</section>"
    content = f"{body}{end}<p class=licence>{words['licence']}</p>"
    title = html.escape(lesson.title)
    running = f'@page{{@bottom-left{{content:"{title}"}}@top-right{{content:"{kit}"}}}}'
    style = (HERE / "handout.css").read_text(encoding="utf-8")
    fit = (HERE / "fit_tables.js").read_text(encoding="utf-8")
    fonts = font_faces(re.sub(r'"data:image[^"]*"', "", content) + title + kit)
    return (
        f'<!doctype html>\n<html lang="{lesson.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title} · {kit}</title>\n"
        f"<style>\n{fonts}{colours()}\n{style}\n{running}\n</style>\n</head>\n"
        f"<body>\n<main>\n{content}\n</main>\n<script>\n{fit}</script>\n</body>\n</html>\n"
    )


def _body(lesson: Lesson) -> tuple[str, list[str]]:
    words = WORDS[lesson.lang]
    parts: list[str] = []
    answers: list[str] = []
    blocks = lesson.blocks
    ends = Block("end", "")
    skip = False
    for block, after in pairwise([*blocks, ends]):
        if skip:
            skip = False
            continue
        if block.kind == "figure":
            # The sentence under a figure belongs to it, on the same page.
            caption = after.html if after.kind == "words" else ""
            skip = after.kind == "words"
            tall = " class=tall" if block.rows else ""
            parts.append(f"<figure{tall}>{block.html}<figcaption>{caption}</figcaption></figure>")
        elif block.kind == "table":
            short = " short" if block.rows <= 34 else ""
            parts.append(f'<div class="table{short}">{block.html}</div>')
        elif block.kind == "code":
            parts.append(block.html)
            if re.search(r"^check\(", block.source, re.MULTILINE):
                parts.append(f"<p class=write>{words['your_answer']}</p>")
        else:
            parts.append(block.html if block.kind == "text" else f"<div>{block.html}</div>")
        for _summary, answer in block.answers:
            place = f"answer-{len(answers) + 1}"
            which = words["which"].format(number=len(answers) + 1)
            link = f'<a href="#{place}">{words["see"]} ({which})</a>'
            parts.append(f"<p class=see>{link}</p>")
            answers.append(f'<div class=answer id="{place}"><h3>{which}</h3>{answer}</div>')
    return "\n".join(parts), answers
