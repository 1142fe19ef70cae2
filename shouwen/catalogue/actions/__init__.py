"""The only place that writes the catalogue: items and their versions, fees, imports, the sample."""

from shouwen.catalogue.actions.fees import end_fee, enter_fee
from shouwen.catalogue.actions.imports import export_catalogue, import_items, load_sample
from shouwen.catalogue.actions.versions import create_item, edit_draft, end_version, put_in_force, start_draft, withdraw_draft

__all__ = [
    "create_item",
    "edit_draft",
    "end_fee",
    "end_version",
    "enter_fee",
    "export_catalogue",
    "import_items",
    "load_sample",
    "put_in_force",
    "start_draft",
    "withdraw_draft",
]
