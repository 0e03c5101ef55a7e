"""Note what a student's own code tries that grading does not allow; it is held by the locks."""

import os
import sys
import sysconfig

# What may be tried: the end of a key `flag.tried_…` of `rfmgrade/texts/marking.csv`.
ATTEMPTS = ("shell", "network", "program", "signal", "library", "files", "keys")
_EVENTS = {
    **dict.fromkeys(("socket.connect", "socket.bind", "socket.sendto"), "network"),
    **dict.fromkeys(("socket.getaddrinfo", "socket.gethostbyname"), "network"),
    **dict.fromkeys(("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"), "program"),
    **dict.fromkeys(("os.spawn", "os.fork", "os.forkpty", "pty.spawn"), "program"),
    **dict.fromkeys(("os.kill", "os.killpg", "signal.pthread_kill"), "signal"),
    "ctypes.dlopen": "library",
    "open": "files",
    "import": "keys",
}
_CLOSED = tuple(f"/{folder}/" for folder in ("proc", "sys", "etc", "root", "dev", "var"))
_OPEN = ("/dev/null", "/dev/urandom", "/dev/random")
_KEYS = ("rfmkit.classroom.questions", "rfmkit.classroom.keys", "rfmgrade", "authoring")


def note_attempts(noted: set[str]) -> None:
    """Add to `noted` what code in cells tries from here on; what a library does is not noted.

    Code that knows of this can hide from it or forge it: it makes a flag, never a mark.
    """
    folders = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib")]
    library = tuple({path + os.sep for one in folders for path in (one, os.path.realpath(one))})
    events, closed, opened, keys = _EVENTS, _CLOSED, _OPEN, _KEYS
    frame_of, ours = sys._getframe, __file__

    def hook(event: str, arguments: tuple) -> None:
        kind = events.get(event)
        if kind is None or kind in noted:
            return
        if kind in ("files", "keys"):
            name = arguments[0]
            if type(name) is not str:
                return
            if kind == "keys":
                if not name.startswith(keys):
                    return
            elif not name.startswith(closed) or name in opened or name.startswith(library):
                return
        frame = frame_of(1)
        file = ""
        while frame is not None:
            file = frame.f_code.co_filename
            of_library = "site-packages" in file or "dist-packages" in file
            if of_library and frame.f_code.co_name != "_modified_open":  # IPython's, for cells
                return
            if not of_library and file != ours and not file.startswith(("<frozen", *library)):
                break
            frame = frame.f_back
        # Cells, and what they compile, have no file; a library's code has.
        if frame is not None and (file.startswith("<") or "ipykernel" in file):
            noted.add(kind)

    sys.addaudithook(hook)
