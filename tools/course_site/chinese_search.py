"""Index Chinese words for Sphinx's search, without a dictionary.

Sphinx cuts Chinese into words by a dictionary made for simplified script, and the browser looks for
the whole query: 客戶分級 is not found where the cutter saw 客戶 and 分級. Here both sides cut every
run of Chinese into overlapping pairs, and the browser asks for all of them.
"""

import re
from typing import ClassVar

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage

HAN = "\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff"
_runs = re.compile(rf"[{HAN}]+|[^\W{HAN}]+")
_han = re.compile(rf"[{HAN}]")
SPLITTER = """
function splitQuery(query) {
  const terms = [];
  for (const run of query.match(/[HAN]+|(?:(?![HAN])[\\p{L}\\p{N}_])+/gu) || []) {
    if (!/[HAN]/u.test(run) || run.length === 1) terms.push(run);
    else for (let at = 0; at + 1 < run.length; at++) terms.push(run.slice(at, at + 2));
  }
  return terms;
}
""".replace("HAN", HAN.encode("unicode-escape").decode("ascii"))


class ChinesePairs(SearchLanguage):
    """Index every Chinese character and every pair of neighbours; other words as they are."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = SPLITTER
    stopwords: ClassVar[set[str]] = set()

    def split(self, input: str) -> list[str]:
        """Cut a text into what can be searched for.

        Examples
        --------
        >>> ChinesePairs({}).split("客戶分級 RFM")
        ['客', '戶', '分', '級', '客戶', '戶分', '分級', 'RFM']
        """
        terms: list[str] = []
        for run in _runs.findall(input):
            if _han.match(run):
                terms += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
            else:
                terms.append(run)
        return terms

    def word_filter(self, word: str) -> bool:
        """Keep every Chinese term, and other words of two letters or more."""
        return bool(_han.match(word)) or len(word) > 1

    def stem(self, word: str) -> str:
        """Return a word as it is, in small letters."""
        return word.lower()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register this module as Sphinx's Chinese search."""
    app.add_search_language(ChinesePairs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
