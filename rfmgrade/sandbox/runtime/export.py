"""Hand an answer out as plain data."""

from rfmgrade.sandbox.runtime import plain
from rfmgrade.sandbox.runtime.shell import OutOfTime, clock, error_text
from rfmkit.classroom.answer_types.base import InvalidAnswer
from rfmkit.classroom.answer_types.drawings import read_drawing
from rfmkit.classroom.answer_types.unattempted import is_unattempted


def take(namespace: dict, variable: str, want: dict, seconds: float) -> dict:
    """Encode the value of a variable, as the question's answer type needs it.

    `want` is {"kind": "value"}, {"kind": "text"}, {"kind": "figure", "figure": "bar"} or
    {"kind": "function", "calls": [[encoded argument, ...], ...]}.
    """
    try:
        with clock(seconds):
            value = namespace.get(variable)
            if is_unattempted(value):
                return {"there": False}
            if want["kind"] == "function":
                return {"there": True, **_called(value, want["calls"])}
            if want["kind"] == "figure":
                return {"there": True, "answer": _drawn(value, want["figure"])}
            return {"there": True, "answer": plain.encode(value)}
    except OutOfTime:
        return {"there": True, "answer": {"object": "TimeoutError"}}
    except BaseException as error:  # a student's object may do anything when touched
        return {"there": True, "answer": {"object": type(error).__name__[:60]}}


def _drawn(value: object, figure: str) -> object:
    try:
        drawn = read_drawing(value, figure)
    except InvalidAnswer as invalid:
        return {"invalid": [invalid.key, int(invalid.values.get("count", 0))]}
    return plain.encode(value) if drawn is None else plain.encode_drawing(drawn)


def _called(function: object, calls: list) -> dict:
    if not callable(function):
        return {"not_callable": str(type.__dict__["__name__"].__get__(type(function)))[:60]}
    results = []
    try:
        for call in calls:
            results.append(_result(function, call))
    except OutOfTime:
        late = {"raised": "TimeoutError: the function took too long"}
        results += [late] * (len(calls) - len(results))
    return {"results": results}


def _result(function: object, call: list) -> dict:
    arguments = [plain.decode(one) for one in call]
    try:
        value = function(*arguments)
    except OutOfTime:
        raise
    except BaseException as error:
        return {"raised": error_text(error)}
    return {"none": True} if value is None else {"value": plain.encode(value)}
