"""What people do in a world: each deed through the program's own service, with its line in the account."""
