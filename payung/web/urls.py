"""Every page. A module's `urls.py` has `urlpatterns`, and where it has them `NAVIGATION`, `PUBLIC` and `TASKS`.

To add a module: import its `urls` and name it in `MODULES`. What is not named here does not exist for anybody.
"""

from types import ModuleType

from django.urls import URLPattern, URLResolver, include, path

from payung.web.accounts import urls as accounts
from payung.web.contributions import urls as contributions
from payung.web.coverage import urls as coverage
from payung.web.duplicates import urls as duplicates
from payung.web.enrolment import urls as enrolment
from payung.web.frame import my_tasks, navigation
from payung.web.frame import urls as frame
from payung.web.frame.views import front
from payung.web.intake import urls as intake
from payung.web.law import urls as law
from payung.web.public import urls as public
from payung.web.search import urls as search
from payung.web.sponsors import urls as sponsors
from payung.web.users import urls as users
from payung.web.watch import urls as watch
from payung.web.workers import urls as workers

MODULES: list[ModuleType] = [
    frame,
    accounts,
    sponsors,
    workers,
    duplicates,
    search,
    users,
    intake,
    enrolment,
    contributions,
    coverage,
    watch,
    public,
    law,
]

for module in MODULES:
    navigation.register(getattr(module, "NAVIGATION", []))
    navigation.register_public(getattr(module, "PUBLIC", []))
    my_tasks.register(getattr(module, "TASKS", []))

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(module)) for module in MODULES),
    path("", front, name="front"),  # last: a public front page of a module stands before it
]
