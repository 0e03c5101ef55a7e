"""Say how a feedback page looks: calm, readable in grey and on paper."""

# The look of a status and its sign; the words beside it say the same. Each ink on its paper has a
# contrast of at least 4.5 to 1, which tests/grading/test_feedback.py computes.
SIGNS = {
    "right": ("good", "✓"),
    "follow_through": ("good", "✓"),
    "decided": ("good", "✎"),
    "open_done": ("good", "✎"),
    "held": ("wait", "…"),
    "person": ("wait", "…"),
    "open": ("wait", "✎"),
    "known_mistake": ("not", "!"),
    "wrong": ("not", "!"),
    "missing": ("none", "–"),
    "failed": ("none", "–"),
}
INKS = {"good": "#1E5C2E", "wait": "#1B4F86", "not": "#7A4A00", "none": "#4A5360"}
PAPERS = {"good": "#E7F3E9", "wait": "#E6EFF9", "not": "#FBF0DC", "none": "#EDEFF2"}
INK, MUTED, PAPER = "#1F2A37", "#566070", "#FFFFFF"

_looks = "".join(
    f"article.{look} {{ border-left-color: {INKS[look]}; }}\n"
    f"article.{look} .badge {{ color: {INKS[look]}; background: {PAPERS[look]}; }}\n"
    for look in INKS
)
STYLE = f"""\
body {{ margin: 0; color: {INK}; background: {PAPER}; line-height: 1.65;
  font-family: "Microsoft JhengHei", "PingFang TC", "Noto Sans CJK TC", "Segoe UI", sans-serif; }}
main {{ max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }}
h1 {{ font-size: 1.6rem; margin: 0; }}
h2 {{ font-size: 1.25rem; margin: 2rem 0 .25rem; }}
h3 {{ font-size: 1.05rem; margin: 0; }}
h4 {{ font-size: .95rem; margin: .75rem 0 .25rem; }}
p {{ margin: .35rem 0; overflow-wrap: anywhere; }}
.who, .facts, footer {{ color: {MUTED}; }}
.facts {{ font-size: .9rem; }}
.total {{ font-size: 1.2rem; font-weight: bold; }}
.total span {{ font-size: .95rem; font-weight: normal; color: {MUTED}; }}
article {{ border-left: .3rem solid; margin: 1rem 0; padding: .1rem 0 .1rem 1rem;
  break-inside: avoid; }}
.badge {{ border-radius: .3rem; padding: .1rem .5rem; font-weight: bold; }}
.points {{ color: {MUTED}; white-space: nowrap; margin-left: .35rem; }}
blockquote {{ margin: .25rem 0; padding: .5rem .75rem; background: #F4F6F8; white-space: pre-wrap;
  overflow-wrap: anywhere; }}
ul {{ margin: .25rem 0; padding-left: 1.25rem; }}
code {{ font-family: Consolas, Menlo, monospace; background: #F4F6F8; padding: 0 .2rem;
  overflow-wrap: anywhere; }}
footer {{ margin-top: 2.5rem; border-top: 1px solid #D5DCE4; padding-top: .75rem; }}
{_looks}@media print {{
  main {{ max-width: none; padding: 0; }}
  .badge {{ border: 1px solid; }}
}}
"""
