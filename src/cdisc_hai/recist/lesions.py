"""What is seen of the lesions: at baseline, and at each later visit of one subject.

Sizes are whole numbers of 0.01 mm (14.0 mm is 1400): the longest diameter of a lesion, the short
axis of a lymph node. Days are whole numbers on any one scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TargetState = Literal["measured", "too small", "absent", "not evaluable", "split", "merged"]
NonTargetState = Literal["present", "absent", "progressed", "not evaluable"]
Method = Literal["ct", "caliper", "x-ray"]


@dataclass(frozen=True)
class Lesion:
    """A lesion as it was chosen at baseline; ``slice`` is the CT's slice thickness, if known."""

    name: str
    organ: str = ""
    nodal: bool = False
    method: Method = "ct"
    slice: int | None = None


@dataclass(frozen=True)
class TargetValue:
    """A target lesion at one visit.

    ``size`` belongs to "measured". A lesion that fell apart is "split" and has ``fragments``; one
    that truly merged into another target is "merged", its ``host`` measured as the whole.
    """

    lesion: str
    state: TargetState
    size: int | None = None
    fragments: tuple[int, ...] = ()
    host: str = ""


@dataclass(frozen=True)
class NonTargetValue:
    """A non-target lesion at one visit; ``size``, where there is one, is a node's short axis."""

    lesion: str
    state: NonTargetState
    size: int | None = None


@dataclass(frozen=True)
class NewLesion:
    """A sighting of a new lesion; without ``day`` it has that of its visit."""

    lesion: str
    equivocal: bool = False
    day: int | None = None


@dataclass(frozen=True)
class Baseline:
    """The lesions chosen before treatment, and the target lesions' values then."""

    targets: tuple[Lesion, ...] = ()
    values: tuple[TargetValue, ...] = ()
    nontargets: tuple[Lesion, ...] = ()


@dataclass(frozen=True)
class Visit:
    """One tumour assessment after baseline; ``ref`` is the caller's own name for it.

    ``sum_day`` is the day of its target lesions, by which sums are before one another; without it
    the visit's.
    """

    day: int
    targets: tuple[TargetValue, ...] = ()
    nontargets: tuple[NonTargetValue, ...] = ()
    new: tuple[NewLesion, ...] = ()
    ref: int = -1
    sum_day: int | None = None


@dataclass(frozen=True)
class VisitResult:
    """The answers of one visit; sizes in 0.01 mm, None where there is none.

    ``sum`` is what could be measured, the whole only where ``complete``. ``nadir`` is the
    smallest complete sum of an earlier day, baseline included.
    """

    ref: int
    day: int
    sum: int | None
    complete: bool
    nadir: int | None
    baseline_sum: int | None
    target: str
    nontarget: str
    new: bool
    overall: str
    reason: str

    @property
    def decides_depth(self) -> bool:
        """Whether the sum is complete, or enough of it to be progression."""
        return self.sum is not None and (self.complete or self.target == "PD")
