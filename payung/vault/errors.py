"""What can go wrong with secrets."""


class VaultError(RuntimeError):
    """Base of all trouble with keys and sealed values."""


class KeysMissingError(VaultError):
    """There are sealed values but no key to open them."""


class SealBrokenError(VaultError):
    """A sealed value does not open here: it was altered, or moved from another row or column."""
