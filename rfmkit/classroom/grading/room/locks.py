"""Lock a process in for good: what it may read, write, use and ask of the kernel."""

import ctypes
import os
import signal

from rfmkit.classroom.grading.room import syscalls

# Before this, Landlock lets a file be cut short that may not be written.
LEAST_LANDLOCK = 3


class Locks:
    """Made before any student's code is there; applied in each copy of the process.

    Parameters
    ----------
    work
        The only folder that may be written.
    readable
        Files and folders that may be read, with all that is in them.
    listable
        Folders whose names may be listed.
    need_landlock
        Whether to refuse to go on without Landlock: where no namespace keeps the files away.

    Raises
    ------
    OSError, ImportError
        If a lock that is needed cannot be had.
    """

    def __init__(
        self, work: str, readable: list[str], listable: list[str], *, need_landlock: bool
    ) -> None:
        self._filter = syscalls.make_filter()
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._libc.capset  # noqa: B018 - found now, while there is somebody to tell
        try:
            self._rules = _landlock(work, readable, listable)
        except (OSError, ImportError):
            if need_landlock:
                raise
            self._rules = None
        self.landlock = self._rules is not None

    def files(self) -> list[int]:
        """List the file descriptors that `apply` needs, and closes."""
        return [] if self._rules is None else [self._rules._fd]

    def apply(self, limits: dict) -> None:
        """Lock this process. Nothing takes it back.

        Parameters
        ----------
        limits
            Bytes and seconds: "address_space", "file", "cpu".
        """
        import resource

        # Where the process it was copied from dies, this one does.
        self._call("prctl", 1, signal.SIGKILL, 0, 0, 0)
        for name, most in (
            ("RLIMIT_CORE", 0),
            ("RLIMIT_NOFILE", 256),
            ("RLIMIT_FSIZE", limits["file"]),
            ("RLIMIT_CPU", limits["cpu"]),
            ("RLIMIT_AS", limits["address_space"]),
        ):
            resource.setrlimit(getattr(resource, name), (most, most))
        self._drop_capabilities()
        if self._rules is not None:
            ctypes.set_errno(0)  # the binding takes an old number for a new fault
            _allow_own_numbers(self._rules)
            self._rules.apply()
            os.close(self._rules._fd)
        else:
            self._call("prctl", 38, 1, 0, 0, 0)  # no new privileges
        syscalls.apply_filter(self._filter)

    def _drop_capabilities(self) -> None:
        """Give up what root may do; for anybody else there is nothing to give up."""
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        none = (ctypes.c_uint32 * 6)()
        self._call("capset", ctypes.byref(header), ctypes.byref(none))

    def _call(self, name: str, *arguments: object) -> None:
        if getattr(self._libc, name)(*arguments) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"{name}: {os.strerror(number)}")


def _landlock(work: str, readable: list[str], listable: list[str]) -> object:
    ctypes.set_errno(0)
    from landlock import FSAccess, Ruleset, landlock_abi_version

    if landlock_abi_version() < LEAST_LANDLOCK:
        raise OSError(f"Landlock {landlock_abi_version()} is older than {LEAST_LANDLOCK}")
    rules = Ruleset()
    look = FSAccess.READ_FILE | FSAccess.READ_DIR
    write = look | (
        FSAccess.WRITE_FILE
        | FSAccess.TRUNCATE
        | FSAccess.REMOVE_DIR
        | FSAccess.REMOVE_FILE
        | FSAccess.MAKE_DIR
        | FSAccess.MAKE_REG
        | FSAccess.REFER
    )
    rules.allow(work, rules=write)
    rules.allow("/dev/null", rules=FSAccess.READ_FILE | FSAccess.WRITE_FILE)
    rules.allow(*listable, rules=FSAccess.READ_DIR)
    for path in readable:
        rules.allow(path, rules=look if os.path.isdir(path) else FSAccess.READ_FILE)  # noqa: PTH112
    return rules


def _allow_own_numbers(rules: object) -> None:
    """Let libraries read what the kernel tells a process about itself; many insist on it."""
    from landlock import FSAccess

    for name in ("cgroup", "maps", "stat", "statm", "status"):
        path = f"/proc/{os.getpid()}/{name}"
        if os.path.exists(path):  # noqa: PTH110 - not in the room
            rules.allow(path, rules=FSAccess.READ_FILE)


def hide() -> None:
    """Keep other processes of the same user out of this one's memory."""
    ctypes.CDLL(None, use_errno=True).prctl(4, 0, 0, 0, 0)
