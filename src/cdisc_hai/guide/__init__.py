"""What the published guides say of datasets and variables: names, labels, types, roles, cores.

Facts only, in the CSV files beside; ``tools/make_guide.py`` writes them.
"""

from cdisc_hai.guide.adam import AdamGuide, adam_guide
from cdisc_hai.guide.facts import GuideDataset, GuideVariable, same_class
from cdisc_hai.guide.sdtm import SdtmGuide, sdtm_guide

__all__ = [
    "AdamGuide",
    "GuideDataset",
    "GuideVariable",
    "SdtmGuide",
    "adam_guide",
    "same_class",
    "sdtm_guide",
]
