"""The first specs of a new study, drafted from its export."""

from __future__ import annotations

from pathlib import Path

from cdisc_hai.build.draft_dictionary import recodes_of
from cdisc_hai.build.draft_domain import DomainDraft
from cdisc_hai.build.draft_export import DraftExport, look_at
from cdisc_hai.build.draft_text import domains, raw_text, recodes_text, study_text, suppqual_text
from cdisc_hai.build.place import written
from cdisc_hai.errors import RawError
from cdisc_hai.guide import sdtm_guide

Where = Path | str
CLASSES = ("Events", "Findings", "Interventions", "Special-Purpose")
MADE_OTHERWISE = ("CO", "SE", "SV")
COMMON = """\
STUDYID:
  label: Study Identifier
  role: Identifier
  core: Req
  map: {op: hardcode, value: $STUDYID}
DOMAIN:
  label: Domain Abbreviation
  role: Identifier
  core: Req
  map: {op: hardcode, value: "--"}
USUBJID:
  label: Unique Subject Identifier
  role: Identifier
  core: Req
  map: {op: assign, column: "@key"}
"--SEQ":
  label: Sequence Number
  type: integer
  role: Identifier
  core: Req
  map: {op: sequence}
"""
CODELISTS = """\
# TODO: the terms that may be submitted, and what the export holds for them; see docs/mapping.md
codelists: {}
"""
TS = """\
# TODO: the other parameters of the trial
dataset: TS
label: Trial Summary
class: TRIAL DESIGN
structure: One record per trial summary parameter value
keys: [STUDYID, TSPARMCD, TSSEQ]
records:
  cutoff:
    rows:
      - {TSPARMCD: DCUTDTC, TSPARM: Data Cutoff Date}
variables:
  - {use: STUDYID}
  - {use: DOMAIN}
  - name: TSSEQ
    label: Sequence Number
    type: integer
    role: Identifier
    core: Req
    map: {op: sequence, by: [TSPARMCD]}
  - name: TSPARMCD
    label: Trial Summary Parameter Short Name
    role: Topic
    core: Req
    map: {op: assign, column: TSPARMCD}
  - name: TSPARM
    label: Trial Summary Parameter
    role: Synonym Qualifier
    core: Req
    map: {op: assign, column: TSPARM}
  - name: TSVAL
    label: Parameter Value
    role: Result Qualifier
    core: Exp
    map: CUTOFF_STEP
  - name: TSVALCD
    label: Parameter Value Code
    role: Result Qualifier
    core: Exp
    map: {op: hardcode, value: null}
  - name: TSVCDREF
    label: Name of the Reference Terminology
    role: Result Qualifier
    core: Exp
    map: {op: hardcode, value: null}
  - name: TSVCDVER
    label: Version of the Reference Terminology
    role: Result Qualifier
    core: Exp
    map: {op: hardcode, value: null}
"""


def draft_specs(*, folder: Where, raw: Where, study: str = "") -> dict[str, str]:
    """Write ``folder/specs`` for an export; gives the files written, by their path in it.

    Nothing that is there is written over. What could not be seen from the export is marked TODO.
    Raises RawError where there are specs already, or the export has no subjects.
    """
    specs = Path(folder) / "specs"
    if specs.exists() and any(specs.iterdir()):
        raise RawError(f"{specs}: not empty; name another folder, nothing is written over")
    seen = look_at(Path(raw))
    files = draft(seen, study or _study_of(seen, Path(raw)))
    with written(specs) as part:
        for name, text in files.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (part / "adam").mkdir()
        if specs.exists():  # empty, as was seen above
            specs.rmdir()
    return files


def draft(seen: DraftExport, study: str) -> dict[str, str]:
    """The files of a draft by their path within the folder of specs."""
    guide = sdtm_guide("3.4")
    datasets = {} if guide is None else {
        name: found
        for name, found in guide.datasets.items()
        if found.klass.startswith(CLASSES) and name not in MADE_OTHERWISE
    }  # fmt: skip
    found = domains(seen, datasets)
    cutoff = "{op: run_cutoff}" if seen.cutoff else "{op: hardcode, value: $CUTOFF}"
    files = {
        "study.yaml": study_text(seen, study),
        "raw.yaml": raw_text(seen, [name for forms in found.values() for name, _ in forms]),
        "codelists.yaml": CODELISTS + recodes_text(recodes_of(seen.tables, seen.dictionary)),
        "sdtm/common.yaml": COMMON,
        "sdtm/suppqual.yaml": suppqual_text(),
        "sdtm/ts.yaml": TS.replace("CUTOFF_STEP", cutoff),
    }
    for domain, forms in found.items():
        own = DomainDraft(
            datasets[domain],
            forms,
            site="site" in seen.roles,
            folder="folder" in seen.roles and bool(seen.visits),
        )
        files[f"sdtm/{domain.lower()}.yaml"] = own.text()
    return files


def _study_of(seen: DraftExport, raw: Path) -> str:
    column = seen.roles.get("study")
    if column:
        return next((v for v in seen.forms[0].table.frame[column] if v), raw.resolve().name)
    return raw.resolve().name
