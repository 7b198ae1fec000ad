"""Addresses of the way in."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.enrolment import (
    answers,
    batches,
    determinations,
    handovers,
    matching,
    overview,
    people,
    places,
    rounds,
    slips,
    waiting,
)
from payung.web.frame.navigation import NavEntry, Place

urlpatterns = [
    path("pendaftaran/", overview.index, name="enrolment"),
    path("pendaftaran/orang/", people.index, name="enrolment_people"),
    path("pendaftaran/orang/<uuid:public_id>/", people.page, name="enrolment_person"),
    path("pendaftaran/orang/<uuid:public_id>/keluar/", people.leave, name="enrolment_leave"),
    path("pendaftaran/orang/<uuid:public_id>/ganti/", people.substitute, name="enrolment_substitute"),
    path("pendaftaran/verifikasi/", rounds.index, name="enrolment_rounds"),
    path("pendaftaran/verifikasi/baru/", rounds.new, name="enrolment_round_new"),
    path("pendaftaran/verifikasi/<uuid:public_id>/", rounds.page, name="enrolment_round"),
    path("pendaftaran/verifikasi/<uuid:public_id>/sisanya/", rounds.rest, name="enrolment_round_rest"),
    path("pendaftaran/verifikasi/<uuid:public_id>/tutup/", rounds.close, name="enrolment_round_close"),
    path("pendaftaran/verifikasi/<uuid:public_id>/berita-acara/", rounds.minutes, name="enrolment_round_minutes"),
    path("pendaftaran/dukcapil/", matching.dukcapil, name="enrolment_dukcapil"),
    path("pendaftaran/dukcapil/unduh/", matching.export, name="enrolment_dukcapil_export"),
    path("pendaftaran/dukcapil/<uuid:public_id>/", matching.export_again, name="enrolment_dukcapil_again"),
    path("pendaftaran/dukcapil/jawaban/", matching.dukcapil_answer, name="enrolment_dukcapil_answer"),
    path("pendaftaran/periksa/", matching.check, name="enrolment_check"),
    path("pendaftaran/periksa/berkas/", matching.check_file, name="enrolment_check_file"),
    path("pendaftaran/periksa/ketik/", matching.check_typed, name="enrolment_check_typed"),
    path("pendaftaran/jawaban/<uuid:public_id>/", answers.page, name="enrolment_answer"),
    path("pendaftaran/jawaban/<uuid:public_id>/<int:row_number>/", answers.settle, name="enrolment_answer_row"),
    path("pendaftaran/penetapan/", determinations.index, name="enrolment_determinations"),
    path("pendaftaran/penetapan/baru/", determinations.new, name="enrolment_determination_new"),
    path("pendaftaran/penetapan/<uuid:public_id>/", determinations.page, name="enrolment_determination"),
    path(
        "pendaftaran/penetapan/<uuid:public_id>/tarik/",
        determinations.withdraw,
        name="enrolment_determination_withdraw",
    ),
    path("pendaftaran/penetapan/<uuid:public_id>/surat/", determinations.basis, name="enrolment_determination_basis"),
    path("pendaftaran/serah-terima/", handovers.index, name="enrolment_handovers"),
    path("pendaftaran/serah-terima/baru/", handovers.new, name="enrolment_handover_new"),
    path("pendaftaran/serah-terima/<uuid:public_id>/", handovers.page, name="enrolment_handover"),
    path("pendaftaran/serah-terima/<uuid:public_id>/tarik/", handovers.withdraw, name="enrolment_handover_withdraw"),
    path("pendaftaran/serah-terima/<uuid:public_id>/berkas/", handovers.paper, name="enrolment_handover_paper"),
    path("pendaftaran/orang/<uuid:public_id>/ganti/berkas/", people.paper, name="enrolment_substitution_paper"),
    path("pendaftaran/janji/", places.page, name="enrolment_places"),
    path("pendaftaran/wadah/", batches.wadah, name="enrolment_wadah"),
    path("pendaftaran/wadah/masuk/", batches.register, name="enrolment_register"),
    path("pendaftaran/wadah/<uuid:public_id>/kirim/", batches.send, name="enrolment_send"),
    path("pendaftaran/bpjs/", batches.index, name="enrolment_batches"),
    path("pendaftaran/bpjs/kpj/", batches.activation, name="enrolment_activation"),
    path("pendaftaran/bpjs/<uuid:public_id>/", batches.page, name="enrolment_batch"),
    path("pendaftaran/bpjs/<uuid:public_id>/berkas/", batches.send_again, name="enrolment_send_again"),
    path("pendaftaran/bpjs/<uuid:public_id>/penerimaan/", batches.acceptance, name="enrolment_acceptance"),
    path("pendaftaran/slip/", slips.index, name="enrolment_slips"),
    path("pendaftaran/slip/unduh/", slips.download, name="enrolment_slips_download"),
    path("pendaftaran/perbedaan/", answers.differences, name="enrolment_differences"),
]

NAVIGATION = [
    NavEntry(
        _("Pendaftaran"),
        "enrolment",
        Permission.ENROLMENT_READ,
        "list-check",
        Place.PENDAFTARAN,
        count=waiting.count,
        for_company=False,
    )
]

TASKS = [waiting.tasks, waiting.place_tasks, waiting.handover_tasks]
