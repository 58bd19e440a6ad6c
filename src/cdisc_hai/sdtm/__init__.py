"""Runs the specs of the SDTM domains over a sifted export."""

from cdisc_hai.sdtm.run import SdtmResult, run_sdtm

__all__ = ["SdtmResult", "run_sdtm"]
