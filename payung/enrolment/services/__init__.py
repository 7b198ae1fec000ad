"""Everything that changes a way in. Each call is one transaction with its audit event inside."""

from payung.enrolment.services.answers import Paper, PayOrder, Received
from payung.enrolment.services.bpjs import (
    ExportedBatch,
    export_batch_for_bpjs,
    import_acceptance,
    import_activation,
    record_bpjs_check,
    resolve_row,
    set_column_map,
)
from payung.enrolment.services.departures import leave, substitute
from payung.enrolment.services.determinations import (
    approve_determination,
    prepare_determination,
    withdraw_determination,
)
from payung.enrolment.services.dukcapil import Exported, export_for_dukcapil, import_dukcapil_answer
from payung.enrolment.services.groups import add_wadah, register_in_wadah
from payung.enrolment.services.papers import open_basis, reopen_batch, reopen_dukcapil_export
from payung.enrolment.services.proposals import Proposal, Refusal, assign_to_pledge, propose_workers
from payung.enrolment.services.renewals import Renewal, renew_pledge
from payung.enrolment.services.slips import SlipCode, issue_slips, revoke_slip
from payung.enrolment.services.verification import close_round, open_round, record_for_all, record_results

__all__ = (
    "Exported",
    "ExportedBatch",
    "Paper",
    "PayOrder",
    "Proposal",
    "Received",
    "Refusal",
    "Renewal",
    "SlipCode",
    "add_wadah",
    "approve_determination",
    "assign_to_pledge",
    "close_round",
    "export_batch_for_bpjs",
    "export_for_dukcapil",
    "import_acceptance",
    "import_activation",
    "import_dukcapil_answer",
    "issue_slips",
    "leave",
    "open_basis",
    "open_round",
    "prepare_determination",
    "propose_workers",
    "record_bpjs_check",
    "record_for_all",
    "record_results",
    "register_in_wadah",
    "renew_pledge",
    "reopen_batch",
    "reopen_dukcapil_export",
    "resolve_row",
    "revoke_slip",
    "set_column_map",
    "substitute",
    "withdraw_determination",
)
