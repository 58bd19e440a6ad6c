"""What specs do, in words: how a variable comes about, and where its values come from."""

from cdisc_hai.metadata.words.account import Account, Accounts, Table
from cdisc_hai.metadata.words.origins import OriginTeller
from cdisc_hai.metadata.words.teller import Teller

__all__ = ["Account", "Accounts", "OriginTeller", "Table", "Teller"]
