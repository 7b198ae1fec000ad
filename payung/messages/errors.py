"""What can go wrong with a message."""


class NikInMessageError(ValueError):
    """A message would have carried sixteen digits in a row: NIKs never travel by mail."""


class WrongParamsError(ValueError):
    """A template was given other parameters than it takes."""
