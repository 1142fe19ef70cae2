"""Reads: lists and searches of cases, what a case's clocks say, what is owed."""

from shouwen.cases.queries.checklists import CORRECTABLE, case_of, is_told, lines, unsatisfied, was_told
from shouwen.cases.queries.figures import Standing, Standings, Week, standings, weeks
from shouwen.cases.queries.filters import saved_filters
from shouwen.cases.queries.grounds import Ground, centre_grounds, grounds_of
from shouwen.cases.queries.lists import VIEWS, CaseRow, Filter, Page, clock_words, rows
from shouwen.cases.queries.moving import CalendarEffects, calendar_effects
from shouwen.cases.queries.obligations import breaches, facts, obligations
from shouwen.cases.queries.reading import Clock, Stage, breaches_of, limits, papers, reading, schedule, stages, steps, story
from shouwen.cases.queries.replay import replay, stored
from shouwen.cases.queries.search import by_name, find, picked, search_words
from shouwen.cases.queries.ways import CLAUSES, LABELS, Way, ways, why_not

__all__ = [
    "CLAUSES",
    "CORRECTABLE",
    "LABELS",
    "VIEWS",
    "CalendarEffects",
    "CaseRow",
    "Clock",
    "Filter",
    "Ground",
    "Page",
    "Stage",
    "Standing",
    "Standings",
    "Way",
    "Week",
    "breaches",
    "breaches_of",
    "by_name",
    "calendar_effects",
    "case_of",
    "centre_grounds",
    "clock_words",
    "facts",
    "find",
    "grounds_of",
    "is_told",
    "limits",
    "lines",
    "obligations",
    "papers",
    "picked",
    "reading",
    "replay",
    "rows",
    "saved_filters",
    "schedule",
    "search_words",
    "stages",
    "standings",
    "steps",
    "stored",
    "story",
    "unsatisfied",
    "was_told",
    "ways",
    "weeks",
    "why_not",
]
