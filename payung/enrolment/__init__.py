"""The way into the programme: proposed, verified, matched, checked, determined, registered; and the way out."""
