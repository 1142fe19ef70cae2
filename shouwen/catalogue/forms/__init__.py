"""Input of the catalogue's pages."""

from shouwen.catalogue.forms.editor import Editor
from shouwen.catalogue.forms.small import Confirm, Day, End, EndFee, Fee, Filter, Upload

__all__ = ["Confirm", "Day", "Editor", "End", "EndFee", "Fee", "Filter", "Upload"]
