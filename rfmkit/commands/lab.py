"""Open JupyterLab at the start notebook: `rfmkit lab`."""

import argparse
import importlib.util
import os
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

from rfmkit.commands.lay_out import CannotWriteError, is_laid_out, lay_out, shipped_files
from rfmkit.commands.terminal import checkout, terminal_language

FOLDER = "rfmkit-notebooks"
SHOWN = 5  # names of changed files told, of perhaps many


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `lab` and its options to the command line."""
    from rfmkit.labels import LANGUAGES, label, language_option, reader_language

    parser = subparsers.add_parser(
        "lab", help=label("command.lab"), description=label("command.lab.about")
    )
    parser.add_argument(
        "--edition", type=language_option, choices=LANGUAGES, default=reader_language(),
        help=label("command.lab.edition"),
    )  # fmt: skip
    parser.add_argument("--no-browser", action="store_true", help=label("command.lab.no_browser"))
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help=label("command.lab.folder", folder=FOLDER)
    )
    parser.add_argument(
        "--lay-out-only", action="store_true", help=label("command.lab.lay_out_only")
    )
    parser.add_argument("--port", type=int, metavar="N", help=label("command.lab.port"))


def run(args: argparse.Namespace) -> int:
    """Start JupyterLab and wait until it ends."""
    from rfmkit.labels import label

    def say(key: str, **values: object) -> None:
        lang = terminal_language(args.edition if args.edition == "en" else None)
        print(label(key, lang, **values), flush=True)

    kit = checkout()
    folder = args.folder
    if folder is None and (kit is None or args.lay_out_only):
        folder = Path() if is_laid_out(Path()) else Path(FOLDER)
    if folder is not None:
        folder = folder.expanduser().absolute()
        code = _lay_out(folder, kit, say)
        if code or args.lay_out_only:
            return code
    home = kit if folder is None else folder
    start = f"notebooks/{args.edition}/00_start.ipynb"
    if not (home / start).is_file():
        say("lab.no_notebook", path=home / start)
        return 2
    if importlib.util.find_spec("jupyterlab") is None:
        say("lay_out.no_jupyterlab" if kit is None else "lab.no_jupyterlab", python=sys.executable)
        return 2
    screen = has_screen()
    if args.no_browser or not screen:
        say("lab.address")
    if not args.no_browser and not screen:
        say("lab.no_screen")
    command = lab_command(home, start, port=args.port, browser=screen and not args.no_browser)
    with subprocess.Popen(command, cwd=home) as jupyter:
        while True:
            try:
                return jupyter.wait()
            except KeyboardInterrupt:
                # Jupyter had the same Ctrl+C: it asks whether to stop, and stops its kernels.
                continue


def _lay_out(folder: Path, kit: Path | None, say: Callable[..., None]) -> int:
    """Lay the notebooks out and tell what was done; 0 if all is well."""
    files = shipped_files(kit)
    if not any(name.endswith(".ipynb") for name in files):
        say("lay_out.no_notebooks")
        return 2
    say("lay_out.where", folder=folder)
    try:
        done = lay_out(files, folder)
    except CannotWriteError as error:
        say("lay_out.cannot_write", folder=folder, error=error.strerror)
        say("lay_out.cannot_write_mend", example=Path.home() / FOLDER)
        return 2
    if done.written:
        say("lay_out.written", count=len(done.written))
    if done.renewed:
        say("lay_out.renewed", count=len(done.renewed))
    if not done.written and not done.renewed:
        say("lay_out.nothing")
    if done.kept:
        more = " …" if len(done.kept) > SHOWN else ""
        say("lay_out.kept", count=len(done.kept), names=", ".join(done.kept[:SHOWN]) + more)
    if done.unnamed:
        say("lay_out.unnamed", count=len(done.unnamed))
    return 0


def lab_command(kit: Path, start: str, *, port: int | None, browser: bool) -> list[str]:
    """Write the command that starts JupyterLab.

    Parameters
    ----------
    kit
        The folder JupyterLab shows, so that links between notebooks work.
    start
        The notebook to open, relative to `kit`, with forward slashes.
    port
        The port to listen on; None lets Jupyter choose.
    browser
        Whether to open one.

    Examples
    --------
    >>> lab_command(Path("kit"), "00.ipynb", port=None, browser=True)[1:4]
    ['-m', 'jupyterlab', '--ServerApp.root_dir=kit']
    """
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={kit}",
        # Also what the printed address leads to; a file named on the command line is not.
        f"--LabApp.default_url=/lab/tree/{start}",
        "--ServerApp.ip=127.0.0.1",
        # No question about Jupyter news before the first lesson, and nothing asked of the network.
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if port is not None:
        command.append(f"--ServerApp.port={port}")
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # A container's only user is often root, and Jupyter refuses to serve it unasked.
        command.append("--allow-root")
    return command


def has_screen() -> bool:
    """Tell whether a browser can be opened here.

    Examples
    --------
    >>> isinstance(has_screen(), bool)
    True
    """
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
