"""Build the books, and every notebook from its one source: `rfmkit build`."""

import argparse
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from rfmkit.classroom.execute import execute
from rfmkit.classroom.notebook_checks import find_faults, problems
from rfmkit.classroom.notebook_files import Workshop, find_root, plan, write
from rfmkit.classroom.shipped_books import make_books, stale_books
from rfmkit.classroom.source_rules import BuildError
from rfmkit.labels import label


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add the `build` command to the command line.

    Parameters
    ----------
    subparsers
        What `ArgumentParser.add_subparsers` gave.
    """
    parser = subparsers.add_parser(
        "build", help=label("command.build"), description=label("command.build.about")
    )
    parser.add_argument("--check", action="store_true", help=label("command.build.check"))
    parser.add_argument("--force", action="store_true", help=label("command.build.force"))
    parser.add_argument("--only", metavar="NN", help=label("command.build.only"))
    parser.add_argument(
        "--jobs", metavar="N", type=int, default=2, help=label("command.build.jobs")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Carry out `rfmkit build`.

    Parameters
    ----------
    args
        What the parser of `add_parser` read: check, force, only, jobs.

    Returns
    -------
    int
        0 if all is well, 1 if a notebook cannot ship or is stale, 2 if the call makes no sense.
    """
    try:
        root = find_root(Path.cwd())
        everything = plan(root)
        wanted = [target for target in everything if target.stem.startswith(args.only or "")]
        if not wanted:
            raise BuildError(
                f"no source begins with {args.only!r}.\n  Mend: choose among "
                f"{sorted({target.stem for target in everything})}."
            )
        if args.jobs < 1:
            raise BuildError("--jobs must be 1 or more.")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    if args.check:
        stale = stale_books(root)
        for path in stale:
            print(f"{path}: not what its seed makes.\n  Mend: rfmkit build.", file=sys.stderr)
        return max(check(root, only=args.only), int(bool(stale)))
    try:
        for path in make_books(root):
            print(f"books  {path}")
        return build(root, only=args.only, force=args.force, jobs=args.jobs)
    except BuildError as error:
        print(f"Not built: {error}", file=sys.stderr)
        return 1


def check(root: Path, *, only: str | None = None) -> int:
    """Name every notebook that is stale, missing or without a source; write nothing.

    Parameters
    ----------
    root
        The root of the repository.
    only
        Look only at sources whose name begins so; None for all.

    Returns
    -------
    int
        0 if every notebook is what its source says, else 1.
    """
    faults = find_faults(root, only=only)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults)} to mend. Edit source/, never the built notebooks.", file=sys.stderr)
        return 1
    print("Every notebook is what its source says.")
    return 0


def build(root: Path, *, only: str | None = None, force: bool = False, jobs: int = 1) -> int:
    """Build the notebooks that are not fresh.

    Parameters
    ----------
    root
        The root of the repository.
    only
        Build only from sources whose name begins so; None for all.
    force
        Build what is fresh, too.
    jobs
        Notebooks to run at once, each in a process of its own.

    Raises
    ------
    BuildError
        If a source is malformed, a cell fails, or a notebook must not ship. Notebooks that were
        finished before stay.
    """
    shop = Workshop(root)
    wanted = [target for target in shop.targets if target.stem.startswith(only or "")]
    stale = [target for target in wanted if force or shop.staleness(target)]
    for target in (target for target in wanted if target not in stale):
        print(f"fresh  {target.path}")
    with (
        tqdm(total=len(stale), unit="notebook", disable=None) as bar,
        _pool(min(jobs, len(stale))) as pool,
    ):
        for path, seconds in _made(root, [target.path for target in stale], pool):
            bar.update()
            bar.write(f"built  {path}  {seconds:.1f} s")
    _tell_of_questions(
        root, {target.stem for target in stale if target.path.startswith("exercises/")}
    )
    for orphan in shop.orphans():
        print(f"orphan {orphan}: no source makes it; delete it, or add its source.")
    return 0


def _tell_of_questions(root: Path, stems: set[str]) -> None:
    # The questions of the exercises that were built; without the firm's books there are none.
    if not stems or not (root / "data/practice/MANIFEST.json").is_file():
        return
    from rfmkit.classroom.mistake_table import judge, summary
    from rfmkit.classroom.question import all_questions

    chapters = {str(int(stem[:2])) for stem in stems if stem[:2].isdigit()}
    numbers = [number for number in all_questions() if number.partition(".")[0] in chapters]
    if numbers:
        print(summary(judge(numbers)))


def build_one(root: Path, path: str) -> tuple[str, float]:
    """Build one notebook: make it, run it, check it, write it.

    Parameters
    ----------
    root
        The root of the repository.
    path
        The notebook, from `root`.

    Returns
    -------
    tuple
        The path and the seconds it took.
    """
    started = time.perf_counter()
    shop = Workshop(root)
    target = shop.target(path)
    nb = shop.form(target)
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    rules = {"path": path, "root": root, "planned": shop.planned, "hidden": shop.hidden(target)}
    found = problems(nb, **rules)  # before the run: a wrong link need not wait for it
    if not found and target.runs:
        nb = execute(nb, folder=file.parent, name=path)
        found = problems(nb, **rules)
    if found:
        listed = "\n".join(f"  {problem}" for problem in found)
        raise BuildError(
            f"{path} must not ship:\n{listed}\n  Mend: {target.source}, then rfmkit build."
        )
    write(nb, file)
    return path, time.perf_counter() - started


def _pool(jobs: int) -> ProcessPoolExecutor | nullcontext:
    # One job needs no second process. Processes are spawned, so that all systems do the same.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) if jobs > 1 else nullcontext()


def _made(root: Path, paths: list[str], pool: ProcessPoolExecutor | None) -> object:
    if pool is None:
        yield from (build_one(root, path) for path in paths)
        return
    futures: list[Future] = [pool.submit(build_one, root, path) for path in paths]
    try:
        for future in as_completed(futures):
            yield future.result()
    except BaseException:
        pool.shutdown(cancel_futures=True)  # the first failure stops the build
        raise
