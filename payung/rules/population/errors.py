"""What can be wrong with a population."""

from payung.rules.errors import RuleError


class PopulationError(RuleError):
    """A population that holds what no table foresees: a sector, band, event or day out of its range."""

    code = "population"


class BandsChangeError(PopulationError):
    """The bands of Lampiran II change within the window, so that a band's row means two things."""

    code = "population-bands-change"
