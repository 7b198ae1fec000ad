"""Pages for people. A door parses, calls one service or selector, and renders; it decides nothing.

`frame/` is what every page stands in; each other folder holds the pages of one module. See README.md.
"""
