"""Official registers of health care employers: read, hold against each other, keep up to date."""
