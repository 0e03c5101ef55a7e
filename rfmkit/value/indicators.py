"""List the indicators of customer value by family (the value-pyramid chapter)."""

from collections.abc import Mapping
from types import MappingProxyType

# The four families and, as the kit reads them, which way is better: "more", "less", "either"
# (the firm must say: many suggestions can be trust or trouble), "words" (a category:
# to be counted, or turned into points by the firm).
INDICATORS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "transaction": MappingProxyType(
            {
                "order_count": "more",
                "order_amount": "more",
                "profit": "more",
                "gross_margin": "more",
                "mean_order": "more",
                "largest_order": "more",
                "return_amount": "less",
                "return_count": "less",
                "tenure_days": "more",
                "mean_cycle_days": "less",
                "forecast_amount": "more",
            }
        ),
        "finance": MappingProxyType(
            {
                "largest_receipt": "more",
                "mean_receipt": "more",
                "mean_days_to_pay": "less",
                "mean_overdue_amount": "less",
                "overdue_rate": "less",
            }
        ),
        "contact": MappingProxyType(
            {
                "task_count": "either",
                "process_count": "either",
                "compliment_count": "more",
                "compliment_rate": "more",
                "complaint_count": "less",
                "complaint_rate": "less",
                "suggestion_count": "either",
                "suggestion_rate": "either",
            }
        ),
        "profile": MappingProxyType(
            {
                "company_size": "more",
                "registered_capital": "more",
                "annual_sales": "more",
                "region": "words",
                "industry": "words",
                "listed": "words",
            }
        ),
    }
)
