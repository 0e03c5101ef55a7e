"""Start a Python that has the sandbox's copy of the kit and none of ours."""

import os
import site
import sys
import sysconfig
from pathlib import Path

# Runs with neither site-packages nor the kit: reads settings and the kit's copy from its standard
# input, and begins.
PROGRAM = """
import io, json, os, sys, zipfile
if os.name == "nt":
    import msvcrt
    for file in (0, 1): msvcrt.setmode(file, os.O_BINARY)
def exactly(length):
    parts = []
    while length:
        part = os.read(0, min(length, 1 << 20))
        if not part: os._exit(0)
        parts.append(part); length -= len(part)
    return b"".join(parts)
settings = json.loads(exactly(int.from_bytes(exactly(4), "big")))
lib = os.path.join(settings["folder"], "lib")
zipfile.ZipFile(io.BytesIO(exactly(int.from_bytes(exactly(4), "big")))).extractall(lib)
sys.path[:0] = [lib]
sys.path += settings["site"]
from importlib import import_module
import_module("rfmkit.classroom.grading.room." + settings["program"]).main(settings)
"""
# -S: no .pth file may lead to the checkout; -s, -P: nothing of the user's or of the folder's.
FLAGS = ("-s", "-S", "-P", "-B")
LIBRARIES = (
    *("numpy", "pandas", "matplotlib", "matplotlib.pyplot", "matplotlib.backends.backend_agg"),
    *("openpyxl", "jinja2", "IPython", "IPython.display", "rfmkit", "rfmkit.plots"),
    *("rfmkit.transactions", "rfmkit.tables", "rfmkit.books", "rfmkit.classroom"),
)


def python() -> str:
    """Name the Python behind this environment: a venv's own program is a link or a launcher."""
    program = getattr(sys, "_base_executable", None) or sys.executable
    return os.path.realpath(program) if os.name == "posix" else program


def site_folders() -> list[str]:
    """List the folders of installed libraries that this Python uses, in its order."""
    installed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    installed |= {*site.getsitepackages(), site.getusersitepackages()}
    kept = [entry for entry in sys.path if entry in installed and Path(entry).is_dir()]
    return list(dict.fromkeys(kept))


def environment() -> dict[str, str]:
    """Give the environment of a process in the sandbox: the same on every machine, no secret."""
    ours = {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "ignore",
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "agg",
        "RFMKIT_PROGRESS": "off",
        "TQDM_DISABLE": "1",
        # One thread: a process that has several cannot be copied safely, and two cores are shared.
        **dict.fromkeys(
            (
                "OMP_NUM_THREADS",
                "OPENBLAS_NUM_THREADS",
                "MKL_NUM_THREADS",
                "NUMEXPR_NUM_THREADS",
                "VECLIB_MAXIMUM_THREADS",
                "MALLOC_ARENA_MAX",
            ),
            "1",
        ),
    }
    # What some systems' Python needs to start at all.
    kept = ("LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT")
    return {**{name: os.environ[name] for name in kept if name in os.environ}, **ours}
