"""`python -m payung` is the command line."""

from payung.cli.main import main

main()
