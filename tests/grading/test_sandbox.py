"""The sandbox for honest code: cells, answers, functions, figures, overlays, in every mode."""

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sandboxes import LIGHT, LOADED, SMALL, need, next_session

from rfmgrade.sandbox import Limits, Outcome, Sandbox, check_inside, confine
from rfmgrade.sandbox.runtime import plain
from rfmkit.schema import DataError

ROOT = Path(__file__).resolve().parents[2]
VALUE, FIGURE = {"kind": "value"}, {"kind": "figure", "figure": "bar"}


@pytest.fixture(scope="module", params=["bubblewrap", "landlock", "trusted"])
def session(request):
    if request.param != "trusted":
        need(request.param)
    with (
        Sandbox(mode=request.param, limits=SMALL, libraries=LOADED) as sandbox,
        next_session(sandbox) as opened,
    ):
        yield opened


def test_cells_share_their_names_and_magics_work(session):
    for cell in (
        "import pandas as pd\n%matplotlib inline\nsales = pd.Series([1, 2], ['a', 'b'])\nsales",
        "%%time\ntotal = sales.sum()",
        "assert total == 3 and open('case/a.txt', encoding='utf-8').read() == '客戶'",
        "%config InlineBackend.figure_format = 'retina'",
        "total?",
        "",
        "# a comment",
        "display(sales); print(sales)",
        "from IPython.display import Markdown, display; display(Markdown('*'))",
        "from rfmkit.classroom import ask, check, hint, progress, reset",
        "check('6.1', total); hint('6.1'); ask('6.1'); progress(); reset(); check('6.1', 1).status",
        "import rfmkit as rk; ledger = rk.load_transactions(rk.data_file()); rk.pretty(ledger[:3])",
        "await_me = 5\nasync def f(): return 6\nassert await f() == 6",
        "open('own.csv', 'w').write('a'); import os; os.remove('own.csv')",
        "sales.to_frame('x').to_excel('own.xlsx'); assert len(pd.read_excel('own.xlsx')) == 2",
        "class Own:\n    def __init__(self): self.a = 1\nimport pickle; pickle.dumps(Own())",
    ):
        assert session.run(cell) == Outcome("ok", ""), cell


def test_an_error_is_told_in_a_line(session):
    assert session.run("no_such") == Outcome("error", "NameError: name 'no_such' is not defined")
    assert session.run("x = (").error.startswith("SyntaxError")


def test_answers_come_out_as_plain_data(session):
    session.run("import pandas as pd; answer = pd.Series([1.5, None], ['甲', '乙'], name='金額')")
    taken = session.take("answer", VALUE)
    assert taken["there"]
    expected = pd.Series([1.5, None], ["甲", "乙"], name="金額")
    pd.testing.assert_series_equal(plain.decode(taken["answer"]), expected)
    session.run("words = 'an open answer'")
    assert session.take("words", {"kind": "text"}) == {"there": True, "answer": "an open answer"}


@pytest.mark.parametrize("blank", ["...", "None", "(..., ...)", "[1, ...]", "{'low': ...}"])
def test_a_blank_is_not_there(session, blank):
    session.run(f"answer = {blank}")
    assert session.take("answer", VALUE) == {"there": False}
    assert session.take("never_named", VALUE) == {"there": False}


def test_functions_are_called_with_decoded_arguments(session):
    session.run(
        "def f(x):\n    if x is None: return None\n    if isinstance(x, str): raise KeyError(x)\n"
        "    return x * 2"
    )
    calls = [[plain.encode(one)] for one in (4, "a", None, np.array([1.0, 2.0]))]
    taken = session.take("f", {"kind": "function", "calls": calls})
    number, raised, none, array = taken["results"]
    assert (number, raised, none) == ({"value": 8}, {"raised": "KeyError: 'a'"}, {"none": True})
    assert plain.decode(array["value"]).tolist() == [2, 4]
    session.run("f = 5")
    taken = session.take("f", {"kind": "function", "calls": calls})
    assert taken == {"there": True, "not_callable": "int"}


def test_figures_come_out_described_and_are_closed_after_the_cell(session):
    session.run(
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.bar(['a', 'b'], [1, 2])"
    )
    session.run(
        "ax.set_title('t'); assert plt.get_fignums() == []; plt.bar(['c'], [5]); plt.show()"
    )
    taken = session.take("ax", FIGURE)["answer"]["figure"]
    assert taken["values"] == [[1, 2]]
    assert taken["labels"] == ["a", "b"]
    assert taken["title"]
    assert not taken["xlabel"]
    session.run("empty = plt.subplots()[1]; fake = dict(kind='bar', values=[[1]])")
    assert session.take("empty", FIGURE)["answer"] == {"invalid": ["check.nothing_drawn", 0]}
    assert "figure" not in session.take("fake", FIGURE)["answer"]


def test_an_overlay_is_put_among_the_names(session):
    data = pickle.dumps({"frame": pd.DataFrame({"a": [1, 2]}), "rate": 0.5})
    assert session.put(data, "def half(x): return x * rate").status == "ok"
    assert session.run("assert half(frame['a'].sum()) == 1.5").status == "ok"


def test_evil_objects_come_out_as_the_name_of_their_type(session):
    session.run(
        "class Evil:\n"
        "    def _(self, *a): raise SystemExit\n"
        "    __eq__ = __float__ = __reduce__ = __len__ = __iter__ = __str__ = __repr__ = _\n"
        "    __hash__ = __bool__ = __array__ = __getattr__ = __index__ = _\n"
        "    __class__ = property(_)\n"
        "class Slow(list):\n"
        "    def __iter__(self):\n"
        "        while True: yield 1\n"
        "evil, slow, endless = Evil(), Slow([1]), iter(int, 1)\n"
        "deep = []\n"
        "for _ in range(10**5): deep = [deep]\n"
        "big = list(range(10**6)); long = 'x' * 10**7; wide = {n: n for n in range(10**5)}\n"
        "def f(x):\n    while True: pass\n"
    )
    assert session.take("evil", VALUE) == {"there": True, "answer": {"object": "Evil"}}
    assert session.take("endless", VALUE)["answer"] == {"object": "callable_iterator"}
    for name in ("slow", "deep", "big", "long", "wide"):
        taken = session.take(name, VALUE)
        assert taken["there"] is True
        assert len(repr(taken)) < 50_000
    assert session.run("assert evil is not None and len(big) == 10**6").status == "ok"


@pytest.mark.parametrize(
    "path", ["/etc/x", "../x", "a/../b", "a//b", "a/", "", ".", "a\\b", "C:x", "a\0b", "./a"]
)
def test_a_path_that_leads_out_is_refused(path):
    with pytest.raises(DataError, match="inside"):
        check_inside(path)


def test_one_session_at_a_time():
    with Sandbox(mode="trusted", limits=SMALL, libraries=LIGHT) as sandbox:
        first = sandbox.session({})
        with pytest.raises(RuntimeError, match="one at a time"):
            sandbox.session({})
        assert first.run("%%bash\nls").tried == ("shell",)
        assert first.run("while True: pass", seconds=0.2).status == "timeout"
        first.close()
        first.close()
        with sandbox.session({"b.txt": b"b"}) as second:
            assert second.run("import os; assert os.listdir('.') == ['b.txt']").status == "ok"


def test_a_mode_that_is_none_and_a_sandbox_that_cannot_start(monkeypatch):
    with pytest.raises(ValueError, match="mode must be"):
        Sandbox(mode="open")
    with (
        pytest.raises(DataError, match=r"did not start.*\n.*doctor"),
        Sandbox(mode="landlock", libraries=("no_such_library",)),
    ):
        pass
    monkeypatch.setattr(confine, "PROGRAM", "import sys; sys.exit(1)")
    sandbox = Sandbox(mode="trusted", limits=Limits(), libraries=LIGHT)
    with sandbox, pytest.raises(DataError, match="did not start"):
        sandbox.session({})


# Seconds for what takes one on an idle machine.
PATIENCE = 120
SCRIPT = """
import signal, sys, time
# A shell's background job has it ignored, and hands that on.
signal.signal(signal.SIGINT, signal.default_int_handler)
from rfmgrade.sandbox import Limits, Sandbox
limits = Limits(seconds=600, total=600)
with Sandbox(mode=sys.argv[1], limits=limits, libraries=("IPython",)) as sandbox:
    with sandbox.session({"a": b"b"}) as session:
        pid = getattr(sandbox._host, "_process").pid
        print(pid, flush=True)
        session.run("import time; time.sleep(600)")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("mode", ["bubblewrap", "landlock", "trusted"])
def test_nothing_is_left_when_the_grading_is_stopped(mode, how, tmp_path):
    if mode != "trusted":
        need(mode)
    environ = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, mode],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        inner = int(process.stdout.readline())
        before = settled_family(inner)
        assert inner in before
        process.send_signal(getattr(signal, how))
        try:
            process.wait(timeout=PATIENCE)
        finally:
            process.kill()
    until = time.monotonic() + PATIENCE
    while any(map(alive, before)) or [*tmp_path.iterdir()]:
        assert time.monotonic() < until, (before, [*tmp_path.iterdir()])
        time.sleep(0.05)


def settled_family(pid: int) -> set[int]:
    """List a family once it has not grown for a while: the cell is at work by then."""
    until = time.monotonic() + PATIENCE
    found, seen = set(), family(pid)
    while found != seen and time.monotonic() < until:
        time.sleep(0.5)
        found, seen = seen, family(pid)
    return seen


def family(pid: int) -> set[int]:
    """List a process and all that came from it."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            about = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        parents[int(folder.name)] = int(about.rpartition(")")[2].split()[1])
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def alive(pid: int) -> bool:
    try:
        about = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return about.rpartition(")")[2].split()[0] not in "ZX"
