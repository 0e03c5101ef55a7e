"""Run hostile code: a fresh process for each session, plain data out, nothing of ours within."""

from collections.abc import Mapping
from types import TracebackType

from rfmkit.classroom.grading.boot import LIBRARIES
from rfmkit.classroom.grading.channel import Ended
from rfmkit.classroom.grading.hosts import TrustedHost
from rfmkit.classroom.grading.limits import Limits, Outcome, hold_inside
from rfmkit.classroom.grading.session import Session
from rfmkit.classroom.grading.zygote_host import ZygoteHost

MODES = ("room", "locks", "trusted")
__all__ = ["Ended", "Limits", "Outcome", "Sandbox", "Session"]


class Sandbox:
    """A place where sessions run, one after another.

    Parameters
    ----------
    mode
        "room": bubblewrap's namespaces around a process that has the libraries loaded, from which
        each session is a locked copy. "locks": the same without bubblewrap. "trusted": a process
        a session, not locked at all, on any system.
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
        mode: str = "room",
        limits: Limits = Limits(),  # noqa: B008 - frozen
        libraries: tuple[str, ...] = LIBRARIES,
    ) -> None:
        if mode not in MODES:
            raise ValueError(f"mode must be one of {MODES}, not {mode!r}.")
        self.mode, self.limits = mode, limits
        self._host = (
            TrustedHost(limits, list(libraries))
            if mode == "trusted"
            else ZygoteHost(mode, limits, list(libraries))
        )
        self._open: Session | None = None

    def session(self, files: Mapping[str, bytes]) -> Session:
        """Begin a session: a fresh process in a folder that holds these files and nothing else.

        Parameters
        ----------
        files
            Their paths inside the folder, such as "case/交易記錄.xlsx", and what is in them.

        Raises
        ------
        DataError
            If a path leads out of the folder, or the sandbox cannot be started.
        RuntimeError
            If another session of this sandbox is open.
        """
        for path in files:
            hold_inside(path)
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
