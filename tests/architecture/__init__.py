"""What the house promises about itself, read off the code and the loaded program."""
