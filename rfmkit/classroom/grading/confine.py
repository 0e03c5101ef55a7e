"""Say what of this machine a student's code may read: Python and its libraries, nothing else."""

import os
import shutil
import sys
import sysconfig
from pathlib import Path

import rfmkit
from rfmkit.classroom.grading import boot

_SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64")
_FILES = ("/etc/ld.so.cache", "/usr/share/zoneinfo")


def trees() -> list[str]:
    """List the files and folders that Python and its libraries need, each once.

    Returns
    -------
    list of str
        Folders inside another one of the list are left out.
    """
    base = Path(sys.base_prefix)
    wanted = [
        boot.python(),
        sysconfig.get_path("stdlib"),
        # In a venv, this one would be the venv's own, where nothing of the kind is.
        sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix}),
        *(str(base / name) for name in ("lib", "lib64")),
        *boot.site_folders(),
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
    """List the folders inside those trees that must not be read: every copy of the kit.

    Parameters
    ----------
    inside
        What `trees` gave.
    """
    package = Path(rfmkit.__file__).resolve().parent
    # Around an editable install lies the checkout, with its solutions.
    ours = {package, package.parent if (package.parent / "pyproject.toml").is_file() else package}
    for folder in [*boot.site_folders(), *_other_site_folders()]:
        ours.add(Path(folder).resolve() / "rfmkit")
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
    return [*(sysconfig.get_path(name, vars=names) for name in ("purelib", "platlib")),
            *common, *debian]  # fmt: skip


def readable(inside: list[str], without: list[str]) -> tuple[list[str], list[str]]:
    """Open trees except for some folders in them, for a lock that can only add.

    Parameters
    ----------
    inside
        Files and folders.
    without
        Folders inside them.

    Returns
    -------
    (list of str, list of str)
        What may be read, with all that is in it; folders of which only names may be listed.

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


def room_command(info: int, disk: int) -> list[str]:
    """Build the command line of bubblewrap for a room that holds only what Python needs.

    Parameters
    ----------
    info
        Where bubblewrap tells the process's number.
    disk
        Bytes of the student's folder.
    """
    inside = trees()
    words = [
        shutil.which("bwrap") or "bwrap",
        *("--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"),
        *("--cap-drop", "ALL", "--hostname", "room", "--info-fd", str(info)),
    ]
    for name, value in boot.environment().items():
        words += ["--setenv", name, value]
    for path in inside:
        words += ["--ro-bind", path, path]
    for path in hidden(inside):
        words += ["--tmpfs", path, "--remount-ro", path]
    words += ["--dev-bind", "/dev/null", "/dev/null"]
    words += ["--size", str(64 << 20), "--tmpfs", "/grading"]
    # A quarter more than is allowed, so that the watch sees it and not only the student.
    words += ["--size", str(disk + disk // 4), "--tmpfs", "/work", "--remount-ro", "/"]
    return [*words, "--chdir", "/", "--", boot.python(), *boot.FLAGS, "-c", boot.PROGRAM]
