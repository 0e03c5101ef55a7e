"""Photograph the screens for the READMEs, in both languages.

    python tools/make_screenshots.py           # into docs/img

The notebook and the reply to an answer are JupyterLab in a real browser: its test, told to write
what it sees, which needs the extra `browser` and a Chromium. The report is a page of the workbook
that `rfmkit tier` writes, printed by LibreOffice; without it, that picture stays as it is, which
is told.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from matplotlib import image

ROOT = Path(__file__).resolve().parent.parent
LEDGER = ROOT / "data" / "交易記錄.xlsx"
MARCH = ("--today", "2021-04-01", "--start", "2021-03-01", "--end", "2021-03-31")
# The sheet of the eight classes and their chart, by its place in the workbook and in print.
PAGE = "7"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "img")
    folder = parser.parse_args().output.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office or not shutil.which("pdftoppm"):
        print("report.*.png stay as they are: they need LibreOffice and pdftoppm (poppler).")
    else:
        for lang in ("zh-TW", "en"):
            photograph_report(office, lang, folder / f"report.{lang}.png")
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-k",
            "pictures",
            "tests/browser/test_lab.py",
        ],
        cwd=ROOT,
        env={**os.environ, "RFMKIT_SCREENSHOTS": str(folder)},
        check=False,
    ).returncode


def photograph_report(office: str, lang: str, picture: Path) -> None:
    """Write the report of the firm, print it, and cut out the page of the classes."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run(
            sys.executable,
            "-m",
            "rfmkit",
            "tier",
            str(LEDGER),
            *MARCH,
            "--lang",
            lang,
            "-o",
            str(home / "report.xlsx"),
        )
        run(
            office,
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(home / "report.xlsx"),
        )
        run(
            "pdftoppm",
            "-r",
            "150",
            "-f",
            PAGE,
            "-singlefile",
            "-png",
            str(home / "report.pdf"),
            str(home / "page"),
        )
        page = image.imread(home / "page.png")[..., :3]
        page = page[: int(0.9 * len(page))]  # without the footer
        rows, columns = np.nonzero((page < 1).any(axis=2))
        edge = 24
        top, left = max(rows.min() - edge, 0), max(columns.min() - edge, 0)
        image.imsave(picture, page[top : rows.max() + edge, left : columns.max() + edge])
    print(f"written: {picture.name}")


def run(*words: str) -> None:
    """Run a program of the machine, and stop with what it says if it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "RFMKIT_PROGRESS": "off"}
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
        env=env,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{words[0]} failed:\n{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
