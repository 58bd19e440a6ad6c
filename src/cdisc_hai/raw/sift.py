"""Which records count: active, each once, to the cut-off, of subjects that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cdisc_hai.findings import Finding, Severity
from cdisc_hai.metadata import Form, Study
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import day_bounds, day_of_iso, read_dates
from cdisc_hai.metadata.frames import rows_where
from cdisc_hai.raw.accounting import Accounting
from cdisc_hai.raw.implausible import date_findings

INACTIVE, DUPLICATE, AFTER_CUTOFF = "inactive", "duplicate", "after_cutoff"


class Sifter:
    """Takes out what does not count, each time with a fate and a finding."""

    def __init__(
        self,
        study: Study,
        cutoff: str,
        accounting: Accounting,
        findings: list[Finding],
        dated: Mapping[str, Sequence[str]],
        last: float = np.nan,
    ) -> None:
        self.study, self.cutoff = study, cutoff
        self.accounting, self.findings = accounting, findings
        self.dated, self.last = dated, last

    def sift(self, frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Every form's records that count; ``frames`` is emptied, so that each can be let go."""
        forms = self.study.raw.forms
        kept = {name: self._form(forms[name], frames.pop(name)) for name in list(frames)}
        subjects = set(kept[self.study.raw.subjects_form]["@key"])
        for name, form in forms.items():
            frame = self._orphans(form, kept.pop(name), subjects)
            kept[name] = self._second(form, frame)
        return kept

    def _tell(
        self,
        frame: pd.DataFrame,
        rule: str,
        severity: Severity,
        message: str,
        form: Form,
        mend: str,
    ) -> None:
        """One finding a row, so that each names its line; equal ones are merged later."""
        self.findings.extend(
            Finding(
                rule=rule,
                severity=severity,
                message=message,
                sources=(source,),
                spec=form.at,
                mend=mend,
            )
            for source in frame["@src"]
        )

    def _form(self, form: Form, frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.assign(**{"@number": _record_number(frame)})
        frame = self._active(form, frame)
        self._numbered(form, frame)
        frame = self._once(form, frame)
        columns = self.dated.get(form.name, form.dates)
        self.findings.extend(date_findings(frame, form, columns, self.study.raw, self.last))
        frame = self._to_cutoff(form, frame)
        return frame.reset_index(drop=True)

    def _active(self, form: Form, frame: pd.DataFrame) -> pd.DataFrame:
        if "@active" not in frame.columns or not self.study.raw.active_value:
            return frame
        active = frame["@active"].eq(self.study.raw.active_value)
        out = frame[~active]
        self.accounting.exclude(form.name, out["@src"], INACTIVE)
        silent = out["@active"].eq("")
        self._tell(
            out[silent],
            "RAW-ACTIVE-UNKNOWN",
            "warning",
            "it is not told whether the record is active; it counts as inactive",
            form,
            "export whether the record is active",
        )
        out = out[~silent]
        self._tell(out, "RAW-INACTIVE", "note", "record is inactive", form, "nothing to mend")
        return rows_where(frame, active)

    def _numbered(self, form: Form, frame: pd.DataFrame) -> None:
        """A record without a number cannot be told from its copy, nor ranked among others."""
        if not form.unique_by and frame["@number"].notna().any():
            self._tell(
                frame[frame["@number"].isna()],
                "RAW-NO-RECORD-NUMBER",
                "warning",
                "no record number; the record stays, and comes after those that have one",
                form,
                "export the record's number",
            )

    def _once(self, form: Form, frame: pd.DataFrame) -> pd.DataFrame:
        """A record id counts once: the copy updated last, then the first row.

        Where the form says ``unique_by``, these columns make a record instead of its id.
        """
        if not form.unique_by and frame["@number"].notna().all() and frame["@number"].is_unique:
            return frame
        ids = _identity(form, frame)
        if ids is None:
            return frame
        if not ids[ids.ne("")].duplicated().any():
            return frame
        order = pd.DataFrame({"id": ids, "row": range(len(frame))}, index=frame.index)
        if "@updated" in frame.columns:
            order["rank"] = frame["@updated"].rank(method="dense", ascending=False)
        order = order.sort_values([c for c in ("rank", "row") if c in order.columns])
        again = (order["id"].ne("") & order.duplicated("id")).reindex(frame.index)
        out, kept = frame[again], frame[~again]
        own = ("@src", "@row", "@number", "@record", *_own(form, "record"))
        content = [c for c in frame.columns if c not in (*own, "@updated", *_own(form, "updated"))]
        twice = ids.isin(ids[again])  # few: the contents of the others need no comparing
        told = frame.loc[twice, content].astype(str).agg("\x1f".join, axis=1)
        first = pd.Series(told[~again].to_numpy(), index=ids[twice & ~again])
        same = told[again].eq(ids[again].map(first))
        self.accounting.exclude(form.name, out["@src"], DUPLICATE)
        mend = "delete the copy in the EDC system, or export each record once"
        self._tell(
            out[same], "RAW-DUPLICATE", "note", "a record is there twice, word for word", form, mend
        )
        self._tell(
            out[~same],
            "RAW-DUPLICATE-DIFFERS",
            "warning",
            "a record is there twice with other content; the copy updated last is used",
            form,
            mend,
        )
        return kept

    def _to_cutoff(self, form: Form, frame: pd.DataFrame) -> pd.DataFrame:
        """A record whose date lies after the cut-off is left out; a partial date counts as
        its earliest day, and a record without a date stays."""
        if not self.cutoff or not form.dates:
            return frame
        last = day_of_iso(self.cutoff)
        late = pd.Series(False, index=frame.index)
        for column in form.dates:
            if column in frame.columns:
                raw = self.study.raw
                iso, _ = read_dates(
                    frame[column], formats=raw.date_formats, unknown=raw.unknown_parts
                )
                late |= day_bounds(iso)[0] > last
        self.accounting.exclude(form.name, frame.loc[late, "@src"], AFTER_CUTOFF)
        self._tell(
            frame[late],
            "RAW-AFTER-CUTOFF",
            "note",
            f"record starts after the cut-off {self.cutoff}",
            form,
            "nothing to mend",
        )
        return rows_where(frame, ~late)

    def _orphans(self, form: Form, frame: pd.DataFrame, subjects: set[str]) -> pd.DataFrame:
        orphan = ~frame["@key"].isin(subjects)
        self.accounting.keep_out(form.name, frame.loc[orphan, "@src"])
        self._tell(
            frame[orphan],
            "RAW-NO-SUBJECT",
            "error",
            f"the subject has no record in {self.study.raw.subjects_form}",
            form,
            "enter the subject's demographics, or correct the subject number",
        )
        frame = rows_where(frame, ~orphan).reset_index(drop=True)
        for where, _, _ in form.not_submitted:
            left = matches(frame, where)
            self.accounting.leave(form.name, frame.loc[left, "@src"])
        return frame

    def _second(self, form: Form, frame: pd.DataFrame) -> pd.DataFrame:
        """More than one record where a subject has one: the lowest record number is used."""
        if not form.once_per and not form.once_per_subject:
            return frame
        order = frame.sort_values("@number", kind="stable")
        if form.once_per:
            again = order.duplicated(list(form.once_per)) & order[form.once_per[-1]].ne("")
            self._tell(
                order[again],
                "RAW-TWICE",
                "error",
                f"a second record of one {', '.join(name.lstrip('@') for name in form.once_per)}; "
                "the analysis uses the one with the lowest record number",
                form,
                "take one of them out in the EDC system",
            )
        if not form.once_per_subject:
            return frame
        again = order.duplicated("@key")
        self.accounting.keep_out(form.name, order.loc[again, "@src"])
        self._tell(
            order[again],
            "RAW-SECOND-RECORD",
            "error",
            "a second record of a form that a subject has once; "
            "the one with the lowest record number is used",
            form,
            "take one of them out in the EDC system",
        )
        return order[~again].reset_index(drop=True)


def _identity(form: Form, frame: pd.DataFrame) -> pd.Series | None:
    if form.unique_by:
        parts = [frame[name].astype(object) for name in form.unique_by if name in frame.columns]
        joined = pd.concat(parts, axis=1).agg("\x1f".join, axis=1)
        return joined.where(joined.str.strip("\x1f").ne(""), "").astype(object)
    if "@record" not in frame.columns:
        return None
    return texts(frame["@number"]).where(frame["@number"].notna(), frame["@record"])


def _own(form: Form, role: str) -> tuple[str, ...]:
    return (form.roles[role],) if role in form.roles else ()


def _record_number(frame: pd.DataFrame) -> pd.Series:
    """Record ids compared as numbers; what is no number sorts last."""
    if "@record" not in frame.columns:
        return pd.Series(float("nan"), index=frame.index)
    return pd.to_numeric(frame["@record"], errors="coerce")
