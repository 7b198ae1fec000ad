"""`payung user add`."""

import pytest
from click.testing import CliRunner

from payung.access.models import User
from payung.access.permissions import Permission
from payung.access.selectors import viewer_named
from payung.cli.users import user
from payung.vault.keys import create_keys

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_added_officer_may_write_sponsors() -> None:
    create_keys()
    result = CliRunner().invoke(user, ["add", "rina@kendal.example", "--name", "Rina", "--role", "petugas_dinas"])
    assert result.exit_code == 0, result.output
    assert viewer_named("rina@kendal.example").may(Permission.SPONSOR_WRITE)


def test_the_same_address_twice_is_wrong_use_and_says_so() -> None:
    arguments = ["add", "rina@kendal.example", "--name", "Rina", "--role", "petugas_dinas"]
    CliRunner().invoke(user, arguments)
    result = CliRunner().invoke(user, arguments)
    assert result.exit_code == 2
    assert "sudah terdaftar" in result.output
    assert User.objects.filter(email="rina@kendal.example").count() == 1
