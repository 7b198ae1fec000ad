"""One search box: a name, a NIK, a company, a bill's number."""
