"""What can be wrong with a request to match."""


class FieldsFileError(Exception):
    """FIELDS.yaml does not say what it should, or names a column that is not there; the message says which."""
