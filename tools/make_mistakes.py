"""Write docs/mistakes.*.md: which mistakes each question knows. Run by hand after new questions.

python tools/make_mistakes.py [FOLDER]      (docs/ unless another folder is named)
"""

import sys
from pathlib import Path

from authoring.question_table import judge_questions, page, summary
from rfmkit.labels import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent


def with_translation_link(text: str, lang: str) -> str:
    """Insert the link to the other language under the page's title."""
    title, _, rest = text.partition("\n")
    (other,) = set(LANGUAGES) - {lang}
    name = {"zh-TW": "正體中文", "en": "English"}[other]
    return f"{title}\n\n[{name}](mistakes.{other}.md)\n{rest}"


def main(folder: Path = ROOT / "docs") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows = judge_questions()
    for lang in LANGUAGES:
        path = folder / f"mistakes.{lang}.md"
        text = with_translation_link(page(rows, lang), lang)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)
    print(summary(rows))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
