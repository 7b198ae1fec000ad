"""What happened on the way in, told step by step."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.enrolment.texts import REASONS, STATES
from payung.enrolment.transitions import ASSIGNED, AT_DUKCAPIL, PAID, PREPARED, RENEWED, SET_BACK, TIDAK_PADAN

State = Enrolment.State

STEPS: dict[str, str | Promise] = {
    State.PROPOSED: _("Diusulkan oleh {sponsor}."),
    State.VERIFIED: _("Terverifikasi."),
    State.MATCHED: _("Padan dengan data Dukcapil."),
    State.CHECKED: _("Lolos pemeriksaan BPJS Ketenagakerjaan."),
    State.DETERMINED: _("Ditetapkan."),
    State.REGISTERED: _("Didaftarkan ke wadah BPJS."),
    State.SENT: _("Dikirim ke BPJS Ketenagakerjaan."),
    State.ACCEPTED: _("Diterima BPJS Ketenagakerjaan."),
    State.ACTIVE: _("Aktif: BPJS memberi KPJ dan tanggal mulai."),
}
NOTES: dict[str, str | Promise] = {
    AT_DUKCAPIL: _("Diserahkan ke Dukcapil untuk dipadankan."),
    TIDAK_PADAN: _("Tidak padan dengan data Dukcapil."),
    PREPARED: _("Masuk daftar penetapan."),
    SET_BACK: _("Dikeluarkan dari daftar penetapan."),
    ASSIGNED: _("Mendapat tempat dalam janji {sponsor}."),
    RENEWED: _("Diteruskan ke janji baru {sponsor}."),
    PAID: _("BPJS menyatakan iurannya terbayar."),
}
ENDINGS: dict[str, str] = {State.REJECTED: "bad", State.LEFT: "off"}


def step_words(event: EnrolmentEvent, sponsor: str) -> tuple[str, str]:
    """Say one step, and give its tone."""
    if event.from_state == event.to_state:
        return str(NOTES[event.reason]).format(sponsor=sponsor), "bad" if event.reason == TIDAK_PADAN else "info"
    if event.to_state in ENDINGS:
        return f"{STATES[event.to_state]}: {REASONS.get(event.reason, event.reason)}.", ENDINGS[event.to_state]
    return str(STEPS[event.to_state]).format(sponsor=sponsor), "ok" if event.to_state == State.ACTIVE else "info"
