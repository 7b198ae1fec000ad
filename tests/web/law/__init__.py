"""The law for everybody, through its doors."""
