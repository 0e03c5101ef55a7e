"""Run work in other processes, of which nothing is left however it ends."""

import contextlib
import faulthandler
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import ProcessPoolExecutor
from pathlib import Path
from types import TracebackType

END_SECONDS = 1.0  # for a worker to clean up after itself
_at_end: list[Callable[[], object]] = []


class Workers:
    """A pool of processes, of which nothing is left however it ends. A context manager.

    Everything temporary is in one folder, which goes with it. Where this process is killed, each
    worker notices and goes too; where something interrupts the work, the workers end at once.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def __enter__(self) -> ProcessPoolExecutor:
        self._before = set(multiprocessing.active_children())
        self._folder = tempfile.mkdtemp(prefix="rfmkit-")
        self._pool = ProcessPoolExecutor(
            self._jobs,
            mp_context=multiprocessing.get_context("spawn"),  # the same on every system
            initializer=_begin_worker,
            initargs=(self._folder,),
        )
        return self._pool

    def __exit__(self, kind: type | None, error: object, trace: TracebackType | None) -> None:
        try:
            if kind is not None:
                workers = set(multiprocessing.active_children()) - self._before
                for one in workers:
                    one.terminate()
                until = time.monotonic() + END_SECONDS
                for one in workers:
                    one.join(max(0.0, until - time.monotonic()))
                    if one.is_alive():
                        one.kill()
            self._pool.shutdown(wait=True, cancel_futures=True)
        finally:
            _remove_tree(self._folder)


def at_worker_end(clean: Callable[[], object]) -> None:
    """Call something when this worker has to end before its time."""
    _at_end.append(clean)


def _begin_worker(folder: str) -> None:
    """Prepare a worker: Ctrl+C is the parent's to answer, and with the parent the worker ends."""
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _end_worker())
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            _end_worker(folder)

        threading.Thread(target=watch, daemon=True).start()


def _end_worker(folder: str = "") -> None:
    for clean in _at_end:
        with contextlib.suppress(Exception):
            clean()
    if folder:
        _remove_tree(folder)
    os._exit(1)


def _remove_tree(folder: str) -> None:
    """Remove a folder in which some are closed, as the sandbox's are."""
    for path, _, _ in os.walk(folder):
        with contextlib.suppress(OSError):
            os.chmod(path, 0o700)  # noqa: PTH101
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End this process, if it is a worker, where a step takes longer: even one that runs in C.

    The pool then takes another worker, and in the end leaves the notebook to a person.
    """
    if multiprocessing.parent_process() is None:
        yield
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nothing)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Treat a request to end, or a closed terminal, as Ctrl+C: everything is cleaned up."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        names = []
    before = {name: signal.signal(getattr(signal, name), _interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
