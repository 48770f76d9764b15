"""Which CBS areas the numbers of the Rotterdam Wijkprofiel name, and which of them CBS does not know.

The number of a buurt is the last two digits of its CBS code; the gebieden (4000-4013) have numbers of their own and
are CBS wijken of the same name. Taken from the number, gebied and buurt of the eleven Wijkprofiel files of 2014, 2016
and 2018 (which are the same) beside the names and codes of Kerncijfers wijken en buurten. Checked: every pair below
agrees in number *and* in name (small letters, without punctuation) with the code list of 2020, and the codes bear the
same names in 2014-2018, but for "Cs Kwartier", once "C.S. kwartier". A test repeats that check.
"""

GEMEENTE = {5000: ("Rotterdam", "GM0599")}

GEBIEDEN = {
    4000: ("Rotterdam Centrum", "WK059901"),
    4001: ("Delfshaven", "WK059903"),
    4002: ("Overschie", "WK059904"),
    4003: ("Noord", "WK059905"),
    4004: ("Hillegersberg-Schiebroek", "WK059906"),
    4005: ("Kralingen-Crooswijk", "WK059908"),
    4006: ("Prins Alexander", "WK059914"),
    4007: ("Feijenoord", "WK059910"),
    4008: ("IJsselmonde", "WK059912"),
    4009: ("Charlois", "WK059915"),
    4010: ("Pernis", "WK059913"),
    4011: ("Hoogvliet", "WK059916"),
    4012: ("Hoek van Holland", "WK059917"),
    4013: ("Rozenburg", "WK059927"),
}

BUURTEN = {
    1: ("Strand en duin", "BU05991701"),
    4: ("Rozenburg", "BU05992704"),
    10: ("Stadsdriehoek", "BU05990110"),
    11: ("Oude Westen", "BU05990111"),
    12: ("Cool", "BU05990112"),
    13: ("CS-kwartier", "BU05990113"),
    14: ("Rubroek", "BU05990814"),
    15: ("Agniesebuurt", "BU05990515"),
    16: ("Provenierswijk", "BU05990516"),
    17: ("Kop van Zuid", "BU05991017"),
    20: ("Delfshaven", "BU05990320"),
    21: ("Bospolder", "BU05990321"),
    22: ("Tussendijken", "BU05990322"),
    23: ("Spangen", "BU05990323"),
    24: ("Nieuwe Westen", "BU05990324"),
    25: ("Middelland", "BU05990325"),
    29: ("Schiemond", "BU05990329"),
    31: ("Bergpolder", "BU05990531"),
    34: ("Liskwartier", "BU05990534"),
    35: ("Oude Noorden", "BU05990535"),
    36: ("Nieuw Crooswijk", "BU05990836"),
    37: ("Oud Crooswijk", "BU05990837"),
    41: ("Kralingen-west", "BU05990841"),
    44: ("s-Gravenland", "BU05991444"),
    45: ("De Esch", "BU05990845"),
    46: ("Kralingseveer", "BU05991446"),
    47: ("Struisenburg", "BU05990847"),
    48: ("Prinsenland", "BU05991448"),
    49: ("Het Lage Land", "BU05991449"),
    51: ("Kleinpolder", "BU05990451"),
    56: ("Overschie", "BU05990456"),
    60: ("Schiebroek", "BU05990660"),
    61: ("Hillegersberg-zuid", "BU05990661"),
    62: ("Hillegersberg-noord", "BU05990662"),
    63: ("Ommoord", "BU05991463"),
    64: ("Terbregge", "BU05990664"),
    65: ("Molenlaankwartier", "BU05990665"),
    66: ("Zevenkamp", "BU05991466"),
    67: ("Oosterflank", "BU05991467"),
    68: ("Nesselande", "BU05991468"),
    71: ("Tarwewijk", "BU05991571"),
    72: ("Carnisse", "BU05991572"),
    73: ("Zuidwijk", "BU05991573"),
    74: ("Oud-Charlois", "BU05991574"),
    75: ("Wielewaal", "BU05991575"),
    76: ("Zuidplein", "BU05991576"),
    77: ("Pendrecht", "BU05991577"),
    79: ("Kop van Zuid-Entrepot", "BU05991079"),
    80: ("Vreewijk", "BU05991080"),
    81: ("Bloemhof", "BU05991081"),
    82: ("Hillesluis", "BU05991082"),
    83: ("Oud IJsselmonde", "BU05991283"),
    84: ("Lombardijen", "BU05991284"),
    85: ("Katendrecht", "BU05991085"),
    86: ("Afrikaanderwijk", "BU05991086"),
    87: ("Feijenoord", "BU05991087"),
    88: ("Noordereiland", "BU05991088"),
    90: ("Beverwaard", "BU05991290"),
    91: ("Pernis", "BU05991391"),
    92: ("Hoogvliet-noord", "BU05991692"),
    93: ("Heijplaat", "BU05991593"),
    99: ("Hoogvliet-zuid", "BU05991699"),
}

WITHOUT_CODE = {
    78: ("Zuiderpark en Zuidrand", ("BU05991570", "BU05991578")),
    1009: ("Groot IJsselmonde-Noord", ("BU05991289",)),
    1010: ("Groot IJsselmonde-Zuid", ("BU05991289",)),
    3001: ("Dorp/Rijnpoort", ("BU05991702", "BU05991703")),
    3003: ("Nieuwe Werk/Dijkzigt", ("BU05990118", "BU05990119")),
    3004: ("OudMathenesse/Witte Dorp", ("BU05990327", "BU05990328")),
    3005: ("Kralingen Oost/Kralingse Bos", ("BU05990842", "BU05990843")),
    3006: ("NoordKethel/Schieveen/Zestienhoven", ("BU05990452", "BU05990454", "BU05990455")),
    3011: ("Blijdorp/Blijdorpsepolder", ("BU05990532", "BU05990558")),
}
"""Buurten of the Wijkprofiel that are several CBS buurten together, or (1009, 1010) a part of one."""

CODES = {**GEMEENTE, **GEBIEDEN, **BUURTEN}
