from .missed import MissedSearch
from .pending import IndexState, PendingDocument
from .words import Promotion, SynonymGroup

__all__ = ["IndexState", "MissedSearch", "PendingDocument", "Promotion", "SynonymGroup"]
