"""IBM System/370 doubles, the numbers of SAS transport files, made from IEEE doubles by columns.

An IBM double is sign (1 bit), exponent of 16 (7 bits, excess 64) and fraction (56 bits); an IEEE
double has 53 significant bits. Moving from a power of 2 to a power of 16 shifts the fraction left
by 0 to 3 bits, and 53 + 3 = 56: every number within range fits exactly, none is ever rounded.
Source: SAS TS-140, "Numeric data fields".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SMALLEST = 2.0**-260
"""The smallest number above zero that a normalised IBM double holds (16**-65, about 5.4e-79)."""

LIMIT = 2.0**252
"""The first number above zero that an IBM double does not hold (16**63, about 7.24e75)."""

MISSING = np.uint64(0x2E << 56)
"""The SAS missing value `.`: its ASCII code and seven zero bytes."""

BLANK = np.uint64(0x2020202020202020)
"""The one number (about 3.7e-40) whose eight bytes are all blanks."""

_SIGN = np.uint64(1 << 63)
_IMPLIED = np.uint64(1 << 52)
_FRACTION = np.uint64((1 << 52) - 1)
_EXPONENT = np.uint64(0x7FF)


def ieee_to_ibm(values: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Give the bits of each value as an IBM double, NaN as the SAS missing value.

    In: IEEE doubles, each NaN, zero or within `SMALLEST` <= |x| < `LIMIT` (`beyond_ibm` tells
    which are not; those come out wrong). Out: the 64 bits in the machine's byte order, to be
    stored big-endian. -0.0 becomes 0.0, as in TS-140: sign and zero fraction is no number there,
    and readers take it for a missing value.
    """
    bits = np.ascontiguousarray(values, dtype=np.float64).view(np.uint64)
    # With e the power of 2, 1023 + e + 1 = 4 * quotient + rest: the rest is the shift of the
    # fraction (e mod 4), and the quotient is the power of 16 but for a constant.
    exponent = (bits >> np.uint64(52)) & _EXPONENT
    exponent += np.uint64(1)
    ibm = (bits & _FRACTION) | _IMPLIED
    ibm <<= exponent & np.uint64(3)
    exponent >>= np.uint64(2)
    exponent -= np.uint64(191)  # 256 quotients of IEEE's excess 1023, less 64 and the leading digit
    exponent <<= np.uint64(56)
    ibm |= exponent
    ibm |= bits & _SIGN
    ibm[values == 0.0] = 0
    ibm[np.isnan(values)] = MISSING
    return ibm


def beyond_ibm(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which values no IBM double holds: infinities, too large and too small ones (not NaN)."""
    size = np.abs(values)
    return np.asarray((size >= LIMIT) | ((size > 0.0) & (size < SMALLEST)))
