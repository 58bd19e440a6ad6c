"""The named ADaM derivations, plain pandas functions; importing this room registers them.

A new derivation is a new function or a new file here; nothing else lists it.
"""

import pkgutil
from importlib import import_module

from cdisc_hai.derive.impute import Imputer
from cdisc_hai.derive.lowest import lowest_records
from cdisc_hai.derive.result import Derived, Doubt, Records

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["Derived", "Doubt", "Imputer", "Records", "lowest_records"]
