"""Pages, through their doors."""
