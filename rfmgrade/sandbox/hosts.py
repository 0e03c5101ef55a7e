"""Start, talk to and end the processes in which sessions run."""

import json
import os
import queue
import secrets
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rfmgrade.sandbox import confine
from rfmgrade.sandbox.runtime import wire
from rfmkit.schema import DataError

MEGABYTE = 1 << 20
MAX_DEPTH = 64  # of JSON; an answer's own bound is 20
START_SECONDS = 120  # a cold disk may take long to give pandas
END_SECONDS = 10  # to kill a copy and to empty its folder
STOP_SECONDS = 3  # to end by itself; after that it is killed
MAX_CONTROL = 1 << 16  # bytes of a message of the fork server


@dataclass(frozen=True)
class Limits:
    """How much a session may use."""

    seconds: float = 10  # for one cell or one answer
    total: float = 90  # seconds for the whole session
    grace: float = 1  # seconds after which a cell that ignored the end of its time is killed
    memory: int = 2048 * MEGABYTE  # bytes beyond what the libraries use
    # Bytes of one file, bytes of all, number of files.
    file: int = 64 * MEGABYTE
    disk: int = 128 * MEGABYTE
    files: int = 2000
    answer: int = 4 * MEGABYTE  # bytes of one answer


@dataclass(frozen=True)
class Outcome:
    """How a cell went."""

    status: str  # "ok", "error" or "timeout"
    error: str = ""  # what was raised, in one plain line of at most 300 characters
    tried: tuple[
        str, ...
    ] = ()  # what it tried that grading does not allow, in words of `attempts.ATTEMPTS`


def check_inside(path: str) -> None:
    """Refuse a path that leads out of a session's folder.

    Examples
    --------
    >>> check_inside("case/交易記錄.xlsx")
    >>> check_inside("case/../../x")
    Traceback (most recent call last):
        ...
    rfmkit.schema.DataError: 'case/../../x' is no path inside a session's folder.
    Give it relative, with slashes and without `..`.
    """
    sound = path and path.isprintable() and not set("\\:") & set(path)
    if (
        not sound
        or path != PurePosixPath(path).as_posix()
        or path.startswith("/")
        or ({"..", "."} & set(path.split("/")))
    ):
        raise DataError(
            f"{path!r} is no path inside a session's folder.\n"
            "Give it relative, with slashes and without `..`."
        )


class Ended(Exception):  # noqa: N818 - what happened to the session, no fault of ours
    """The session is over: its process hung, died, flooded its channel or broke the protocol."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why, self.detail = why, detail


class Channel:
    """Two pipes to a process that may do anything with its ends."""

    def __init__(self, source: int, sink: int, most: int) -> None:
        self._source, self._sink, self._most = source, sink, most
        self._busy: threading.Thread | None = None

    def ask(self, request: dict, *more: bytes, seconds: float) -> dict:
        """Send a request and wait for the reply that carries its number.

        The number is drawn at random: a reply written before its request cannot know it, and what
        is left over from a forged one is no reply to the next request.
        """
        number = secrets.token_hex(8)
        frames = (json.dumps({**request, "n": number}).encode(), *more)
        body = self.exchange(*frames, seconds=seconds)
        reply = parse(body)
        if not isinstance(reply, dict) or reply.get("n") != number or set(reply) != {"n", "reply"}:
            raise Ended("forged", "a reply to no request")
        return reply["reply"]

    def exchange(self, *frames: bytes, seconds: float) -> bytes:
        """Send frames and wait for one frame back."""
        replies: queue.SimpleQueue = queue.SimpleQueue()
        # In a thread, because pipes have no deadlines of their own on every system.
        self._busy = threading.Thread(target=self._work, args=(frames, replies), daemon=True)
        self._busy.start()
        try:
            body = replies.get(timeout=seconds)
        except queue.Empty:
            raise Ended("hung") from None
        if isinstance(body, Ended):
            raise body
        return body

    def _work(self, frames: tuple[bytes, ...], replies: queue.SimpleQueue) -> None:
        try:
            if frames:
                wire.send(self._sink, *frames)
            body = wire.receive(self._source, self._most)
            replies.put(Ended("died") if body is None else body)
        except OverflowError as error:
            replies.put(Ended("flooded", str(error)))
        except OSError:
            replies.put(Ended("died"))

    def join(self) -> bool:
        """Wait until nobody reads any more, once the process is gone; return whether that is so."""
        if self._busy is not None:
            self._busy.join(timeout=5)
        return self._busy is None or not self._busy.is_alive()


def parse(body: bytes) -> object:
    """Read JSON that anybody may have written.

    Examples
    --------
    >>> parse(b'{"n": 1}')
    {'n': 1}
    >>> parse(b"[" * 1000)
    Traceback (most recent call last):
        ...
    rfmgrade.sandbox.hosts.Ended: forged: no JSON
    """
    try:
        data = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Ended("forged", "no JSON") from None
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and _depth(data) > MAX_DEPTH:
        raise Ended("forged", "nested too deep")
    return data


def _depth(data: object) -> int:
    level, depth = [data], 0
    while level and depth <= MAX_DEPTH:
        level = [
            item
            for content in level
            if isinstance(content, dict | list)
            for item in (content.values() if isinstance(content, dict) else content)
        ]
        depth += 1
    return depth


class TrustedHost:
    """A process a session, without locks."""

    def __init__(self, limits: Limits, libraries: list[str]) -> None:
        self.limits, self.libraries = limits, libraries
        self._folder: Path | None = None
        self._process: subprocess.Popen | None = None
        self._channel: Channel | None = None

    def start(self) -> None:
        """Wait: each session starts its own process."""

    def begin(self, files: Mapping[str, bytes]) -> Channel:
        """Start a session's process and return the channel to it."""
        self._folder = Path(tempfile.mkdtemp(prefix="rfmkit-grading-"))
        self._process = subprocess.Popen(
            [confine.python(), *confine.FLAGS, "-c", confine.PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=confine.environment(),
            cwd=self._folder,
            bufsize=0,
        )
        source, sink = self._process.stdout, self._process.stdin
        self._channel = Channel(source.fileno(), sink.fileno(), max_reply(self.limits))
        settings = {
            "program": "child",
            "folder": str(self._folder),
            "site": confine.site_folders(),
            "libraries": self.libraries,
        }
        start = {"files": list(files), "answer_bytes": self.limits.answer}
        frames = [json.dumps(settings).encode(), confine.bundle(), json.dumps(start).encode()]
        try:
            self._channel.exchange(*frames, *files.values(), seconds=START_SECONDS)
        except Ended as ended:
            self.end(ended)
            raise DataError(
                f"the sandbox did not start ({ended}).\n"
                "Run rfmkit doctor to see what this Python lacks."
            ) from None
        except BaseException:
            self.end(Ended("closed"))
            raise
        return self._channel

    def end(self, ended: Ended) -> Ended:
        """End the session's process and remove its folder; return why it ended."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            # The channel waits for its thread before the pipes go.
            self._channel.join()
            self._process.stdin.close()
            self._process.stdout.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._process = None
        return ended

    def stop(self) -> None:
        """End what is left."""
        self.end(Ended("closed"))


def max_reply(limits: Limits) -> int:
    """Return the length of the longest reply: an answer, and a little around it."""
    return limits.answer + 64_000


class ForkServerHost:
    """The modes "bubblewrap" and "landlock"."""

    def __init__(self, mode: str, limits: Limits, libraries: list[str]) -> None:
        self.mode, self.limits, self.libraries = mode, limits, libraries
        self.restarts, self.landlock = 0, False
        self._process: subprocess.Popen | None = None
        self._control: socket.socket | None = None
        self._channel: Channel | None = None
        self._pipes: list[int] = []
        self._memory, self._folder, self._odd = 0, "", False

    def start(self) -> None:
        """Start it and wait until the libraries are loaded."""
        self._control, theirs = socket.socketpair()
        with tempfile.TemporaryFile() as stderr:
            try:
                pid = self._launch(theirs, stderr)
                theirs.close()  # the only other end is its own: EOF when it exits
                self._wait_at_most(START_SECONDS)
                wire.send(
                    self._control.fileno(), json.dumps(self._settings()).encode(), confine.bundle()
                )
                self.landlock = self._receive()["landlock"]
                self._memory = _mapped(pid) + self.limits.memory
            except (OSError, ValueError, KeyError) as error:
                self.stop()
                stderr.seek(0)
                last = stderr.read().decode("utf-8", "replace").strip().splitlines()[-1:]
                raise DataError(
                    f"the sandbox (mode {self.mode}) did not start: "
                    f"{last[0] if last else error}.\n"
                    "Run rfmkit doctor to see which modes hold on this machine."
                ) from None
            finally:
                theirs.close()
        self._odd = False

    def _launch(self, theirs: socket.socket, stderr: object) -> int:
        options = {
            "stdin": theirs,
            "stdout": subprocess.DEVNULL,
            "stderr": stderr,
            "start_new_session": True,
            "cwd": "/",
        }
        if self.mode == "landlock":
            command = [confine.python(), *confine.FLAGS, "-c", confine.PROGRAM]
            self._process = subprocess.Popen(command, env=confine.environment(), **options)
            return self._process.pid
        source, sink = os.pipe()
        with os.fdopen(source, "rb") as info:
            try:
                command = confine.bubblewrap_command(sink, self.limits.disk)
                self._process = subprocess.Popen(command, pass_fds=(sink,), **options)
            finally:
                os.close(sink)
            return json.loads(info.read() or "{}")["child-pid"]

    def _settings(self) -> dict:
        settings = {
            "program": "fork_server",
            "site": confine.site_folders(),
            "libraries": self.libraries,
        }
        if self.mode == "bubblewrap":
            # All may be read: bubblewrap shows nothing that must not be.
            return {
                **settings,
                "folder": "/rfmkit-grading",
                "work": "/rfmkit-work",
                "readable": ["/"],
                "listable": [],
            }
        inside = confine.trees()
        names, listed = confine.readable(inside, confine.hidden(inside))
        # Engines such as DuckDB read how much of the machine is theirs, and die if they may not.
        names += [path for path in ("/sys/fs/cgroup",) if Path(path).is_dir()]
        self._folder = tempfile.mkdtemp(prefix="rfmkit-grading-")
        return {
            **settings,
            "folder": self._folder,
            "work": "",
            "readable": names,
            "listable": listed,
        }

    def begin(self, files: Mapping[str, bytes]) -> Channel:
        """Start a session and return the channel to it; after anything odd, in a new sandbox."""
        if self._odd:
            self.stop()
            self.restarts += 1
            self.start()
        (source, their_sink), (their_source, sink) = os.pipe(), os.pipe()
        self._pipes = [source, sink]
        limits = self.limits
        start = {
            "files": list(files),
            "files_most": limits.files,
            "disk": limits.disk,
            "file": limits.file,
            "cpu": int(limits.total) + 5,
            "address_space": self._memory,
            "answer_bytes": limits.answer,
        }
        try:
            socket.send_fds(self._control, [b"B"], [their_source, their_sink])
            wire.send(self._control.fileno(), json.dumps(start).encode(), *files.values())
            self._receive()
        except (OSError, ValueError) as error:
            self.end(Ended("died"))
            raise DataError(f"the sandbox is gone ({error}).\nStart the grading again.") from None
        finally:
            os.close(their_source)
            os.close(their_sink)
        self._channel = Channel(source, sink, max_reply(limits))
        try:
            self._channel.exchange(seconds=END_SECONDS)
        except Ended as ended:
            self.end(ended)
            raise DataError(
                f"a session of the sandbox could not be locked ({ended}).\n"
                "Run rfmkit doctor to see which modes hold on this machine."
            ) from None
        return self._channel

    def end(self, ended: Ended) -> Ended:
        """End the session, empty its folder, and return why it ended, as far as it is known now."""
        self._odd = True
        try:
            self._wait_at_most(END_SECONDS)
            self._control.sendall(b"E")
            status = self._receive()
            if status["over"]:
                ended = Ended("flooded", status["over"])
            elif ended.why == "died":
                ended = Ended("died", status["how"])
            self._odd = ended.why != "closed" or not status["clean"] or bool(status["over"])
        except (OSError, ValueError, KeyError):
            self._kill()
        if self._channel is None or self._channel.join():
            for file in self._pipes:
                os.close(file)
        self._pipes, self._channel = [], None
        return ended

    def _receive(self) -> dict:
        body = wire.receive(self._control.fileno(), MAX_CONTROL)
        if body is None:
            raise OSError("it ended")
        return json.loads(body)

    def _wait_at_most(self, seconds: int) -> None:
        # The kernel's own timeout: Python's would make the socket one that never waits.
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            self._control.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", seconds, 0))

    def stop(self) -> None:
        """End everything, and leave nothing behind."""
        if self._control is not None:
            self._control.close()  # it ends by itself, and takes its folder with it
            self._control = None
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=STOP_SECONDS)
            self._kill()
            self._process = None
        if self._folder and Path(self._folder).exists():
            from rfmgrade.sandbox.runtime import fork_server

            fork_server.remove(self._folder)
        self._folder = ""

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _mapped(pid: int) -> int:
    """Return how much address space a process has: inside bubblewrap there is no /proc."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")
