"""Hold the kit's font: its name, its characters, and that its script still makes it."""

import hashlib
import importlib.util
import os
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from rfmkit.plots.style import FAMILY, register_font

ROOT = Path(__file__).resolve().parents[1]
FONT = ROOT / "rfmkit" / "fonts" / "RFMKitSansTC-Regular.otf"


def characters() -> set[int]:
    return set(FT2Font(str(FONT)).get_charmap())


def is_chinese(character: str) -> bool:
    return 0x2E80 <= ord(character) <= 0x9FFF or 0xFE30 <= ord(character) <= 0xFFEF


def test_family_is_renamed_as_the_licence_asks():
    font = FT2Font(str(FONT))
    assert font.family_name == "RFMKit Sans TC"
    assert font.postscript_name == "RFMKitSansTC-Regular"
    licence = FONT.with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert "Copyright 2014-2021 Adobe" in licence
    assert b"NotoSansCJK" not in FONT.read_bytes()


def test_size_stays_fit_for_a_wheel():
    assert 1_000_000 < FONT.stat().st_size < 2_000_000


def test_matplotlib_finds_the_very_file():
    register_font()
    found = font_manager.findfont(FAMILY[0], fallback_to_default=False)
    assert Path(found).samefile(FONT)


def test_has_every_character_of_the_kit():
    tables = (path for name in ("rfmkit", "rfmgrade") for path in (ROOT / name).rglob("*.csv"))
    files = [*tables, *(ROOT / "source").rglob("*.py")]
    assert ROOT / "rfmkit" / "texts" / "plots.csv" in files
    have = characters()
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        lacking = {c for c in text if is_chinese(c) and ord(c) not in have}
        assert not lacking, f"{file.relative_to(ROOT)} needs {sorted(lacking)}: see tools/make_font"


def test_has_everyday_characters_of_both_scripts_and_the_symbols():
    have = characters()
    wanted = "重要價值發展保持挽留客戶值客户价值发展旭東０９（）「」，。◇○●▨→−≥≤★✓…“”’─│﹏"
    assert not {c for c in wanted if ord(c) not in have}
    assert 7_000 < len(have) < 9_000


def test_curly_quotes_are_narrow_and_brackets_are_full_width():
    font = FT2Font(str(FONT))
    font.set_size(100, 72)
    wide = font.load_char(ord("「")).linearHoriAdvance
    assert all(font.load_char(ord(c)).linearHoriAdvance < wide / 2 for c in "“”‘’")


@pytest.fixture
def make_font():
    pytest.importorskip("fontTools")
    spec = importlib.util.spec_from_file_location("make_font", ROOT / "tools" / "make_font.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(make_font):
    fonts = [Path(file) for file in font_manager.findSystemFonts()]
    found = next((file for file in fonts if file.name == "NotoSansCJK-Regular.ttc"), None)
    if found is None:
        pytest.skip("the source font (Debian: fonts-noto-cjk) is not on this machine")
    if hashlib.sha256(found.read_bytes()).hexdigest() != make_font.SOURCE_SHA256:
        pytest.skip("the source font on this machine is of another version")
    return found


def test_script_and_font_agree_on_the_characters(make_font, source):
    assert make_font.wanted() & set(FT2Font(str(source)).get_charmap()) == characters()


@pytest.mark.skipif("CI" not in os.environ, reason="takes ten seconds; CI=1 runs it")
def test_script_still_makes_the_same_bytes(make_font, source, tmp_path):
    make_font.build(source, tmp_path / "again.otf")
    assert (tmp_path / "again.otf").read_bytes() == FONT.read_bytes()
