"""The build order, derived from what the specs read."""

from cdisc_hai.order.plan import adam_needs, adam_order, forms_read, row_order, sdtm_order

__all__ = ["adam_needs", "adam_order", "forms_read", "row_order", "sdtm_order"]
