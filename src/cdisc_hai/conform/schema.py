"""A dataset's spec as a pandera schema."""

from __future__ import annotations

import pandera.pandas as pa

from cdisc_hai.conform.columns import column_contracts
from cdisc_hai.conform.contract import Contract
from cdisc_hai.conform.records import droppable, record_contracts
from cdisc_hai.metadata import Dataset, Study


def dataset_schema(
    study: Study, dataset: Dataset, *, dropped_allowed: bool = True
) -> pa.DataFrameSchema:
    """The schema of the written variables, strict and in order; each check is named by its rule.

    Texts are ``str`` or ``object`` with "" for missing, numbers are numeric. ``dropped_allowed``
    accepts that a Permissible SDTM variable is not there, as it is dropped when it is empty.
    """
    dropped = droppable(dataset) if dropped_allowed else frozenset()
    return pa.DataFrameSchema(
        {
            variable.name: pa.Column(
                checks=[_check(c) for c in column_contracts(study, dataset, variable)],
                nullable=True,  # what may be empty is said by CONTRACT-REQUIRED
                required=variable.name not in dropped,
            )
            for variable in dataset.submitted
        },
        checks=[_check(contract) for contract in record_contracts(dataset)],
        strict=True,
        ordered=True,
        name=dataset.name,
    )


def _check(contract: Contract) -> pa.Check:
    return pa.Check(
        contract.fine,
        name=contract.rule,
        error=contract.says,
        description=contract.mend,
        title=contract.variable,
        statistics={"quotes": contract.quotes},
        ignore_na=False,
    )
