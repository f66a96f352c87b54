"""Kinds of entity types: those of which every country has some, those easily mistaken."""

OF_COUNTRIES = frozenset({"GovernmentBody", "AdvocacyGroup", "LegalInstrument"})
"""Types of which every country has some of the same name."""

_NEAR = (
    frozenset({"Company", "Product", "MediaOutlet"}),
    frozenset({"Company", "AdvocacyGroup", "ResearchOrganization"}),
    frozenset({"GovernmentBody", "IntergovernmentalOrganization"}),
    frozenset({"GovernmentBody", "AdvocacyGroup", "ResearchOrganization"}),
    frozenset({"IntergovernmentalOrganization", "ResearchOrganization", "AdvocacyGroup"}),
    frozenset({"MediaOutlet", "AdvocacyGroup"}),
    frozenset({"Country", "Place"}),
    frozenset({"Product", "Technology"}),
    frozenset({"Product", "Group"}),
    frozenset({"AdvocacyGroup", "Group"}),
)


def near(one: str, other: str) -> bool:
    """Whether two types are the same, or easily mistaken for one another."""
    return one == other or any(one in group and other in group for group in _NEAR)
