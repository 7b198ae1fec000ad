"""Who may: users, their roles and how far each reaches, and the one list of permissions.

This module decides; it never fetches rows of the domain. A grant's scope is a kind and an id, which the module that
owns such things interprets.
"""
