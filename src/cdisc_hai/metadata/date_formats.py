"""Date formats as specs write them: YYYY MONTH MON MM DD HH SS AM; MM behind HH is minutes."""

from __future__ import annotations

import re

TOKENS = re.compile(r"YYYY|MONTH|MON|MM|DD|HH|SS|AM")


def strange_letters(form: str) -> str:
    """Letters of a format that no token takes; T may stand between date and time."""
    left = [word for word in re.findall(r"[A-Za-z]+", TOKENS.sub(" ", form)) if word != "T"]
    return left[0] if left else ""
