"""Know the columns of a roster by their headers, in English and Chinese, of three exports."""

import re
import unicodedata

from rfmkit.classroom.grading.roster_table import Table
from rfmkit.labels import label, language
from rfmkit.schema import DataError

# Written without spaces, hyphens and underlines, in small letters. Of a role's names, the one that
# stands first counts where several occur: in an export of Canvas, "ID" is Canvas' own number.
_names = {
    "id": ("學號", "sisuserid", "studentid", "studentno", "studentnumber", "idnumber", "學生編號",
           "學生證號", "學生學號", "id", "student"),
    "name": ("姓名", "name", "fullname", "studentname", "student", "學生姓名", "全名", "名字"),
    "first": ("firstname", "givenname", "名"),
    "last": ("lastname", "surname", "familyname", "姓", "姓氏"),
    "email": ("email", "emailaddress", "mail", "電子郵件", "電子郵件地址", "電子信箱", "信箱"),
    "lang": ("lang", "language", "語言", "使用語言"),
    "section": ("section", "class", "group", "班級", "班別", "班", "組別"),
    "moodle_id": ("moodleid", "moodle", "moodle編號", "participantid"),
    "canvas_id": ("canvasid", "canvas", "canvas編號", "id"),
    "login": ("login", "loginid", "sisloginid", "username", "帳號", "使用者名稱"),
}  # fmt: skip


def columns_of(
    table: Table, file: str, lang: str | None
) -> tuple[dict[str, int], list[str], list[str]]:
    """Find out which column holds what.

    Parameters
    ----------
    table
        What `read_table` gave.
    file
        The roster's name, for messages.
    lang
        The language of the messages.

    Returns
    -------
    columns, mistakes, notes
        The place of each role that was found; what is wrong; what was not used.

    Raises
    ------
    DataError
        If no column holds the ids.

    Examples
    --------
    >>> head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    >>> columns_of(Table(head, [], []), "canvas.csv", "en")[0]
    {'id': 2, 'name': 0, 'section': 4, 'canvas_id': 1, 'login': 3}
    """
    heads = [_bare(head) for head in table.header]
    columns, mistakes = {}, []
    for role, names in _names.items():
        free = [name for name in names if name in heads and heads.index(name) not in
                columns.values()]  # fmt: skip
        if not free or (role == "canvas_id" and free[0] == "id" and "id" not in columns):
            continue
        columns[role] = heads.index(free[0])
        if heads.count(free[0]) > 1:
            mistakes.append(label("grading.roster.header_twice", lang,
                                  header=table.header[columns[role]]))  # fmt: skip
    if "id" not in columns:
        shown = ", ".join(head for head in table.header if head)[:200]
        raise DataError(label("grading.roster.no_id", lang, file=file, headers=shown))
    idle = [head for place, head in enumerate(table.header)
            if head.strip() and place not in columns.values()]  # fmt: skip
    between = "、" if language(lang) == "zh-TW" else ", "
    notes = [label("grading.roster.unused", lang, headers=between.join(idle))] if idle else []
    return columns, mistakes, notes


def _bare(head: str) -> str:
    return re.sub(r"[\s_\-:：]", "", unicodedata.normalize("NFKC", head)).casefold()
