"""Readers of exports: every row knows its ``file:row``, and every row is accounted for."""

from cdisc_hai.raw.accounting import Accounting
from cdisc_hai.raw.export import RawExport, read_cutoff, read_export

__all__ = ["Accounting", "RawExport", "read_cutoff", "read_export"]
