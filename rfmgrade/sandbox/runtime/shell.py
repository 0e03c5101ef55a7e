"""Run a notebook's cells as Jupyter would, each within its time; show, store and start nothing."""

import _thread
import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets.config import Config

MAX_ERROR_LENGTH = 300
_RUN_CODE = ("time", "timeit", "prun", "run", "debug", "pdb")  # whose errors are the code's own
_COLAB = ("drive", "files", "output", "data_table", "userdata", "auth", "sheets", "patches")
_SCRIPTS = ("bash", "sh", "script", "python", "python2", "python3", "pypy", "perl", "ruby", "cmd")


class OutOfTime(BaseException):
    """The time of a cell is over. No Exception, so that `except Exception` does not swallow it."""


def _ring(signum: int, frame: object) -> None:
    raise OutOfTime


@contextmanager
def clock(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in what runs inside, once, when its time is over.

    Code that swallows it goes on; the supervisor ends the process a moment later.

    Examples
    --------
    >>> import time
    >>> try:
    ...     with clock(0.01):
    ...         time.sleep(9)
    ... except OutOfTime:
    ...     print("over")
    over
    """
    if hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        return
    # Windows has no such timer: a thread rings.
    before = signal.signal(signal.SIGINT, _ring)
    timer = threading.Timer(seconds, _thread.interrupt_main)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)


class _Unseen(DisplayFormatter):
    def format(self, *args: object, **options: object) -> tuple[dict, dict]:
        """Draw nothing: nobody looks, and a picture costs a fifth of a second."""
        return {}, {}


class _Unpublished(DisplayPublisher):
    def publish(self, *args: object, **options: object) -> None:
        """Show nothing."""

    def clear_output(self, *args: object, **options: object) -> None:
        """Clear nothing."""


class _LastValue(DisplayHook):
    def __call__(self, result: object = None) -> None:
        """Keep the value of a cell's last line as `_`, and show nothing."""
        if result is not None:
            self.shell.user_ns["_"] = result


class Shell(InteractiveShell):
    """IPython's shell without history, pictures, tracebacks, pager and shell commands."""

    def init_display_formatter(self) -> None:
        """Use the formatter that shows nothing."""
        self.display_formatter = _Unseen(parent=self)
        self.configurables.append(self.display_formatter)

    def init_virtualenv(self) -> None:
        """Leave sys.path as the sandbox made it."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str | None, str]:
        """Ignore `%matplotlib inline`."""
        return gui, "agg"

    def showtraceback(self, *args: object, **options: object) -> None:
        """Show nothing: the outcome has the error."""

    showsyntaxerror = showindentationerror = showtraceback

    attempts: set[str] | None = None  # where to note what is left out

    def system(self, cmd: str) -> None:
        """Leave `!command` out: an answer beside it must not be lost for it."""
        _note_shell(self)

    system_piped = system_raw = system

    def getoutput(self, cmd: str, *args: object, **options: object) -> SList:
        """Return no lines for `name = !command`."""
        _note_shell(self)
        return SList()

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> object:
        """Run a magic; one that is not there, or cannot work here, is left out."""
        try:
            return super().run_line_magic(magic_name, line, _stack_depth + 1)
        except (UsageError, ImportError, OSError):
            if magic_name in _RUN_CODE:
                raise
            _note_shell(self)
            return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> object:
        """Run a magic of a whole cell; below one that is not there, the cell is code."""
        if self.find_cell_magic(magic_name) is None:
            _note_shell(self)
            exec(self.transform_cell(cell), self.user_ns)
            return None
        return super().run_cell_magic(magic_name, line, cell)


def _note_shell(shell: "Shell") -> None:
    if shell.attempts is not None:
        shell.attempts.add("shell")


def _leave_out(line: str, cell: str | None = None) -> None:
    """Leave out a cell of another program."""
    _note_shell(Shell.instance())


class _Anything:
    """Stands for `google.colab` and all that is in it: every call of it does nothing."""

    __path__: tuple[str, ...] = ()
    __spec__ = None

    def __getattr__(self, name: str) -> "_Anything":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: object, **options: object) -> "_Anything":
        return self

    def __iter__(self) -> Iterator[object]:
        return iter(())


def prepare_for_cells(shell: "Shell", folder: str) -> None:
    """Allow cells written for another place: Colab's modules, folders that are not there."""
    anything = _Anything()
    for name in ("google.colab", *(f"google.colab.{part}" for part in _COLAB)):
        sys.modules[name] = anything
    if "google" not in sys.modules:
        try:
            importlib.import_module("google")
        except ImportError:
            sys.modules["google"] = ModuleType("google")
    sys.modules["google"].colab = anything
    change, real = os.chdir, os.path.realpath
    inside = real(folder)

    def change_inside(path: object) -> None:
        try:
            target = real(path)
            if target == inside or target.startswith(inside + os.sep):
                change(path)
        except (OSError, TypeError, ValueError):
            return

    os.chdir = change_inside


def make_shell(folder: str) -> Shell:
    """Make the shell, before any student's code is there."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.display_pub_class = _Unpublished
    config.InteractiveShell.displayhook_class = _LastValue
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    shell = Shell.instance(config=config, ipython_dir=os.path.join(folder, "ipython"))  # noqa: PTH118
    InteractiveShell._instance = shell
    for name in _SCRIPTS:  # `%%bash` and the like: a process that nothing would answer for
        shell.register_magic_function(_leave_out, "line_cell", name)
    shell.set_hook("show_in_pager", lambda *args, **options: None)
    if "matplotlib" in sys.modules:  # so that `%config InlineBackend...` finds something to set
        from matplotlib_inline.config import InlineBackend

        shell.configurables.append(InlineBackend.instance(parent=shell))
    return shell


def run_cell(shell: Shell, code: str, seconds: float) -> dict:
    """Run a cell; return "ok", "error" or "timeout", and the error."""
    try:
        with clock(seconds):
            result = shell.run_cell(code, store_history=False)
            error = result.error_before_exec or result.error_in_exec
            text = "" if error is None else error_text(error)
            if "matplotlib.pyplot" in sys.modules:
                # As Jupyter does after each cell. Variables keep their values.
                sys.modules["matplotlib.pyplot"].close("all")
    except OutOfTime as late:
        error, text = late, ""
    except BaseException as broken:  # the student's code may have broken IPython itself
        error, text = broken, error_text(broken)
    if isinstance(error, OutOfTime):
        return {"status": "timeout", "error": f"TimeoutError: more than {seconds:g} seconds"}
    return {"status": "ok" if error is None else "error", "error": text}


def error_text(error: BaseException) -> str:
    r"""Format an error as one plain line, whatever class the student gave it.

    Examples
    --------
    >>> error_text(NameError("name 'x'\nis not"))
    "NameError: name 'x' is not"
    """
    kind = type(error)
    name = str(type.__dict__["__name__"].__get__(kind))
    if issubclass(kind, SyntaxError) and name.startswith("_"):  # Python 3.13's, of its own use
        name = "SyntaxError"
    try:
        text = "".join(("", str(error)))[: 2 * MAX_ERROR_LENGTH]
    except Exception:
        text = ""
    plain = " ".join(f"{name}: {text}".split())
    return "".join(one if one.isprintable() else "?" for one in plain)[:MAX_ERROR_LENGTH]
