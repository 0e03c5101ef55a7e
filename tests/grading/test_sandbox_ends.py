"""What ends a session: it ends soon, tells why, and the next session is unharmed."""

import time
from contextlib import suppress
from dataclasses import replace

import pytest
from sandboxes import LIGHT, SMALL, X86, assert_unharmed, need, next_session

from rfmgrade.sandbox import Ended, Sandbox

LETHAL = {
    "_exit": ("import os; os._exit(0)", "died"),
    "segfault": ("import ctypes; ctypes.string_at(0)", "died"),
    "abort": ("import os; os.abort()", "died"),
    "kill itself": ("import os; os.kill(os.getpid(), 9)", "died"),
    "stop itself": ("import os; os.kill(os.getpid(), 19)", "hung"),
    "swallow the timer": (
        "import time\nwhile True:\n    try:\n        while True: time.sleep(0.01)\n"
        "    except BaseException: pass", "hung"),
    "ignore the timer": (
        "import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass", "hung"),
    "a loop in C": ("sum(range(10**12))", "hung"),
    "many files": (
        "import os\nfor n in range(10**6):\n"
        "    try: open(f'{n}.txt', 'w').close()\n    except OSError: pass", "flooded"),
    "a deep tree": (
        "import os\nfor n in range(10**6):\n    os.mkdir('d'); os.chdir('d')", "flooded"),
    "a full disk": (
        "import os\nfor n in range(9): open(f'{n}', 'wb').write(bytes(1 << 20))\n"
        "import time; time.sleep(50)", "flooded"),
    "junk to every file": (
        "import os\nfor n in range(3, 256):\n"
        "    try: os.write(n, b'\\0\\0\\0\\5[1,2]')\n    except OSError: pass", "forged"),
    "a giant frame": ("import os; os.write(201, b'\\xff' * 4)", "flooded"),
    "a score": (
        "import os, json; body = json.dumps({'n': '', 'reply': {'status': 'ok', 'error': ''}})\n"
        "os.write(201, len(body).to_bytes(4, 'big') + body.encode())", "forged"),
    "deep JSON": ("import os; os.write(201, b'\\0\\1\\0\\0' + b'[' * 65536)", "forged"),
    **({"x32": ("import ctypes; ctypes.CDLL(None).syscall(0x40000000 + 57)", "died"),
        "32 bits": (
            "import ctypes, mmap\n"
            "code = bytes.fromhex('b801000000bb03000000cd80c3')\n"  # exit(3), by int 0x80
            "page = mmap.mmap(-1, 4096, prot=7); page.write(code)\n"
            "at = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
            "ctypes.CFUNCTYPE(None)(at)()", "died")} if X86 else {}),
    "closed channel": ("import os; os.close(201)", "died"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["bubblewrap", "landlock"])
def sandbox(request):
    need(request.param)
    with Sandbox(mode=request.param, limits=SMALL, libraries=LIGHT) as made:
        yield made


@pytest.mark.parametrize("name", LETHAL)
def test_ends(sandbox, name):
    code, why = LETHAL[name]
    if why == "forged" and sandbox.mode == "landlock" and name != "a score":
        pytest.skip("what reads the channel is the same in both modes")
    with next_session(sandbox) as session:
        if why == "hung":
            session._limits = replace(SMALL, grace=1)
        start = time.monotonic()
        with pytest.raises(Ended) as ended:
            session.run(code, seconds=0.3 if why == "hung" else None)
        # Its own end, or that of its 0.3 seconds; not the end of what any cell is given.
        assert time.monotonic() - start < SMALL.seconds
        assert ended.value.why == why, ended.value
        with pytest.raises(Ended):  # it stays over
            session.run("1")
    before = sandbox._host.restarts
    assert_unharmed(sandbox)
    assert sandbox._host.restarts == before + 1, "the next student is given a new sandbox"


SURVIVED = {
    "endless loop": ("while True: pass", "timeout"),
    "a loop that spares Exception": (
        "while True:\n    try:\n        while True: pass\n    except Exception: pass", "timeout"),
    "sleep": ("import time; time.sleep(99)", "timeout"),
    "a regex": ("import re; re.match('(a+)+$', 'a' * 40 + 'b')", "timeout"),
    "sys.exit": ("import sys; sys.exit(0)", "error"),
    "recursion": ("def f(): return f()\nf()", "error"),
    "a memory bomb": ("x = []\nwhile True: x.append(bytes(10**7))", "error"),
    "a giant number": ("x = bytes(10**12)", "error"),
    "a giant file": ("open('left', 'wb').write(bytes(5 << 20))", "error"),
    "flooded output": ("import os\nfor n in range(200): print('x' * 10**6); os.write(2, b'y')",
                       "ok"),
    "a fork bomb": ("import os\nwhile True: os.fork()", "error"),
    "threads that stay": (
        "import threading, time\n"
        "for n in range(20): threading.Thread(target=time.sleep, args=(99,)).start()", "ok"),
    "an atexit hook": ("import atexit; atexit.register(lambda: open('left', 'w'))", "ok"),
    "many open files": ("files = [open('case/a.txt') for n in range(999)]", "error"),
    "an error with a text": (
        "class Left(Exception):\n    def __str__(self): raise SystemExit\nraise Left", "error"),
    "an error without end": (
        "class Left(Exception):\n    def __str__(self): return 'x\\n\\0' * 10**6\nraise Left",
        "error"),
    "no code": ("x = (", "error"),
    "a null": ("x = '\0'", "error"),
}  # fmt: skip


@pytest.mark.parametrize("name", SURVIVED)
def test_survives(sandbox, name):
    code, status = SURVIVED[name]
    with next_session(sandbox) as session:
        outcome = session.run(code, seconds=0.3 if status == "timeout" else None)
        assert outcome.status == status, outcome
        assert len(outcome.error) <= 300
        assert outcome.error.isprintable()
        assert session.run("x = []; assert 1 + 1 == 2").status == "ok"
    assert_unharmed(sandbox)


def test_a_reply_forged_in_step_is_found_out_by_the_next_request(sandbox):
    forge = (
        "from rfmgrade.sandbox.runtime import wire\n"
        "right = wire.send\n"
        "wire.send = lambda sink, body: right(sink, body, body)\n"
    )
    with next_session(sandbox) as session:
        assert session.run(forge).status == "ok"  # it could as well have run well
        with pytest.raises(Ended, match="forged"):
            session.run("1")
    assert_unharmed(sandbox)


def test_the_whole_session_has_an_end(sandbox):
    sandbox._host.limits, before = replace(SMALL, total=0.2), sandbox._host.limits
    sandbox.limits = sandbox._host.limits
    try:
        with next_session(sandbox) as session:
            with suppress(Ended):  # where the machine is slow, the time is over even before
                session.run("import time; time.sleep(0.3)")
            with pytest.raises(Ended, match="hung"):
                session.run("1")
    finally:
        sandbox.limits = sandbox._host.limits = before


def test_folders_closed_or_deep_are_emptied(sandbox):
    with next_session(sandbox) as session, suppress(Ended):  # what cannot be counted is too much
        session.run(
            "import os\n"
            "os.mkdir('closed', 0); os.makedirs('a/b/c'); os.mkdir('a/0.moved')\n"
            "for n in range(15): os.mkdir('d' * 200); os.chdir('d' * 200)\n"
        )
    assert_unharmed(sandbox)
