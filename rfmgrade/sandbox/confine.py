"""Prepare what a Python in the sandbox starts with and may read: libraries, a copy of the kit."""

import io
import os
import shutil
import site
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import rfmkit
from rfmkit.book_names import PACKED_NAMES

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
import_module("rfmgrade.sandbox.runtime." + settings["program"]).main(settings)
"""
# -S: no .pth file may lead to the checkout; -s, -P: nothing of the user's or of the folder's.
FLAGS = ("-s", "-S", "-P", "-B")
LIBRARIES = (
    *("numpy", "pandas", "matplotlib", "matplotlib.pyplot", "matplotlib.backends.backend_agg"),
    *("openpyxl", "jinja2", "IPython", "IPython.display", "rfmkit", "rfmkit.plots"),
    *("rfmkit.transactions", "rfmkit.tables", "rfmkit.data_files", "rfmkit.classroom"),
)
# Not copied into the sandbox: the keys, and what only the command line needs.
LEFT_OUT = ("classroom", "commands", "cli.py", "__main__.py", "_data", "_notebooks")
# What handing an answer out needs of the classroom.
_CLASSROOM = ("answer_types/unattempted.py", "answer_types/drawings.py")
PACKAGES = ("rfmkit", "rfmgrade")  # hidden from what runs in the sandbox, wherever a copy is
_SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64")
_FILES = ("/etc/ld.so.cache", "/usr/share/zoneinfo")


def python() -> str:
    """Return the Python behind this environment: a venv's own program is a link or a launcher."""
    program = getattr(sys, "_base_executable", None) or sys.executable
    return os.path.realpath(program) if os.name == "posix" else program


def site_folders() -> list[str]:
    """List the folders of installed libraries that this Python uses, in its order."""
    installed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    installed |= {*site.getsitepackages(), site.getusersitepackages()}
    kept = [entry for entry in sys.path if entry in installed and Path(entry).is_dir()]
    return list(dict.fromkeys(kept))


def environment() -> dict[str, str]:
    """Return the environment of a process in the sandbox: the same on every machine, no secret."""
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


_RUNTIME = Path(__file__).parent / "runtime"


@cache
def bundle() -> bytes:
    """Pack the sandbox's copy of the kit, all that notebooks use and no key; always the same bytes.

    Examples
    --------
    >>> names = zipfile.ZipFile(io.BytesIO(bundle())).namelist()
    >>> "rfmkit/data_files.py" in names, any("questions" in name for name in names)
    (True, False)
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in sorted(_bundled_files()):
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def _bundled_files() -> Iterator[tuple[str, bytes]]:
    home = Path(rfmkit.__file__).parent
    for path in home.rglob("*"):
        name = path.relative_to(home)
        if path.is_file() and name.parts[0] not in LEFT_OUT and "__pycache__" not in name.parts:
            yield f"rfmkit/{name.as_posix()}", path.read_bytes()
    for name in _CLASSROOM:
        yield f"rfmkit/classroom/{name}", (home / "classroom" / name).read_bytes()
    for package in ("rfmkit/classroom/answer_types", "rfmgrade", "rfmgrade/sandbox"):
        yield f"{package}/__init__.py", b""
    stubs = (_RUNTIME / "stubs.py").read_bytes()
    yield from (
        (f"rfmkit/classroom/{name}", stubs) for name in ("__init__.py", "answer_types/base.py")
    )
    for path in _RUNTIME.glob("*.py"):
        yield f"rfmgrade/sandbox/runtime/{path.name}", path.read_bytes()
    for name, packed in PACKED_NAMES.items():
        # The lessons' books, from the package or from the checkout around it.
        for path in (home / "_data" / packed, home.parent / "data" / name):
            if path.is_file():
                yield f"rfmkit/_data/{packed}", path.read_bytes()
                break


def trees() -> list[str]:
    """List the files and folders that Python and its libraries need, each once."""
    base = Path(sys.base_prefix)
    wanted = [
        python(),
        sysconfig.get_path("stdlib"),
        # In a venv, this one would be the venv's own, where nothing of the kind is.
        sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix}),
        *(str(base / name) for name in ("lib", "lib64")),
        *site_folders(),
        *_SYSTEM,
        *_FILES,
    ]
    there = sorted({path for path in wanted if path and Path(path).exists()}, key=len)
    kept: list[str] = []
    for path in there:
        if not any(_is_inside(Path(path), Path(other)) for other in kept):
            kept.append(path)
    return kept


def _is_inside(path: Path, tree: Path) -> bool:
    # A link inside a tree may lead out of it.
    return path.is_relative_to(tree) and path.resolve().is_relative_to(tree.resolve())


def hidden(inside: list[str]) -> list[str]:
    """List the folders inside `trees()` that must not be read: every copy of the kit."""
    ours = set()
    for package in (Path(rfmkit.__file__).resolve().parent, Path(__file__).resolve().parents[1]):
        ours.add(package)
        # Around an editable install lies the checkout, with its solutions.
        if (package.parent / "pyproject.toml").is_file():
            ours.add(package.parent)
    for folder in [*site_folders(), *_other_site_folders()]:
        ours |= {Path(folder).resolve() / name for name in PACKAGES}
    found = []
    for path in ours:
        for tree in map(Path, inside):
            if path.is_dir() and path.is_relative_to(tree.resolve()):
                found.append(str(tree / path.relative_to(tree.resolve())))
    return sorted(set(found))


def _other_site_folders() -> list[str]:
    """List where the Python behind a venv keeps its own libraries."""
    names = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    common = [f"{sys.base_prefix}/lib/{version}/{end}" for end in ("site-packages",)]
    debian = ["/usr/lib/python3/dist-packages", f"/usr/local/lib/{version}/dist-packages"]
    return [
        *(sysconfig.get_path(name, vars=names) for name in ("purelib", "platlib")),
        *common,
        *debian,
    ]


def readable(inside: list[str], without: list[str]) -> tuple[list[str], list[str]]:
    """Open trees except for some folders in them, for a lock that can only add.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as top:
    ...     for name in ("a/key", "a/other", "b"):
    ...         Path(top, name).mkdir(parents=True)
    ...     names, listed = readable([top], [f"{top}/a/key"])
    ...     sorted(name.removeprefix(top) for name in names), [n.removeprefix(top) for n in listed]
    (['/a/other', '/b'], ['', '/a'])
    """
    names, listed = [], []
    for tree in inside:
        if tree in without:
            continue
        if not any(Path(path).is_relative_to(tree) for path in without):
            names.append(tree)
            continue
        listed.append(tree)
        more = readable(sorted(entry.path for entry in os.scandir(tree)), without)
        names += more[0]
        listed += more[1]
    return names, listed


def bubblewrap_command(info: int, disk: int) -> list[str]:
    """Build the command line of bubblewrap that shows only what Python needs."""
    inside = trees()
    words = [
        shutil.which("bwrap") or "bwrap",
        *("--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"),
        *("--cap-drop", "ALL", "--hostname", "sandbox", "--info-fd", str(info)),
    ]
    for name, value in environment().items():
        words += ["--setenv", name, value]
    for path in inside:
        words += ["--ro-bind", path, path]
    for path in hidden(inside):
        words += ["--tmpfs", path, "--remount-ro", path]
    words += ["--dev-bind", "/dev/null", "/dev/null"]
    words += ["--size", str(64 << 20), "--tmpfs", "/rfmkit-grading"]
    # A quarter more than is allowed, so that the watch sees it and not only the student.
    words += ["--size", str(disk + disk // 4), "--tmpfs", "/rfmkit-work", "--remount-ro", "/"]
    return [*words, "--chdir", "/", "--", python(), *FLAGS, "-c", PROGRAM]
