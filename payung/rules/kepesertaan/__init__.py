"""Membership (kepesertaan): who may register, whether a membership stands, what a NIK says."""
