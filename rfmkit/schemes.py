"""List every scheme of tiers and its codes: one word in two schemes never shares a code."""

from rfmkit.schema import CLASSES


def _codes(prefix: str, tiers: str) -> tuple[str, ...]:
    return tuple(f"{prefix}:{tier}" for tier in tiers.split())


# Scheme -> its tiers, best first wherever the scheme has a best.
SCHEMES: dict[str, tuple[str, ...]] = {
    "rfm8": CLASSES,
    "abc3": _codes("abc3", "a b c"),
    "pareto2": _codes("pareto2", "key other"),
    "abc4": _codes("abc4", "premium important ordinary small"),
    "pyramid4": _codes("pyramid4", "platinum gold iron lead"),
    "value4": _codes("value4", "mvc mgc lvc below_zero"),
    "value3": _codes("value3", "vip important ordinary"),
    "clv_cs": _codes("clv_cs", "retain strengthen rescue nurture standard low_cost"),
    "clv_cs_3x2": _codes(
        "clv_cs_3x2", "high_high high_low middle_high middle_low low_high low_low"
    ),
    "credit7": _codes("credit", "aaa aa a bbb bb b avoid"),
    "credit_sheet4": _codes("sheet", "a b c d"),
    "loyalty_size": _codes("loyalty_size", "cash_cow warm_up tomorrow low_potential"),
    "loyalty_credit": _codes("loyalty_credit", "trusted costly cautious avoid"),
    "wallet": _codes("wallet", "keep keep_or_win develop win_or_let_go"),
    "size_loyalty_credit": _codes("slc", "111 110 101 100 011 010 001 000"),
    "lifecycle": _codes("lifecycle", "build grow hold decline"),
    "prospects": _codes("prospect", "a b c d"),
    "reaction": _codes("reaction", "yield care adapt cold"),
    "growth": _codes("growth", "penetrate up_sell extend cross_sell"),
    "relation": _codes("relation", "consumer intermediate public internal"),
    "size_by_value": _codes("size_by_value", "vip main ordinary small"),
    "product_role": _codes("product_role", "retail business agent internal"),
    "buying_unit": _codes("dmu", "user influencer decider approver buyer gatekeeper"),
    "size_by_spend": _codes("size_by_spend", "vip large medium small"),
}
SCHEME_OF = {code: scheme for scheme, codes in SCHEMES.items() for code in codes}
