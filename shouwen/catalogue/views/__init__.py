"""Pages of the catalogue."""

from shouwen.catalogue.views.fees import end_fee, fees
from shouwen.catalogue.views.files import export, imports, sample
from shouwen.catalogue.views.items import edit, enact, end, item, items, new, start, version, withdraw

__all__ = [
    "edit",
    "enact",
    "end",
    "end_fee",
    "export",
    "fees",
    "imports",
    "item",
    "items",
    "new",
    "sample",
    "start",
    "version",
    "withdraw",
]
