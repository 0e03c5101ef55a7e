"""Tell whether a student has answered at all; the sandbox takes this file along."""


def is_blank(answer: object) -> bool:
    """Say whether an answer is still the `...` of the exercise, or nothing.

    Parameters
    ----------
    answer
        Anything. Only the three plain containers are looked into: what a student's own class
        holds is not touched.

    Examples
    --------
    >>> is_blank(...), is_blank({"A": 1, "B": ...}), is_blank([])
    (True, True, False)
    """
    if answer is None or answer is ...:
        return True
    if type(answer) in (list, tuple, dict) and 0 < len(answer) <= 100:
        held = answer.values() if type(answer) is dict else answer
        return any(item is ... for item in held)
    return False
