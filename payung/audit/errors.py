"""What can go wrong with the record."""


class NotInTransactionError(RuntimeError):
    """An event is recorded only inside the transaction whose work it tells of."""
