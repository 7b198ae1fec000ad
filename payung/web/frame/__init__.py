"""What every page stands in: navigation, tasks, words for numbers and problems, charts, errors, session rules."""
