"""Build data/ from its seeds, and every notebook from its one source: `rfmkit build`."""

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from authoring.checks import check_repository, check_target
from authoring.context import BuildContext, find_root, list_targets, write_notebook
from authoring.data import stale_data, write_data
from authoring.execute import execute, without_claims
from authoring.lessons import SECTIONS_FILE
from authoring.source import BuildError
from rfmkit.labels import label


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add the `build` command to the command line."""
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
    """Run `rfmkit build` and return its exit code.

    It is 0 if all is well, 1 if a notebook cannot ship or is stale, 2 if the arguments make no
    sense.
    """
    try:
        root = find_root(Path.cwd())
        stems = sorted({target.stem for target in list_targets(root)})
        if not any(stem.startswith(args.only or "") for stem in stems):
            raise BuildError(f"no source begins with {args.only!r}.\n  Mend: choose among {stems}.")
        if args.jobs < 1:
            raise BuildError("--jobs must be 1 or more.")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    if args.check:
        stale = stale_data(root)
        for path in stale:
            print(f"{path}: not what its seed makes.\n  Mend: rfmkit build.", file=sys.stderr)
        if BuildContext(root).stale_sections() is not None:
            stale.append(SECTIONS_FILE)
            fault = f"{SECTIONS_FILE}: the lessons' sections have other numbers."
            print(f"{fault}\n  Mend: rfmkit build.", file=sys.stderr)
        return max(check(root, only=args.only), int(bool(stale)))
    try:
        for path in write_data(root):
            print(f"books  {path}")
        if (sections := BuildContext(root).stale_sections()) is not None:
            (root / SECTIONS_FILE).write_bytes(sections)
        build(root, only=args.only, force=args.force, jobs=args.jobs)
    except BuildError as error:
        print(f"Not built: {error}", file=sys.stderr)
        return 1
    return 0


def check(root: Path, *, only: str | None = None) -> int:
    """Print every notebook that is stale, missing or without a source; return 1 if there is any."""
    faults = check_repository(root, only=only)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults)} to mend. Edit source/, never the built notebooks.", file=sys.stderr)
        return 1
    print("Every notebook is what its source says.")
    return 0


def build(root: Path, *, only: str | None = None, force: bool = False, jobs: int = 1) -> None:
    """Build the notebooks that are not fresh.

    Raises
    ------
    BuildError
        If a source is malformed, a cell fails, or a notebook must not ship. Notebooks that were
        finished before stay.
    """
    context = BuildContext(root)
    wanted = [target for target in context.targets if target.stem.startswith(only or "")]
    stale = [target for target in wanted if force or context.stale_reason(target)]
    for target in (target for target in wanted if target not in stale):
        print(f"fresh  {target.path}")
    with tqdm(total=len(stale), unit="notebook", disable=None) as bar:
        for path, seconds in _build_all(root, [target.path for target in stale], jobs):
            bar.update()
            bar.write(f"built  {path}  {seconds:.1f} s")
    exercises = {target.stem for target in stale if target.path.startswith("exercises/")}
    print_question_table(root, exercises)
    for orphan in context.orphans():
        print(f"orphan {orphan}: no source makes it; delete it, or add its source.")


def build_one(root: Path, path: str) -> tuple[str, float]:
    """Make, run, check and write one notebook; return its path and the seconds it took."""
    started = time.perf_counter()
    context = BuildContext(root)
    target = context.target(path)
    nb = context.unexecuted(target)
    problems = check_target(nb, target, context)  # a wrong link need not wait for the run
    if not problems and target.runs:
        folder = (root / path).parent
        folder.mkdir(parents=True, exist_ok=True)
        claimed = context.unexecuted(target, claims=True)
        nb = without_claims(execute(claimed, folder=folder, name=path))
        problems = check_target(nb, target, context)
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise BuildError(
            f"{path} must not ship:\n{listed}\n  Mend: {target.source}, then rfmkit build."
        )
    write_notebook(nb, root / path)
    return path, time.perf_counter() - started


def print_question_table(root: Path, stems: set[str]) -> None:
    """Print the table question by mistake of the named exercises.

    Questions are judged on the practice books; a repository without them has none.
    """
    if not stems or not (root / "data/practice/MANIFEST.json").is_file():
        return
    from authoring.question_table import judge_questions, summary
    from rfmkit.classroom.question import all_questions

    chapters = {str(int(stem[:2])) for stem in stems if stem[:2].isdigit()}
    numbers = [number for number in all_questions() if number.partition(".")[0] in chapters]
    if numbers:
        print(summary(judge_questions(numbers)))


def _build_all(root: Path, paths: list[str], jobs: int) -> Iterator[tuple[str, float]]:
    """Build notebooks, several at once; the first failure stops the build."""
    if min(jobs, len(paths)) <= 1:  # no second process
        yield from (build_one(root, path) for path in paths)
        return
    # Processes are spawned, so that all systems do the same.
    with ProcessPoolExecutor(min(jobs, len(paths)), mp_context=get_context("spawn")) as pool:
        futures: list[Future] = [pool.submit(build_one, root, path) for path in paths]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
