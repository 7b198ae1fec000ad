"""Small wrongs done to the law on purpose, to see whether a test notices. `tools/mutate.py` is the command."""
