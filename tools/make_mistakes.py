"""Write docs/mistakes.*.md: which mistakes each question knows. Run by hand after new questions.

python tools/make_mistakes.py [FOLDER]      (docs/ unless another folder is named)
"""

import sys
from pathlib import Path

from rfmkit.classroom.mistake_table import judge, page, summary
from rfmkit.labels import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent


def main(folder: Path = ROOT / "docs") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows = judge()
    for lang in LANGUAGES:
        path = folder / f"mistakes.{lang}.md"
        path.write_text(page(rows, lang), encoding="utf-8", newline="\n")
        print(path)
    print(summary(rows))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
