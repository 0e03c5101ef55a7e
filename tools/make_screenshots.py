"""Take the pictures of the READMEs anew: JupyterLab in a real browser, both languages.

    python tools/make_screenshots.py           # into docs/img

It is the test of JupyterLab, told to write what it sees. It needs the extra `browser` and a
Chromium. docs/img/report.*.png shows the workbook of `rfmkit tier` in an office program, and is
made by hand.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "img")
    folder = parser.parse_args().output.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "pictures",
         "tests/browser/test_lab.py"],
        cwd=ROOT, env={**os.environ, "RFMKIT_SCREENSHOTS": str(folder)}, check=False,
    ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
