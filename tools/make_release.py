"""Make what a release hands out, into dist/: `python tools/make_release.py`.

rfmkit-X-py3-none-any.whl, rfmkit-X.tar.gz   the package with books, font and notebooks
rfmkit-X.zip                                 the whole kit, for teachers and authors
rfmkit-student-X.zip                         lessons, exercises, books and the wheel; no solutions
SHA256SUMS                                   their hashes

The archives are written by Python's zipfile: Chinese names are marked as UTF-8, dates are fixed,
line ends are LF, so that the same kit gives the same bytes. (Another zlib packs differently.)
"""

import argparse
import hashlib
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path

import rfmkit
from rfmkit.commands.lay_out import RECORD, fingerprint, prepare, shipped_files, write_record

ROOT = Path(__file__).resolve().parents[1]
DATE = (2026, 1, 1, 0, 0, 0)  # of every file in an archive
# Pages that students may read; the teacher's guide and the table of mistakes are not among them.
PAGES = (
    *("cheatsheet_methods", "cheatsheet_verbs", "contents"),
    "errata",
    "fronts",
    "gallery",
    "glossary",
    "objectives",
    "reading",
)
LEFT_BEHIND = {"build", "dist", "__pycache__", "case", "node_modules", "rfmkit-notebooks"}


def kit_files(root: Path) -> dict[str, bytes]:
    """Read every file of the kit: what git knows or would add; without git, what is not hidden."""
    options = ("-z", "--cached", "--others", "--exclude-standard")
    command = ["git", "-C", str(root), "ls-files", *options]
    listed = None
    if (root / ".git").exists():
        done = subprocess.run(command, capture_output=True, check=False)
        listed = done.stdout.decode("utf-8").split("\0") if done.returncode == 0 else None
    if listed is None:
        listed = [path.relative_to(root).as_posix() for path in root.rglob("*")]
        listed = [name for name in listed if _belongs(name)]
    return {name: content(root / name) for name in listed if name and (root / name).is_file()}


def _belongs(name: str) -> bool:
    parts = name.split("/")
    hidden = [part for part in parts if part.startswith((".", "~$"))]
    known = hidden in ([], [".ci"], [".github"], [".gitattributes"], [".gitignore"])
    left = LEFT_BEHIND.intersection(parts) and not name.startswith("rfmkit/")
    ours = not name.endswith((".pyc", "practicum_report.xlsx")) and "__pycache__" not in parts
    return known and ours and not left


def student_files(root: Path, wheel: Path) -> dict[str, bytes]:
    """Read what a student gets: no solutions, no source of them, no teacher's pages."""
    files = {name: prepare(name, content(path)) for name, path in shipped_files(root).items()}
    # With the record, `rfmkit lab` opens this folder, and renews it when a newer wheel is there.
    files[RECORD] = write_record({name: fingerprint(name, made) for name, made in files.items()})
    for page in PAGES:
        for path in (root / "docs").glob(f"{page}.*md"):
            files[f"docs/{path.name}"] = content(path)
    for path in (root / "docs/img/gallery").glob("*.png"):
        files[f"docs/img/gallery/{path.name}"] = content(path)
    for name in ("LICENSE", "LICENSE-TEXT", "requirements.lock"):
        files[name] = content(root / name)
    files[wheel.name] = wheel.read_bytes()
    readme = (root / "tools/student_readme.md").read_text(encoding="utf-8")
    readme = readme.replace("{version}", rfmkit.__version__).replace("{wheel}", wheel.name)
    files["README.md"] = readme.encode()
    return files


def content(path: Path) -> bytes:
    """Read a file; a text has the same line ends whatever the checkout's are."""
    read = path.read_bytes()
    return read if b"\0" in read else read.replace(b"\r\n", b"\n")


def write_zip(archive: Path, top: str, files: Mapping[str, bytes]) -> None:
    """Pack files under one folder, so that unpacking litters nothing."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(unicodedata.normalize("NFC", f"{top}/{name}"), DATE)
            entry.create_system = 3  # Unix, whatever packs it: the mode below counts
            mode = 0o755 if files[name].startswith(b"#!") else 0o644
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, files[name], compresslevel=9)


def faults(root: Path) -> list[str]:
    """List what must be fixed before a release."""
    version = rfmkit.__version__
    cited = re.search(r"^version: (.+)$", _text(root / "CITATION.cff"), re.MULTILINE)
    latest = re.search(r"^## \[(.+?)\] - (.+)$", _text(root / "CHANGELOG.md"), re.MULTILINE)
    found = []
    if cited is None or cited[1].strip('"') != version:
        found.append(f"CITATION.cff does not say version {version}.")
    if latest is None or latest[1] != version:
        found.append(f"CHANGELOG.md does not begin with version {version}.")
    elif not re.fullmatch(r"\d{4}-\d\d-\d\d", latest[2]):
        found.append(f"CHANGELOG.md says {latest[2]!r} where the day of the release belongs.")
    return found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Make everything, and say what it weighs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--final", action="store_true", help="refuse while something is to mend")
    args = parser.parse_args(argv)
    to_fix = faults(ROOT)
    for fault in to_fix:
        print(f"{'' if args.final else 'Before the release: '}{fault}", file=sys.stderr)
    if to_fix and args.final:
        return 1
    version, out = rfmkit.__version__, args.output
    out.mkdir(parents=True, exist_ok=True)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    wheel = out / f"rfmkit-{version}-py3-none-any.whl"
    kit, student = out / f"rfmkit-{version}.zip", out / f"rfmkit-student-{version}.zip"
    write_zip(kit, f"rfmkit-{version}", kit_files(ROOT))
    write_zip(student, f"rfmkit-student-{version}", student_files(ROOT, wheel))
    made = [wheel, out / f"rfmkit-{version}.tar.gz", kit, student]
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    for path in made:
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
