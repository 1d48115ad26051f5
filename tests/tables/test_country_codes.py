import pytest

from incidentmap.tables.country_codes import CountryCodes, country_reader

ISO, FIPS, GW = CountryCodes.ISO, CountryCodes.FIPS, CountryCodes.GW


@pytest.mark.parametrize(("text", "codes", "country"), [
    ("Mali", ISO, "ML"), ("MLI", ISO, "ML"), ("ml", ISO, "ML"), ("466", ISO, "ML"), ("432", ISO, None), ("NG", ISO, "NG"),
    ("Côte d’Ivoire", ISO, "CI"), ("cote d ivoire", ISO, "CI"), ("DR Congo (Zaire)", ISO, "CD"), ("Wakanda", ISO, None),
    ("Niger", ISO, "NE"), ("Nigeria", ISO, "NG"), ("NA", ISO, "NA"),
    ("NG", FIPS, "NE"), ("NI", FIPS, "NG"), ("UV", FIPS, "BF"), ("ML", FIPS, "ML"), ("IV", FIPS, "CI"), ("NA", FIPS, None),
    ("432", GW, "ML"), ("432.0", GW, "ML"), ("439", GW, "BF"), ("436", GW, "NE"), ("678", GW, "YE"), ("345", GW, "RS"),
    ("9999", GW, None), ("", ISO, None), ("-", GW, None),
])
def test_countries_are_known_by_the_codes_of_their_source(text: str, codes: CountryCodes, country: str | None) -> None:
    assert country_reader(codes)(text) == country
