"""The words every module shares: money, months, people's numbers, regions, problems, time.

Nothing here knows Django, a database, a clock of its own or a language. Each file is one word.
"""
