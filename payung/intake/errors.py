"""What can go wrong with a list."""


class IntakeError(RuntimeError):
    """Base of all trouble with a list that is not a row's own fault; doors tell it in words by its `code`."""

    code = "intake:failed"


class WrongStateError(IntakeError):
    """The list is not at the step for this: `state` says where it is."""

    code = "intake:wrong-state"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class ListChangedError(IntakeError):
    """What is approved is no longer what was shown: look again, then approve."""

    code = "intake:list-changed"


class ListPaidError(IntakeError):
    """A list whose workers have paid months cannot be undone; reverse the payment first."""

    code = "intake:paid"


class DoublesUnexplainedError(IntakeError):
    """Too many rows name people twice, or people whom another payer protects: `percent`; say why, then send."""

    code = "intake:doubles-unexplained"

    def __init__(self, percent: int) -> None:
        super().__init__(percent)
        self.percent = percent


class NothingToApplyError(IntakeError):
    """No row of the list can be applied: each needs repair, stands twice, or is protected by another payer."""

    code = "intake:nothing-to-apply"


class UploadTooLargeError(IntakeError):
    """The file is larger than a list may be."""

    code = "intake:too-large"


class NobodyToOfferError(IntakeError):
    """No unprotected worker fits the wish."""

    code = "intake:nobody-to-offer"


class OfferEndedError(IntakeError):
    """The offer has run out or was closed; its workers are free again."""

    code = "intake:offer-ended"
