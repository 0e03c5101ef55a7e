"""Hold the gallery: every figure in both languages, described, small, and built as it stands."""

import importlib.util
import re
from pathlib import Path

import pytest

from rfmkit import plots
from rfmkit.labels import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def gallery():
    pytest.importorskip("PIL")
    path = ROOT / "tools" / "make_gallery.py"
    spec = importlib.util.spec_from_file_location("make_gallery", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plot_function_has_its_picture(lang):
    page = (DOCS / f"gallery.{lang}.md").read_text(encoding="utf-8")
    for name in plots.__all__:
        assert not name.startswith("plot_") or f"`{name}`" in page, name
    pictures = re.findall(r"!\[([^\]]*)\]\((.+?)\)", page)
    assert len(pictures) == page.count("\n## ")
    for words, file in pictures:
        assert (DOCS / file).is_file(), file
        assert len(words) > 20
        assert f"\n{words}\n" in page  # the sentence stands under the picture as well


def test_both_pages_show_the_same_figures_and_no_picture_is_left_over():
    shown = {}
    for lang in LANGUAGES:
        page = (DOCS / f"gallery.{lang}.md").read_text(encoding="utf-8")
        shown[lang] = re.findall(r"img/gallery/(\w+)\.", page)
    assert shown["zh-TW"] == shown["en"]
    there = {file.name for file in (DOCS / "img" / "gallery").iterdir()}
    assert there == {f"{name}.{lang}.png" for lang in LANGUAGES for name in shown[lang]}


def test_pictures_stay_small():
    sizes = [file.stat().st_size for file in (DOCS / "img" / "gallery").glob("*.png")]
    assert sum(sizes) < 3_000_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_those_of_todays_figures(gallery, lang):
    page = (DOCS / f"gallery.{lang}.md").read_text(encoding="utf-8")
    drawn = gallery.figures()
    assert list(drawn) == re.findall(rf"img/gallery/(\w+)\.{lang}\.png", page)
    for name in ("pareto", "migration", "rfm_heatmap"):
        assert plots.alt_text(drawn[name](lang)) in page, "run python tools/make_gallery.py"


def test_one_figure_alone_is_drawn_without_its_page(gallery, tmp_path):
    gallery.build(tmp_path, "lorenz")
    written = {file.name for file in tmp_path.rglob("*") if file.is_file()}
    assert written == {"lorenz.zh-TW.png", "lorenz.en.png"}


def test_the_same_figure_gives_the_same_bytes(gallery):
    draw = gallery.figures()["lorenz"]
    assert gallery.small_png(draw("en").figure) == gallery.small_png(draw("en").figure)
