"""Settings of the test runs: until the program has settings of its own, the bare framework on SQLite in memory."""

SECRET_KEY = "tests"
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
