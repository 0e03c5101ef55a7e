"""Keep tests apart from each other and from the machine they run on."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

# Before anything imports matplotlib: no test opens a window.
os.environ["MPLBACKEND"] = "agg"
# No test leaves a progress file where it ran.
os.environ["RFMKIT_PROGRESS"] = "off"
# Commands speak Chinese, whatever the locale of the machine.
os.environ["EDITION"] = "zh-TW"

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
# Ledgers of real firms, which may be used but not passed on: they lie beside the repository.
LEDGERS = ROOT.parent / "shared" / "data"
LEDGER_NAMES = ("CDNOW_master.txt", "CDNOW_sample.txt", "online_retail.csv.gz")
NO_LEDGERS = "the real ledgers are not here"

# No test is about time; on CI the same examples each time, elsewhere new ones.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "real_ledgers: reads the ledgers in ../shared/data")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what needs the real ledgers where they are missing; fail where they are a must."""
    if item.get_closest_marker("real_ledgers") is None:
        return
    if missing := [name for name in LEDGER_NAMES if not (LEDGERS / name).is_file()]:
        if os.environ.get("RFMKIT_REAL_LEDGERS") == "required":
            wanted = ", ".join(missing)
            pytest.fail(f"{NO_LEDGERS}: {LEDGERS} lacks {wanted}", pytrace=False)
        pytest.skip(NO_LEDGERS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud, last of all, what was not tried for want of the ledgers."""
    skipped = terminalreporter.stats.get("skipped", [])
    if left := sum(NO_LEDGERS in str(report.longrepr) for report in skipped):
        terminalreporter.write_sep("=", "REAL LEDGERS MISSING", red=True, bold=True)
        terminalreporter.write_line(
            f"{left} tests were not run: {', '.join(LEDGER_NAMES)} belong into {LEDGERS}.\n"
            "With RFMKIT_REAL_LEDGERS=required these tests fail instead."
        )


@pytest.fixture(autouse=True)
def _leave_no_trace() -> Iterator[None]:
    """Forget the language and the figures of a test."""
    yield
    if "rfmkit.labels" in sys.modules:
        sys.modules["rfmkit.labels"].use_language("zh-TW")
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English in this test, in commands too."""
    from rfmkit.labels import use_language

    use_language("en")
    monkeypatch.setenv("EDITION", "en")


@pytest.fixture
def run_python(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a fresh Python on this checkout, in a folder elsewhere: run_python(*words, **environ)."""

    def run(*words: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
            capture_output=True,
            check=False,
        )

    return run
