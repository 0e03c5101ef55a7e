"""Write the course as a web site to read: `make docs-site`.

Into dist/docs, with no network: zh-TW/ and en/ hold the lessons as they were run, the exercises,
the gallery, the glossary, the instructor's guide, the reference and a search that knows Chinese;
each page leads to its twin. Needs the extra `docs`. (make site runs the lessons in a browser.)
"""

import argparse
import shutil
import sys
import tempfile
import warnings
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from course_site.stage import WORDS, stage  # noqa: E402

import rfmkit  # noqa: E402

ROOT = HERE.parent
EDITIONS = {"zh-TW": ("zh_TW", "正體中文"), "en": ("en", "English")}
# A Chinese font draws English apostrophes as wide as a character, so it comes last in English.
LATIN, HAN = (
    '"Segoe UI", "Noto Sans", "DejaVu Sans"',
    ('"Noto Sans TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei"'),
)
FONTS = {"zh-TW": f"{HAN}, {LATIN}, sans-serif", "en": f"system-ui, {LATIN}, {HAN}, sans-serif"}


def settings(lang: str) -> dict[str, object]:
    """Return Sphinx's settings for one language."""
    other = next(name for name in EDITIONS if name != lang)
    parts = ("brand", "search", "scroll-start", "navigation", "scroll-end")
    sidebar = [f"sidebar/{part}.html" for part in parts]
    return {
        "project": "rfmkit",
        "author": "The rfmkit authors",
        "copyright": "The rfmkit authors, CC BY 4.0",
        "version": rfmkit.__version__,
        "release": rfmkit.__version__,
        "language": EDITIONS[lang][0],
        "extensions": [
            "myst_nb",
            "sphinx.ext.autodoc",
            "sphinx.ext.napoleon",
            "course_site.chinese_search",
        ],
        "nb_execution_mode": "off",
        "myst_heading_anchors": 4,
        # Lessons hold Python and tables of other programs; guessing a lexer is no business of ours.
        "highlight_language": "python3",
        "suppress_warnings": ["misc.highlighting_failure"],
        "autodoc_typehints": "none",
        "autodoc_member_order": "bysource",
        "napoleon_google_docstring": False,
        "templates_path": [str(HERE / "course_site" / "templates")],
        "html_static_path": [str(HERE / "course_site" / "static")],
        "html_css_files": ["course.css"],
        "html_theme": "furo",
        "html_title": WORDS[lang]["title"],
        "html_show_sphinx": False,
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_theme_options": {
            "light_css_variables": {"font-stack": FONTS[lang]},
            "dark_css_variables": {"font-stack": FONTS[lang]},
        },
        "html_sidebars": {"**": [sidebar[0], "language.html", *sidebar[1:]]},
        "html_context": {
            "own_name": EDITIONS[lang][1],
            "other_lang": other,
            "other_name": EDITIONS[other][1],
        },
    }


def build(lang: str, output: Path, work: Path) -> None:
    """Build one language; a warning is an error."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    source = work / lang / "source"
    stage(source, lang)
    made = work / lang / "html"
    with patch_docutils(None), docutils_namespace(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app = Sphinx(
            source,
            None,
            made,
            work / lang / "doctrees",
            "html",
            confoverrides=settings(lang),
            status=None,
            warningiserror=True,
            exception_on_warning=False,
            freshenv=True,
        )
        app.build()
        if app.statuscode:
            raise RuntimeError(f"Sphinx has warnings for {lang}; see above.")
    shutil.rmtree(output / lang, ignore_errors=True)
    left = shutil.ignore_patterns(".buildinfo", "objects.inv", "*.doctree", ".doctrees")
    shutil.copytree(made, output / lang, ignore=left)


FRONT = """<!doctype html>
<html lang="zh-TW">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>rfmkit</title>
<style>body{font:1.2rem/1.8 sans-serif;max-width:36em;margin:4em auto;padding:0 1em}
a{color:#0269b3;display:block;padding:.5em 0}</style>
<h1>rfmkit</h1>
LINKS
</html>
"""


def main(argv: list[str] | None = None) -> int:
    """Build both languages, or one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / "docs")
    parser.add_argument("--lang", choices=tuple(EDITIONS), help="one language (both)")
    args = parser.parse_args(argv)
    output = args.output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        langs = tuple(EDITIONS) if args.lang is None else (args.lang,)
        # Each language in a Python of its own: Sphinx keeps much in its modules.
        with ProcessPoolExecutor(len(langs), mp_context=get_context("spawn")) as builders:
            built = [builders.submit(build, lang, output, Path(work)) for lang in langs]
            for one in built:
                one.result()
    links = [
        f'<p><a href="{lang}/index.html" lang="{lang}">{name}: {WORDS[lang]["title"]}</a></p>'
        for lang, (_, name) in EDITIONS.items()
    ]
    (output / "index.html").write_text(FRONT.replace("LINKS", "\n".join(links)), encoding="utf-8")
    print(f"{output}: {sum(1 for _ in output.rglob('*.html'))} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
