"""Runs the specs of the ADaM datasets over a folder of SDTM."""

from cdisc_hai.adam.run import AdamResult, run_adam
from cdisc_hai.adam.tables import SdtmTables, cutoff_of, sdtm_tables

__all__ = ["AdamResult", "SdtmTables", "cutoff_of", "run_adam", "sdtm_tables"]
