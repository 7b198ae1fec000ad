"""What the template says, and the codes of its workers: no database."""

import pytest
from django.utils import translation

from payung.intake.template_texts import CELL_TEXTS
from payung.intake.worker_codes import code_of, public_id_in
from payung.kernel.public_id import new_public_id


@pytest.mark.parametrize("language", ["id", "en"])
def test_its_words_fit_into_a_cell_message(language):
    with translation.override(language):
        for heading, text in CELL_TEXTS.items():
            assert len(str(text.title)) <= 32, heading
            assert max(len(str(text.error)), len(str(text.help))) <= 255, heading


def test_a_code_reads_back_whatever_case_it_comes_in():
    for _ in range(200):
        public_id = new_public_id()
        assert public_id_in(f" {code_of(public_id).lower()} ") == public_id
    for text in ("", "PK-", "PK-1", "3324094203850001", code_of(new_public_id())[:-1]):
        assert public_id_in(text) is None
