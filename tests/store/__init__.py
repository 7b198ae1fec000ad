"""Bulk writes, paging, files."""
