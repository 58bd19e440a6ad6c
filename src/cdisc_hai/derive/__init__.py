"""The named ADaM derivations, plain pandas functions; importing this room registers them."""

from cdisc_hai.derive import columns, dates, records, responses, time_to_event
from cdisc_hai.derive.impute import Imputer
from cdisc_hai.derive.lowest import lowest_records
from cdisc_hai.derive.result import Derived, Doubt

__all__ = [
    "Derived",
    "Doubt",
    "Imputer",
    "columns",
    "dates",
    "lowest_records",
    "records",
    "responses",
    "time_to_event",
]
