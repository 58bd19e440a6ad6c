"""How to mend a fault of the specs that does not say it itself."""

from __future__ import annotations

import re

from cdisc_hai.errors import Fault

# The first pattern that the message has decides; \1 is what it found.
_REMEDIES = (
    (r"did you mean '(.+)'\?$", r"write '\1'"),
    (r"needs '(\w+)' and '(\w+)'", r"add '\1' and '\2'"),
    (r"needs '(\w+)' or '(\w+)'", r"add one of '\1' and '\2'"),
    (r"needs '(\w+)'", r"add '\1'"),
    (r"needs one of (.+)", r"add one of \1"),
    (r"twice but for case", "keep one of the two"),
    (r"beside a list of common", "say it in common.yaml, or give the variable its own entry"),
    (r"stands twice|stands in two files", "keep one and take the other out"),
    (r"is over \d+ bytes|has \d+ bytes, at most", "shorten it"),
    (r"is to be (?:a|an|the) (.+)|is to be (.+)", r"write \1\2"),
    (r"is one of (.+)", r"write one of \1"),
    (r"takes (.+)", r"write \1"),
    (r"is ('first', 'last' or 'middle')$", r"write \1"),
    (r"formula (?:has|is) (.+)", r"write \1"),
    (r"is a mapping of (.+)", r"write a mapping of \1"),
    (r"a circle of reads", "let one of these read something else"),
    (r"without 'for' hides", "give it a 'for', or put it last"),
    (r"after this operation$", "name a variable that is mapped row by row"),
    (r"no 'records'$|no 'from' or 'parameters'$", "use the keys of this kind of file"),
    (r"is not a term of codelist|which codelist", "add the term to codelists.yaml, or correct it"),
    (r"is no variable of|has no variable|no ADaM variable|^no variable|^no \w+ of",
     "name a variable that is there, or add it"),
    (r"^no key", "take it out"),
    (r"^no operation", "name an operation of docs/specs.md"),
    (r"^no type", "write one of the types of docs/specs.md"),
    (r"^no condition", "use the words for conditions in docs/specs.md"),
    (r"^no such folder|the file is missing", "create it, or name another folder with --specs"),
    (r"no role|^no role", "name a role of 'columns' in raw.yaml"),
    (r"^no |names '.+', no such|: no \w+ '", "add it where it belongs, or name one that is there"),
    (r"is none of (YYYY.+)", r"write a date format with \1"),
    (r"^format .+ this is format (\d+)", r"write format: \1, and see docs/specs.md"),
    (r"has '(\w+)' or '(\w+)', not both", r"take out '\1' or '\2'"),
    (r"is (a whole number.*)", r"write \1"),
    (r"leads out of the folder", "put the file itself into the folder of specs"),
    (r"for which form '(\w+)' has no column", r"name its column in 'columns' of form '\1'"),
    (r"holds itself by its alias", "write the value out"),
    (r"is read from here", "give the file that name, or move it elsewhere"),
    (r"^not UTF-8|^not YAML", "correct the file in a text editor"),
)  # fmt: skip


def remedy(fault: Fault) -> str:
    """What is to be done about a fault; empty where nothing better than its message is known."""
    if fault.mend:
        return fault.mend
    for pattern, mend in _REMEDIES:
        found = re.search(pattern, fault.message)
        if found:
            return found.expand(mend)
    return ""
