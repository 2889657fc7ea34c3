"""What the work is: titles, settings, roles, credentials, and the text of the information pages."""

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
    "Evidence",
    "Function",
    "HubSpoke",
    "JobTitle",
    "OverviewSection",
    "Passage",
    "PayFigure",
    "Population",
    "RoleStep",
    "SettingFact",
    "Similarity",
    "Source",
    "TitleVariation",
]
