"""The ten regions of New York State: those of its Regional Economic Development Councils, by county.

Source: https://regionalcouncils.ny.gov/ (each council's page lists its counties). Every county stands in one region.
"""

from types import MappingProxyType

SOURCE_NAME = "New York State Regional Economic Development Councils"
SOURCE_URL = "https://regionalcouncils.ny.gov/"

NEW_YORK = MappingProxyType(
    {
        "Capital Region": (
            "Albany", "Columbia", "Greene", "Rensselaer", "Saratoga", "Schenectady", "Warren", "Washington",
        ),
        "Central New York": ("Cayuga", "Cortland", "Madison", "Onondaga", "Oswego"),
        "Finger Lakes": (
            "Genesee", "Livingston", "Monroe", "Ontario", "Orleans", "Seneca", "Wayne", "Wyoming", "Yates",
        ),
        "Long Island": ("Nassau", "Suffolk"),
        "Mid-Hudson": ("Dutchess", "Orange", "Putnam", "Rockland", "Sullivan", "Ulster", "Westchester"),
        "Mohawk Valley": ("Fulton", "Herkimer", "Montgomery", "Oneida", "Otsego", "Schoharie"),
        "New York City": ("Bronx", "Kings", "New York", "Queens", "Richmond"),
        "North Country": ("Clinton", "Essex", "Franklin", "Hamilton", "Jefferson", "Lewis", "St. Lawrence"),
        "Southern Tier": (
            "Broome", "Chemung", "Chenango", "Delaware", "Schuyler", "Steuben", "Tioga", "Tompkins",
        ),
        "Western New York": ("Allegany", "Cattaraugus", "Chautauqua", "Erie", "Niagara"),
    }
)  # fmt: skip
