"""Start and end the processes of the mode "trusted": one a session, without locks."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rfmkit.classroom.grading import boot
from rfmkit.classroom.grading.channel import Channel, Ended
from rfmkit.classroom.grading.limits import Limits
from rfmkit.classroom.grading.roomlib import room_zip
from rfmkit.schema import DataError

START_SECONDS = 120  # a cold disk may take long to give pandas


class TrustedHost:
    """A process a session, without locks."""

    def __init__(self, limits: Limits, libraries: list[str]) -> None:
        self.limits, self.libraries = limits, libraries
        self._folder: Path | None = None
        self._process: subprocess.Popen | None = None
        self._channel: Channel | None = None

    def start(self) -> None:
        """Do nothing yet: each session starts its own process."""

    def begin(self, files: Mapping[str, bytes]) -> Channel:
        """Start a session's process and give the channel to it."""
        self._folder = Path(tempfile.mkdtemp(prefix="rfmkit-grading-"))
        self._process = subprocess.Popen(
            [boot.python(), *boot.FLAGS, "-c", boot.PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=boot.environment(),
            cwd=self._folder,
            bufsize=0,
        )
        source, sink = self._process.stdout, self._process.stdin
        self._channel = Channel(source.fileno(), sink.fileno(), most_of(self.limits))
        settings = {"program": "child", "folder": str(self._folder), "site": boot.site_folders(),
                    "libraries": self.libraries}  # fmt: skip
        start = {"files": list(files), "answer_bytes": self.limits.answer}
        frames = [json.dumps(settings).encode(), room_zip(), json.dumps(start).encode()]
        try:
            self._channel.exchange(*frames, *files.values(), seconds=START_SECONDS)
        except Ended as ended:
            self.end(ended)
            raise DataError(
                f"the sandbox did not start ({ended}).\n"
                "Run rfmkit doctor to see what this Python lacks."
            ) from None
        except BaseException:
            self.end(Ended("closed"))
            raise
        return self._channel

    def end(self, ended: Ended) -> Ended:
        """End the session's process and remove its folder; say why it ended."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            # The channel waits for its thread before the pipes go.
            self._channel.join()
            self._process.stdin.close()
            self._process.stdout.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._process = None
        return ended

    def stop(self) -> None:
        """End what is left."""
        self.end(Ended("closed"))


def most_of(limits: Limits) -> int:
    """Give the longest reply: an answer, and a little around it."""
    return limits.answer + 64_000
