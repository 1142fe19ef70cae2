"""Input of pages that cross areas."""

from shouwen.desk.forms.setup import CenterForm, OpeningHours, PeopleRows, PersonRow, Start

__all__ = ["CenterForm", "OpeningHours", "PeopleRows", "PersonRow", "Start"]
