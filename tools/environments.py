"""Make or renew an environment of the kit. Needs nothing but Python's standard library.

    python tools/environments.py student     .venv, for the lessons (what `make lab` does first)
    python tools/environments.py dev         .venv-dev, for tests, writing, printing and grading

and likewise engines, floor, site and docs. Where nothing has changed it ends at once.

A new environment is built in a folder beside the one in use and takes its place by two renames when
it is complete, so whatever stops an installation, what worked before still works. The folder's name
has the length of the final one, so that the paths within scripts and launchers can be exchanged
byte for byte.

This file must load on Python 3.8: there it can still say that a newer one is needed.
"""

import argparse
import csv
import hashlib
import json
import locale
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(os.path.realpath(__file__)).parent.parent
WINDOWS = os.name == "nt"
BIN = "Scripts" if WINDOWS else "bin"
OLDEST = (3, 11)
NEWEST_TESTED = (3, 15)
STAMP = "rfmkit-environment.json"
LOCK = "requirements.lock"


class Environment:
    """What an environment holds, and what making it costs (measured on Linux, Python 3.11)."""

    def __init__(self, name, download, disk, minutes, **options):
        self.name = name
        self.download, self.disk, self.minutes = download, disk, minutes  # MB, MB, minutes
        self.extras = options.get("extras", ())
        self.more = options.get("more", ())  # requirements that no extra names
        self.package = options.get("package", True)  # the libraries of the package itself
        self.pins = options.get("pins")  # a file of exact versions, instead of all these
        self.newest = options.get("newest")  # Python that the exact versions have wheels for
        self.kit = options.get("kit", False)  # `import rfmkit` and the command rfmkit
        self.lean = options.get("lean", False)  # without what no lesson uses; see make_lean
        self.tries = options.get("tries", ())  # modules to import before it is taken into use
        ending = "" if name == "student" else f"-{name}"
        self.folder = ROOT / f".venv{ending}"
        self.new = ROOT / f".vnew{ending}"  # as long as `folder`
        self.old = ROOT / f".vold{ending}"

    def python(self, folder=None):
        """Return the path of the environment's Python."""
        return (folder or self.folder) / BIN / ("python.exe" if WINDOWS else "python")


LESSONS = ("lab", "clusters", "clv")
ENVIRONMENTS = {
    made.name: made
    for made in (
        Environment(
            "student",
            170,
            590,
            1,
            extras=LESSONS,
            kit=True,
            lean=True,
            tries=(
                "pandas",
                "matplotlib.pyplot",
                "seaborn",
                "openpyxl",
                "duckdb",
                "scipy.optimize",
                "sklearn.cluster",
                "ipywidgets",
                "ipykernel.ipkernel",
                "jupyterlab.labapp",
            ),
        ),
        Environment(
            "dev",
            290,
            1170,
            2,
            kit=True,
            extras=(*LESSONS, "parquet", "duckdb", "author", "test", "paper", "grade", "browser"),
        ),
        Environment(
            "engines",
            800,
            1500,
            5,
            extras=("dask", "duckdb", "excel", "polars", "spark"),
            more=("hypothesis", "pytest", "pytest-xdist"),
        ),
        Environment("floor", 180, 600, 2, pins="tests/requirements-floor.txt"),
        Environment("colab", 230, 870, 2, pins="tests/requirements-colab.txt", newest=(3, 13)),
        Environment("site", 30, 110, 1, extras=("site",), package=False),
        Environment("docs", 150, 600, 2, extras=("docs", "clusters", "clv")),
    )
}


class CannotMakeError(Exception):
    """An environment cannot be made; `key` names the text that says why."""

    def __init__(self, key, **values):
        super().__init__(key)
        self.key, self.values = key, values


# --- speaking ---------------------------------------------------------------------------------


def reader_language(environ=None):
    """Choose zh-TW or en: EDITION, then the locale, then zh-TW; en if Chinese cannot be shown."""
    environ = os.environ if environ is None else environ
    named = [environ.get("EDITION", "")]
    named += [next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")]
    named += [system_locale()]
    named = [name for name in named if re.match("[a-z]", name.lower())]
    named = [name for name in named if name.split(".")[0] not in ("C", "POSIX")]
    chinese = not named or named[0].lower().startswith(("zh", "chinese"))
    try:
        "中文".encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        chinese = False
    return "zh-TW" if chinese else "en"


def system_locale():
    """Return the language that Windows and macOS are set to, which no variable there tells."""
    return (locale.getlocale()[0] or "") if WINDOWS or sys.platform == "darwin" else ""


def text(key, **values):
    """Return a text of environments.csv in the reader's language."""
    with (ROOT / "tools/environments.csv").open(encoding="utf-8", newline="") as table:
        texts = {row["key"]: row[reader_language()] for row in csv.DictReader(table)}
    return texts[key].format(**values) if values else texts[key]


def print_text(key, **values):
    """Print a text; a terminal that lacks a character shows a question mark."""
    show(text(key, **values) + "\n")


def show(line):
    """Print as it stands."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def command(environment):
    """Write the command that makes an environment, as a user of this system types it."""
    if environment.name == "student" and not WINDOWS:
        return "make lab"
    start = "py -3" if WINDOWS else "python3"
    return f"{start} {Path('tools', 'environments.py')} {environment.name}"


# --- the Python to build with -----------------------------------------------------------------


def ask_python(name):
    """Ask a Python for its version, its path and whether it has venv; None if it does not run."""
    code = (
        "import sys; print(*sys.version_info[:2]); "
        "print(getattr(sys, '_base_executable', None) or sys.executable)\n"
        "try: import ensurepip, venv; print('venv')\nexcept ImportError: pass"
    )
    try:
        done = subprocess.run(
            [name, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=True,
        )
        version, path, *venv = done.stdout.splitlines()
        return tuple(map(int, version.split())), path, bool(venv)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def find_python(named=None, newest=None):
    """Find the Python to build with: the one named, else this one, else the newest that fits."""
    newest_first = [f"python3.{minor}" for minor in range(NEWEST_TESTED[1], OLDEST[1] - 1, -1)]
    without_venv = None
    for name in [named] if named else [sys.executable, *newest_first, "python3", "python"]:
        answer = ask_python(name)
        if answer is None or answer[0] < OLDEST:
            continue
        version, path, venv = answer
        if newest and version > newest and not named:
            continue
        if venv:
            return version, path
        without_venv = without_venv or name
    if without_venv:
        raise CannotMakeError("python.no_venv", name=without_venv)
    if named:
        raise CannotMakeError("python.named", name=named)
    raise CannotMakeError("python.none", command=example_of_python())


def example_of_python():
    """Write a command that names another Python."""
    version = dotted(NEWEST_TESTED)
    if WINDOWS:
        return f"py -{version} {Path('tools', 'environments.py')} student"
    return f"make lab PYTHON=/path/to/python{version}"


# --- what an environment is made from ---------------------------------------------------------


def read_project():
    """Return the table [project] of pyproject.toml."""
    import tomllib

    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements(environment):
    """List what pip is asked for."""
    if environment.pins:
        return (ROOT / environment.pins).read_text(encoding="utf-8").splitlines()
    project = read_project()
    wanted = list(project["dependencies"]) if environment.package else []
    for extra in environment.extras:
        wanted += project["optional-dependencies"][extra]
    return sorted({*wanted, *environment.more})


def constraints(environment):
    """List the lines of the lock; an environment of pins has none."""
    path = ROOT / LOCK
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [] if environment.pins else [line for line in lines if re.match(r"\w", line)]


def installed_names(folder):
    """List the distributions in an environment, as the lock spells them."""
    found = site_packages(folder).glob("*.dist-info")
    return sorted({normal_name(path.name.split("-")[0]) for path in found})


def site_packages(folder):
    """Return where an environment keeps its libraries."""
    (home,) = folder.glob("Lib/site-packages" if WINDOWS else "lib/python*/site-packages")
    return home


def normal_name(line):
    """Return the name in a requirement, written as package indexes do."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", line).group()).lower()


def digest_libraries(environment, version, names):
    """Hash what decides an environment's libraries: only pins of libraries that are in it count."""
    pins = [line for line in constraints(environment) if normal_name(line) in names]
    return digest([requirements(environment), pins, list(version)])


def digest_kit(environment):
    """Hash what the kit's own entry in the environment is made from."""
    return digest(kit_files() if environment.kit else None)


def digest(data):
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("utf-8")).hexdigest()


def read_stamp(folder):
    """Return what the environment says of itself; {} for an incomplete or foreign one."""
    try:
        return json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_stamp(environment, folder, version):
    """Declare an environment complete. Until then it is none."""
    names = installed_names(folder)
    stamp = {
        "folder": str(environment.folder),
        "python": list(version),
        "names": names,
        "libraries": digest_libraries(environment, version, names),
        "kit": digest_kit(environment),
    }
    part = folder / f"{STAMP}.part"
    part.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    part.replace(folder / STAMP)


def works(environment):
    """Return whether the environment in place can be used, however old it is."""
    code = "import rfmkit" if environment.kit else "pass"
    try:
        python = environment.python()
        done = subprocess.run(
            [str(python), "-c", code],
            cwd=environment.folder.anchor,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=clean_environ(),
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def state(environment, version=None):
    """Judge the environment in place.

    "current", "kit" (the kit's own entry is old), "changed" (the libraries are), "moved" (made in
    another folder, or its Python was removed), "missing".
    """
    stamp = read_stamp(environment.folder)
    if not environment.folder.exists():
        return "missing"
    if not stamp:
        return "changed"  # an interrupted removal, or made by an earlier edition of the kit
    if stamp["folder"] != str(environment.folder) or ask_python(str(environment.python())) is None:
        return "moved"
    changed = stamp["libraries"] != digest_libraries(environment, stamp["python"], stamp["names"])
    if changed or (version and list(version) != stamp["python"]):
        return "changed"
    return "current" if stamp["kit"] == digest_kit(environment) else "kit"


def clean_environ():
    """Return the environment variables without those that lead pip and Python elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name
        not in (
            "PYTHONPATH",
            "PYTHONHOME",
            "PIP_TARGET",
            "PIP_PREFIX",
            "VIRTUAL_ENV",
            "PIP_REQUIRE_HASHES",
            "__PYVENV_LAUNCHER__",
        )
    }
    return {**kept, "PYTHONUTF8": "1", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


# --- the kit itself ---------------------------------------------------------------------------


def kit_files():
    """Return the metadata of an editable install of the kit, as PEP 660 has it."""
    project = read_project()
    source = (ROOT / "rfmkit/__init__.py").read_text(encoding="utf-8")
    version = re.search(r'^__version__ = "(.+?)"', source, re.MULTILINE).group(1)
    about = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {version}",
        f"Requires-Python: {project['requires-python']}",
    ]
    about += [f"Requires-Dist: {line}" for line in project["dependencies"]]
    for extra, lines in project.get("optional-dependencies", {}).items():
        about.append(f"Provides-Extra: {extra}")
        for line in lines:
            wanted, _, marker = (part.strip() for part in line.partition(";"))
            marker = f"({marker}) and extra == '{extra}'" if marker else f"extra == '{extra}'"
            about.append(f"Requires-Dist: {wanted} ; {marker}")
    scripts = [f"{name} = {place}" for name, place in project.get("scripts", {}).items()]
    info = f"{project['name']}-{version}.dist-info"
    return {
        f"{info}/METADATA": "\n".join([*about, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "\n".join(["[console_scripts]", *scripts, ""]),
    }


def write_kit_wheel(environment, folder):
    """Write a wheel that leads to the checkout; pip makes the command `rfmkit` from it."""
    files = kit_files()
    # A relative path is ASCII whatever the folders are called, so no locale can misread it.
    files["rfmkit_checkout.pth"] = os.path.relpath(ROOT, site_packages(folder)) + "\n"
    info = next(iter(files)).split("/")[0]
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    wheel = folder / f"{info[: -len('.dist-info')]}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return wheel


def renew_kit(environment, lock):
    """Install the kit's own entry again; the libraries stay."""
    wheel = write_kit_wheel(environment, environment.folder)
    run_pip(
        environment,
        environment.folder,
        lock,
        ["--no-index", "--no-deps", "--force-reinstall", str(wheel)],
    )
    wheel.unlink()
    write_stamp(environment, environment.folder, read_stamp(environment.folder)["python"])


# --- building ---------------------------------------------------------------------------------


def build(environment, version, lock):
    """Build a complete environment in `environment.new`."""
    new = environment.new
    if shutil.disk_usage(str(ROOT)).free < environment.disk * 1_000_000:
        raise CannotMakeError("fault.disk", disk=environment.disk)
    print_text("step.folder")
    run(
        [sys.executable, "-m", "venv", "--prompt", environment.folder.name, str(new)],
        environment,
        lock,
    )
    listed = new / "requirements.txt"
    listed.write_text("\n".join([*requirements(environment), ""]), encoding="utf-8")
    words = ["-r", str(listed)]
    if constraints(environment):
        words += ["-c", str(ROOT / LOCK)]
    if environment.lean:
        words.append("--no-compile")
    if environment.kit:
        words.append(str(write_kit_wheel(environment, new)))
    run_pip(environment, new, lock, words)
    if environment.lean:
        make_lean(new)
    print_text("step.try")
    tries = "".join(f"import {name}\n" for name in environment.tries) or "pass"
    run([str(environment.python(new)), "-c", tries], environment, lock)
    for wheel in new.glob("*.whl"):
        wheel.unlink()
    rewrite_paths(environment)
    write_stamp(environment, new, version)


def run(words, environment, lock, on_line=lambda line: None):
    """Run a step to its end; what it prints goes into a log, and into an error if it fails."""
    log = environment.folder.with_name(f"{environment.folder.name}.log")
    # A child holds the lock too: if this process is killed, nobody builds beside its last step.
    inherit = {} if WINDOWS else {"pass_fds": (lock.fileno(),)}
    child = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        cwd=str(ROOT),
        env=clean_environ(),
        encoding="utf-8",
        errors="replace",
        **inherit,
    )
    lines = []
    try:
        for line in child.stdout:
            lines.append(line)
            on_line(line)
        child.wait()
    except BaseException:
        child.kill()
        child.wait()
        raise
    finally:
        child.stdout.close()
    if child.returncode:
        output = "".join(lines)
        log.write_text(output, encoding="utf-8")
        raise reason_of(output, environment, log)
    if log.exists():
        log.unlink()


def run_pip(environment, folder, lock, words):
    """Run pip install, and tell how far it is."""
    progress = {"count": 0, "done": 0.0, "shown": 0.0}
    live = sys.stdout.isatty()

    def on_line(line):
        progress["count"] += line.startswith("Collecting ")
        size = re.match(r" *(?:Downloading|Using cached) .*\(([\d.]+) ([kM])B\)", line)
        if size and ".metadata" not in line:
            progress["done"] += float(size.group(1)) / (1 if size.group(2) == "M" else 1000)
        values = {"count": progress["count"], "done": round(progress["done"])}
        if line.startswith("Installing collected packages"):
            progress["count"] = line.count(",") + 1
            line = text("step.install", count=progress["count"])
            show(f"\r{line}{' ' * 20}\n" if live else f"{line}\n")
        elif live and progress["count"] and time.monotonic() > progress["shown"] + 0.3:
            progress["shown"] = time.monotonic()
            show("\r" + text("step.download", download=environment.download, **values) + " ")

    if not live and "--no-index" not in words:
        print_text("step.libraries", download=environment.download)
    pip = [
        str(environment.python(folder)),
        "-m",
        "pip",
        "install",
        "--no-input",
        "--retries",
        "3",
        "--progress-bar",
        "off",
        "--no-warn-script-location",
    ]
    try:
        run([*pip, *words], environment, lock, on_line)
    except CannotMakeError:
        show("\n" * (progress["shown"] > 0))  # what is said next begins a line
        raise


def reason_of(output, environment, log):
    """Find in the output of a failed step why it failed."""
    if re.search("No space left|Errno 28|WinError 112", output):
        return CannotMakeError("fault.disk", disk=environment.disk)
    if re.search("CERTIFICATE_VERIFY_FAILED|SSLError|certificate verify", output):
        return CannotMakeError("fault.certificate")
    if re.search(
        "connection broken by|Connection refused|ConnectionError|ConnectTimeout|"
        "ReadTimeout|name resolution|ProxyError|getaddrinfo|Network is unreachable",
        output,
    ):
        return CannotMakeError("fault.network")
    version = sys.version_info[:2]
    if version > NEWEST_TESTED and re.search(
        "No matching distribution|Failed to build|subprocess-exited-with-error", output
    ):
        values = {"version": dotted(version), "newest": dotted(NEWEST_TESTED)}
        return CannotMakeError("fault.version", command=example_of_python(), **values)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    reason = (errors or lines or ["?"])[-1]
    return CannotMakeError("fault.other", reason=reason, log=log.name)


def make_lean(folder):
    """Remove what no lesson uses, from the disk and from pip's records.

    That is: libraries' own tests; setuptools, which venv adds before Python 3.12; and the compiled
    files of pip. What is used is compiled at its first import.
    """

    def is_unused(name):
        return "tests" in name.split("/")[1:-1] or name.endswith(".pyc")

    for record in sorted(site_packages(folder).glob("*.dist-info/RECORD")):
        with record.open(encoding="utf-8", newline="") as table:
            rows = list(csv.reader(table))
        whole = record.parent.name.startswith("setuptools-")
        kept = [row for row in rows if not whole and not is_unused(row[0])]
        with record.open("w", encoding="utf-8", newline="") as table:
            csv.writer(table, lineterminator="\n").writerows(kept)
        for name in {row[0] for row in rows} - {row[0] for row in kept}:
            (record.parent.parent / name).unlink()
    for path in sorted(site_packages(folder).glob("**/"), reverse=True):  # the deepest first
        if not any(path.iterdir()):
            path.rmdir()


def rewrite_paths(environment):
    """Write the final folder's name into scripts, launchers and settings, byte for byte."""
    new, final = (os.fsencode(path.name) for path in (environment.new, environment.folder))
    inside = re.compile(rb"(?<=[/\\])" + re.escape(new) + rb"(?![\w-])")
    files = [
        *(environment.new / BIN).iterdir(),
        environment.new / "pyvenv.cfg",
        *environment.new.glob("share/jupyter/kernels/*/kernel.json"),
    ]
    for path in files:
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if inside.search(content):
                path.write_bytes(inside.sub(final, content))


# --- taking it into use -----------------------------------------------------------------------


def swap(environment):
    """Replace the old environment by the new one."""
    try:
        remove(environment.old)
        if environment.folder.exists():
            rename(environment.folder, environment.old)
        rename(environment.new, environment.folder)
    except PermissionError:
        if not environment.folder.exists() and environment.old.exists():
            rename(environment.old, environment.folder)
        raise CannotMakeError("fault.in_use", folder=environment.folder.name) from None
    shutil.rmtree(environment.old, ignore_errors=True)  # what is in use goes with the next call


def recover(environment):
    """Finish or undo what an interrupted call left; whichever folder is complete is kept."""
    if read_stamp(environment.new):
        swap(environment)
        print_text("resumed")
    elif environment.old.exists() and not environment.folder.exists():
        rename(environment.old, environment.folder)
        print_text("restored")
    remove(environment.new)
    remove(environment.old)


def rename(path, target):
    """Rename a folder; Windows refuses for a moment while a virus scanner reads in it."""
    for _ in range(10 * WINDOWS):
        try:
            return path.rename(target)
        except PermissionError:
            time.sleep(0.5)
    return path.rename(target)


def remove(folder):
    """Delete a folder if it is there. Its stamp goes first: half an environment is none."""
    if folder.exists():
        (folder / STAMP).unlink(missing_ok=True)
        shutil.rmtree(folder)


@contextmanager
def only_one(environment):
    """Lock an environment; if another call has the lock, print so and wait."""
    path = environment.folder.with_name(f"{environment.folder.name}.lock")
    try:
        lock = path.open("a+", encoding="utf-8")
    except OSError:
        raise CannotMakeError("fault.write", folder=ROOT) from None
    with lock:
        if not try_lock(lock):
            print_text("waiting")
            while not try_lock(lock):
                time.sleep(0.5)
        yield lock


def try_lock(lock):
    """Lock a file; the system unlocks it when this process ends, however it ends."""
    try:
        if WINDOWS:
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# --- the command ------------------------------------------------------------------------------


def make(environment, wanted=None, anew=False):
    """Make or renew an environment with this Python; 0 if there is one to use then, else 2."""
    begun = time.monotonic()
    try:
        with only_one(environment) as lock:
            recover(environment)
            found = state(environment, wanted)
            if found == "current" and not anew:
                return 0
            if found == "kit" and not anew:
                renew_kit(environment, lock)
                print_text("kit")
                return 0
            announce(environment, "asked" if found == "current" else found)
            try:
                build(environment, sys.version_info[:2], lock)
            except BaseException:
                remove(environment.new)
                raise
            swap(environment)
    except CannotMakeError as error:
        return end_with(environment, error)
    except OSError as error:
        reason = f"{error.strerror}: {error.filename}"
        return end_with(environment, CannotMakeError("fault.os", reason=reason))
    print_text("ready", seconds=round(time.monotonic() - begun))
    return 0


def end_with(environment, error):
    """Print why no environment was made, and whether there is an older one to use."""
    print_text(error.key, **error.values)
    if works(environment):
        print_text("kept")
        return 0
    print_text("nothing", command=command(environment))
    return 2


def announce(environment, why):
    """Print what is about to be done, and what it costs."""
    version = sys.version_info[:2]
    if version > NEWEST_TESTED:
        print_text("python.newer", version=dotted(version), newest=dotted(NEWEST_TESTED))
    print_text(f"begin.{why}", what=text(environment.name), folder=environment.folder.name)
    print_text(
        "begin.cost",
        version=dotted(version),
        download=environment.download,
        disk=environment.disk,
        minutes=environment.minutes,
    )


def dotted(version):
    return ".".join(map(str, version))


def go_on_in(python, words):
    """Run this file in another Python."""
    words = [python, os.path.realpath(__file__), *words]
    if WINDOWS:
        return subprocess.call(words)
    os.execv(python, words)


def main(argv=None):
    """Make or renew the environment that is named; the exit code."""
    parser = argparse.ArgumentParser(description=text("about"))
    parser.add_argument("name", choices=sorted(ENVIRONMENTS))
    parser.add_argument("--python", help="the Python to build it with")
    parser.add_argument("--anew", action="store_true", help="build it even if nothing changed")
    # What the file tells itself when it goes on in another Python: the version that was asked for.
    parser.add_argument("--wanted", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    environment = ENVIRONMENTS[args.name]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        if not args.wanted:
            quick = sys.version_info >= OLDEST and not args.python and not args.anew
            if quick and state(environment) == "current":
                return 0
            version, python = find_python(args.python, environment.newest)
            words = [args.name, "--wanted", dotted(version) if args.python else "any"]
            return go_on_in(python, [*words, *["--anew"] * args.anew])
        wanted = None if args.wanted == "any" else tuple(map(int, args.wanted.split(".")))
        return make(environment, wanted, args.anew)
    except CannotMakeError as error:  # no Python to build with
        print_text(error.key, **error.values)
        return 2
    except (KeyboardInterrupt, SystemExit) as stop:
        show("\n")
        print_text("stopped")
        return stop.code if isinstance(stop, SystemExit) else 130


if __name__ == "__main__":
    sys.exit(main())
