"""Addresses of lists, approvals and wishes."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.frame.navigation import NavEntry, Place
from payung.web.intake import approvals, behind, lists, one_list, questions, templates, waiting, wishes

urlpatterns = [
    path("daftar/", lists.index, name="lists"),
    path("daftar/unggah/", lists.upload, name="list_upload"),
    path("daftar/templat/", templates.template, name="list_template"),
    path("daftar/<uuid:public_id>/", one_list.page, name="list_page"),
    path("daftar/<uuid:public_id>/kemajuan/", behind.progress, name="list_progress"),
    path("daftar/<uuid:public_id>/kolom/", one_list.columns, name="list_columns"),
    path("daftar/<uuid:public_id>/tanya/", questions.questions, name="list_questions"),
    path("daftar/<uuid:public_id>/periksa/", one_list.recheck, name="list_recheck"),
    path("daftar/<uuid:public_id>/perbaikan/", one_list.mend, name="list_mend"),
    path("daftar/<uuid:public_id>/bertanda/", behind.marked, name="list_marked"),
    path("daftar/<uuid:public_id>/kirim/", one_list.submit, name="list_submit"),
    path("daftar/<uuid:public_id>/batalkan/", behind.undo, name="list_undo"),
    path("persetujuan/", approvals.index, name="approvals"),
    path("persetujuan/<uuid:public_id>/", approvals.page, name="approval"),
    path("persetujuan/<uuid:public_id>/kembalikan/", approvals.give_back, name="approval_return"),
    path("permintaan/", wishes.index, name="reservations"),
    path("permintaan/baru/", wishes.new, name="reservation_new"),
    path("permintaan/<uuid:public_id>/", wishes.page, name="reservation"),
    path("permintaan/<uuid:public_id>/tawarkan/", wishes.offer, name="reservation_offer"),
    path("permintaan/<uuid:public_id>/terima/", wishes.accept, name="reservation_accept"),
    path("permintaan/<uuid:public_id>/tarik/", wishes.withdraw, name="reservation_withdraw"),
]

NAVIGATION = [
    NavEntry(_("Unggah daftar"), "lists", Permission.LIST_READ, "file-upload", Place.UNGGAH),
    NavEntry(
        _("Persetujuan"),
        "approvals",
        Permission.LIST_APPROVE,
        "clipboard-check",
        Place.PERSETUJUAN,
        count=waiting.approvals_count,
    ),
    NavEntry(
        _("Permintaan"),
        "reservations",
        Permission.RESERVATION_REQUEST,
        "heart-handshake",
        Place.PERMINTAAN,
        company_label=_("Minta pekerja"),
        count=waiting.wishes_count,
    ),
]

TASKS = [waiting.approval_tasks, waiting.list_tasks, waiting.wish_tasks]
