import doctest
import importlib
import inspect
import io
import pkgutil

import pytest

import authoring
import rfmgrade
import rfmkit

MODULES = sorted(
    name
    for package in (authoring, rfmgrade, rfmkit)
    for _, name, _ in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not name.endswith("__main__")
)


# These load their extra only when it is used.
EXTRAS = {
    "rfmkit.clusters": "sklearn",
    "rfmkit.clusters.numbers": "sklearn",
    "rfmkit.explore": "ipywidgets",
}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of(name):
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name])
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name.startswith(("authoring", "rfmgrade", "rfmkit")):
            raise
        pytest.skip(f"{error.name} comes with another extra")
    said = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for example in doctest.DocTestFinder().find(module):
        runner.run(example, out=said.write)
    assert runner.failures == 0, said.getvalue()


PUBLIC = [name for name in rfmkit.__all__ if name != "__version__"]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_function_shows_an_example(name):
    public = getattr(rfmkit, name)
    if callable(public):  # a constant has a comment where it stands
        assert inspect.getdoc(public)
    if inspect.isfunction(public):
        assert ">>>" in public.__doc__, f"{name} has no doctest"


def test_no_public_name_is_a_modules_too():
    # Importing rfmkit.x sets rfmkit.x to the module, in place of the function x.
    modules = {name.split(".")[1] for name in MODULES if name.startswith("rfmkit.")}
    assert modules & set(PUBLIC) == set()


def test_the_package_names_every_public_name_of_the_pictures_and_sliders():
    # The names stand in rfmkit/__init__.py too, so that a picture loads when first used.
    from rfmkit import explore, plots

    for module in (plots, explore):
        homes = {name for name in PUBLIC if rfmkit._module_of[name] == module.__name__[7:]}
        assert homes == set(module.__all__)
