"""The annotated CRF: every item of the collection forms with the SDTM variables that hold it."""

from cdisc_hai.submit.acrf.draw import Pages, acrf_pdf
from cdisc_hai.submit.acrf.sheets import Crf, Line, Sheet, sheets

__all__ = ["Crf", "Line", "Pages", "Sheet", "acrf_pdf", "sheets"]
