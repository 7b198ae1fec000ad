"""Handing out the template. One with a company's own workers is recorded: it names people."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.models import Enrolment
from payung.intake.template import Prefilled, template_workbook
from payung.intake.worker_codes import code_of, own_worker_ids
from payung.jobs.models import Job
from payung.kernel.clock import Clock
from payung.registry.models import Occupation, Worker
from payung.registry.selectors import masked_niks, villages_by_kecamatan
from payung.sponsors.models import Sponsor
from payung.vault import files

JOB = "intake.template"


def empty_template(*, clock: Clock) -> bytes:
    """The template without anybody in it."""
    return _workbook([], title=_("Daftar pekerja"), clock=clock)


@transaction.atomic
def hand_out_template(sponsor: Sponsor, *, acting_user: Viewer, clock: Clock) -> bytes:
    """The template with the workers whom the sponsor has on their way or protected, NIKs masked; it is recorded."""
    acting_user.require(Permission.LIST_UPLOAD, sponsor=sponsor.public_id)
    workers = _workers_of(sponsor)
    with recording(acting_user.actor, "intake.template.hand-out") as event:
        event.touch("sponsors.sponsor", sponsor.public_id)
        event.touch_many("registry.worker", [worker.public_id for worker in workers])
    people = _prefilled(workers)
    return _workbook(people, title=_("Daftar pekerja {name}").format(name=sponsor.name), clock=clock)


def workers_in_template(sponsor: Sponsor) -> int:
    """How many workers a sponsor's template names: with many it is made behind the scenes."""
    return _own_workers(sponsor).count()


def keep_template(sponsor: Sponsor, *, acting_user: Viewer, clock: Clock) -> str:
    """Make the template with many workers, recorded as handed out, and keep it, sealed; give its file."""
    return files.keep(hand_out_template(sponsor, acting_user=acting_user, clock=clock), copy=True).sha256


def kept_template(file: str) -> bytes:
    """Give the template that was made for somebody; raise `FileGoneError` where it is gone."""
    return files.read(file, copy=True)


@transaction.atomic
def forget_templates(*, acting_user: Viewer, clock: Clock) -> int:
    """Remove the templates made more than a day ago; return how many."""
    made = Job.objects.filter(kind=JOB, state=Job.State.DONE, finished_at__lt=clock.now() - timedelta(days=1))
    old = [job for job in made.select_for_update() if (job.result or {}).get("file")]
    if old:
        with recording(acting_user.actor, "intake.template.forget") as event:
            for job in old:
                files.forget_copy(str((job.result or {})["file"]))
                job.result = {}
                job.save(update_fields=["result"])
                event.touch("jobs.job", job.public_id)
    return len(old)


def _workers_of(sponsor: Sponsor) -> list[Worker]:
    return list(_own_workers(sponsor).select_related("village__parent", "occupation").order_by("name", "id"))


def _own_workers(sponsor: Sponsor) -> QuerySet[Worker]:
    live = Enrolment.objects.filter(sponsor=sponsor).exclude(state__in=Enrolment.ENDED).values("worker_id")
    return own_worker_ids(sponsor).filter(pk__in=live, merged_into__isnull=True, died_on__isnull=True)


def _prefilled(workers: list[Worker]) -> list[Prefilled]:
    niks = masked_niks(workers)
    return [
        Prefilled(
            masked_nik=niks[worker.pk],
            name=worker.name,
            birth_place=worker.birth_place,
            birth_date=worker.birth_date,
            sex=worker.sex,
            village=village_choice(worker.village.name, worker.village.parent.name if worker.village.parent else ""),
            occupation=worker.occupation.name if worker.occupation else "",
            code=code_of(worker.public_id),
        )
        for worker in workers
    ]


def village_choice(village: str, kecamatan: str) -> str:
    """A village as it is picked and read: two of one name are told apart by their kecamatan."""
    return f"{village}, Kec. {kecamatan}"


def _workbook(people: list[Prefilled], *, title: str, clock: Clock) -> bytes:
    villages = [
        village_choice(name, kecamatan)
        for kecamatan, found in villages_by_kecamatan(settings.PAYUNG_REGENCY).items()
        for _code, name in found
    ]
    occupations = Occupation.objects.order_by("name").values_list("name", flat=True)
    return template_workbook(
        people, villages=sorted(villages), occupations=list(occupations), title=title, on=clock.today()
    )
