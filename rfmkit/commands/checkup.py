"""Check the set-up of this machine, one function a check, for `rfmkit doctor`.

Nothing here imports a library before it is needed: the check must run where libraries are broken.
"""

import hashlib
import json
import locale
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import NamedTuple, TextIO

from rfmkit.book_names import PACKED_NAMES

# Windows' programs fail at 260 characters; inside the folder, the kit's own paths take about 60,
# and Jupyter's checkpoints and temporary files some more.
LONGEST_FOLDER = 150
SAMPLE = "客戶分級：重要價值、挽留，0123"


class Finding(NamedTuple):
    """The result of one check: "ok", "look" or "broken", its subject, and its text's values."""

    level: str
    topic: str
    values: dict[str, object]


def check_python() -> Iterator[Finding]:
    """Compare Python with the versions the kit is made for."""
    version = sys.version.split()[0]
    try:
        allowed = metadata.metadata("rfmkit")["Requires-Python"]
    except metadata.PackageNotFoundError:
        yield Finding("look", "install", {"python": sys.executable})
        return
    values = {"version": version, "allowed": allowed, "python": sys.prefix}
    try:
        from packaging.specifiers import SpecifierSet
    except ImportError:  # `check_packages` reports it
        yield Finding("ok", "python", values)
        return
    fits = SpecifierSet(allowed).contains(version, prereleases=True)
    yield Finding("ok" if fits else "broken", "python", values)


def check_pandas() -> Iterator[Finding]:
    """Import pandas: a library may be listed as installed and still be broken."""
    try:
        import pandas  # noqa: F401
    except ImportError as error:
        yield Finding("broken", "pandas", {"error": error, "python": sys.executable})


def check_packages(requirements: list[str] | None = None) -> Iterator[Finding]:
    """Compare the installed libraries with the bounds the kit asks for."""
    if requirements is None:
        try:
            requirements = metadata.requires("rfmkit") or []
        except metadata.PackageNotFoundError:
            requirements = []
    try:
        from packaging.requirements import Requirement
    except ImportError:
        yield Finding("broken", "missing", _library("packaging", "packaging"))
        return
    found = {}
    for line in requirements:
        requirement = Requirement(line)
        core = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if not core and not requirement.marker.evaluate({"extra": "lab"}):
            continue
        values = _library(requirement.name, f"{requirement.name}{requirement.specifier}")
        try:
            values["version"] = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            # Without JupyterLab `rfmkit tier` still works; without pandas nothing does.
            yield Finding("broken" if core else "look", "missing", values)
            continue
        if requirement.specifier.contains(values["version"], prereleases=True):
            found["{name} {version}".format(**values)] = True  # some have a bound for each Python
        else:
            yield Finding("broken" if core else "look", "version", values)
    if found:
        yield Finding("ok", "packages", {"packages": ", ".join(found)})


def _library(name: str, requirement: str) -> dict[str, object]:
    return {"name": name, "wanted": requirement, "python": sys.executable}


def check_font(font: Path | None = None) -> Iterator[Finding]:
    """Check by drawing that no Chinese glyph is missing in the kit's font."""
    with resources.as_file(resources.files("rfmkit") / "fonts") as fonts:
        font = font or next(iter(sorted(fonts.glob("*.otf"))), fonts / "*.otf")
        try:
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure
            from matplotlib.font_manager import FontProperties

            with warnings.catch_warnings():
                warnings.simplefilter("error")
                figure = Figure()
                figure.text(0, 0.5, SAMPLE, fontproperties=FontProperties(fname=font))
                FigureCanvasAgg(figure).draw()
        # Whatever stops the drawing is what the user needs to read, but for what
        # `check_writing` has told: matplotlib needs a folder for its temporary files.
        except Exception as error:
            if isinstance(error, OSError) and _temporary_fault() is not None:
                return
            yield Finding("broken", "font", {"font": font.name, "error": error})
            return
    yield Finding("ok", "font", {"font": font.name})


def check_encoding(stream: TextIO | None = None) -> Iterator[Finding]:
    """Check whether the terminal can show Chinese."""
    lines = getattr(stream or sys.stdout, "encoding", None) or "?"
    values = {"shown": lines, "files": locale.getencoding(), "utf8": sys.flags.utf8_mode}
    try:
        SAMPLE.encode(lines)
    except (UnicodeEncodeError, LookupError):
        yield Finding("look", "encoding", values)
        return
    yield Finding("ok", "encoding", values)


def check_locale() -> Iterator[Finding]:
    """Check whether Python can encode Chinese file names; on Windows it always can."""
    files = sys.getfilesystemencoding()
    if files.lower().replace("-", "") != "utf8":
        named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "POSIX")
        yield Finding("look", "locale", {"locale": named, "files": files})


def check_writing() -> Iterator[Finding]:
    """Check that the folders for temporary files and for Jupyter's own files are writable."""
    error = _temporary_fault()
    if error is not None:
        yield Finding("broken", "temporary", {"error": error.strerror})
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home raises where there is none
    error = _writing_fault(home)
    if error is not None:
        yield Finding("broken", "home", {"folder": home, "error": error.strerror})


def _temporary_fault() -> OSError | None:
    try:
        return _writing_fault(Path(tempfile.gettempdir()))
    except OSError as error:  # no folder can be written to
        return error


def _writing_fault(folder: Path) -> OSError | None:
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error


def check_data(kit: Path | None) -> Iterator[Finding]:
    """Compare the data files with the hashes in their manifest."""
    with resources.as_file(resources.files("rfmkit") / "_data") as packed:
        home = packed if kit is None else kit / "data"
        names = PACKED_NAMES if kit is None else {}
        manifests = sorted(home.rglob("MANIFEST.json"))
        if not manifests:
            yield Finding("broken", "no_data", {"folder": home})
            return
        for manifest in manifests:
            files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
            if names:
                files = {names[name]: files[name] for name in files if name in names}
            wrong = [
                name for name, digest in files.items() if _sha256(manifest.parent / name) != digest
            ]
            for name in wrong:
                yield Finding("broken", "data", {"file": manifest.parent / name})
            if not wrong:
                yield Finding("ok", "data", {"folder": manifest.parent, "count": len(files)})


def _sha256(path: Path) -> str | None:
    # As rfmkit.data_files does: a clone spells names in UTF-8 whatever the locale.
    if not path.is_file():
        path = path.with_name(os.fsdecode(path.name.encode("utf-8")))
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def check_kernel() -> Iterator[Finding]:
    """Check that the notebooks' kernel, python3, starts this very Python."""
    try:
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    except ImportError:
        yield Finding("look", "no_jupyter", {"python": sys.executable})
        return
    try:
        program = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        yield Finding("broken", "kernel", {"program": "-", "python": sys.executable})
        return
    except OSError:  # no folder for temporary files, which `check_writing` reports
        if _temporary_fault() is None:
            raise
        return
    # A bare "python" is replaced by the Python that runs Jupyter; a path is taken as it stands.
    same = program in {"python", "python3", f"python3.{sys.version_info.minor}"} or (
        _prefix_of(program) == sys.prefix
    )
    values = {"program": program, "python": sys.executable}
    yield Finding("ok" if same else "broken", "kernel", values)


def _prefix_of(program: str) -> str | None:
    """Return the environment a Python belongs to; its path may be a link to another."""
    command = [program, "-c", "import sys; print(sys.prefix)"]
    try:
        answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def check_folder(folder: Path, *, windows: bool = os.name == "nt") -> Iterator[Finding]:
    """Check that the folder is writable, and on Windows that its path is not too long."""
    values = {"folder": folder, "length": len(str(folder)), "longest": LONGEST_FOLDER}
    error = _writing_fault(folder)
    if error is not None:
        yield Finding("broken", "folder", {**values, "error": error.strerror})
        return
    if windows and values["length"] > LONGEST_FOLDER:
        yield Finding("look", "long_path", values)
        return
    yield Finding("ok", "folder", values)
