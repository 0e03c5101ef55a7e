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

# No test is about time; on CI the same examples each time, elsewhere new ones.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


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
