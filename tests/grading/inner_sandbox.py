"""A sandbox that is none: cells run in this very process. Fast, and for our own code only."""

import contextlib
import io
import json
import os
import pickle
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

from rfmgrade.marking.notebook import _without_magics
from rfmgrade.sandbox import Outcome
from rfmgrade.sandbox.hosts import Ended
from rfmgrade.sandbox.runtime.export import take

INERT = "def check(*a, **k): pass\nask = hint = progress = reset = check\n"
IMPORTS = "from rfmkit.classroom import"


class InnerSandbox:
    """`HANG`, `DIE`, `FLOOD`, `FORGE` and `SLOW` in a cell do what they say."""

    def __init__(self):
        self.sessions = 0
        self.ran = []

    def session(self, files):
        self.sessions += 1
        return InnerSession(self, files)


class InnerSession:
    def __init__(self, sandbox, files):
        self.sandbox, self.files, self.names = sandbox, files, {"__name__": "__main__"}

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp())
        for name, data in self.files.items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_bytes(data)
        self.back = Path.cwd()
        os.chdir(self.folder)
        return self

    def __exit__(self, *_):
        os.chdir(self.back)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, code, *, seconds=None):
        self.sandbox.ran.append(code)
        for word, why in {
            "HANG": "hung",
            "DIE": "died",
            "FLOOD": "flooded",
            "FORGE": "forged",
        }.items():
            if word in code:
                raise Ended(why)
        if "SLOW" in code:
            return Outcome("timeout", "TimeoutError: more than 10 seconds")
        lines = _without_magics(code).split("\n")
        code = "\n".join(INERT if IMPORTS in line else line for line in lines)
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(code, self.names)
        except BaseException as error:
            return Outcome("error", f"{type(error).__name__}: {error}"[:300])
        finally:
            if "matplotlib.pyplot" in sys.modules:
                sys.modules["matplotlib.pyplot"].close("all")
        return Outcome("ok")

    def take(self, variable, want):
        if "FATAL" in self.names and variable == self.names["FATAL"]:
            raise Ended("died")
        return json.loads(json.dumps(take(self.names, variable, want, 60)))

    def put(self, data, code):
        self.names.update(pickle.loads(data))
        return self.run(code)
