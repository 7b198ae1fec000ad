"""One sample of each component, as a page: what the tests render and look at."""

# ruff: noqa: E501

from datetime import date
from types import SimpleNamespace

from django.urls import reverse

from payung.kernel.month import Month
from payung.kernel.nik import Nik
from payung.web.frame import charts, shapes
from payung.web.frame.tags import angka

TODAY = date(2026, 11, 22)
SAMPLES = {
    "page_header": """<c-page-header title="PT Maju & Rekan" lead="Perusahaan di Kaliwungu" back="/beranda/">
        <c-slot name="actions"><a class="btn btn-primary" href="#">Unggah daftar</a></c-slot></c-page-header>""",
    "stat": """<div class="cols"><c-stat label="Pekerja terlindungi" value="{{ 14177|angka }}" href="#" note="Oktober 2026" />
        <c-stat label="Iuran bulan ini" value="{{ 16800000|rupiah }}" /></div>""",
    "badge": """<p class="cluster"><c-badge tone="ok">berlaku</c-badge> <c-badge tone="wait">menunggu</c-badge>
        <c-badge tone="bad">ditolak</c-badge> <c-badge tone="info">sementara</c-badge> <c-badge>belum</c-badge></p>""",
    "alert": """<c-alert tone="bad" title="Berkas ini kosong">Unggah berkas yang berisi baris pekerja.</c-alert>
        <c-alert tone="wait">Tiga bulan atau kurang.</c-alert><c-alert tone="ok">Tersimpan.</c-alert>
        <c-alert tone="info">Catatan.</c-alert>""",
    "table": """<c-table caption="Pekerja" :page="page" shown="1-50 dari 338.681"><c-slot name="head">
        <c-th sort="nama">Nama</c-th><c-th>Desa</c-th><c-th sort="iuran" num="True">Iuran</c-th></c-slot>
        {% for name in names %}<tr><th scope="row"><a href="#">{{ name }}</a></th><td data-label="Desa">Krajan</td>
        <td class="num" data-label="Iuran">{{ 16800|rupiah }}</td></tr>{% endfor %}
        <c-slot name="foot"><tr><td>Jumlah</td><td></td><td class="num">{{ 50400|rupiah }}</td></tr></c-slot></c-table>""",
    "filters": """<c-filters><div><label class="form-label" for="desa">Desa</label>
        <select class="form-select" id="desa" name="desa"><option>Krajan</option></select></div></c-filters>""",
    "chips": '<c-chips :items="choices" />',
    "tabs": '<c-tabs :items="choices" />',
    "empty": """<c-empty title="Belum ada daftar" action="Unggah daftar" href="#">Mulai dari berkas kosong kami.</c-empty>""",
    "steps": '<c-steps labels="Pilih berkas|Periksa kolom|Periksa baris" current="2" />',
    "fate_bar": '<c-fate-bar :bar="bar" />',
    "month_strip": '<c-month-strip :cells="cells" label="Bulan janji" />',
    "month_grid": '<c-month-grid :years="years" :legend="legend" label="Bulan terlindungi" />',
    "progress": '<c-progress done="3000" total="10000" label="Memeriksa baris" note="1.200 baris per detik" poll="/x/" />',
    "why": '<c-why :steps="steps" />',
    "unfold": '<c-unfold title="Siapa yang dihitung?">Semua peserta.</c-unfold>',
    "nik": '<c-nik :value="nik" reveal="/x/" />',
    "confirm": '<c-confirm label="Batalkan" url="/x/" consequence="250 baris ditarik kembali." button="Ya, batalkan" />',
    "line_chart": '<c-line-chart :chart="lines" /><c-line-chart :chart="columns" />',
    "bars": '<c-bars :rows="rows" caption="Menurut kecamatan" label_head="Kecamatan" value_head="Pekerja" />',
    "file_drop": '<c-file-drop accept=".xlsx,.csv" help="Excel atau CSV, paling besar 25 MB." />',
    "facts": '<c-facts><c-fact label="Nama">Sari</c-fact><c-fact label="NIK">{{ nik|nik }}</c-fact></c-facts>',
    "card": '<c-card title="Identitas"><p>Isi kartu.</p><c-slot name="footer">Kaki</c-slot></c-card>',
    "timeline": '<c-timeline :events="events" />',
    "copy": '<c-copy text="INV-2026-0001" />',
}


def context() -> dict:
    """What the samples show."""
    now = Month.of(TODAY)
    cells = [
        shapes.MonthCell(now - 10 + at, "berlaku" if at < 9 else "belum dibayar", "ok" if at < 9 else "wait",
                         "●" if at < 9 else "○", now=at == 10)
        for at in range(12)
    ]  # fmt: skip
    labels = [f"{at + 1}/26" for at in range(12)]
    covered = charts.Series("Peserta", [at * 1000 for at in range(12)], "1")
    wanted = charts.Series("Rencana", [at * 1200 if at > 5 else None for at in range(12)], "2", dashed=True)
    return {
        "page": SimpleNamespace(next_cursor="b", previous_cursor="a", items=[]),
        "names": ["Sari", "Budi", "Wulan"],
        "choices": [shapes.Choice("Semua", "#", True, 12), shapes.Choice("Perlu diperbaiki", "#", False, 3, True)],
        "bar": shapes.fate_bar(
            [
                shapes.BarPart("baru", 1212, "ok", "#"),
                shapes.BarPart("sudah terdaftar", 340, "info", "#", True),
                shapes.BarPart("sudah dilindungi pihak lain", 0, "off", "#"),
                shapes.BarPart("perlu diperbaiki", 3, "bad", "#"),
            ]
        ),
        "cells": cells,
        "years": shapes.month_grid(cells),
        "legend": [shapes.LegendItem("ok", "berlaku", "●"), shapes.LegendItem("wait", "belum dibayar", "○")],
        "steps": [
            SimpleNamespace(label="Iuran JKM", formula="Rp6.800 x 50 %", article="PP 50/2025 pasal 5"),
        ],
        "nik": Nik.parse("3324014107900003"),
        "lines": charts.line_chart("Peserta", axis_label="Bulan", labels=labels, series=[covered, wanted], words=angka),
        "columns": charts.column_chart("Peserta", axis_label="Bulan", labels=labels, series=[covered], words=angka),
        "rows": shapes.bar_rows([("Kaliwungu", 320, "33.24.08"), ("Weleri", 80, "33.24.04")], words=angka),
        "events": [shapes.Event(TODAY, "22 November 2026", "Didaftarkan", "Rina", "ok")],
        "login": reverse("account_login"),
    }


def page_source() -> str:
    """All samples as one page in the frame."""
    body = "\n".join(f'<section id="{name}" class="mb-4">{sample}</section>' for name, sample in SAMPLES.items())
    return f'{{% extends "base.html" %}}{{% block title %}}Contoh{{% endblock %}}{{% block content %}}{body}{{% endblock %}}'
