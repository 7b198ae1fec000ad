"""What the watch refuses."""


class WatchError(Exception):
    """The reason why something about a finding was refused."""


class ReasonMissingError(WatchError):
    """A finding is judged by an answer of the list, and with a reason."""
