"""Who pays: sponsors of every kind of funds, their pledges, and where those may go."""
