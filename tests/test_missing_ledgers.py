"""Where the real ledgers are missing, the tests say so aloud, or fail if they must be there."""

import shutil

import pytest
from readmes import ROOT

LEDGER_NAMES = ("CDNOW_master.txt", "CDNOW_sample.txt", "online_retail.csv.gz")
TEST = """
import pytest

@pytest.mark.real_ledgers
@pytest.mark.parametrize("number", [1, 2])
def test_needs_them(number):
    pass

def test_needs_nothing():
    pass
"""


@pytest.fixture
def elsewhere(tmp_path):
    """Lay out a checkout with two tests of real ledgers and one of none."""
    tests = tmp_path / "kit" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "conftest.py", tests)
    (tests / "test_it.py").write_text(TEST, encoding="utf-8")
    return tmp_path


def pytest_there(run_python, folder, **environ):
    words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-markers")
    done = run_python(*words, str(folder / "kit"), PYTHONUTF8="1", **environ)
    return done.returncode, done.stdout.decode("utf-8")


@pytest.mark.parametrize("more", [{}, {"PYTEST_ADDOPTS": "-n 1"}], ids=["alone", "xdist"])
def test_missing_ledgers_are_told_last(run_python, elsewhere, more):
    code, told = pytest_there(run_python, elsewhere, RFMKIT_REAL_LEDGERS="", **more)
    assert code == 0, told
    assert "1 passed, 2 skipped" in told
    assert "REAL LEDGERS MISSING" in told
    assert "2 tests were not run" in told


def test_missing_ledgers_fail_where_they_must_be(run_python, elsewhere):
    code, told = pytest_there(run_python, elsewhere, RFMKIT_REAL_LEDGERS="required")
    assert code == 1, told
    assert "1 passed, 2 errors" in told
    assert LEDGER_NAMES[0] in told


def test_nothing_is_told_where_all_are_there(run_python, elsewhere):
    data = elsewhere / "shared" / "data"
    data.mkdir(parents=True)
    for name in LEDGER_NAMES:
        (data / name).touch()
    code, told = pytest_there(run_python, elsewhere, RFMKIT_REAL_LEDGERS="required")
    assert code == 0, told
    assert "3 passed" in told
    assert "MISSING" not in told
