"""The states of the United States, DC and the territories: codes, names, and a time zone each.

Source of codes: USPS Publication 28, Appendix B, https://pe.usps.com/text/pub28/28apb.htm
"""

from careerportal.places.names import squash

_TABLE = """
AL|Alabama|America/Chicago
AK|Alaska|America/Anchorage
AZ|Arizona|America/Phoenix
AR|Arkansas|America/Chicago
CA|California|America/Los_Angeles
CO|Colorado|America/Denver
CT|Connecticut|America/New_York
DE|Delaware|America/New_York
DC|District of Columbia|America/New_York
FL|Florida|America/New_York
GA|Georgia|America/New_York
HI|Hawaii|Pacific/Honolulu
ID|Idaho|America/Boise
IL|Illinois|America/Chicago
IN|Indiana|America/Indiana/Indianapolis
IA|Iowa|America/Chicago
KS|Kansas|America/Chicago
KY|Kentucky|America/New_York
LA|Louisiana|America/Chicago
ME|Maine|America/New_York
MD|Maryland|America/New_York
MA|Massachusetts|America/New_York
MI|Michigan|America/Detroit
MN|Minnesota|America/Chicago
MS|Mississippi|America/Chicago
MO|Missouri|America/Chicago
MT|Montana|America/Denver
NE|Nebraska|America/Chicago
NV|Nevada|America/Los_Angeles
NH|New Hampshire|America/New_York
NJ|New Jersey|America/New_York
NM|New Mexico|America/Denver
NY|New York|America/New_York
NC|North Carolina|America/New_York
ND|North Dakota|America/Chicago
OH|Ohio|America/New_York
OK|Oklahoma|America/Chicago
OR|Oregon|America/Los_Angeles
PA|Pennsylvania|America/New_York
RI|Rhode Island|America/New_York
SC|South Carolina|America/New_York
SD|South Dakota|America/Chicago
TN|Tennessee|America/Chicago
TX|Texas|America/Chicago
UT|Utah|America/Denver
VT|Vermont|America/New_York
VA|Virginia|America/New_York
WA|Washington|America/Los_Angeles
WV|West Virginia|America/New_York
WI|Wisconsin|America/Chicago
WY|Wyoming|America/Denver
AS|American Samoa|Pacific/Pago_Pago
GU|Guam|Pacific/Guam
MH|Marshall Islands|Pacific/Majuro
MP|Northern Mariana Islands|Pacific/Saipan
PR|Puerto Rico|America/Puerto_Rico
VI|U.S. Virgin Islands|America/St_Thomas
"""
_ROWS = [line.split("|") for line in _TABLE.split("\n") if line]

#: Code -> name, states first (alphabetic), then the territories.
STATES = {code: name for code, name, _zone in _ROWS}
TERRITORIES = frozenset({"AS", "GU", "MH", "MP", "PR", "VI"})
#: "States" of military mail. They are no places: nothing can be near them.
MILITARY = frozenset({"AA", "AE", "AP"})
#: Code -> IANA zone. A state with two zones has the one where most of its people live.
ZONES = {code: zone for code, _name, zone in _ROWS}

_BY_NAME = {squash(name): code for code, name in STATES.items()} | {
    squash(code): code for code in [*STATES, *sorted(MILITARY)]
}
_BY_NAME["virginislands"] = "VI"


def state_code(text: str) -> str:
    """Return the code of the state named or coded by `text` ("ny", "New York", "N.Y."), or "" if it names none."""
    return _BY_NAME.get(squash(text), "")
