"""Print a page with Chromium, from the command line and without a network."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find_chromium() -> str | None:
    """Find a browser that can print: CHROMIUM names one, else the usual names and places."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PATHS if Path(place).is_file()), None)


def run(browser: str, page: Path, *options: str, timeout: int = 120) -> str:
    """Open a local page without a window and give what the browser writes."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        done = subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-extensions",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--allow-file-access-from-files",
                f"--user-data-dir={profile}",
                "--virtual-time-budget=8000",
                *options,
                page.as_uri(),
            ],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"{browser} failed on {page.name}:\n{done.stderr[-800:]}")
    return done.stdout


def print_pdf(browser: str, page: Path, pdf: Path) -> None:
    """Print a page as PDF, tagged for screen readers and with an outline."""
    part = pdf.with_name(f".{pdf.name}.part")
    run(
        browser,
        page,
        f"--print-to-pdf={part}",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        "--export-tagged-pdf",
    )
    if not part.is_file():
        raise RuntimeError(f"{browser} printed nothing of {page.name}.")
    part.replace(pdf)
