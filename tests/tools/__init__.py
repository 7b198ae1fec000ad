"""The workshop's own tools."""
