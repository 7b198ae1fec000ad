"""What can go wrong at a door."""


class NotPermittedError(PermissionError):
    """The person lacks the right, or has it for other objects than this one."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


class SamePersonError(PermissionError):
    """A second person is needed: whoever did the first step may not do this one."""


class UnknownUserError(LookupError):
    """There is no active user of this name."""


class InvitationError(ValueError):
    """An invitation that is unknown, used or too old."""
