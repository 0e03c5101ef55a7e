"""Report what is wrong with this machine's set-up, with Python's standard library alone.

Where the environment for the lessons runs, `rfmkit doctor` looks at everything; where it is missing
or damaged, this looks at what making it needs. Ends with 1 if something is broken.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile

from environments import (
    ENVIRONMENTS,
    ROOT,
    CannotMakeError,
    command,
    dotted,
    find_python,
    print_text,
    read_stamp,
    text,
)

BROKEN = 1


def main():
    """Run the checks; return 0 if nothing is broken, else 1."""
    parser = argparse.ArgumentParser(description=text("doctor.about"))
    parser.add_argument("--python", help="the Python to make the environment with")
    args = parser.parse_args()
    student = ENVIRONMENTS["student"]
    python = student.python()
    if python.exists():
        code = subprocess.call([str(python), "-m", "rfmkit", "doctor"], cwd=str(ROOT))
        moved = read_stamp(student.folder).get("folder") not in (None, str(student.folder))
        if moved:
            print_text("doctor.moved", folder=student.folder.name)
            print_text("doctor.mend", command=command(student))
        if code in (0, BROKEN):
            return BROKEN if moved else code
        print_text("doctor.damaged", folder=student.folder.name)
    else:
        print_text("doctor.missing", folder=student.folder.name)
    print_text("doctor.mend", command=command(student))
    check_python(args.python)
    check_folder(student)
    return BROKEN


def check_python(named):
    """Check whether there is a Python to make the environment with."""
    try:
        version, path = find_python(named)
        print_text("doctor.python", version=dotted(version), python=path)
    except CannotMakeError as error:
        print_text("doctor.no_python", reason=text(error.key, **error.values))


def check_folder(environment):
    """Check whether the environment can be written here and fits on the disk."""
    try:
        with tempfile.TemporaryFile(dir=str(ROOT)):
            print_text("doctor.folder", folder=ROOT)
    except OSError:
        print_text("doctor.no_folder", reason=text("fault.write", folder=ROOT))
    free = shutil.disk_usage(str(ROOT)).free // 1_000_000
    enough = free > environment.disk
    print_text("doctor.space" if enough else "doctor.no_space", free=free, disk=environment.disk)


if __name__ == "__main__":
    sys.exit(main())
