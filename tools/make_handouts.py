"""Print the lessons: `make handouts`, or `python tools/make_handouts.py`.

For each lesson and language, into dist/handouts/zh-TW and dist/handouts/en:

05_rfm.html          a handout that needs no network; its answers stand at the end
05_rfm.pdf           the same on A4, with page numbers and an outline
05_rfm.slides.html   slides: arrow keys, N for the notes, F for full screen; they print too

The PDFs need Chromium, Chrome or Edge; CHROMIUM=/path names another one. Without any, the HTML is
written and the PDFs are left out, which is told.
"""

import argparse
import html
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).resolve().parent))

from paper.cells import Lesson, read_lesson  # noqa: E402
from paper.chromium import find_chromium, print_pdf  # noqa: E402
from paper.page import handout  # noqa: E402
from paper.slides import deck  # noqa: E402

EDITIONS = {"zh-TW": "正體中文", "en": "English"}
KINDS = {"zh-TW": ("講義", "PDF", "投影片"), "en": ("handout", "PDF", "slides")}


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def contents(lessons: list[Lesson], out: Path) -> str:
    """Write a page that leads to everything made."""
    lists = ""
    for lang, name in EDITIONS.items():
        rows = ""
        for lesson in (one for one in lessons if one.lang == lang):
            stem = f"{lang}/{lesson.stem}"
            files = zip((".html", ".pdf", ".slides.html"), KINDS[lang], strict=True)
            links = [
                f'<a href="{stem}{end}">{kind}</a>'
                for end, kind in files
                if (out / f"{stem}{end}").is_file()
            ]
            rows += f"<li>{html.escape(lesson.title)}: {', '.join(links)}</li>"
        lists += f'<section lang="{lang}"><h2>{name}</h2><ul>{rows}</ul></section>'
    return (
        '<!doctype html>\n<html lang="zh-TW">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>rfmkit</title>\n<style>body{font:1rem/1.8 sans-serif;max-width:44em;"
        "margin:2em auto;padding:0 1em}a{color:#0269b3}</style>\n"
        f"<h1>講義與投影片 · Handouts and slides</h1>\n{lists}\n</html>\n"
    )


def main(argv: list[str] | None = None) -> int:
    """Make the handouts and slides asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / "handouts")
    parser.add_argument("--only", default="", help="lessons whose name begins so, such as 05")
    parser.add_argument("--lang", choices=tuple(EDITIONS), help="one language (both)")
    parser.add_argument("--no-pdf", action="store_true", help="HTML only")
    args = parser.parse_args(argv)
    browser = None if args.no_pdf else find_chromium()
    if browser is None and not args.no_pdf:
        print(
            "No Chromium, Chrome or Edge here, so no PDF is printed; CHROMIUM=/path names one.",
            file=sys.stderr,
        )
    made = []
    for lang in EDITIONS if args.lang is None else (args.lang,):
        folder = args.output.resolve() / lang
        folder.mkdir(parents=True, exist_ok=True)
        for notebook in sorted((ROOT / "notebooks" / lang).glob(f"{args.only}*.ipynb")):
            lesson = read_lesson(notebook)
            page = folder / f"{lesson.stem}.html"
            write(page, handout(lesson))
            write(folder / f"{lesson.stem}.slides.html", deck(lesson))
            if browser is not None:
                print_pdf(browser, page, page.with_suffix(".pdf"))
            made.append(lesson)
            print(f"{lang}/{lesson.stem}", flush=True)
    if not made:
        print(f"no lesson begins with {args.only!r}.", file=sys.stderr)
        return 2
    write(args.output / "index.html", contents(made, args.output))
    return 0


if __name__ == "__main__":
    sys.exit(main())
