"""Signing in and out, passwords, second factors, invitations, and the rules of a session."""
