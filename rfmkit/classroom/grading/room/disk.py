"""Watch and empty a folder in which a student's code may have left anything."""

import itertools
import os
import stat
from collections.abc import Iterator


def used(folder: str, most_files: int, *, mount: bool) -> tuple[int, int]:
    """Count the bytes and the files in a folder.

    Parameters
    ----------
    folder
        Where to look.
    most_files
        Stop counting beyond.
    mount
        Whether the folder is a file system of its own, which knows.
    """
    if mount:
        system = os.statvfs(folder)
        return (
            (system.f_blocks - system.f_bfree) * system.f_frsize,
            system.f_files - system.f_ffree,
        )
    size = files = 0
    folders = [folder]
    while folders and files <= most_files:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    files += 1
                    about = entry.stat(follow_symlinks=False)
                    size += about.st_blocks * 512
                    if stat.S_ISDIR(about.st_mode):
                        folders.append(entry.path)
                    if files > most_files:
                        break
        except FileNotFoundError:
            continue  # gone while we looked
        except OSError:
            return size, most_files + 1  # deeper than a path can be, or closed to us
    return size, files


def empty(folder: str) -> bool:
    """Remove all that is in a folder, however deep; tell whether it worked.

    A tree too deep for any path is flattened first: each inner folder moves to the top.

    Parameters
    ----------
    folder
        Nobody else may be writing in it any more.
    """
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        taken = itertools.count()
        while names := os.listdir(top):  # noqa: PTH208
            for name in names:
                if _is_folder(name, top):
                    _flatten(name, top, taken)
                    os.rmdir(name, dir_fd=top)
                else:
                    os.unlink(name, dir_fd=top)
        return True
    except OSError:
        return False
    finally:
        os.close(top)


def _flatten(name: str, top: int, taken: Iterator[int]) -> None:
    os.chmod(name, 0o700, dir_fd=top)  # it may have been made closed
    inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
    try:
        for held in os.listdir(inner):  # noqa: PTH208
            if not _is_folder(held, inner):
                os.unlink(held, dir_fd=inner)
                continue
            os.chmod(held, 0o700, dir_fd=inner)
            free = next(f"{at}.moved" for at in taken if not _exists(f"{at}.moved", top))
            os.rename(held, free, src_dir_fd=inner, dst_dir_fd=top)
    finally:
        os.close(inner)


def _is_folder(name: str, within: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=within, follow_symlinks=False).st_mode)


def _exists(name: str, within: int) -> bool:
    try:
        os.stat(name, dir_fd=within, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def remove(folder: str) -> None:
    """Remove a folder of ours, whatever its rights are by now.

    Parameters
    ----------
    folder
        If it is not there, nothing happens.
    """
    if os.path.isdir(folder):  # noqa: PTH112
        os.chmod(folder, 0o700)  # noqa: PTH101
        if empty(folder):
            os.rmdir(folder)  # noqa: PTH106
