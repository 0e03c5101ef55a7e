"""Lay out the pages of one language for Sphinx, with links that hold on the site."""

import json
import re
import shutil
from pathlib import Path

from one_heading import one_heading

import rfmkit

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "instructor",
    "glossary",
    "gallery",
    "contents",
    "objectives",
    "mistakes",
    "errata",
    "reading",
    "scale",
    "site",
    "fronts",
)
WORDS = {
    "zh-TW": {
        "title": "客戶分級：從帳冊到策略",
        "about": (
            "公司有 320 位客戶、三位業務員、一週 60 個工時。"
            "誰該優先照顧？誰值得挽留？誰可以先放著？"
            "\n\n這裡是整套教材的網頁版：十章課文（附執行結果）、練習題、圖集、詞彙表、教師手冊，"
            "以及套件的函式說明。網頁只供閱讀；要動手執行，請照安裝說明在自己的電腦開啟。"
        ),
        "lessons": "課文",
        "exercises": "練習",
        "look_up": "查閱",
        "teach": "授課",
        "api": "函式說明",
        "data": "資料說明",
        "practice": "練習用的資料",
        "api_about": "函式說明以英文撰寫，與程式裡 `help(函式)` 看到的相同。",
    },
    "en": {
        "title": "Customer tiering: from a ledger to a strategy",
        "about": (
            "A firm has 320 customers, three salespeople and sixty hours a week. Whom should it "
            "look after first, whom win back, and whom may it leave alone?\n\n"
            "This is the whole kit as a web site: ten lessons with their results, the exercises, "
            "the gallery, the glossary, the instructor’s guide and the reference of the package. "
            "It is for reading; to run the code, open the kit on your own machine."
        ),
        "lessons": "Lessons",
        "exercises": "Exercises",
        "look_up": "Look things up",
        "teach": "Teach",
        "api": "Reference",
        "data": "The books",
        "practice": "The books for practice",
        "api_about": "What `help(function)` shows, on one page for each part of the package.",
    },
}
# The page of the reference that each module's functions stand on.
PARTS = {
    "ledger": ("data_files", "cases", "transactions", "schema", "validation"),
    "rfm": ("rfm", "segments", "clusters", "engines"),
    "abc": ("abc_tiers",),
    "value": ("value",),
    "clv": ("clv", "clv_cs"),
    "relationship": ("relationship", "campaign"),
    "uncertainty": ("uncertainty", "lift", "stability"),
    "strategies": ("strategies", "names", "labels", "tables"),
    "pictures": ("plots", "explore"),
    "report": ("report",),
}
PART_NAMES = {
    "ledger": ("帳冊與資料", "Ledgers and books"),
    "rfm": ("RFM", "RFM"),
    "abc": ("ABC 分類", "ABC"),
    "value": ("客戶價值金字塔", "The value pyramid"),
    "clv": ("CLV 與 CLV-CS", "CLV and CLV-CS"),
    "relationship": ("關係與管理", "Relationship and management"),
    "uncertainty": ("不確定性與驗證", "Uncertainty and holdout"),
    "strategies": ("名稱、策略與表格", "Names, strategies and tables"),
    "pictures": ("圖與滑桿", "Pictures and sliders"),
    "report": ("報表", "The report"),
    "other": ("其他", "Other"),
    "classroom": ("作答與檢查", "Answers and checks"),
}
CLASSROOM = ("ask", "check", "hint", "progress", "reset")


def stage(folder: Path, lang: str) -> None:
    """Write every page of a language into a folder."""
    words = WORDS[lang]
    lessons = _notebooks(folder, lang, "notebooks", "lessons")
    exercises = _notebooks(folder, lang, "exercises", "exercises")
    for page in PAGES:
        text = (ROOT / "docs" / f"{page}.{lang}.md").read_text(encoding="utf-8")
        _write(folder / f"{page}.md", _relink(text, lang, deep=False))
    for name, source in (("data", "data/README.md"), ("practice", "data/practice/README.md")):
        _write(
            folder / f"{name}.md",
            _relink((ROOT / source).read_text(encoding="utf-8"), lang, deep=False),
        )
    (folder / "img" / "gallery").mkdir(parents=True)
    for picture in (ROOT / "docs/img").rglob(f"*.{lang}.png"):
        shutil.copyfile(picture, folder / picture.relative_to(ROOT / "docs"))
    parts = _reference(folder / "api", lang)
    # Both pages of the books are headed alike.
    books = [f"{words[page]} <{page}>" for page in ("data", "practice")]
    trees = (
        ("lessons", [f"lessons/{stem}" for stem in lessons]),
        ("exercises", [f"exercises/{stem}" for stem in exercises]),
        (
            "look_up",
            ["contents", "glossary", "gallery", *books, "errata", "reading", "scale", "fronts"],
        ),
        ("teach", ["instructor", "objectives", "mistakes", "site"]),
        ("api", ["api/index"]),
    )
    index = [f"# {words['title']}", "", words["about"], ""]
    for key, pages in trees:
        index += ["```{toctree}", ":maxdepth: 1", f":caption: {words[key]}", "", *pages, "```", ""]
    _write(folder / "index.md", "\n".join(index))
    tree = ["```{toctree}", ":maxdepth: 2", "", *parts, "```"]
    head = [f"# {words['api']}", "", words["api_about"], ""]
    _write(folder / "api" / "index.md", "\n".join([*head, *tree, ""]))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _notebooks(folder: Path, lang: str, part: str, place: str) -> list[str]:
    stems = []
    for path in sorted((ROOT / part / lang).glob("[0-9][0-9]_*.ipynb")):
        nb = json.loads(path.read_text(encoding="utf-8"))
        for cell in nb["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = _relink("".join(cell["source"]), lang, deep=True)
            else:
                _describe(cell)
        _write(folder / place / path.name, json.dumps(nb, ensure_ascii=False))
        stems.append(path.stem)
    return stems


def _describe(cell: dict) -> None:
    """Write the picture's alt text where myst-nb reads it, into the cell; correct tables."""
    for output in cell["outputs"]:
        if table := "".join(output.get("data", {}).get("text/html", "")):
            output["data"]["text/html"] = one_heading(table)
        if alt := output.get("metadata", {}).get("image/png", {}).get("alt"):
            cell["metadata"]["mystnb"] = {"image": {"alt": alt}}


def _relink(text: str, lang: str, *, deep: bool) -> str:
    """Turn the links of the repository into those of the site; what is not on it loses its link."""
    up = "../" if deep else ""

    def link(found: re.Match[str]) -> str:
        words, target = found[1], found[2]
        path, _, anchor = target.partition("#")
        anchor = f"#{anchor}" if anchor else ""
        if target.startswith(("http:", "https:", "#", "img/")):
            return found[0]
        if same := re.fullmatch(r"(\d\d_\w+)\.ipynb", path):
            return f"[{words}]({same[1]}.ipynb{anchor})"
        if one := re.fullmatch(rf"(?:\.\./)+(notebooks|exercises)/{lang}/(\d\d_\w+)\.ipynb", path):
            place = "lessons" if one[1] == "notebooks" else "exercises"
            return f"[{words}]({up}{place}/{one[2]}.ipynb{anchor})"
        page = re.fullmatch(rf"(?:\.\./)*(?:docs/)?(\w+)\.{lang}\.md", path)
        if page and page[1] in PAGES:
            return f"[{words}]({up}{page[1]}.md{anchor})"
        if path.endswith("data/README.md"):
            return f"[{words}]({up}data.md{anchor})"
        if path.endswith("practice/README.md"):
            return f"[{words}]({up}practice.md{anchor})"
        return words

    # The line that leads to the other language is the site's own switch.
    other = "en" if lang == "zh-TW" else "zh-TW"
    switch = rf"^\[[^\]]*\]\((?:\.\./{other}/\w+\.ipynb|\w+\.{other}\.md)\)\n\n?"
    text = re.sub(switch, "", text, count=1, flags=re.MULTILINE)
    return re.sub(r"(?<!!)\[([^\]\n]*(?:\n[^\]\n]+)?)\]\(([^)\s]+)\)", link, text)


def _reference(folder: Path, lang: str) -> list[str]:
    place_of = {module: part for part, modules in PARTS.items() for module in modules}
    pages: dict[str, list[str]] = {part: [] for part in PART_NAMES}
    for name in rfmkit.__all__:
        if name == "__version__":
            continue
        module = rfmkit._module_of[name].split(".")[0]
        thing = getattr(rfmkit, name)
        kind = "function" if callable(thing) else "data"
        if isinstance(thing, type):
            kind = "exception" if issubclass(thing, BaseException) else "class"
        entry = f".. auto{kind}:: rfmkit.{name}"
        if kind == "data":  # a tuple's own docstring is that of all tuples
            value = repr(thing) if len(repr(thing)) < 200 else f"{repr(thing)[:200]} …"
            entry = f".. py:data:: rfmkit.{name}\n\n   ::\n\n      {value}"
        pages[place_of.get(module, "other")].append(entry)
    pages["classroom"] = [f".. autofunction:: rfmkit.classroom.{name}" for name in CLASSROOM]
    for part, entries in pages.items():
        if entries:
            title = PART_NAMES[part][0 if lang == "zh-TW" else 1]
            line = "=" * (2 * len(title))
            _write(folder / f"{part}.rst", "\n\n".join([f"{title}\n{line}", *entries]) + "\n")
    return [part for part, entries in pages.items() if entries]
