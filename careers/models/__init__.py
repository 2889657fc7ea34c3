"""What the work is: titles, settings, roles, credentials, and the text of the information pages."""

from careers.models.curation import Draft, OldSlug, RepositoryNote, SourceCheck
from careers.models.lists import CareSetting, Credential, JobTitle, Population, SettingFact
from careers.models.loads import ContentLoad
from careers.models.pages import Definition, Difference, Function, HubSpoke, OverviewSection, Passage, Similarity
from careers.models.roles import CareRole, Evidence, PayFigure, RoleStep
from careers.models.sources import Source
from careers.models.titles import TitleVariation

__all__ = [
    "CareRole",
    "CareSetting",
    "ContentLoad",
    "Credential",
    "Definition",
    "Difference",
    "Draft",
    "Evidence",
    "Function",
    "HubSpoke",
    "JobTitle",
    "OldSlug",
    "OverviewSection",
    "Passage",
    "PayFigure",
    "Population",
    "RepositoryNote",
    "RoleStep",
    "SettingFact",
    "Similarity",
    "Source",
    "SourceCheck",
    "TitleVariation",
]
