"""Name the firm's books, in a checkout and in a wheel; needs the standard library only.

hatch_build.py runs this file by itself, and `rfmkit doctor` where no library can be imported.
"""

LEDGER = "交易記錄.xlsx"
CUSTOMERS = "客戶年報.csv"
YEAR_LEDGER = "年度交易.csv"
PAYMENTS = "付款記錄.csv"
CONTACTS = "聯絡記錄.csv"
SURVEY = "滿意度調查.csv"
# Pages of docs/ that lessons lead to; a learner gets them with the lessons.
PAGES = ("cheatsheet_methods", "cheatsheet_verbs", "errata")
# A wheel may hold ASCII names only: with Chinese ones it fails to install under an ASCII locale.
PACKED_NAMES = {
    LEDGER: "ledger.xlsx",
    CUSTOMERS: "customers.csv",
    YEAR_LEDGER: "year_ledger.csv",
    PAYMENTS: "payments.csv",
    CONTACTS: "contacts.csv",
    SURVEY: "survey.csv",
}
