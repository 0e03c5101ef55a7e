"""Run hostile code: a fresh process for each session, plain data out, nothing of ours within."""

import time
from collections.abc import Callable, Mapping
from types import TracebackType

from rfmgrade.sandbox.confine import LIBRARIES
from rfmgrade.sandbox.hosts import (
    Channel,
    Ended,
    ForkServerHost,
    Limits,
    Outcome,
    TrustedHost,
    check_inside,
)
from rfmgrade.sandbox.runtime.attempts import ATTEMPTS

MODES = ("bubblewrap", "landlock", "trusted")


class Session:
    """One process for one student's code. Leaving it ends the process and empties its folder.

    `Sandbox.session` makes it.
    """

    def __init__(self, channel: Channel, limits: Limits, end: Callable[[Ended], Ended]) -> None:
        self._channel, self._limits, self._end = channel, limits, end
        self._until = time.monotonic() + limits.total
        self._ended: Ended | None = None

    def run(self, code: str, *, seconds: float | None = None) -> Outcome:
        """Run a cell."""
        return self._outcome(self._ask({"op": "run", "code": code}, seconds=seconds))

    def take(self, variable: str, want: dict) -> object:
        """Ask for an answer as plain data.

        Returns
        -------
        dict
            {"there": False}; {"there": True, "answer": ...}; for a function
            {"there": True, "results": [...]} or {"there": True, "not_callable": "int"}. The shape
            of what is inside is the student's: `plain.decode` checks it.

        Raises
        ------
        Ended
            If the process is gone.
        """
        reply = self._ask({"op": "take", "variable": variable, "want": want})
        if not isinstance(reply, dict) or type(reply.get("there")) is not bool:
            raise self._over(Ended("forged", "no answer"))
        return reply

    def put(self, data: bytes, code: str) -> Outcome:
        """Assign the kit's values and functions to the student's names.

        Parameters
        ----------
        data
            A pickled dict of names and values. Ours: it is loaded in the sandbox only.
        code
            The source of functions to define there.

        Raises
        ------
        Ended
            If the process is gone.
        """
        return self._outcome(self._ask({"op": "put", "code": code}, data))

    def _ask(self, request: dict, *more: bytes, seconds: float | None = None) -> object:
        if self._ended is not None:
            raise self._ended
        left = self._until - time.monotonic()
        seconds = min(self._limits.seconds if seconds is None else seconds, left)
        if seconds <= 0:
            raise self._over(Ended("hung", "the session's time is over"))
        deadline = seconds + self._limits.grace
        try:
            return self._channel.ask({**request, "seconds": seconds}, *more, seconds=deadline)
        except Ended as ended:
            raise self._over(ended) from None

    def _over(self, ended: Ended) -> Ended:
        self._ended = self._end(ended)
        return self._ended

    def _outcome(self, reply: object) -> Outcome:
        match reply:
            case {"status": "ok" | "error" | "timeout" as status, "error": str(error)}:
                plain = "".join(one if one.isprintable() else "?" for one in error[:300])
                tried = reply.get("tried") if isinstance(reply.get("tried"), list) else []
                return Outcome(status, plain, tuple(one for one in ATTEMPTS if one in tried))
        raise self._over(Ended("forged", "no outcome"))

    def close(self) -> None:
        """End the process."""
        if self._ended is None:
            self._over(Ended("closed"))

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, kind: type | None, error: object, trace: TracebackType | None) -> None:
        self.close()


__all__ = ["Ended", "Limits", "Outcome", "Sandbox", "Session"]


class Sandbox:
    """A place where sessions run, one after another.

    Parameters
    ----------
    mode
        "bubblewrap": its namespaces around a process that has the libraries loaded, from which each
        session is a locked copy. "landlock": the same without bubblewrap. "trusted": a process a
        session, not locked at all, on any system.
    limits
        How much each session may use.
    libraries
        What is loaded before the first session.

    Raises
    ------
    ValueError
        For any other mode.
    DataError
        From `with`, if the mode does not work on this machine.
    """

    def __init__(
        self,
        *,
        mode: str = "bubblewrap",
        limits: Limits = Limits(),  # noqa: B008 - frozen
        libraries: tuple[str, ...] = LIBRARIES,
    ) -> None:
        if mode not in MODES:
            raise ValueError(f"mode must be one of {MODES}, not {mode!r}.")
        self.mode, self.limits = mode, limits
        self._host = (
            TrustedHost(limits, list(libraries))
            if mode == "trusted"
            else ForkServerHost(mode, limits, list(libraries))
        )
        self._open: Session | None = None

    def session(self, files: Mapping[str, bytes]) -> Session:
        """Begin a session: a fresh process in a folder with these files and nothing else."""
        for path in files:
            check_inside(path)
        if self._open is not None:
            raise RuntimeError("close the open session first: a sandbox has one at a time.")
        channel = self._host.begin(files)
        self._open = Session(channel, self.limits, self._end)
        return self._open

    def _end(self, ended: Ended) -> Ended:
        self._open = None
        return self._host.end(ended)

    def __enter__(self) -> "Sandbox":
        try:
            self._host.start()
        except BaseException:
            self._host.stop()
            raise
        return self

    def __exit__(self, kind: type | None, error: object, trace: TracebackType | None) -> None:
        if self._open is not None:
            self._open.close()
        self._host.stop()
