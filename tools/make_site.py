"""Write the site on which the lessons run in a browser, with nothing to install.

    make site                                     into dist/site, from where the network allows
    make site SITEFLAGS="--pyodide FOLDER"        with the browser's Python in the site as well

The site is JupyterLite: files that any web server hands out, and a Python that runs in the reader's
own browser. It holds the lessons, the exercises, the books and the kit's wheel. Python's compiled
libraries (numpy, pandas, matplotlib) come from the Pyodide distribution: from its usual address, or
from FOLDER, which is an unpacked distribution; what such a folder lacks is left out and named.

The notebooks are those of the checkout, cell by cell. That `import rfmkit` works in them without an
installing cell is the doing of the lock file written here: the browser's Python looks up there
which wheels an imported name needs, before it runs a cell.
"""

import argparse
import hashlib
import html
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
CONTENTS = ("notebooks", "exercises", "data")
WELCOME = {
    "zh-TW": (
        "正體中文",
        "不必安裝：Python 就在您的瀏覽器裡執行。第一次打開約需一分鐘；"
        "寫的內容只存在這個瀏覽器，做完請下載筆記本（File → Download）。",
        "課文",
        "練習",
    ),
    "en": (
        "English",
        "Nothing to install: Python runs in your own browser. The first start takes about a "
        "minute. What you write stays in this browser only, so download the notebook when you are "
        "done (File → Download).",
        "Lessons",
        "Exercises",
    ),
}
# What the kernel imports before the first cell; `comm` is easily forgotten, and is no part of the
# distribution.
KERNEL = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
# What the kit uses if it is there, and lessons count on: sliders.
LESSONS = ("ipywidgets",)
# Loaded when a cell imports them by name, for they are large.
BY_NAME = ("duckdb", "pyarrow", "scikit-learn", "scipy")
# Wheels that the distribution lacks. ipywidgets names two more that only serve a Jupyter server.
FROM_INDEX = ("comm", "et-xmlfile", "ipywidgets", "openpyxl", "seaborn")
SERVER_ONLY = {"jupyterlab-widgets", "widgetsnbextension"}
LOCK = "static/pyodide-lock/pyodide-lock.json"
PLUGIN = "@jupyterlite/pyodide-kernel-extension"

Entry = dict[str, object]


class Folders(NamedTuple):
    """Where the browser's Python is, where the site goes, where pure wheels are fetched to."""

    runtime: Path
    output: Path
    pure: Path


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / "site")
    parser.add_argument("--pyodide", type=Path, help="an unpacked Pyodide distribution")
    args = parser.parse_args()
    make_site(args.output.resolve(), args.pyodide and args.pyodide.resolve())


def make_site(output: Path, runtime: Path | None = None) -> None:
    """Write the site; `runtime` is a folder with the browser's Python, None for its address."""
    from jupyterlite_pyodide_kernel import constants

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wheels = [build_wheel(work / "kit"), *download(FROM_INDEX, work / "wheels")]
        build_jupyterlite(work / "lite", output, runtime)
        if runtime:
            lock = json.loads((runtime / "pyodide-lock.json").read_text(encoding="utf-8"))
        else:
            lock = json.loads(fetch(constants.PYODIDE_LOCK_DEFAULT_URL))
            for entry in lock["packages"].values():
                entry["file_name"] = f"{constants.PYODIDE_CDN_URL}/{entry['file_name']}"
        packages: dict[str, Entry] = lock["packages"]
        kernel_wheels = sorted((output / "extensions" / PLUGIN / "static/pypi").glob("*.whl"))
        for wheel in [*wheels, *kernel_wheels]:
            add(packages, wheel, output)
        packages["rfmkit"]["depends"] = sorted({*packages["rfmkit"]["depends"], *LESSONS})
        packages["duckdb"]["depends"] = ["pandas", "pyarrow"]  # to give its answers as tables
        python = lock["info"]["python"].rpartition(".")[0]
        pin_bounds(packages, wheels[0], python)
        named = ("pandas", "matplotlib")
        versions = ", ".join(f"{name} {packages[name]['version']}" for name in named)
        left_out = []
        if runtime:
            wanted = closure(packages, [*KERNEL, "rfmkit", *BY_NAME])
            left_out = keep(packages, wanted, Folders(runtime, output, work / "pure"), python)
    (output / LOCK).parent.mkdir(parents=True, exist_ok=True)
    (output / LOCK).write_text(json.dumps(lock, indent=1, sort_keys=True), encoding="utf-8")
    configure(output, runtime is not None)
    (output / "index.html").write_text(front_page(), encoding="utf-8", newline="\n")
    python = lock["info"]["python"]
    print(f"{output}: Pyodide {constants.PYODIDE_VERSION}, Python {python}, {versions}.")
    if left_out:
        print(f"Left out, for {runtime} lacks them: {', '.join(left_out)}.")


def build_wheel(folder: Path) -> Path:
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    # The notebooks that `rfmkit lab` lays out from the wheel are on the site already, and nobody
    # grades in a browser.
    without = ("rfmkit/_notebooks/", "rfmgrade/")
    light = folder / "light" / wheel.name
    light.parent.mkdir()
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(light, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.startswith(without):
                continue
            if entry.filename.endswith(".dist-info/RECORD"):
                lines = part.decode("utf-8").splitlines(keepends=True)
                part = "".join(line for line in lines if not line.startswith(without)).encode(
                    "utf-8"
                )
            new.writestr(entry, part)
    return light


def download(names: tuple[str, ...], folder: Path) -> list[Path]:
    """Get pure wheels, in the versions of requirements.lock."""
    pins = [
        Requirement(line)
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    ]
    exact = [f"{pin.name}{pin.specifier}" for pin in pins if pin.name in names]
    return get_wheels(exact, folder)


def get_wheels(exact: list[str], folder: Path, python: str = "3.13") -> list[Path]:
    run(
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--python-version",
        python,
        "--platform",
        "any",
        "--dest",
        str(folder),
        *exact,
    )
    return sorted(folder.glob("*.whl"))


def build_jupyterlite(lite: Path, output: Path, runtime: Path | None) -> None:
    lite.mkdir(parents=True)
    shutil.rmtree(output, ignore_errors=True)
    stage = lite / "files"
    for name in CONTENTS:
        shutil.copytree(
            ROOT / name,
            stage / name,
            ignore=shutil.ignore_patterns(".*", "case", "*.xlsx.tmp", "practicum_report.xlsx"),
        )
    for path in stage.rglob("*.ipynb"):
        path.write_text(in_one_piece(path.read_text(encoding="utf-8")), encoding="utf-8")
    run(
        "-m",
        "jupyterlite_core",
        "build",
        "--lite-dir",
        str(lite),
        "--contents",
        str(stage),
        "--output-dir",
        str(output),
        "--apps",
        "lab",
        "--no-unused-shared-packages",
        "--no-sourcemaps",
        cwd=lite,
    )
    if runtime:
        shutil.copytree(
            runtime,
            output / "static/pyodide",
            dirs_exist_ok=True,
            ignore=lambda folder, names: [
                name for name in names if name.endswith((".whl", ".map", ".html", ".ts"))
            ],
        )


def in_one_piece(notebook: str) -> str:
    """Write each cell's text as one text: JupyterLite shows no contents for lists of lines."""
    book = json.loads(notebook)
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"])
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def add(packages: dict[str, Entry], wheel: Path, output: Path) -> None:
    """Enter a wheel into the lock: its place, its sum, what it needs, what it is imported by."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        (member,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(packed.read(member).decode("utf-8"))
    browser = {"sys_platform": "emscripten", "platform_system": "Emscripten", "extra": ""}
    wants = [Requirement(line) for line in metadata.get_all("Requires-Dist") or []]
    needed = {
        canonicalize_name(want.name)
        for want in wants
        if want.marker is None or want.marker.evaluate(browser)
    }
    tops = {part.partition("/")[0] for part in names if "/" in part}
    if wheel.is_relative_to(output):
        place = wheel.relative_to(output)
    else:
        place = Path("static/wheels", wheel.name)
        (output / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(wheel, output / place)
    packages[str(name)] = {
        "depends": sorted(needed - SERVER_ONLY),
        "file_name": f"../../{place.as_posix()}",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "install_dir": "site",
        "name": str(name),
        "package_type": "package",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "unvendored_tests": False,
        "version": str(version),
    }


def pin_bounds(packages: dict[str, Entry], wheel: Path, python: str) -> None:
    """Refuse a distribution whose libraries the kit does not work with."""
    with zipfile.ZipFile(wheel) as packed:
        (member,) = (name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(packed.read(member).decode("utf-8"))
    browser = {
        "sys_platform": "emscripten",
        "platform_system": "Emscripten",
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    extras = ["", *(metadata.get_all("Provides-Extra") or [])]
    for line in metadata.get_all("Requires-Dist"):
        want = Requirement(line)
        there = packages.get(canonicalize_name(want.name))
        # A bound may be for another Python or system than the browser's.
        applies = want.marker is None or any(
            want.marker.evaluate({**browser, "extra": extra}) for extra in extras
        )
        needed = applies and (want.marker is None or want.name in (*LESSONS, *BY_NAME))
        if needed and (there is None or not want.specifier.contains(str(there["version"]))):
            found = there["version"] if there else "none"
            sys.exit(f"The kit needs {want.name}{want.specifier}; the browser has {found}.")


def closure(packages: dict[str, Entry], names: list[str]) -> list[str]:
    """List the packages that the named ones need, themselves among them."""
    by_name = {canonicalize_name(key): key for key in packages}
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        key = by_name[canonicalize_name(waiting.pop())]
        if key not in found:
            found.add(key)
            waiting += packages[key]["depends"]
    return sorted(found)


def keep(packages: dict[str, Entry], wanted: list[str], folders: Folders, python: str) -> list[str]:
    """Keep in the lock what the site holds or can be given; name what had to be left out."""
    pure = []
    for key, entry in list(packages.items()):
        name = str(entry["file_name"])
        if name.startswith("../../"):
            continue
        if key in wanted and (folders.runtime / name).is_file():
            shutil.copyfile(folders.runtime / name, folders.output / "static/pyodide" / name)
            entry["file_name"] = f"../../static/pyodide/{name}"
        elif key in wanted and name.endswith("none-any.whl"):
            pure.append(key)
        else:  # not there, or a part of the distribution that no lesson needs
            del packages[key]
    exact = [f"{packages[key]['name']}=={packages[key]['version']}" for key in pure]
    for wheel in get_wheels(exact, folders.pure, python) if exact else []:
        name = parse_wheel_filename(wheel.name)[0]
        (key,) = (key for key in pure if canonicalize_name(key) == name)
        shutil.copyfile(wheel, folders.output / "static/wheels" / wheel.name)
        packages[key]["file_name"] = f"../../static/wheels/{wheel.name}"
        packages[key]["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
    there = {canonicalize_name(key) for key in packages}
    for entry in packages.values():
        entry["depends"] = [need for need in entry["depends"] if canonicalize_name(need) in there]
    return [key for key in wanted if key not in packages]


def configure(output: Path, own_runtime: bool) -> None:
    path = output / "jupyter-lite.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    config = content["jupyter-config-data"]
    config["appName"] = "rfmkit"
    settings = config.setdefault("litePluginSettings", {}).setdefault(f"{PLUGIN}:kernel", {})
    settings["loadPyodideOptions"] = {"lockFileURL": f"./{LOCK}", "packages": list(KERNEL)}
    if own_runtime:
        settings["pyodideUrl"] = "./static/pyodide/pyodide.mjs"
    path.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")


def front_page() -> str:
    """Write the page that a reader meets first: both editions, every lesson and exercise."""
    parts = []
    for lang, (name, words, *headings) in WELCOME.items():
        lists = ""
        for folder, heading in zip(("notebooks", "exercises"), headings, strict=True):
            rows = "".join(
                f'<li><a href="lab/index.html?path={folder}/{lang}/{path.name}">'
                f"{html.escape(title_of(path))}</a></li>"
                for path in sorted((ROOT / folder / lang).glob("*.ipynb"))
            )
            lists += f"<h3>{heading}</h3><ul>{rows}</ul>"
        parts.append(f'<section lang="{lang}"><h2>{name}</h2><p>{words}</p>{lists}</section>')
    return (
        '<!doctype html><html lang="zh-TW"><head><meta charset="utf-8"><title>rfmkit</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><style>'
        "body{font:16px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
        "color:#1b2430;background:#fff}main{display:grid;gap:2rem;"
        "grid-template-columns:repeat(auto-fit,minmax(18rem,1fr))}a{color:#0b5394}"
        "ul{list-style:none;padding:0}</style>"
        # Where JupyterLite looks for the settings of the whole site.
        '<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">'
        "{}</script></head><body>"
        f'<main><h1 style="grid-column:1/-1">rfmkit：客戶分級 · '
        f'<span lang="en">customer tiering</span></h1>{"".join(parts)}</main></body></html>\n'
    )


def title_of(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "".join(cells[0]["source"])
    return next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


def run(*words: str, cwd: Path = ROOT) -> None:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(words[:3])} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")


if __name__ == "__main__":
    main()
