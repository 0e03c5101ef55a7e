"""What a student's code tries and is refused, while the session and the next one go on."""

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from sandboxes import LIGHT, SMALL, X86, assert_unharmed, need, next_session

import rfmgrade
import rfmkit
from rfmgrade.sandbox import Sandbox, confine

KIT = Path(rfmkit.__file__).resolve().parent
GRADING = Path(rfmgrade.__file__).resolve().parent
LIBC = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    if libc.syscall(*arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
parent = os.getppid()
"""
# Each must raise: an OSError for what the kernel refuses, an ImportError for what is not there.
REFUSED = {
    "fork": "import os; os.fork()",
    "forkpty": "import os; os.forkpty()",
    "spawn": "import os; os.posix_spawn('/bin/true', ['true'], {})",
    "subprocess": "import subprocess; subprocess.run(['true'])",
    "exec": "import os, sys; os.execv(sys.executable, ['python'])",
    "multiprocessing": "import multiprocessing as m; m.get_context('fork').Process().start()",
    "kill parent": "import os; os.kill(os.getppid(), 9)",
    "kill init": "import os; os.kill(1, 9)",
    "kill group": "import os; os.kill(0, 9)",
    "kill all": "import os; os.kill(-1, 9)",
    "killpg": "import os; os.killpg(os.getpgrp(), 9)",
    "pidfd": "import os; os.pidfd_open(os.getppid())",
    "sigio owner": "import fcntl, os; r, w = os.pipe(); fcntl.fcntl(r, 8, os.getppid())",
    "sigio signal": "import fcntl, os; r, w = os.pipe(); fcntl.fcntl(r, 10, 9)",
    "tcp": "import socket; socket.create_connection(('127.0.0.1', 22), timeout=1)",
    "udp": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "unix": "import socket; socket.socket(socket.AF_UNIX)",
    "abstract": "import socket; socket.socket(socket.AF_UNIX).connect('\\0x')",
    "netlink": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "inet pair": "import socket; socket.socketpair(socket.AF_INET)",
    "memfd": "import os; os.memfd_create('x')",
    "fifo": "import os; os.mkfifo('left')",
    "device": "import os, stat; os.mknod('left', stat.S_IFCHR | 0o666, os.makedev(1, 3))",
    "chown": "import os; os.chown('case/a.txt', 0, 0)",
    "symlink": "import os; os.symlink('/etc', 'left')",
    "hard link": "import os, sys; os.link(os.__file__, 'left')",
    "raise a limit": "import resource as r; r.setrlimit(r.RLIMIT_AS, (r.RLIM_INFINITY,) * 2)",
    "setuid": "import os; os.setuid(1)",
    "chroot": "import os; os.chroot('.')",
    "nice": "import os; os.nice(1)",
    "affinity": "import os; os.sched_setaffinity(0, {0})",
    "setsid": "import os; os.setsid()",
    "setpgid": "import os; os.setpgid(0, 0)",
    "terminal": "open('/dev/tty')",
    "etc": "open('/etc/passwd')",
    "home": f"import os; os.listdir({str(Path.home() / '.cache')!r})",
    "memory of the parent": "import os; open(f'/proc/{os.getppid()}/mem', 'rb')",
    "environment of the parent": "import os; open(f'/proc/{os.getppid()}/environ', 'rb')",
    "the machine's connections": "open('/proc/self/net/unix')",
    "the machine's disks": "open('/proc/self/mountinfo')",
    "own memory": "open('/proc/self/mem', 'r+b')",
    "around the root": "open('/proc/self/root' '/etc/passwd')",
    "write outside": "open('/tmp/rfmkit-left', 'w')",
    "write a library": "import IPython; open(IPython.__file__, 'a')",
    "write the kit's copy": "import rfmkit; open(rfmkit.__file__, 'a')",
    "write beside the kit's copy": "import os, rfmkit; p = os.path.dirname(os.path.dirname("
    "rfmkit.__file__)); open(p + '/sitecustomize.py', 'w')",
    "write beside the folder": "open('../left', 'w')",
    "start-up file": "import os; open(os.environ['IPYTHONDIR'] + '/startup.py', 'w')",
    "matplotlib's settings": "import os; open(os.environ['MPLCONFIGDIR'] + '/matplotlibrc', 'w')",
    "site-packages": "import IPython, os; open(os.path.dirname(os.path.dirname("
    "IPython.__file__)) + '/left.pth', 'w')",
    "remove own folder": "import os; os.rmdir(os.getcwd())",
    "rename own folder": "import os; os.rename(os.getcwd(), os.getcwd() + '2')",
    "keys": "import rfmkit.classroom.questions",
    "grading": "import rfmgrade.marking",
    "grading by path": f"open({str(GRADING / 'marking' / 'notebook.py')!r})",
    "keys by path": f"open({str(KIT / 'classroom' / 'questions' / 'ch06.toml')!r})",
    "solutions": f"import os; os.listdir({str(KIT.parent / 'solutions')!r})",
    "checkout": f"open({str(KIT / 'cli.py')!r})",
    "submissions": f"open({__file__!r})",
    "input": "input()",
    "shell": "!echo > ran.txt",
    "bash": "%%bash\necho > ran.txt",
    "magic system": "%system echo > ran.txt",
}
RAW = {
    "vfork": "call(58)",
    "clone": "call(56, 17, 0, 0, 0, 0)",
    "clone with a namespace": "call(56, 0x10000000 | 17, 0, 0, 0, 0)",
    "clone3": "call(435, ctypes.create_string_buffer(88), 88)",
    "execveat": "call(322, -100, b'/bin/true', 0, 0, 0)",
    "tgkill": "call(234, parent, parent, 9)",
    "tkill": "call(200, parent, 9)",
    "rt_sigqueueinfo": "call(129, parent, 9, ctypes.create_string_buffer(128))",
    "rt_tgsigqueueinfo": "call(297, parent, parent, 9, ctypes.create_string_buffer(128))",
    "kill with high bits": "call(62, ctypes.c_ulong((1 << 32) | parent), 9)",
    "ptrace": "call(101, 16, parent, 0, 0)",
    "process_vm_writev": "call(311, parent, 0, 0, 0, 0, 0)",
    "pidfd_getfd": "call(438, 3, 0, 0)",
    "prctl": "call(157, 1, 0, 0, 0, 0)",
    "seccomp": "call(317, 0, 0, 0)",
    "mount": "call(165, b'none', b'.', b'tmpfs', 0, 0)",
    "open_tree": "call(428, -100, b'.', 1)",
    "unshare": "call(272, 0x10000000)",
    "setns": "call(308, 0, 0)",
    "io_uring": "call(425, 1, ctypes.create_string_buffer(120))",
    "userfaultfd": "call(323, 0)",
    "bpf": "call(321, 0, 0, 0)",
    "perf": "call(298, 0, 0, -1, -1, 0)",
    "keyctl": "call(250, 0, -3, 1)",
    "add_key": "call(248, b'user', b'a', b'b', 1, -4)",
    "shmget": "call(29, 0, 4096, 0o1600)",
    "mq_open": "call(240, b'a', 0o102, 0o600, 0)",
    "inotify": "call(253)",
    "tiocsti": "libc.ioctl(0, 0x5412, b'x') == 0 or call(16, 0, 0x5412, b'x')",
    "memfd_secret": "call(447, 0)",
}
PROBES = {**REFUSED, **({name: LIBC + code for name, code in RAW.items()} if X86 else {})}
KINDS = (
    "OSError",
    "PermissionError",
    "FileNotFoundError",
    "ModuleNotFoundError",
    "EOFError",
    "ProcessLookupError",
    "NotADirectoryError",
    "BlockingIOError",
)


# Not run, and no error either: an answer beside it must not be lost for it.
LEFT_OUT = ("shell", "bash", "magic system")
NOT_RUN = "import os; assert not os.path.exists('ran.txt')"


@pytest.fixture(scope="module", params=["bubblewrap", "landlock"])
def sandbox(request):
    need(request.param)
    with Sandbox(mode=request.param, limits=SMALL, libraries=LIGHT) as made:
        yield made


@pytest.mark.parametrize("name", PROBES)
def test_is_refused(sandbox, name):
    with next_session(sandbox) as session:
        outcome = session.run(PROBES[name])
        if name in LEFT_OUT:
            assert outcome.tried == ("shell",)
            assert session.run(NOT_RUN).status == "ok"
            return
        assert outcome.status == "error", f"{name} was not refused"
        assert outcome.error.split(":")[0] in KINDS, outcome.error
        assert session.run("assert 1 + 1 == 2").status == "ok"


def test_the_next_session_after_all_of_that_is_unharmed(sandbox):
    assert_unharmed(sandbox)
    assert sandbox._host.restarts == 0
    assert not Path("/tmp/rfmkit-left").exists()


def test_rights_and_times_do_not_change_though_libraries_are_told_they_did(sandbox):
    with next_session(sandbox) as session:
        outcome = session.run(
            "import os, shutil\n"
            "before = os.stat('case/a.txt')\n"
            "os.chmod('case/a.txt', 0o777); os.utime('case/a.txt', (0, 0))\n"
            "after = os.stat('case/a.txt')\n"
            "assert (before.st_mode, before.st_mtime) == (after.st_mode, after.st_mtime)\n"
            "shutil.copy2('case/a.txt', 'b.txt')\n"
        )
        assert outcome.status == "ok", outcome.error


def test_no_process_and_no_secret_can_be_seen(sandbox):
    with next_session(sandbox) as session:
        outcome = session.run(
            "import gc, os, sys\n"
            "assert not {'HOSTNAME', 'USER', 'SSH_AUTH_SOCK', 'PATH'} & set(os.environ)\n"
            f"assert {str(KIT.parent)!r} not in [*sys.path, *os.environ.values()]\n"
            "frame, names = sys._getframe(), []\n"
            "while frame: names += map(repr, frame.f_locals.values()); frame = frame.f_back\n"
            # In two pieces, for from Python 3.12 on a frame holds this very cell.
            "assert 'ch0' '6' not in ''.join(names)\n"
            "found = [one for one in gc.get_objects() if type(one).__name__ == 'Question']\n"
            "assert not found\n"
            "import socket\n"
            "held = [one for one in gc.get_objects() if isinstance(one, socket.socket)]\n"
            "assert not [one for one in held if one.fileno() >= 0]\n"
            "open_files = []\n"
            "for n in range(3, 256):\n"
            "    try: os.fstat(n); open_files.append(n)\n"
            "    except OSError: pass\n"
            "assert open_files == [200, 201], open_files\n"
        )
        assert outcome.status == "ok", outcome.error


def test_a_session_does_not_see_the_folder_of_another(sandbox):
    with next_session(sandbox) as session:
        session.run("open('left.txt', 'w').write('my answer'); left = 5")
        session.run(
            "import builtins, json, os, sys; builtins.left = json.left = sys.modules['left']=1"
        )
        session.run(
            "import os; os.makedirs('.ipython/profile_default/startup'); open("
            "'.ipython/profile_default/startup/a.py', 'w').write('left = 1')"
        )
        session.run("json.dumps = json.loads = os.read = os.write = None; sys.path.insert(0, '/')")
        assert session.run("assert json.dumps is None").status == "ok"
        session.run("get_ipython().ast_transformers.append(5)")
        session.run("get_ipython().run_cell = get_ipython().events.trigger = None")
    assert_unharmed(sandbox)


@pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap is Linux's")
def test_the_room_holds_what_python_needs_and_nothing_else():
    need("bubblewrap")
    with Sandbox(mode="bubblewrap", limits=SMALL, libraries=LIGHT) as sandbox:
        with next_session(sandbox) as session:
            outcome = session.run("import os; raise ValueError(sorted(os.listdir('/')))")
        named = outcome.error
        assert "'rfmkit-work'" in named
        for absent in ("etc/", "'bin'", "'home'", "'proc'", "'sys'", "'var'", "'boot'"):
            assert absent not in named, named
        assert os.getpid()  # this process is not touched


def test_the_room_holds_where_the_kernel_has_no_landlock(monkeypatch):
    need("bubblewrap")
    old = io.BytesIO(confine.bundle())
    new = io.BytesIO()
    with zipfile.ZipFile(old) as packed, zipfile.ZipFile(new, "w") as changed:
        for name in packed.namelist():
            data = packed.read(name)
            if name.endswith("runtime/locks.py"):
                assert b"MIN_LANDLOCK = 3" in data
                data = data.replace(b"MIN_LANDLOCK = 3", b"MIN_LANDLOCK = 999")
            changed.writestr(name, data)
    monkeypatch.setattr(confine, "bundle", new.getvalue)
    with Sandbox(mode="bubblewrap", limits=SMALL, libraries=LIGHT) as sandbox:
        assert not sandbox._host.landlock
        with next_session(sandbox) as session:
            for name, code in REFUSED.items():
                refused = "ok" if name in LEFT_OUT else "error"
                assert session.run(code).status == refused, name
            assert session.run(NOT_RUN).status == "ok"
        assert_unharmed(sandbox)
