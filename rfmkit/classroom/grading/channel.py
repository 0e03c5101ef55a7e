"""Talk to a session: one request, one bounded reply, each by its deadline."""

import json
import queue
import secrets
import threading

from rfmkit.classroom.grading.room import wire

DEEPEST = 64  # an answer's own bound is 20


class Ended(Exception):  # noqa: N818 - what happened to the session, no fault of ours
    """The session is over: its process hung, died, flooded its channel or broke the protocol.

    Parameters
    ----------
    why
        "hung", "died", "flooded" or "forged".
    detail
        What is known besides, for the tracing of a mark.
    """

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why, self.detail = why, detail


class Channel:
    """Two pipes to a process that may do anything with its ends.

    Parameters
    ----------
    source, sink
        File descriptors of ours: replies come from the one, requests go to the other.
    most
        The longest reply in bytes.
    """

    def __init__(self, source: int, sink: int, most: int) -> None:
        self._source, self._sink, self._most = source, sink, most
        self._busy: threading.Thread | None = None

    def ask(self, request: dict, *more: bytes, seconds: float) -> dict:
        """Send a request and wait for the reply that carries its number.

        The number is drawn at random: a reply written before its request cannot know it, and what
        is left over from a forged one is no reply to the next request.

        Parameters
        ----------
        request
            What `room.child` serves.
        *more
            Frames that follow the request.
        seconds
            When to give up.

        Raises
        ------
        Ended
            If there is no sound reply in time.
        """
        number = secrets.token_hex(8)
        frames = (json.dumps({**request, "n": number}).encode(), *more)
        body = self.exchange(*frames, seconds=seconds)
        reply = parse(body)
        if not isinstance(reply, dict) or reply.get("n") != number or set(reply) != {"n", "reply"}:
            raise Ended("forged", "a reply to no request")
        return reply["reply"]

    def exchange(self, *frames: bytes, seconds: float) -> bytes:
        """Send frames and wait for one frame back."""
        told: queue.SimpleQueue = queue.SimpleQueue()
        # In a thread, because pipes have no deadlines of their own on every system.
        self._busy = threading.Thread(target=self._work, args=(frames, told), daemon=True)
        self._busy.start()
        try:
            body = told.get(timeout=seconds)
        except queue.Empty:
            raise Ended("hung") from None
        if isinstance(body, Ended):
            raise body
        return body

    def _work(self, frames: tuple[bytes, ...], told: queue.SimpleQueue) -> None:
        try:
            if frames:
                wire.send(self._sink, *frames)
            body = wire.receive(self._source, self._most)
            told.put(Ended("died") if body is None else body)
        except OverflowError as error:
            told.put(Ended("flooded", str(error)))
        except OSError:
            told.put(Ended("died"))

    def join(self) -> bool:
        """Wait until nobody reads any more, once the process is gone; tell whether that is so."""
        if self._busy is not None:
            self._busy.join(timeout=5)
        return self._busy is None or not self._busy.is_alive()


def parse(body: bytes) -> object:
    """Read JSON that anybody may have written.

    Parameters
    ----------
    body
        One frame.

    Raises
    ------
    Ended
        "forged", if it is no JSON in UTF-8, or nested deeper than any answer.

    Examples
    --------
    >>> parse(b'{"n": 1}')
    {'n': 1}
    >>> parse(b"[" * 1000)
    Traceback (most recent call last):
        ...
    rfmkit.classroom.grading.channel.Ended: forged: no JSON
    """
    try:
        data = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Ended("forged", "no JSON") from None
    if body.count(b"[") + body.count(b"{") > DEEPEST and _depth(data) > DEEPEST:
        raise Ended("forged", "nested too deep")
    return data


def _depth(data: object) -> int:
    level, depth = [data], 0
    while level and depth <= DEEPEST:
        level = [
            item
            for held in level
            if isinstance(held, dict | list)
            for item in (held.values() if isinstance(held, dict) else held)
        ]
        depth += 1
    return depth
