"""Settings of the test run: those of the program, in a throw-away home, with a quick password hasher."""

import os
import tempfile

os.environ.setdefault("PAYUNG_HOME", tempfile.mkdtemp(prefix="payung-test-"))
os.environ["PAYUNG_PROFILE"] = "local"

from payung.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
