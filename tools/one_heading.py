"""Mend the heading of a table that pandas wrote, for pages that are read and not run."""

import re


def one_heading(table: str) -> str:
    """Move the index's name, to which pandas gives a row of its own, into the row above."""
    head = re.search(r"<thead>(.*?)</thead>", table, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", head[1], re.DOTALL) if head else []
    if len(rows) != 2:
        return table
    first, *others = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", rows[1], re.DOTALL)
    above = re.search(r"(<t[hd][^>]*>)(.*?)(</t[hd]>)", rows[0], re.DOTALL)
    if any(cell not in ("", "&nbsp;") for cell in (above[2], *others)):
        return table
    opening = above[1] if "index_name" not in rows[1] else above[1].replace("blank", "index_name")
    opening = re.sub("^<td", "<th", opening)
    merged = rows[0].replace(above[0], f"{opening}{first}</th>", 1)
    return table.replace(head[1], merged)
