"""Lock a process in for good: what it may read, write, use and ask of the kernel."""

import ctypes
import ctypes.util
import os
import signal

# Clone flags: a thread is made, a process or a namespace is not.
_THREAD = 0x00010000 | 0x00000100  # CLONE_THREAD, CLONE_VM
_CLONE_MASK = _THREAD | 0x7E020000 | 0x00002000  # ..., every CLONE_NEW*, CLONE_PTRACE
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)  # no F_SETOWN, F_SETSIG: they signal
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # no TIOCSTI, FIOSETOWN, FIOASYNC
_PRCTL = (15, 16)  # the name of a thread
_AF_UNIX = 1

_ALLOWED = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek
open openat openat2 close close_range stat fstat lstat newfstatat statx statfs fstatfs
access faccessat faccessat2 readlink readlinkat getcwd chdir fchdir getdents getdents64
mkdir mkdirat rmdir rename renameat renameat2 unlink unlinkat truncate ftruncate fallocate
fsync fdatasync fadvise64 copy_file_range sendfile flock umask
dup dup2 dup3 pipe pipe2 poll ppoll select pselect6 eventfd2
epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
mmap munmap mremap mprotect madvise msync brk
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack
pause restart_syscall nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times
getitimer setitimer alarm futex futex_waitv set_robust_list get_robust_list rseq membarrier
set_tid_address gettid getpid getppid getpgrp getpgid getsid getuid geteuid getgid getegid
getresuid getresgid getgroups uname sysinfo getrusage getrlimit getrandom getcpu getpriority
sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max
sched_get_priority_min arch_prctl exit exit_group wait4 waitid
"""
# Landlock does not cover these. Libraries call them after copying a file: nothing happens, and
# success is reported.
_PRETENDED = "chmod fchmod fchmodat fchmodat2 utime utimes futimesat utimensat"
_UNSUPPORTED = """
getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr setxattr lsetxattr fsetxattr
removexattr lremovexattr fremovexattr
"""
# Where clone has its arguments in this order, and the list above was tried or read through.
MACHINES = ("x86_64", "aarch64")
# Before this, Landlock lets a file be cut short that may not be written.
MIN_LANDLOCK = 3


def load_pyseccomp() -> object:
    """Import pyseccomp where neither ldconfig nor a compiler is there to find its library."""
    found = ctypes.util.find_library
    ctypes.util.find_library = {"seccomp": "libseccomp.so.2"}.get
    try:
        import pyseccomp
    finally:
        ctypes.util.find_library = found
    return pyseccomp


def make_filter() -> object:
    """Build the filter, all but the rules that need the process's own number."""
    if os.uname().machine not in MACHINES:
        raise OSError(f"no seccomp filter for {os.uname().machine}; there is one for {MACHINES}")
    seccomp = load_pyseccomp()
    arg, equal = seccomp.Arg, seccomp.EQ
    # What is not named does not exist: libc knows how to do without new calls.
    made = seccomp.SyscallFilter(seccomp.ERRNO(38))
    for action, names in (
        (seccomp.ALLOW, _ALLOWED),
        (seccomp.ERRNO(0), _PRETENDED),
        (seccomp.ERRNO(95), _UNSUPPORTED),
    ):
        for name in names.split():
            # A name that this machine or this libseccomp lacks stays refused.
            if (number := seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)) >= 0:
                made.add_rule(action, number)
    for name, at, values in (
        ("fcntl", 1, _FCNTL),
        ("ioctl", 1, _IOCTL),
        ("prctl", 0, _PRCTL),
        ("socketpair", 0, (_AF_UNIX,)),
        ("prlimit64", 2, (0,)),  # limits may be read
    ):
        for value in values:
            made.add_rule(seccomp.ALLOW, name, arg(at, equal, value))
    made.add_rule(seccomp.ALLOW, "clone", arg(0, seccomp.MASKED_EQ, _CLONE_MASK, _THREAD))
    return made


def apply_filter(made: object) -> None:
    """Lock this process in; it may still send signals to itself."""
    seccomp = load_pyseccomp()
    for name in ("kill", "tgkill"):
        made.add_rule(seccomp.ALLOW, name, seccomp.Arg(0, seccomp.EQ, os.getpid()))
    made.load()


class Locks:
    """Made before any student's code is there; applied in each copy of the process."""

    def __init__(
        self, work: str, readable: list[str], listable: list[str], *, need_landlock: bool
    ) -> None:
        self._filter = make_filter()
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._libc.capset  # noqa: B018 - looked up now, while the error is still reported
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
        """Lock this process; nothing undoes it."""
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
        apply_filter(self._filter)

    def _drop_capabilities(self) -> None:
        """Drop what root may do; for anybody else there is nothing to drop."""
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

    if landlock_abi_version() < MIN_LANDLOCK:
        raise OSError(f"Landlock {landlock_abi_version()} is older than {MIN_LANDLOCK}")
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
    """Allow libraries to read what the kernel reports of the process itself; many insist on it."""
    from landlock import FSAccess

    for name in ("cgroup", "maps", "stat", "statm", "status"):
        path = f"/proc/{os.getpid()}/{name}"
        if os.path.exists(path):  # noqa: PTH110 - not in bubblewrap
            rules.allow(path, rules=FSAccess.READ_FILE)


def hide() -> None:
    """Keep other processes of the same user out of this one's memory."""
    ctypes.CDLL(None, use_errno=True).prctl(4, 0, 0, 0, 0)
