"""A student's first hour, in the real JupyterLab and a real browser, in both languages.

With RFMKIT_SCREENSHOTS set to a folder, the pictures of the READMEs are written there:

    RFMKIT_SCREENSHOTS=docs/img python -m pytest tests/browser/test_lab.py

(`python tools/make_screenshots.py` does that.)
"""

import io
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import PATIENCE, ROOT
from lab_page import LabPage, card_of, errors_of, plain

from rfmkit.classroom.question import question

EDITIONS = ("zh-TW", "en")
PICTURES = os.environ.get("RFMKIT_SCREENSHOTS")
CLEAN = """clean, rejected = rk.clean_transactions(
    ledger, start="2021-03-01", end="2021-03-31", today=TODAY
)"""
WRONG = 'march_revenue = clean.loc[clean["amount"] > 0, "amount"].sum()'
RIGHT = 'march_revenue = clean["amount"].sum()'

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
pytest.importorskip("ipywidgets", reason="ipywidgets is not installed")


@pytest.fixture(scope="module")
def lab(tmp_path_factory, context):
    """JupyterLab on copies of the notebooks, with settings of its own, and a page that shows it."""
    home = tmp_path_factory.mktemp("lab")
    kit = home / "kit"
    for name in ("notebooks", "exercises", "data"):
        hidden = shutil.ignore_patterns(".*", "case")
        shutil.copytree(ROOT / name, kit / name, ignore=hidden)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_urlsafe(24)
    places = {name: str(home / name.lower()) for name in (
        "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
        "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")}  # fmt: skip
    # No question about Jupyter's news over the first lesson, nor over the pictures.
    quiet = home / "jupyterlab_settings_dir/@jupyterlab/apputils-extension"
    quiet.mkdir(parents=True)
    (quiet / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    log = (home / "log.txt").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
         f"--ServerApp.root_dir={kit}", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
         "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
         "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None",
         "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
        cwd=kit, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        env={**os.environ, **places, "PYTHONPATH": str(ROOT), "RFMKIT_PROGRESS": "off",
             "MPLBACKEND": ""},
    )  # fmt: skip
    page = context.new_page()
    try:
        wait_for(port, server, home / "log.txt")
        page.goto(f"http://127.0.0.1:{port}/lab?token={token}")
        yield LabPage(page).wait()
    finally:
        page.close()
        server.send_signal(signal.SIGTERM)  # ends the kernels too
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)
        log.close()
    assert kernels_left(home) == []


def wait_for(port: int, server: subprocess.Popen, log: Path, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as knock:
            knock.settimeout(1)
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


def kernels_left(home: Path) -> list[str]:
    """List what still runs from that folder, where the system tells (Linux)."""
    end = time.monotonic() + 10
    while True:
        left = []
        for told in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = told.read_bytes().decode("utf-8", "replace")
            except OSError:  # it ended just now
                continue
            if str(home) in words:
                left.append(words.replace("\0", " "))
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.2)


@pytest.mark.parametrize("lang", EDITIONS)
def test_the_start_notebook_runs_from_top_to_bottom(lab, lang):
    lab.open(f"notebooks/{lang}/00_start.ipynb")
    lab.run_all()
    cells = lab.cells()
    assert errors_of(cells) == []
    counts = [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))
    card = card_of(cells[lab.find("rows = 416")])
    assert plain(question("0.1").texts["mistakes"]["heading_counted"][lang]) in card
    (figure, _) = cells[lab.find("clean, rejected")]["outputs"]
    assert "image/png" in figure["data"]
    lab.close()


@pytest.mark.parametrize("lang", EDITIONS)
def test_a_slider_moves_the_figure_and_its_words(lab, lang):
    lab.open(f"notebooks/{lang}/02_abc.ipynb")
    lab.run_all()
    assert errors_of(lab.cells()) == []
    lab.show(lab.find("rk.explore_abc"))
    handle = lab.page.locator(".noUi-handle:visible").first
    words = lab.page.locator(".jupyter-widgets [role=status]:visible").first
    words.wait_for()
    before, value = words.inner_text(), float(handle.get_attribute("aria-valuenow"))
    assert len(before) > 40
    handle.focus()
    for _ in range(5):
        lab.page.keyboard.press("ArrowRight")
    lab.page.wait_for_function(  # the figure and its words are laid into the page anew
        "old => [...document.querySelectorAll('.jupyter-widgets [role=status]')]"
        ".every(words => words.innerText !== old)", arg=before)  # fmt: skip
    assert float(handle.get_attribute("aria-valuenow")) > value
    shown = lab.page.locator(".jupyter-widgets img:visible").first
    assert shown.get_attribute("alt") == words.inner_text()
    lab.close()


@pytest.mark.parametrize("lang", EDITIONS)
def test_an_exercise_is_got_wrong_and_then_right(lab, lang):
    texts = question("6.1").texts
    mistake, praise = plain(texts["mistakes"]["returns_dropped"][lang]), plain(texts["right"][lang])
    lab.open(f"exercises/{lang}/06_practicum.ipynb")
    lab.run_cell(lab.find("import pandas"))
    answer, check = lab.find("clean, rejected = ..."), lab.find('check("6.1"')
    lab.run_cell(answer, f"{CLEAN}\n{WRONG}")
    wrong = card_of(lab.run_cell(check, 'check("6.1", march_revenue)'))
    assert mistake in wrong
    # What a reader of the page sees, and what a screen reader is told of it.
    card = lab.page.get_by_role("status", name=re.compile(r"^6\.1")).first
    assert mistake in card.inner_text()
    lab.run_cell(answer, f"{CLEAN}\n{RIGHT}")
    right = card_of(lab.run_cell(check))
    assert praise in right
    assert praise in card.inner_text()
    assert errors_of(lab.cells()) == []
    lab.close()


@pytest.mark.skipif(not PICTURES, reason="RFMKIT_SCREENSHOTS names no folder")
@pytest.mark.parametrize("lang", EDITIONS)
def test_the_pictures_of_the_readmes(lab, browser, lang):
    folder = Path(PICTURES)
    context = browser.new_context(
        viewport={"width": 1180, "height": 860}, device_scale_factor=2,
        storage_state=lab.page.context.storage_state(),
    )  # fmt: skip
    page = context.new_page()
    page.goto(lab.page.url.partition("/lab")[0] + "/lab/workspaces/pictures?reset")
    sharp = LabPage(page).wait()
    sharp.open(f"notebooks/{lang}/06_practicum.ipynb")
    page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    page.wait_for_timeout(1000)
    sharp.show(sharp.find("rk.show(rk.plot_rfm_classes"), at="start")
    page.wait_for_timeout(1500)
    save(page.screenshot(), folder / f"notebook.{lang}.png")
    sharp.close()
    page.set_viewport_size({"width": 860, "height": 860})  # large letters in the README
    sharp.open(f"exercises/{lang}/06_practicum.ipynb")
    sharp.run_cell(sharp.find("import pandas"))
    sharp.run_cell(sharp.find("clean, rejected = ..."), CLEAN)
    place = sharp.find('check("6.1"')
    sharp.run_cell(place, f'{WRONG}\ncheck("6.1", march_revenue)')
    sharp.show(place, at="center")
    page.wait_for_timeout(1500)
    save(active_cell(page), folder / f"check.{lang}.png")
    sharp.close()
    context.close()


def active_cell(page: object) -> bytes:
    """Picture one cell: its code and the card below."""
    box = page.locator(".jp-CodeCell.jp-mod-active:visible").bounding_box()
    box["y"] -= 6
    box["height"] += 12
    return page.screenshot(clip=box)


def save(png: bytes, path: Path) -> None:
    """Write a picture with 256 colours, a third of the size and no different to the eye."""
    from PIL import Image

    Image.open(io.BytesIO(png)).convert("RGB").quantize(256, method=2).save(path, optimize=True)
