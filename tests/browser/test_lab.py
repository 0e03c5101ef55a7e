"""A student's first hour, in the real JupyterLab and a real browser, in both languages.

With RFMKIT_SCREENSHOTS set to a folder, the pictures of the READMEs are written there:

    RFMKIT_SCREENSHOTS=docs/img python -m pytest tests/browser/test_lab.py

(`python tools/make_screenshots.py` does that.)
"""

import io
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import PATIENCE, ROOT
from lab_page import LabPage, card_of, errors_of, plain

from rfmkit.classroom.question import find_question
from rfmkit.commands.lay_out import fingerprint

EDITIONS = ("zh-TW", "en")
PICTURES = os.environ.get("RFMKIT_SCREENSHOTS")
CLEAN = """clean, rejected = rk.clean_transactions(
    ledger, start="2021-03-01", end="2021-03-31", today=TODAY
)"""
NEWS_AFTER = 8_000  # milliseconds
WRONG = 'march_revenue = clean.loc[clean["amount"] > 0, "amount"].sum()'
RIGHT = 'march_revenue = clean["amount"].sum()'

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
pytest.importorskip("ipywidgets", reason="ipywidgets is not installed")


@pytest.fixture(scope="module")
def lab(tmp_path_factory, context):
    """What `rfmkit lab` opens for a newcomer, and a page that shows it."""
    home = tmp_path_factory.mktemp("lab")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_urlsafe(24)
    # No settings but those of the product; the page lets itself be driven by a test.
    config = home / "home/.jupyter"
    config.mkdir(parents=True)
    (config / "jupyter_lab_config.json").write_text('{"LabApp": {"expose_app_in_browser": true}}')
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "XDG_", "IPYTHONDIR", "MPLBACKEND"))
    }
    env |= {
        "HOME": str(home / "home"),
        "USERPROFILE": str(home / "home"),
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(config),
        "PYTHONPATH": str(ROOT),
    }
    log = (home / "log.txt").open("w")
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "rfmkit",
            "lab",
            "--edition",
            "zh-TW",
            "--no-browser",
            "--folder",
            str(home / "my copy"),
            "--port",
            str(port),
        ],
        cwd=home,
        stdout=log,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=env,
    )
    page = context.new_page()
    try:
        wait_for(port, server, home / "log.txt")
        page.goto(f"http://127.0.0.1:{port}/?token={token}")
        yield LabPage(page, home / "my copy").wait()
    finally:
        page.close()
        end(server)
        try:
            server.wait(40)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)
        log.close()
    assert kernels_left(home) == []


def end(server: subprocess.Popen) -> None:
    """Tell the command to end; it ends JupyterLab and the kernels."""
    if os.name == "nt":  # where no signal reaches it
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(server.pid)], check=False, capture_output=True
        )
    else:
        server.terminate()


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


def test_the_first_minute(lab, context):
    """The start notebook is there, its outputs are empty, and nobody asks anything."""
    lab.page.locator(".jp-Notebook h1").first.wait_for()
    assert lab.page.url.endswith("/lab/tree/notebooks/zh-TW/00_start.ipynb")
    cells = lab.first_cells()
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 4
    assert {(cell["execution_count"], len(cell["outputs"])) for cell in code} == {(None, 0)}
    # JupyterLab asks about its news some seconds after it is there, and remembers the answer.
    lab.page.wait_for_timeout(NEWS_AFTER)
    assert lab.notifications() == []
    assert context.asked_elsewhere == []


def test_the_question_about_news_would_be_seen_and_a_users_own_setting_counts(lab):
    setting = "@jupyterlab/apputils-extension:notification"
    address = lab.page.url
    lab.set_setting(setting, '{"fetchNews": "none"}')
    try:
        lab.page.reload()
        lab.wait()
        lab.page.wait_for_function(  # the same question by the same road
            "() => document.body.innerText.includes('Jupyter news')", timeout=60_000
        )
        assert len(lab.notifications()) == 1
    finally:
        lab.set_setting(setting, "{}")
    lab.page.goto(address)
    lab.wait()


@pytest.mark.parametrize("lang", EDITIONS)
def test_the_start_notebook_runs_from_top_to_bottom(lab, lang):
    lab.open(f"notebooks/{lang}/00_start.ipynb")
    lab.run_all()
    cells = lab.cells()
    assert errors_of(cells) == []
    counts = [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))
    card = card_of(cells[lab.find("rows = 416")])
    assert plain(find_question("0.1").texts["mistakes"]["heading_counted"][lang]) in card
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
        ".every(words => words.innerText !== old)",
        arg=before,
    )
    assert float(handle.get_attribute("aria-valuenow")) > value
    shown = lab.page.locator(".jupyter-widgets img:visible").first
    assert shown.get_attribute("alt") == words.inner_text()
    lab.close()


@pytest.mark.parametrize("lang", EDITIONS)
def test_an_exercise_is_got_wrong_and_then_right(lab, lang):
    texts = find_question("6.1").texts
    mistake, praise = plain(texts["mistakes"]["returns_dropped"][lang]), plain(texts["right"][lang])
    lab.open(f"exercises/{lang}/06_practicum.ipynb")
    lab.run_cell(lab.find("import pandas"))
    answer, check = lab.find("clean, rejected = rk"), lab.find('check("6.1"')
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


def test_a_lesson_opened_run_and_saved_is_not_changed_and_an_answer_is(lab):
    name = "exercises/en/06_practicum.ipynb"
    path = lab.folder / name
    before = path.read_bytes()
    lab.open(name)
    count = len(lab.cells())
    lab.run_cell(lab.find("import pandas"))
    lab.run_last()
    assert len(lab.cells()) == count + 1
    lab.save()
    assert path.read_bytes() != before
    assert fingerprint(name, path.read_bytes()) == fingerprint(name, before)
    lab.run_cell(lab.find("clean, rejected = rk"), CLEAN)
    lab.save()
    assert fingerprint(name, path.read_bytes()) != fingerprint(name, before)
    lab.close()


@pytest.mark.skipif(not PICTURES, reason="RFMKIT_SCREENSHOTS names no folder")
@pytest.mark.parametrize("lang", EDITIONS)
def test_the_pictures_of_the_readmes(lab, browser, lang):
    folder = Path(PICTURES)
    context = browser.new_context(
        viewport={"width": 1180, "height": 860},
        device_scale_factor=2,
        storage_state=lab.page.context.storage_state(),
    )
    page = context.new_page()
    page.goto(lab.page.url.partition("/lab")[0] + "/lab/workspaces/pictures?reset")
    sharp = LabPage(page).wait()
    sharp.open(f"notebooks/{lang}/06_practicum.ipynb")
    sharp.run_all()
    page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    page.wait_for_timeout(1000)
    sharp.show(sharp.find("rk.show(rk.plot_rfm_classes"), at="start")
    page.wait_for_timeout(1500)
    save(page.screenshot(), folder / f"notebook.{lang}.png")
    sharp.close()
    page.set_viewport_size({"width": 860, "height": 860})  # large letters in the README
    sharp.open(f"exercises/{lang}/06_practicum.ipynb")
    sharp.run_cell(sharp.find("import pandas"))
    sharp.run_cell(sharp.find("clean, rejected = rk"), CLEAN)
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
