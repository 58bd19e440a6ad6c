"""The example's domains: what the study's facts ask of each, read from the written files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cdisc_hai.build.specs import study_of
from tests.build import exports

Read = Callable[[str], pd.DataFrame]
PARAMETERS = [
    "ACTSUB",
    "ADAPT",
    "ADDON",
    "AGEMAX",
    "AGEMIN",
    "COMPTRT",
    "CRMDUR",
    "DCUTDESC",
    "DCUTDTC",
    "EXTTIND",
    "FCNTRY",
    "HLTSUBJI",
    "INDIC",
    "INTMODEL",
    "INTTYPE",
    "LENGTH",
    "NARMS",
    "OBJPRIM",
    "OBJSEC",
    "ONGOSIND",
    "OUTMSPRI",
    "OUTMSSEC",
    "PCLAS",
    "PDPSTIND",
    "PDSTIND",
    "PLANSUB",
    "RANDOM",
    "RANDQT",
    "RDIND",
    "REGID",
    "ROUTE",
    "SDMDUR",
    "SDTIGVER",
    "SDTMVER",
    "SENDTC",
    "SEXPOP",
    "SPONSOR",
    "SSTDTC",
    "STOPRULE",
    "STRATFCT",
    "STYPE",
    "TBLIND",
    "TCNTRL",
    "TDIGRP",
    "THERAREA",
    "TINDTP",
    "TITLE",
    "TPHASE",
    "TRGFUDUR",
    "TRT",
    "TTYPE",
]


@pytest.fixture(scope="module")
def read(built) -> Read:
    frames: dict[str, pd.DataFrame] = {}

    def one(name: str) -> pd.DataFrame:
        if name not in frames:
            frames[name] = exports.read_xpt(built[0] / "sdtm" / f"{name.lower()}.xpt")
        return frames[name]

    return one


@pytest.fixture(scope="module")
def names(built) -> list[str]:
    return sorted(path.stem.upper() for path in Path(built[0] / "sdtm").glob("*.xpt"))


def test_every_parameter_of_trial_summary_is_there_with_a_value_or_its_reason(read: Read) -> None:
    ts = read("TS")
    assert sorted(set(ts["TSPARMCD"])) == PARAMETERS
    assert ((ts["TSVAL"] != "") ^ (ts["TSVALNF"] != "")).all()
    assert (ts["TSVCDVER"] == "2025-03-28").equals(ts["TSVCDREF"] == "CDISC CT")
    values = ts.set_index("TSPARMCD")["TSVAL"]
    dm = read("DM")
    assert values["ACTSUB"] == str((dm["ARMCD"] != "").sum())
    assert values["SSTDTC"] == dm["RFICDTC"].min()


def test_arms_elements_and_visits_of_subjects_are_those_of_the_design(
    read: Read, names: list[str]
) -> None:
    ta, te = read("TA"), read("TE")
    assert set(read("DM")["ARMCD"]) - {""} <= set(ta["ARMCD"])
    assert set(read("SE")["ETCD"]) <= set(ta["ETCD"]) == set(te["ETCD"])
    planned = dict(zip(read("TV")["VISITNUM"], read("TV")["VISIT"], strict=True))
    for name in names:
        frame = read(name)
        if {"VISIT", "VISITNUM"} <= set(frame.columns):
            pairs = frame.loc[frame["VISITNUM"] < 900, ["VISITNUM", "VISIT"]].drop_duplicates()
            assert all(planned[n] == v for n, v in pairs.itertuples(index=False)), name


def test_a_criterion_that_was_not_met_is_one_of_the_design(read: Read) -> None:
    ti, ie = read("TI"), read("IE")
    keys = ["IETESTCD", "IETEST", "IECAT"]
    assert len(ti) == 22
    known = set(ti[keys].itertuples(index=False, name=None))
    assert set(ie[keys].itertuples(index=False, name=None)) <= known
    assert (ie["IEORRES"] == ie["IECAT"].map({"INCLUSION": "N", "EXCLUSION": "Y"})).all()


def test_a_dose_that_was_not_given_has_its_reason_and_no_dose(read: Read) -> None:
    ec = read("EC")
    missed = ec[ec["ECOCCUR"] == "N"]
    assert (ec["ECPRESP"] == "Y").all() and len(missed) > 0
    assert (missed["ECREASOC"] != "").all() and missed["ECDOSE"].isna().all()
    assert (ec.loc[ec["ECOCCUR"] == "Y", "ECDOSE"] > 0).all()
    assert set(read("EX")["EXLNKID"]) == set(ec.loc[ec["ECOCCUR"] == "Y", "ECLNKID"])


def test_ras_braf_and_msi_are_genomic_findings(read: Read) -> None:
    gf = read("GF")
    assert set(gf.loc[gf["GFTESTCD"] == "SHRTVAR", "GFSYM"]) == {"KRAS", "NRAS", "BRAF"}
    assert set(gf.loc[gf["GFSYM"].isin(["KRAS", "NRAS"]), "GFSTAT"]) == {""}
    assert set(gf.loc[gf["GFTESTCD"] == "MICRISTB", "GFSTRESC"]) == {"", "MSS/MSI-L"}
    undone = gf["GFSTAT"] == "NOT DONE"
    assert (undone == (gf["GFSTRESC"] == "")).all() and (undone == (gf["GFREASND"] != "")).all()


def test_the_dead_are_the_same_in_every_domain_that_tells_of_death(read: Read) -> None:
    dm, ds, dd = read("DM"), read("DS"), read("DD")
    dead = set(dm.loc[dm["DTHFL"] == "Y", "USUBJID"])
    assert dead == set(ds.loc[ds["DSDECOD"] == "DEATH", "USUBJID"])
    assert dead == set(dd.loc[dd["DDTESTCD"] == "PRCDTH", "USUBJID"])
    ss = read("SS")
    assert set(ss.loc[ss["SSSTRESC"] == "DEAD", "USUBJID"]) <= dead
    told = ds[ds["DSDECOD"] == "DEATH"].set_index("USUBJID")["DSSTDTC"]
    dates = dm.set_index("USUBJID")["DTHDTC"]
    assert (told == dates[told.index]).all()


def test_a_comment_points_to_a_record_that_is_there_or_names_its_form(read: Read) -> None:
    co = read("CO")
    assert (co["COVAL"].str.encode("utf-8").str.len() <= 200).all()
    assert not co["COVAL"].str.contains(r"[\x00-\x1f]").any()
    for (domain, variable), mine in co.groupby(["RDOMAIN", "IDVAR"]):
        if domain == "":
            assert (mine["COREF"] != "").all()
            continue
        parent = read(domain)
        keys = parent[variable].map(lambda v: f"{v:g}" if isinstance(v, float) else v)
        known = set(zip(parent["USUBJID"], keys, strict=True))
        assert set(zip(mine["USUBJID"], mine["IDVARVAL"], strict=True)) <= known, domain


def test_each_relationship_has_two_sides_that_meet(read: Read) -> None:
    relrec = read("RELREC")
    assert set(relrec["RELID"]) == {"LESIONS", "RESPONSES", "DOSES"}
    for name, pair in relrec.groupby("RELID"):
        left, right = (
            set(zip(read(d)["USUBJID"], read(d)[v], strict=True))
            for d, v in zip(pair["RDOMAIN"], pair["IDVAR"], strict=True)
        )
        assert left & right, name
        for domain, variable, kind in pair[["RDOMAIN", "IDVAR", "RELTYPE"]].itertuples(index=False):
            frame = read(domain)
            linked = frame[frame[variable] != ""]
            once = not linked.duplicated(["USUBJID", variable]).any()
            assert once or kind == "MANY", (name, domain)


def test_the_diagnosis_and_the_earlier_resection_stand_beside_what_was_collected_later(
    read: Read,
) -> None:
    mh, pr = read("MH"), read("PR")
    first = mh[mh["MHCAT"] == "PRIMARY DIAGNOSIS"]
    assert len(first) == read("DM")["USUBJID"].nunique() == first["USUBJID"].nunique()
    assert (first["MHLOC"] != "").all()
    prior = pr[pr["PRCAT"] == "PRIOR SURGERY"]
    assert set(prior["PROCCUR"]) == {"Y", "N"}
    assert (prior.loc[prior["PROCCUR"] == "N", "PRSTDTC"] == "").all()


def test_grades_and_attributions_of_an_adverse_event_are_collected(read: Read) -> None:
    ae, supp = read("AE"), read("SUPPAE")
    assert set(ae["AETOXGR"]) <= {"1", "2", "3", "4", "5"}
    for name in ("RELCHEMO", "RELCATH", "RELSURG"):
        assert name in set(supp["QNAM"]), name
    several = ae[ae["AEACN"] == "MULTIPLE"]
    told = supp[supp["QNAM"].isin(["AEACNFOL", "AEACNIRI", "AEACNBEV"])]
    keys = set(zip(told["USUBJID"], told["IDVARVAL"].astype(float), strict=True))
    assert set(zip(several["USUBJID"], several["AESEQ"], strict=True)) == keys


def test_no_permissible_variable_is_empty_throughout(read: Read, names: list[str]) -> None:
    study = study_of(None)
    for name in names:
        spec = study.sdtm.get(name)
        for variable in spec.submitted if spec else ():
            if variable.name in read(name).columns and variable.core == "Perm":
                values = read(name)[variable.name]
                filled = values.notna() if pd.api.types.is_numeric_dtype(values) else values.ne("")
                assert filled.any(), (name, variable.name)
