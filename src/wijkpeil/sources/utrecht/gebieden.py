"""Which names in an export of Utrecht are areas of CBS: the city, its ten wijken and one subwijk.

A subwijk of Utrecht is a group of CBS buurten that share the first three digits of their number in the city
(``BU0344 011.`` is "Oog in Al, Welgelegen") and has no CBS code. Only Rijnenburg is a single buurt, BU03441041. The
names of wijken are those of CBS in 2020, 2022 and 2023 ("Wijk 01 West"). Checked by hand against the rows of
kwb-2023 for Utrecht (1 gemeente, 10 wijken, 111 buurten); a test repeats it.
"""

GEMEENTE = {"utrecht": "GM0344"}

WIJKEN = {
    "west": "WK034401",
    "noordwest": "WK034402",
    "overvecht": "WK034403",
    "noordoost": "WK034404",
    "oost": "WK034405",
    "binnenstad": "WK034406",
    "zuid": "WK034407",
    "zuidwest": "WK034408",
    "leidsche rijn": "WK034409",
    "vleuten-de meern": "WK034410",
}

SUBWIJKEN = {"rijnenburg": "BU03441041"}
"""The subwijken that are exactly one CBS buurt."""
