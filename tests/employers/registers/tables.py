"""Small register files with the publishers' headers and invented rows."""

import csv

COMMON = [
    "org_id", "source", "source_id", "name", "parent_org", "setting", "facility_type", "ownership", "address1", "address2",
    "city", "state", "zip", "county", "phone", "website", "lat", "lng",
]  # fmt: skip
OMH = [
    *COMMON, "agency_code", "agency_phone", "is_care_coordination", "populations", "region", "category", "subcategory",
]  # fmt: skip
HIFLD = [*COMMON, "status", "beds"]
AGENCIES = [
    "agency_code", "agency_name", "agency_phone", "programs", "program_types", "counties", "regions", "cities", "zips",
]  # fmt: skip
HEADERS = {"nysdoh": COMMON, "omh": OMH, "omh-agencies": AGENCIES, "cms-hospitals": COMMON, "cms-hospices": COMMON}
HEADERS["hifld"] = HIFLD
USUAL = {
    "nysdoh": {
        "source": "NYSDOH HFIS", "parent_org": "Linden Health Inc", "facility_type": "Hospital", "setting": "hospital",
        "address1": "10 Linden Street", "city": "Albany", "state": "NY", "zip": "12207", "county": "Albany",
        "phone": "(518) 555-0110", "lat": "42.6590", "lng": "-73.7480", "name": "Linden Hospital",
    },
    "omh": {
        "source": "NYS OMH", "parent_org": "Birch Community Services", "facility_type": "Health Home Care Management",
        "address1": "4 Birch Avenue", "city": "Albany", "state": "NY", "zip": "12208", "county": "Albany",
        "phone": "(518) 555-0140", "agency_code": "50010", "agency_phone": "(518) 555-0141", "name": "Birch Care",
        "subcategory": "Care Coordination", "lat": "42.6562", "lng": "-73.7890",
    },
    "omh-agencies": {
        "agency_code": "50010", "agency_name": "Birch Community Services", "agency_phone": "(518) 555-0141",
        "programs": "1", "program_types": "Health Home Care Management", "counties": "Albany", "zips": "12208",
    },
    "cms-hospitals": {
        "source": "CMS Hospital General Information", "facility_type": "Acute Care Hospitals", "name": "LINDEN HOSPITAL",
        "address1": "10 LINDEN ST", "city": "ALBANY", "state": "NY", "zip": "12207", "county": "ALBANY",
        "phone": "(518) 555-0110",
    },
    "cms-hospices": {
        "source": "CMS Hospice General Information", "facility_type": "Hospice", "name": "WILLOW HOSPICE",
        "address1": "8 WILLOW RD STE 2", "city": "HOBOKEN", "state": "NJ", "zip": "07030", "county": "Hudson",
        "phone": "(201) 555-0160",
    },
    "hifld": {
        "source": "HIFLD Hospitals", "facility_type": "GENERAL ACUTE CARE", "name": "LINDEN HOSPITAL", "status": "OPEN",
        "address1": "10 LINDEN STREET", "city": "ALBANY", "state": "NY", "zip": "12207", "county": "ALBANY",
        "phone": "(518) 555-0110", "website": "www.linden.example", "beds": "120", "lat": "42.6591", "lng": "-73.7481",
    },
}  # fmt: skip


def row(register, key, **fields):
    """One row of a register's file as a dict; what `fields` leave out is usual."""
    column = "agency_code" if register == "omh-agencies" else "source_id"
    return {**USUAL[register], column: key, **fields}


def write(path, register, *rows):
    """Write a register's file and return its path."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADERS[register], restval="")
        table.writeheader()
        table.writerows(rows)
    return path
