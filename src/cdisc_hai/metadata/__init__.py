"""The specs: a typed, frozen model, loaded from YAML with line numbers and cross-checked."""

from cdisc_hai.metadata.load import load_study
from cdisc_hai.metadata.model import (
    Block,
    Codelist,
    Dataset,
    Explained,
    Form,
    Imputation,
    Layout,
    OdmLayout,
    Parameter,
    RawSpec,
    Recode,
    Step,
    Study,
    Term,
    Variable,
    Visit,
)

__all__ = [
    "Block",
    "Codelist",
    "Dataset",
    "Explained",
    "Form",
    "Imputation",
    "Layout",
    "OdmLayout",
    "Parameter",
    "RawSpec",
    "Recode",
    "Step",
    "Study",
    "Term",
    "Variable",
    "Visit",
    "load_study",
]
