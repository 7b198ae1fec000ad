"""The command line: the same chain as in the browser, for operators and scripts. Parse, call one service, print."""
