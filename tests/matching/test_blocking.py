"""Records of one person share a text to be found by, whatever was written differently."""

from datetime import date

from payung.matching.blocking import BlockTexts, block_texts, phone_digits, sound_of, telling_word

BORN = date(1990, 3, 17)


def texts(**changes) -> BlockTexts:
    facts = {
        "nik": "3324151703900003",
        "name": "Sutarjo",
        "birth_date": BORN,
        "village_code": "33.24.15.2001",
        "mother": "Siti Aminah",
        "phone": "081234567890",
    }
    return block_texts(**(facts | changes))


def shared(**changes) -> set[str]:
    one, other = texts()._asdict(), texts(**changes)._asdict()
    return {kind for kind, text in one.items() if text and text == other[kind]}


def test_old_spelling_doubled_letters_and_vowels_do_not_part_a_word():
    assert sound_of("soetardjo") == sound_of("sutarjo")
    assert sound_of("aminnah") == sound_of("aminah") == sound_of("amina")
    assert sound_of("achmad") == sound_of("ahmat")
    assert sound_of("yusuf") == sound_of("yusup")
    assert sound_of("sari") != sound_of("dewi")


def test_the_telling_word_is_the_same_in_any_order_and_without_what_everybody_is_called():
    assert telling_word("Muhammad Sholeh") == telling_word("SOLEH, H.") == telling_word("soleh moh.")
    assert telling_word("Siti") == sound_of("siti")
    assert telling_word("") == ""


def test_a_wrong_digit_in_the_region_of_a_nik_still_shares_its_tail():
    assert "nik_name" in shared(nik="3325151703900003")
    assert "nik_name" not in shared(nik="3324151703900004")


def test_each_fact_alone_still_leaves_a_way_to_find_the_person():
    assert shared(nik="") == {"birth_name", "birth_village", "mother", "phone"}
    assert shared(name="Budiono") == {"birth_village", "phone"}
    assert shared(birth_date=date(1990, 7, 3)) == {"nik_name", "mother", "phone"}
    assert shared(village_code="33.24.01.2001", phone="") == {"nik_name", "birth_name", "mother"}


def test_what_is_not_known_gives_no_text():
    assert texts(nik="", birth_date=None, mother="", phone="123") == BlockTexts("", "", "", "", "")


def test_the_first_of_january_is_no_reason_with_a_village_alone():
    assert texts(birth_date=date(1990, 1, 1)).birth_village == ""
    assert texts(birth_date=date(1990, 1, 1)).birth_name


def test_a_telephone_number_is_the_same_in_each_of_its_forms():
    assert phone_digits("0812-3456-7890") == phone_digits("+62 812 3456 7890") == phone_digits("6281234567890")
