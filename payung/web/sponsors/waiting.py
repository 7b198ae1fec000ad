"""What waits around sponsors: pledges that end without a renewal, and places that nobody took."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.selectors import vacant_places
from payung.contributions.selectors.people import TO_REPLACE
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.sponsors.selectors import pledges_ending
from payung.web.frame.my_tasks import Task
from payung.web.frame.tags import bulan

MOST = 20


def renewals(viewer: Viewer, clock: Clock) -> list[Task]:
    """Pledges that end this month or the next: whoever may pledge for them can renew them."""
    if not viewer.may(Permission.PLEDGE_WRITE):
        return []
    found = []
    for pledge in pledges_ending(viewer, by=Month.of(clock.today()) + 1)[:MOST]:
        last = Month(pledge.first_month) + (pledge.months - 1)
        told = _("Janji %(name)s berakhir %(month)s. Perpanjang agar %(n)s pekerja tetap terlindungi.")
        found.append(
            Task(
                title=told % {"name": pledge.sponsor.name, "month": bulan(last), "n": pledge.quota},
                since=min(Month(last - 1).first_day, clock.today()),
                deadline=last.last_day,
                url=reverse("pledge", args=[pledge.public_id]),
                count=pledge.quota,
            )
        )
    return found


def replacements(viewer: Viewer, clock: Clock) -> list[Task]:
    """Places under running pledges that somebody left: the office finds who takes them."""
    if not viewer.may(Permission.ENROLMENT_REGISTER):
        return []
    return [
        Task(
            title=ngettext(
                "%(n)s pekerja %(name)s perlu diganti.", "%(n)s pekerja %(name)s perlu diganti.", vacant.count
            )
            % {"n": vacant.count, "name": vacant.sponsor_name},
            since=vacant.since,
            url=f"{reverse('workers')}?{urlencode({'penyandang': vacant.sponsor_code, 'kedudukan': TO_REPLACE})}",
            count=vacant.count,
        )
        for vacant in vacant_places(viewer, month=Month.of(clock.today()))[:MOST]
    ]
