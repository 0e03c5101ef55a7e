"""Load the libraries once, then give each session a locked copy of this process.

The supervisor speaks through one socket: "B" with two pipes begins a session, "E" ends it. The
copies have only their pipes; the socket stays here.
"""

import gc
import itertools
import json
import os
import select
import signal
import socket
import stat
from collections.abc import Iterator

from rfmgrade.sandbox.runtime import child, wire
from rfmgrade.sandbox.runtime.locks import Locks, hide

SOURCE, SINK = 200, 201  # where a copy's pipes are
WATCH_SECONDS = 0.1


def used(folder: str, most_files: int, *, mount: bool) -> tuple[int, int]:
    """Count the bytes and the files in a folder."""
    if mount:
        system = os.statvfs(folder)
        return (
            (system.f_blocks - system.f_bfree) * system.f_frsize,
            system.f_files - system.f_ffree,
        )
    size = files = 0
    folders = [folder]
    while folders and files <= most_files:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    files += 1
                    about = entry.stat(follow_symlinks=False)
                    size += about.st_blocks * 512
                    if stat.S_ISDIR(about.st_mode):
                        folders.append(entry.path)
                    if files > most_files:
                        break
        except FileNotFoundError:
            continue  # gone while we looked
        except OSError:
            return size, most_files + 1  # deeper than a path can be, or closed to us
    return size, files


def empty(folder: str) -> bool:
    """Remove everything in a folder, however deep; return whether it worked.

    A tree too deep for any path is flattened first: each inner folder moves to the top.
    """
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        taken = itertools.count()
        while names := os.listdir(top):  # noqa: PTH208
            for name in names:
                if _is_folder(name, top):
                    _flatten(name, top, taken)
                    os.rmdir(name, dir_fd=top)
                else:
                    os.unlink(name, dir_fd=top)
        return True
    except OSError:
        return False
    finally:
        os.close(top)


def _flatten(name: str, top: int, taken: Iterator[int]) -> None:
    os.chmod(name, 0o700, dir_fd=top)  # it may have been made closed
    inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
    try:
        for open_files in os.listdir(inner):  # noqa: PTH208
            if not _is_folder(open_files, inner):
                os.unlink(open_files, dir_fd=inner)
                continue
            os.chmod(open_files, 0o700, dir_fd=inner)
            free = next(f"{at}.moved" for at in taken if not _exists(f"{at}.moved", top))
            os.rename(open_files, free, src_dir_fd=inner, dst_dir_fd=top)
    finally:
        os.close(inner)


def _is_folder(name: str, within: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=within, follow_symlinks=False).st_mode)


def _exists(name: str, within: int) -> bool:
    try:
        os.stat(name, dir_fd=within, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def remove(folder: str) -> None:
    """Remove a folder of ours, whatever its rights are by now."""
    if os.path.isdir(folder):  # noqa: PTH112
        os.chmod(folder, 0o700)  # noqa: PTH101
        if empty(folder):
            os.rmdir(folder)  # noqa: PTH106


class ForkServer:
    """A process with the libraries loaded, which forks a locked copy for each session."""

    def __init__(self, settings: dict) -> None:
        folder, self.mount = settings["folder"], bool(settings["work"])
        self.work = settings["work"] or os.path.join(folder, "work")  # noqa: PTH118
        self.control = socket.socket(fileno=child._moved(0))
        os.makedirs(self.work, exist_ok=True)  # noqa: PTH103
        child.set_folders(folder, self.work)
        child.load(settings["libraries"])
        if "pandas" in settings["libraries"]:
            from rfmgrade.sandbox.runtime import export  # noqa: F401 - loaded once, for all
        from rfmgrade.sandbox.runtime.shell import make_shell

        self.shell = make_shell(folder)
        readable = [*settings["readable"], *([] if self.mount else [folder])]
        self.locks = Locks(self.work, readable, settings["listable"], need_landlock=not self.mount)
        self.pid, self.over, self.limits = 0, "", {}
        # Nobody writes beside the students' folder; the copies may not change rights.
        for path, _, files in os.walk(folder, topdown=False):
            if path != self.work:
                for name in files:
                    os.chmod(os.path.join(path, name), 0o400)  # noqa: PTH101, PTH118
                os.chmod(path, 0o500)  # noqa: PTH101
        hide()
        gc.collect()
        gc.freeze()  # so that the copies share what is loaded

    def serve(self) -> None:
        """Serve the supervisor's requests until it closes the socket."""
        self._reply({"landlock": self.locks.landlock})
        while True:
            ready, _, _ = select.select([self.control], [], [], WATCH_SECONDS if self.pid else None)
            if not ready:
                self._watch()
                continue
            order, files, _, _ = socket.recv_fds(self.control, 1, 2)
            if order == b"B":
                self._begin(*files)
            elif order == b"E":
                self._end()
            else:
                return

    def _reply(self, facts: dict) -> None:
        wire.send(self.control.fileno(), json.dumps(facts).encode())

    def _begin(self, source: int, sink: int) -> None:
        start = json.loads(wire.receive(self.control.fileno(), child.MAX_FRAME))
        child.write_files(self.work, start["files"], self.control.fileno())
        self.limits, self.over = start, ""
        pid = os.fork()
        if pid == 0:
            try:
                self._run_session(source, sink)
            finally:  # whatever happens, a copy never goes on as the server
                os._exit(70)
        self.pid = pid
        os.close(source)
        os.close(sink)
        self._reply({"pid": pid})

    def _run_session(self, source: int, sink: int) -> None:
        self.control.detach()
        os.dup2(source, SOURCE)
        os.dup2(sink, SINK)
        rules = self.locks.files()
        for file in range(3, 1024):
            if file not in (SOURCE, SINK, *rules):
                close_quietly(file)
        os.chdir(self.work)
        answer_bytes = self.limits["answer_bytes"]
        self.locks.apply(self.limits)
        gc.enable()
        wire.send(SINK, b'{"hello": 1}')
        child.serve(self.shell, SOURCE, SINK, answer_bytes)
        os._exit(0)

    def _watch(self) -> None:
        most_bytes, most_files = self.limits["disk"], self.limits["files_most"]
        size, files = used(self.work, most_files, mount=self.mount)
        if size > most_bytes or files > most_files:
            self.over = "disk" if size > most_bytes else "files"
            os.kill(self.pid, signal.SIGKILL)

    def kill(self) -> str:
        """End the copy, if there is one; return how it had ended before, if it had."""
        if not self.pid:
            return ""
        # Not reaped before: the number is still its own.
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        how = ""
        if ended:
            how = f"signal {status & 127}" if status & 127 else f"exit {status >> 8}"
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.pid = 0
        return how

    def _end(self) -> None:
        how = self.kill()
        self._reply({"how": how, "over": self.over, "clean": empty(self.work)})


def close_quietly(file: int) -> None:
    """Close a file if there is one of that number."""
    try:
        os.close(file)
    except OSError:
        return


def main(settings: dict) -> None:
    """Serve until the supervisor goes."""
    try:
        server = ForkServer(settings)
        # From here on nothing of ours writes to the terminal.
        nothing = os.open(os.devnull, os.O_RDWR)
        for file in (0, 1, 2):
            os.dup2(nothing, file)
        os.close(nothing)
        server.serve()
        server.kill()
    finally:
        if not settings["work"]:
            remove(settings["folder"])
    os._exit(0)
