"""Check whether a student has answered at all; the sandbox gets a copy of this file."""


def is_unattempted(answer: object) -> bool:
    """Return whether an answer is still the `...` of the exercise, or nothing.

    Parameters
    ----------
    answer
        Anything. Only plain lists, tuples and dicts are looked into, never an object of a class
        that the student wrote.

    Examples
    --------
    >>> is_unattempted(...), is_unattempted({"A": 1, "B": ...}), is_unattempted([])
    (True, True, False)
    """
    if answer is None or answer is ...:
        return True
    if type(answer) in (list, tuple, dict) and 0 < len(answer) <= 100:
        items = answer.values() if type(answer) is dict else answer
        return any(item is ... for item in items)
    return False
