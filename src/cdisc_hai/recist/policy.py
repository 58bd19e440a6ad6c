"""What RECIST 1.1 fixes (criteria), and what each protocol decides for itself (policy)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Criteria:
    """The figures of the criteria; sizes in 0.01 mm, changes in whole percent.

    The defaults are those of RECIST 1.1 (Eisenhauer et al. 2009, sections 3 and 4).
    """

    name: str = "RECIST 1.1"
    too_small: int = 500
    node_normal_below: int = 1000
    growth_percent: int = 20
    growth_absolute: int = 500
    shrinkage_percent: int = 30
    measurable_longest: int = 1000
    measurable_node: int = 1500
    measurable_xray: int = 2000
    thin_slice: int = 500
    thick_slice_factor: int = 2
    max_targets: int = 5
    max_per_organ: int = 2


RECIST_1_1 = Criteria()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the article leaves to the protocol; days are whole days.

    ``minimum_sd_days``: days from the start from which stable disease counts as such.
    ``confirmation_days``: least days from a response to its confirmation.
    ``max_ne_between``: how many NE may stand between the two.
    ``sd_between_pr``: whether SD (or non-CR/non-PD) may stand between a PR and its confirmation.
    ``lesser_after_cr``: what a PR, SD or non-CR/non-PD after a CR does to the confirmed best
    response: "cut" ends there what counts, "ignore" lets every assessment count as it is.
    ``missing_as_ne``: a non-target lesion without a row is not evaluable, not left out.
    ``reappearance_is_pd``: disease seen again after an overall CR is progression.
    """

    minimum_sd_days: int
    confirmation_days: int
    max_ne_between: int = 1
    sd_between_pr: bool = True
    lesser_after_cr: Literal["cut", "ignore"] = "cut"
    missing_as_ne: bool = True
    reappearance_is_pd: bool = True
