"""Short questions of the mixed quizzes: what should still be known some chapters later."""

from rfmkit.classroom.question_kinds import choice

# Number, the right letter, and the mistake behind each other letter.
_chosen = (
    ("1.q", "b", {"too_many_customers": "a", "value_alike": "c", "all_the_same": "d"}),
    ("1.r", "b", {"raw_units": "a", "ranks_only": "c", "largest_first": "d"}),
    ("1.s", "a", {"orders_per_customer": "b", "newcomers": "c", "share_of_money": "d"}),
    ("2.q", "b", {"own_share_counts": "a", "split_in_two": "c", "by_row": "d"}),
    ("2.r", "a", {"of_profit": "b", "of_orders": "c", "always_fixed": "d"}),
    ("2.s", "c", {"added_wrongly": "a", "counted_twice": "b", "no_losses": "d"}),
    ("3.q", "b", {"sixty_is_ordinary": "a", "sixty_is_vip": "c", "nobody_knows": "d"}),
    ("3.r", "a", {"both_grow": "b", "both_stay": "c", "turned_round": "d"}),
    ("3.s", "b", {"no_term": "a", "no_factor": "c", "factor_twice": "d"}),
    ("4.q", "c", {"promoters_only": "a", "passives_count": "b", "out_of_answers": "d"}),
    ("4.r", "b", {"as_much_as_r": "a", "nothing_changes": "c", "doubles": "d"}),
    ("5.q", "b", {"many_days": "a", "often": "c", "is_new": "d"}),
    ("5.r", "c", {"by_row_order": "a", "no_scores": "b", "thrown_out": "d"}),
    ("6.q", "b", {"lines_counted": "a", "return_counted": "c", "return_undoes": "d"}),
    ("7.q", "c", {"letter_at_once": "a", "visits_cut": "b", "never_looks": "d"}),
    ("7.r", "c", {"one_each": "a", "c_forgotten": "b", "added_first": "d"}),
    ("8.q", "c", {"all_shared": "a", "a_fifth_of_all": "b", "none_shared": "d"}),
    ("8.r", "d", {"looks_back_at_profit": "a", "slow_to_change": "b", "no_dates_in_it": "c"}),
)
QUESTIONS = [
    choice(
        number,
        f"recall_{number.replace('.', '_')}",
        "abcd",
        right=right,
        mistakes=mistakes,
        books="lesson",
    )
    for number, right, mistakes in _chosen
]
