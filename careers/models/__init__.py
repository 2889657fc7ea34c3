"""What the work is: titles, settings, roles, credentials, and the text of the information pages."""

from careers.models.curation import Draft, OldSlug, RepositoryNote, SourceCheck
from careers.models.fit import FitAnswer, FitDimension, FitQuestion, FitResult
from careers.models.lists import CareSetting, Credential, JobTitle, Population, SettingFact
from careers.models.loads import ContentLoad
from careers.models.news import NewsItem
from careers.models.pages import Definition, Difference, Function, HubSpoke, OverviewSection, Passage, Similarity
from careers.models.pathways import EntryRoute, Ladder, LadderStep, Rule
from careers.models.pay import LocalPayRule, PayRule, WageRow, WageTable
from careers.models.questions import Question
from careers.models.roles import CareRole, Evidence, PayFigure, RoleStep
from careers.models.sources import Source
from careers.models.titles import TitleVariation
from careers.models.training import Program, ProgramPlace

__all__ = [
    "CareRole",
    "CareSetting",
    "ContentLoad",
    "Credential",
    "Definition",
    "Difference",
    "Draft",
    "EntryRoute",
    "Evidence",
    "FitAnswer",
    "FitDimension",
    "FitQuestion",
    "FitResult",
    "Function",
    "HubSpoke",
    "JobTitle",
    "Ladder",
    "LadderStep",
    "LocalPayRule",
    "NewsItem",
    "OldSlug",
    "OverviewSection",
    "Passage",
    "PayFigure",
    "PayRule",
    "Population",
    "Program",
    "ProgramPlace",
    "Question",
    "RepositoryNote",
    "RoleStep",
    "Rule",
    "SettingFact",
    "Similarity",
    "Source",
    "SourceCheck",
    "TitleVariation",
    "WageRow",
    "WageTable",
]
