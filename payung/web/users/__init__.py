"""Who can sign in: users, their roles, invitations. For the keeper of the system, who sees no worker."""
