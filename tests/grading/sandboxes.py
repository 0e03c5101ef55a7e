"""What the sandbox's tests share: small limits, and one sandbox a mode."""

import functools
import platform

import pytest

from rfmgrade.sandbox import Limits, Sandbox, Session, modes

# Little to use, but time enough on a busy machine: what must end, ends long before these limits.
SMALL = Limits(
    seconds=60,
    total=600,
    grace=30,
    memory=400 << 20,
    file=4 << 20,
    disk=8 << 20,
    files=200,
    answer=200_000,
)
LIGHT = ("IPython",)
LOADED = ("numpy", "pandas", "matplotlib.pyplot", "IPython", "rfmkit", "rfmkit.classroom")
X86 = platform.machine() == "x86_64"  # the numbers of the raw calls below are its


@functools.cache
def _why_not(mode: str) -> str:
    return modes.prove(mode).why


def need(mode: str) -> None:
    if why := _why_not(mode):
        pytest.skip(f"mode {mode} does not hold here: {why}")


# A later student's view: nothing left, nothing patched, everything works.
UNHARMED = """
import builtins, json, os, sys
assert os.listdir(".") == ["case"], os.listdir(".")
assert open("case/a.txt", encoding="utf-8").read() == "客戶"
assert not [name for name in globals() if name.startswith("left")]
assert not hasattr(builtins, "left") and not hasattr(json, "left") and "left" not in sys.modules
assert json.loads(json.dumps({"a": [1, 2.5]})) == {"a": [1, 2.5]}
assert sorted([3, 1, 2]) == [1, 2, 3] and len("abc") == 3
assert get_ipython().run_line_magic is not None and not get_ipython().ast_transformers
open("own.txt", "w").write("own")
"""


def assert_unharmed(sandbox: Sandbox) -> None:
    with next_session(sandbox) as session:
        outcome = session.run(UNHARMED)
        assert outcome.status == "ok", outcome.error


def next_session(sandbox: Sandbox) -> Session:
    return sandbox.session({"case/a.txt": "客戶".encode()})
