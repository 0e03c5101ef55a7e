"""Send and receive frames over a pipe or a socket: four bytes of length, then the body."""

from os import read, write  # by name: a student's code may put something else into `os`


def send(file: int, *bodies: bytes) -> None:
    """Write frames, all of them."""
    for body in bodies:
        rest = memoryview(len(body).to_bytes(4, "big") + body)
        while rest:
            rest = rest[write(file, rest) :]


def receive(file: int, most: int) -> bytes | None:
    """Read one frame; None where the other side has gone.

    Examples
    --------
    >>> import os
    >>> source, sink = os.pipe()
    >>> send(sink, b"one", b"two")
    >>> receive(source, 10), receive(source, 10)
    (b'one', b'two')
    >>> os.close(sink), receive(source, 10), os.close(source)
    (None, None, None)
    """
    head = _exactly(file, 4)
    if head is None:
        return None
    length = int.from_bytes(head, "big")
    if length > most:
        raise OverflowError(f"a frame of {length:,} bytes")
    return _exactly(file, length)


def _exactly(file: int, length: int) -> bytes | None:
    parts = []
    while length:
        part = read(file, min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
