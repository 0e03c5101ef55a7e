"""Start and end the process that has the libraries loaded, and its copies."""

import json
import os
import signal
import socket
import struct
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from rfmkit.classroom.grading import boot, confine
from rfmkit.classroom.grading.channel import Channel, Ended
from rfmkit.classroom.grading.hosts import START_SECONDS, most_of
from rfmkit.classroom.grading.limits import Limits
from rfmkit.classroom.grading.room import wire
from rfmkit.classroom.grading.roomlib import room_zip
from rfmkit.schema import DataError

END_SECONDS = 10  # to kill a copy and to empty its folder
STOP_SECONDS = 3  # to end by itself; after that it is killed
MOST = 1 << 16


class ZygoteHost:
    """The modes "room" and "locks"."""

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
        with tempfile.TemporaryFile() as said:
            try:
                pid = self._launch(theirs, said)
                theirs.close()  # the only other end is its own: where it dies, we hear it
                self._wait_at_most(START_SECONDS)
                wire.send(self._control.fileno(), json.dumps(self._settings()).encode(), room_zip())
                self.landlock = self._hear()["landlock"]
                self._memory = _mapped(pid) + self.limits.memory
            except (OSError, ValueError, KeyError) as error:
                self.stop()
                said.seek(0)
                told = said.read().decode("utf-8", "replace").strip().splitlines()[-1:]
                raise DataError(
                    f"the sandbox (mode {self.mode}) did not start: "
                    f"{told[0] if told else error}.\n"
                    "Run rfmkit doctor to see which modes hold on this machine."
                ) from None
            finally:
                theirs.close()
        self._odd = False

    def _launch(self, theirs: socket.socket, said: object) -> int:
        options = {"stdin": theirs, "stdout": subprocess.DEVNULL, "stderr": said,
                   "start_new_session": True, "cwd": "/"}  # fmt: skip
        if self.mode == "locks":
            command = [boot.python(), *boot.FLAGS, "-c", boot.PROGRAM]
            self._process = subprocess.Popen(command, env=boot.environment(), **options)
            return self._process.pid
        source, sink = os.pipe()
        with os.fdopen(source, "rb") as told:
            try:
                command = confine.room_command(sink, self.limits.disk)
                self._process = subprocess.Popen(command, pass_fds=(sink,), **options)
            finally:
                os.close(sink)
            return json.loads(told.read() or "{}")["child-pid"]

    def _settings(self) -> dict:
        settings = {"program": "zygote", "site": boot.site_folders(), "libraries": self.libraries}
        if self.mode == "room":
            # All of the room may be read: there is nothing else in it.
            return {**settings, "folder": "/grading", "work": "/work", "readable": ["/"],
                    "listable": []}  # fmt: skip
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
        """Start a session and give the channel to it; after anything odd, in a new room."""
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
            self._hear()
        except (OSError, ValueError) as error:
            self.end(Ended("died"))
            raise DataError(f"the sandbox is gone ({error}).\nStart the grading again.") from None
        finally:
            os.close(their_source)
            os.close(their_sink)
        self._channel = Channel(source, sink, most_of(limits))
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
        """End the session, empty its folder, and say why it ended, as far as it is known now."""
        self._odd = True
        try:
            self._wait_at_most(END_SECONDS)
            self._control.sendall(b"E")
            told = self._hear()
            if told["over"]:
                ended = Ended("flooded", told["over"])
            elif ended.why == "died":
                ended = Ended("died", told["how"])
            self._odd = ended.why != "closed" or not told["clean"] or bool(told["over"])
        except (OSError, ValueError, KeyError):
            self._kill()
        if self._channel is None or self._channel.join():
            for file in self._pipes:
                os.close(file)
        self._pipes, self._channel = [], None
        return ended

    def _hear(self) -> dict:
        body = wire.receive(self._control.fileno(), MOST)
        if body is None:
            raise OSError("it ended")
        return json.loads(body)

    def _wait_at_most(self, seconds: int) -> None:
        # The kernel's own timeout: Python's would make the socket one that never waits.
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            self._control.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", seconds, 0))

    def stop(self) -> None:
        """End everything, and see that nothing is left."""
        if self._control is not None:
            self._control.close()  # it ends by itself, and takes its folder with it
            self._control = None
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=STOP_SECONDS)
            self._kill()
            self._process = None
        if self._folder and Path(self._folder).exists():
            from rfmkit.classroom.grading.room import disk

            disk.remove(self._folder)
        self._folder = ""

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _mapped(pid: int) -> int:
    """Tell how much address space a process has: in the room there is no /proc to ask."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")
