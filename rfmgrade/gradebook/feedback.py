"""Write a student's feedback as one page of HTML that needs nothing else."""

import html
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from rfmgrade.assign.roster import Student
from rfmgrade.gradebook.gradebook import Gradebook, asked, plain
from rfmgrade.marking.results import Mark, Result
from rfmkit.classroom.card import rich
from rfmkit.labels import label

# The look of a status and its sign; the words beside it say the same. Each ink on its paper has a
# contrast of at least 4.5 to 1, which tests/grading/test_feedback.py computes.
SIGNS = {
    "right": ("good", "✓"),
    "follow_through": ("good", "✓"),
    "decided": ("good", "✎"),
    "open_done": ("good", "✎"),
    "held": ("wait", "…"),
    "person": ("wait", "…"),
    "open": ("wait", "✎"),
    "known_mistake": ("not", "!"),
    "wrong": ("not", "!"),
    "missing": ("none", "–"),
    "failed": ("none", "–"),
}
INKS = {"good": "#1E5C2E", "wait": "#1B4F86", "not": "#7A4A00", "none": "#4A5360"}
PAPERS = {"good": "#E7F3E9", "wait": "#E6EFF9", "not": "#FBF0DC", "none": "#EDEFF2"}
INK, MUTED, PAPER = "#1F2A37", "#566070", "#FFFFFF"

_looks = "".join(
    f"article.{look} {{ border-left-color: {INKS[look]}; }}\n"
    f"article.{look} .badge {{ color: {INKS[look]}; background: {PAPERS[look]}; }}\n"
    for look in INKS
)
STYLE = f"""\
body {{ margin: 0; color: {INK}; background: {PAPER}; line-height: 1.65;
  font-family: "Microsoft JhengHei", "PingFang TC", "Noto Sans CJK TC", "Segoe UI", sans-serif; }}
main {{ max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }}
h1 {{ font-size: 1.6rem; margin: 0; }}
h2 {{ font-size: 1.25rem; margin: 2rem 0 .25rem; }}
h3 {{ font-size: 1.05rem; margin: 0; }}
h4 {{ font-size: .95rem; margin: .75rem 0 .25rem; }}
p {{ margin: .35rem 0; overflow-wrap: anywhere; }}
.who, .facts, footer {{ color: {MUTED}; }}
.facts {{ font-size: .9rem; }}
.total {{ font-size: 1.2rem; font-weight: bold; }}
.total span {{ font-size: .95rem; font-weight: normal; color: {MUTED}; }}
article {{ border-left: .3rem solid; margin: 1rem 0; padding: .1rem 0 .1rem 1rem;
  break-inside: avoid; }}
.badge {{ border-radius: .3rem; padding: .1rem .5rem; font-weight: bold; }}
.points {{ color: {MUTED}; white-space: nowrap; margin-left: .35rem; }}
blockquote {{ margin: .25rem 0; padding: .5rem .75rem; background: #F4F6F8; white-space: pre-wrap;
  overflow-wrap: anywhere; }}
ul {{ margin: .25rem 0; padding-left: 1.25rem; }}
code {{ font-family: Consolas, Menlo, monospace; background: #F4F6F8; padding: 0 .2rem;
  overflow-wrap: anywhere; }}
footer {{ margin-top: 2.5rem; border-top: 1px solid #D5DCE4; padding-top: .75rem; }}
{_looks}@media print {{
  main {{ max-width: none; padding: 0; }}
  .badge {{ border: 1px solid; }}
}}
"""


MADE_BY = '<meta name="generator" content="rfmkit grade">'
LONGEST = 20_000
# Control characters, half characters, and those that turn the direction of writing.
_unfit = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def feedback_page(book: Gradebook, student: Student) -> str:
    """Write the page of one student, in the student's language.

    Parameters
    ----------
    book
        The class. Nothing of other students, no flag, no key and no seed gets into the page.
    student
        Whose page.

    Returns
    -------
    str
        A whole HTML document, without scripts and without addresses.
    """
    lang, results = student.lang, book.of(student.id)
    chapters = "、" if lang == "zh-TW" else ", "
    numbers = chapters.join(str(int(one.chapter)) for one in results)
    title = label("page.title", lang, chapter=numbers)
    body = "".join(_chapter(book, student, one) for one in results)
    who = " · ".join(filter(None, (student.id, student.name)))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n{MADE_BY}\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<header>\n<h1>{_safe(title)}</h1>\n<p class="who">{_safe(who)}</p>\n</header>\n{body}'
        f"<footer>{_safe(label('page.end', lang))}</footer>\n</main>\n</body>\n</html>\n"
    )


def write_pages(book: Gradebook, folder: Path) -> list[Path]:
    """Write the page of each student who handed in; pages of an earlier run are taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for student in book.students:
        if book.of(student.id):
            path = folder / f"{student.id}.html"
            beside = folder / f".{student.id}.part"
            text = feedback_page(book, student)
            beside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
            made.append(beside.replace(path))
    for old in sorted(set(folder.glob("*.html")) - set(made)):
        with old.open(encoding="utf-8", errors="replace") as file:
            if MADE_BY in file.read(400):
                old.unlink()
    return made


def pack_for_moodle(pages: list[Path], folders: Mapping[str, str], target: Path) -> Path | None:
    """Pack the pages as Moodle takes feedback files: by its own folder names."""
    known = {folders[page.stem]: page for page in pages if page.stem in folders}
    if not known:
        return None
    beside = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
        for folder in sorted(known):
            name = f"{folder.rstrip('_')}_/feedback.html"
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, known[folder].read_bytes())
    return beside.replace(target)


def _chapter(book: Gradebook, student: Student, result: Result) -> str:
    lang = student.lang
    points, undecided = book.total(student.id, result.chapter) or (0, 0)
    out_of = plain(sum(mark.out_of for mark in result.marks))
    lines = [f'<p class="total">{_safe(label("page.total", lang, points=points, out_of=out_of))}']
    if undecided:
        lines[0] += f" <span>{_safe(label('page.undecided', lang, points=undecided))}</span>"
    lines[0] += "</p>"
    facts = [label("page.file", lang, file=result.file)]
    if result.handed_in:
        when = result.handed_in.replace("T", " ")[:16]
        facts.append(label("page.handed_in", lang, when=when))
    if result.late:
        facts.append(label("page.late", lang))
    lines.append(f'<p class="facts">{"<br>".join(map(_safe, facts))}</p>')
    name = label("page.chapter", lang, number=int(result.chapter))
    marks = "".join(_mark(book, student, mark) for mark in result.marks)
    return f"<section>\n<h2>{_safe(name)}</h2>\n{''.join(lines)}\n{marks}</section>\n"


def _mark(book: Gradebook, student: Student, mark: Mark) -> str:
    lang, earned = student.lang, book.earned(student.id, mark)
    decided = mark.points is None and earned is not None
    status = "open_done" if decided and mark.status == "open" else mark.status
    status = "decided" if decided and status != "open_done" else status
    worth = {"points": plain(earned or 0), "out_of": plain(mark.out_of)}
    points = label("page.waiting" if earned is None else "page.points", lang, **worth)
    # The text beside 6.7 is "6.7w" to us only; its title says that it is the text.
    number, title = mark.number.removesuffix("w"), asked(mark.number).title(lang)
    texts = [_told(mark, status, lang)]
    if mark.status == "open":
        texts.append(_open(book, student, mark))
    look, sign = SIGNS[status]
    return (
        f'<article class="{look}">\n<h3>{_safe(number)} {_safe(title)}</h3>\n'
        f'<p class="status"><span class="badge"><span aria-hidden="true">{sign}</span> '
        f"{_safe(label(f'page.{status}', lang))}</span> "
        f'<span class="points">{_safe(points)}</span></p>\n{"".join(texts)}</article>\n'
    )


def _told(mark: Mark, status: str, lang: str) -> str:
    """Say what the student is told of the answer, or else what the status means."""
    text = mark.feedback
    if not text and status in ("held", "missing", "failed", "person"):
        text = label(f"page.{status}_told", lang)
    if mark.status == "open" or (status == "decided" and mark.status != "held"):
        text = ""  # that a person will look at it, which the line above says
    return f"<p>{rich(_clean(_short(text)))}</p>\n" if text else ""


def _open(book: Gradebook, student: Student, mark: Mark) -> str:
    """Show what the student wrote, and the rubric with the points given, if they are."""
    lang = student.lang
    decision = book.decisions.get((student.id, mark.number))
    parts = decision.parts if decision and decision.points is not None else ()
    rows = []
    for place, (most, words) in enumerate(asked(mark.number).rubric):
        given = parts[place] if place < len(parts) else None
        key = "page.waiting" if given is None else "page.points"
        points = label(key, lang, points=plain(given or 0), out_of=plain(most))
        rows.append(f'<li>{rich(words[lang])} <span class="points">{_safe(points)}</span></li>')
    told = ""
    if mark.answer.strip():
        told = (
            f"<h4>{_safe(label('page.answer', lang))}</h4>\n"
            f"<blockquote>{_safe(_short(mark.answer))}</blockquote>\n"
        )
    if rows:
        told += f"<h4>{_safe(label('page.rubric', lang))}</h4>\n<ul>{''.join(rows)}</ul>\n"
    return told


def _safe(text: object) -> str:
    """Escape a text for HTML, and take out what no page may hold."""
    return html.escape(_clean(str(text)))


def _clean(text: str) -> str:
    return _unfit.sub("\ufffd", text.replace("\r\n", "\n"))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
