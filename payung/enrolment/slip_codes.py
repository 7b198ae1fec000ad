"""A slip's code: how it is written, read and opened. 128 random bits as base32, shown in groups of four."""

from payung.enrolment.models import Enrolment, ProtectionSlip
from payung.vault.seal import unseal

SEALED_AT = {"table": "enrolment_protectionslip", "column": "code_sealed"}
SLIP_STATES = (Enrolment.State.ACCEPTED, Enrolment.State.ACTIVE)
_LOOKALIKES = str.maketrans({"0": "O", "1": "I", "8": "B"})


def folded_code(text: str) -> str:
    """Read a code the way people type it: any case, with or without dashes and spaces, 0 for O, 1 for I, 8 for B."""
    plain = "".join(letter for letter in text.upper() if letter.isalnum())
    return plain.translate(_LOOKALIKES)[:64]


def shown_code(code: str) -> str:
    """Write a code for reading: `ABCD-EFGH-...`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def open_code(slip: ProtectionSlip) -> str:
    """Open a slip's code, to print the same slip again."""
    return unseal(bytes(slip.code_sealed), public_id=slip.public_id, **SEALED_AT)
