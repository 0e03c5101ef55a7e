"""What a cell's code does with names, told without running it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfmgrade.marking.notebook import code_facts, parse_code


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("a = b = 1", "a b"),
        ("a, (b, *c) = x", "a b c"),
        ("a: int = 1", "a"),
        ("a += 1", "a"),
        ("for a in b: c = 1", "a c"),
        ("with f() as a: pass", "a"),
        ("if x:\n    a = 1\nelse:\n    b = 2", "a b"),
        ("def a():\n    b = 1", "a"),
        ("class A:\n    b = 1", "A"),
        ("import a.b, c as d\nfrom e import f", "a d f"),
        ("print(a := 3)", "a"),
        ("x = [b for b in c]", "x"),
        ("f = lambda b: (c := b)", "f"),
        ("a[0] = 1\nb.c = 2", ""),
        ("%time a = 1", ""),
        ("a = !ls\nb = %pwd", "a b"),
        ("%%time\na = 1", "a"),
        ("a = 1\n!pip install x\nrfm?\n??rfm", "a"),
        ("a = = 1", ""),
        ("a = 'x' % 3", "a"),
        ("try:\n    a = 1\nexcept E as e:\n    b = 2", "a b"),
    ],
)
def test_names_that_a_cell_binds(code, names):
    assert sorted(code_facts(code).assigns) == sorted(names.split())


def test_checks_are_seen():
    assert code_facts("check('6.1', x); rk.check(\"6.2\", y)").checks == ("6.1", "6.2")
    assert code_facts("check('6.1', x)\ncheck('6.2', y)").only_checks
    assert not code_facts("x = 1\ncheck('6.1', x)").only_checks
    assert code_facts("check(number, x)").checks == ()


def test_shapes_forget_comments_spaces_and_docstrings_and_keep_names():
    one = code_facts('def f(x):\n    """Say."""\n    return x+1  # more')
    other = code_facts("def f( x ):\n\n    return (x + 1)")
    assert one.shape == other.shape != code_facts("def g(x):\n    return x + 1").shape


def test_code_that_is_no_python_has_no_facts():
    assert code_facts("%%bash\nfor x in *; do echo; done").assigns == ()
    assert parse_code("x" * 300_000) is None
    assert parse_code("\0") is None


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab=:()[]{}%!?\n \t'\"#,.\\0lambdiforn\x00客", max_size=60))
def test_any_text_is_looked_at(code):
    code_facts(code)


@pytest.mark.parametrize(
    "line", ["{} x (", "x{}= (", "{}!ls (", "a,{}b (", "%{}(", "w{}? (", "{}", "=" * 3 + "{} ("]
)
def test_lines_without_sense_take_time_that_grows_with_their_length_only(line):
    def seconds(count):
        code = line.format(" " * count) + "\nif"
        begun = time.process_time()
        assert parse_code(code) is None
        return time.process_time() - begun

    seconds(1000)
    assert min(seconds(150_000) for _ in range(2)) < 0.5  # squared, it would be minutes
