"""Write the pages of docs/ that are made from tables and from source/guide.

Run as `python tools/make_docs.py`:

docs/contents.*.md   every item of the subject, its chapter and cell (source/index/*.csv)
docs/objectives.*.md every objective and the questions that serve it (the chapters' TOML)
docs/instructor.*.md the instructor's guide (source/guide), with sections and minutes filled in
docs/glossary.*.md   every term and tier in three scripts (source/glossary.csv, strategies.csv)

With --check nothing is written; pages that are not what the tables say are named.
"""

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from authoring.lessons import minutes_of, number_sections
from authoring.source import SourceCell, read_source
from rfmkit.classroom.question import Question, all_questions
from rfmkit.classroom.sections import fill_sections
from rfmkit.labels import LANGUAGES

_reference = re.compile(r"\{(section|minutes|questions|exercise) (\d+)(?: (\w+))?\}")
ROOT = Path(__file__).resolve().parents[1]
# What each page is, under its title.
ABOUT = {
    "contents": {
        "zh-TW": "課程涵蓋的每一個項目、所在的章節，以及做這件事的程式格（[n] 是筆記本裡的編號）。",
        "en": "Every item of the subject, the section that teaches it, and the cell that does it: "
        "[n] is the number at its left in the notebook.",
    },
    "objectives": {
        "zh-TW": "每一題練的是哪一個目標、多難、多久、幾分。字母的題目在課文裡，數字的在練習裡。",
        "en": "Which objective each question serves, how hard it is, how long it takes and what it "
        "is worth. Questions with a letter stand in the lesson, those with a number in the "
        "exercise.",
    },
    "glossary": {
        "zh-TW": "一個詞只有一個意思。同一個名稱在不同方法裡指不同的人，所以每一級都寫明屬於哪"
        "種方法。簡體中文是中國大陸慣用的說法。",
        "en": "One term, one meaning. The same word means different people in different methods, "
        "so every tier says which scheme it belongs to.",
    },
}
OTHER = {"zh-TW": ("en", "English"), "en": ("zh-TW", "正體中文")}


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a table of source/."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def index_rows() -> list[dict[str, str]]:
    """Read the items of all chapters, in the order of the subject."""
    rows = [row for path in sorted((ROOT / "source/index").glob("*.csv")) for row in rows_of(path)]
    return sorted(rows, key=lambda row: (int(row["section"].removeprefix("§")), row["chapter"]))


def lesson(chapter: str) -> str:
    """Name the lesson of a chapter, such as 02_abc."""
    lessons = sorted((ROOT / "source/lessons").glob(f"{chapter}_*.py"))
    return next(one.stem for one in lessons if not one.stem.endswith("_quiz"))


def table(titles: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Write a Markdown table."""
    titles = list(titles)
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"


def contents(lang: str) -> Iterator[str]:
    """List for every item of the subject where it is taught."""
    chinese = lang == "zh-TW"
    yield "# 內容索引" if chinese else "# Where everything is"
    yield from opening("contents", lang)
    yield ""
    titles = ("項目", "章", "節", "程式格") if chinese else ("item", "chapter", "section", "cell")
    entries = []
    for row in index_rows():
        stem = lesson(row["chapter"])
        number = place(stem, row["cell"])
        heading = heading_of(stem, row["phrase_zh" if chinese else "phrase_en"], lang)
        link = f"[{row['chapter']}](../notebooks/{lang}/{stem}.ipynb)"
        entries.append((row["item_zh" if chinese else "item_en"], link, heading, f"[{number}]"))
    yield from table(titles, entries)


def place(stem: str, name: str) -> int:
    """Find a cell by its name: its number in the notebook.

    A claim, which is not in the notebook, is found at the cell that it follows.
    """
    number = 0
    for cell in (cell for cell in cells_of(stem) if cell.kind == "code"):
        number += not cell.meta.get("claims")
        if cell.meta.get("name") == name:
            return number
    raise ValueError(f"source/index names a cell {name!r} that {stem} does not have.")


def heading_of(stem: str, phrase: str, lang: str) -> str:
    """Find the section whose prose holds a phrase, and return its heading."""
    heading = ""
    for cell in cells_of(stem):
        if cell.meta.get("lang") != lang:
            continue
        text = fill_sections(cell.text, chapter=stem[:2], numbers=sections())
        for part in re.split(r"^(?=## )", text, flags=re.MULTILINE):
            if found := re.match(r"## (.+)", part):
                heading = found[1]
            if heading and (phrase in " ".join(part.split()) or phrase in part):
                return heading
    raise ValueError(f"source/index has a phrase {phrase!r} that {stem} does not say ({lang}).")


@cache
def sections() -> dict[str, dict[str, str]]:
    """Return the section numbers of all lessons."""
    stems = [path.stem for path in (ROOT / "source/lessons").glob("*.py")]
    return number_sections({stem: cells_of(stem) for stem in stems})


@cache
def cells_of(stem: str) -> list[SourceCell]:
    """Read the cells of a lesson's source."""
    path = ROOT / "source/lessons" / f"{stem}.py"
    return read_source(path.read_text(encoding="utf-8"), file=path.name, exercise=False)


def objectives(lang: str) -> Iterator[str]:
    """List the questions by chapter with the objective each serves."""
    chinese = lang == "zh-TW"
    yield "# 學習目標與題目" if chinese else "# Objectives and questions"
    yield from opening("objectives", lang)
    titles = (
        ("題", "題目", "目標", "難度", "分鐘", "分數")
        if chinese
        else ("question", "title", "objective", "stars", "minutes", "points")
    )
    chapters: dict[str, list] = {}
    for number, one in all_questions().items():
        chapters.setdefault(number.split(".")[0], []).append((number, one.texts))
    for chapter, questions in sorted(chapters.items()):
        yield ""
        yield f"## 第 {chapter} 章" if chinese else f"## Chapter {chapter}"
        yield ""
        yield from table(
            titles,
            (
                (
                    number,
                    texts["title"][lang],
                    texts["objective"][lang],
                    "★" * texts["stars"],
                    texts["minutes"],
                    texts["points"] or "",
                )
                for number, texts in questions
            ),
        )


def glossary(lang: str) -> Iterator[str]:
    """List the terms, then the tiers of every scheme."""
    chinese = lang == "zh-TW"
    yield "# 詞彙表" if chinese else "# Glossary"
    yield from opening("glossary", lang)
    yield ""
    terms = rows_of(ROOT / "source/glossary.csv")
    first, second = ("zh-TW", "en") if chinese else ("en", "zh-TW")
    names = {"zh-TW": "正體中文", "en": "English", "zh-CN": "简体中文"}
    meaning = "意思" if chinese else "meaning"
    code = "程式裡的名稱" if chinese else "in code"
    chapter = "章" if chinese else "chapter"
    yield from table(
        (names[first], names[second], names["zh-CN"], code, meaning, chapter),
        (
            (
                row[first],
                row[second],
                row["zh-CN"],
                f"`{row['code']}`" if row["code"] else "",
                row[f"meaning_{lang}"],
                row["chapter"],
            )
            for row in terms
        ),
    )
    yield ""
    yield "## 各種方法的級別" if chinese else "## The tiers of each scheme"
    simplified = {row["code"]: row["zh-CN"] for row in rows_of(ROOT / "source/glossary_tiers.csv")}
    tiers = rows_of(ROOT / "rfmkit/strategies.csv")
    for scheme in dict.fromkeys(row["scheme"] for row in tiers):
        yield ""
        yield f"### `{scheme}`"
        yield ""
        yield from table(
            (names[first], names[second], names["zh-CN"], code, "特徵" if chinese else "who"),
            (
                (
                    row[f"name_{first}"],
                    row[f"name_{second}"],
                    simplified[row["code"]],
                    f"`{row['code']}`",
                    row[f"traits_{lang}"],
                )
                for row in tiers
                if row["scheme"] == scheme
            ),
        )


def opening(page: str, lang: str) -> Iterator[str]:
    """Write the lines under a page's title: the twin in the other language, and what it is."""
    other, name = OTHER[lang]
    yield ""
    yield f"[{name}]({page}.{other}.md)"
    yield ""
    yield ABOUT[page][lang]


def guide(file: Path, lang: str) -> str:
    """Fill in what a page of source/guide says of lessons and exercises.

    `{section 02 lead}` becomes the number of a section, `{minutes 02}` the minutes of a lesson and
    `{minutes 02 1}` those of its first sitting, `{questions 2}` the number of an exercise's
    questions, `{exercise 2}` its minutes. Raises ValueError, which names the line, for others.
    """

    def value(found: re.Match) -> str:
        kind, chapter, part = found.groups()
        if kind == "section":
            return fill_sections(found[0], chapter="", numbers=sections())
        if kind == "minutes":
            return str(minutes_of(cells_of(lesson(chapter)), lang)[part or ""])
        texts = [one.texts for one in exercise_questions(chapter)]
        return str(len(texts) if kind == "questions" else sum(one["minutes"] for one in texts))

    lines = file.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        try:
            lines[number] = _reference.sub(value, line)
        except KeyError as error:
            raise ValueError(f"{file.name}, line {number + 1}: there is no {error}.") from None
    return "\n".join(lines)


def exercise_questions(chapter: str) -> list[Question]:
    """Return the questions of a chapter's exercise."""
    return [one for n, one in all_questions().items() if re.fullmatch(rf"{chapter}\.\d+", n)]


def pages() -> dict[Path, str]:
    """Make every page: its path -> its text."""
    made = {
        ROOT / "docs" / f"{make.__name__}.{lang}.md": "\n".join(make(lang)) + "\n"
        for make in (contents, objectives, glossary)
        for lang in LANGUAGES
    }
    guides = sorted((ROOT / "source/guide").glob("*.md"))
    return made | {ROOT / "docs" / one.name: guide(one, one.name.split(".")[-2]) for one in guides}


def main(argv: list[str] | None = None) -> int:
    """Write the pages, or with --check name those that are stale."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; name stale pages")
    args = parser.parse_args(argv)
    stale = 0
    for path, text in pages().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if args.check:
            print(f"{path.relative_to(ROOT)} is stale; run: python tools/make_docs.py")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {path.relative_to(ROOT)}")
    return int(args.check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
