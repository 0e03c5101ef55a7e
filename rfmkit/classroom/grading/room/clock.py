"""Stop a cell that takes too long, from inside: its own question is lost, the session goes on."""

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The time of a cell is over. No Exception, so that `except Exception` does not swallow it."""


def _ring(signum: int, frame: object) -> None:
    raise OutOfTime


@contextmanager
def clock(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in what runs inside, once, when its time is over.

    Code that swallows it goes on; the supervisor ends the process a moment later.

    Parameters
    ----------
    seconds
        How long it may take.

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
