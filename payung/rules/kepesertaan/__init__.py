"""Membership (kepesertaan): who may register, whether it stands, who inherits, what a NIK says."""
