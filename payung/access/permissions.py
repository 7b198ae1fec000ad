"""The one list of permissions, `resource:action`, and which role holds which.

A permission belongs to a door and an HTTP method, never to a door alone: reading is not writing. Roles are those of
`docs/decisions/0003-who-acts.md`; a role's reach (regency, kecamatan, village, one sponsor) stands in the grant.
"""

from enum import StrEnum


class Permission(StrEnum):
    """Everything that anybody may be allowed to do."""

    PUBLIC = "public:visit"
    SIGNED_IN = "account:use"
    SPONSOR_READ = "sponsor:read"
    SPONSOR_WRITE = "sponsor:write"
    PLEDGE_READ = "pledge:read"
    PLEDGE_WRITE = "pledge:write"
    WORKER_READ = "worker:read"
    WORKER_WRITE = "worker:write"
    WORKER_REVEAL = "worker:reveal"
    DUPLICATE_READ = "duplicate:read"
    DUPLICATE_DECIDE = "duplicate:decide"
    DUPLICATE_UNDO = "duplicate:undo"
    DUPLICATE_AUTOMATE = "duplicate:automate"
    LIST_READ = "list:read"
    LIST_UPLOAD = "list:upload"
    LIST_APPROVE = "list:approve"
    LIST_UNDO = "list:undo"
    ENROLMENT_READ = "enrolment:read"
    ENROLMENT_VERIFY = "enrolment:verify"
    ENROLMENT_MATCH = "enrolment:match"
    ENROLMENT_DETERMINE = "enrolment:determine"
    ENROLMENT_APPROVE = "enrolment:approve"
    ENROLMENT_REGISTER = "enrolment:register"
    BPJS_SEND = "bpjs:send"
    BPJS_ANSWER = "bpjs:answer"
    RESERVATION_REQUEST = "reservation:request"
    RESERVATION_OFFER = "reservation:offer"
    NOTICE_READ = "notice:read"
    NOTICE_ISSUE = "notice:issue"
    PAYMENT_RECORD = "payment:record"
    PAYMENT_CONFIRM = "payment:confirm"
    PAYMENT_REVERSE = "payment:reverse"
    RECONCILIATION_READ = "reconciliation:read"
    RECONCILIATION_WRITE = "reconciliation:write"
    MONTH_CLOSE = "month:close"
    SLIP_PRINT = "slip:print"
    COVERAGE_READ = "coverage:read"
    COVERAGE_WRITE = "coverage:write"
    REGION_IMPORT = "region:import"
    USER_MANAGE = "user:manage"
    KEY_MANAGE = "key:manage"
    JOB_READ = "job:read"
    AUDIT_READ = "audit:read"
    LEDGER_CHECK = "ledger:check"
    FINDING_READ = "finding:read"
    FINDING_REVIEW = "finding:review"


class Role(StrEnum):
    """Who people are to the programme; the values are kept in the database."""

    PETUGAS_DESA = "petugas_desa"
    VERIFIKATOR = "verifikator"
    PETUGAS_DINAS = "petugas_dinas"
    PENYETUJU_DINAS = "penyetuju_dinas"
    BENDAHARA = "bendahara"
    PETUGAS_BPJS = "petugas_bpjs"
    PETUGAS_PERUSAHAAN = "petugas_perusahaan"
    PIMPINAN_PERUSAHAAN = "pimpinan_perusahaan"
    PIMPINAN_DAERAH = "pimpinan_daerah"
    AUDITOR = "auditor"
    PEJABAT_PDP = "pejabat_pdp"
    PENGELOLA_SISTEM = "pengelola_sistem"
    OPERATOR = "operator"


class ScopeKind(StrEnum):
    """How far a grant reaches; `id` is a region's code, or a sponsor's public id."""

    REGENCY = "regency"
    KECAMATAN = "kecamatan"
    VILLAGE = "village"
    SPONSOR = "sponsor"


P = Permission
_READ_ALL = frozenset(
    {P.SPONSOR_READ, P.PLEDGE_READ, P.WORKER_READ, P.LIST_READ, P.ENROLMENT_READ, P.NOTICE_READ, P.COVERAGE_READ}
)

ROLES: dict[Role, frozenset[Permission]] = {
    Role.PETUGAS_DESA: frozenset(
        {P.WORKER_READ, P.LIST_READ, P.LIST_UPLOAD, P.ENROLMENT_READ, P.ENROLMENT_VERIFY, P.SLIP_PRINT}
    ),
    Role.VERIFIKATOR: frozenset({P.WORKER_READ, P.ENROLMENT_READ, P.ENROLMENT_VERIFY}),
    Role.PETUGAS_DINAS: _READ_ALL
    | {
        P.SPONSOR_WRITE,
        P.PLEDGE_WRITE,
        P.WORKER_WRITE,
        P.WORKER_REVEAL,
        P.DUPLICATE_READ,
        P.DUPLICATE_DECIDE,
        P.LIST_UPLOAD,
        P.LIST_APPROVE,
        P.LIST_UNDO,
        P.ENROLMENT_VERIFY,
        P.ENROLMENT_MATCH,
        P.ENROLMENT_DETERMINE,
        P.ENROLMENT_REGISTER,
        P.BPJS_SEND,
        P.BPJS_ANSWER,
        P.RESERVATION_REQUEST,
        P.RESERVATION_OFFER,
        P.NOTICE_ISSUE,
        P.PAYMENT_RECORD,
        P.PAYMENT_CONFIRM,
        P.RECONCILIATION_READ,
        P.RECONCILIATION_WRITE,
        P.SLIP_PRINT,
        P.COVERAGE_WRITE,
        P.FINDING_READ,
        P.FINDING_REVIEW,
    },
    Role.PENYETUJU_DINAS: _READ_ALL
    | {
        P.WORKER_REVEAL,
        P.DUPLICATE_READ,
        P.DUPLICATE_DECIDE,
        P.DUPLICATE_UNDO,
        P.DUPLICATE_AUTOMATE,
        P.LIST_APPROVE,
        P.LIST_UNDO,
        P.ENROLMENT_APPROVE,
        P.PAYMENT_CONFIRM,
        P.PAYMENT_REVERSE,
        P.RECONCILIATION_READ,
        P.RECONCILIATION_WRITE,
        P.MONTH_CLOSE,
        P.FINDING_READ,
        P.FINDING_REVIEW,
        P.SLIP_PRINT,
    },
    Role.BENDAHARA: frozenset(
        {
            P.SPONSOR_READ,
            P.PLEDGE_READ,
            P.NOTICE_READ,
            P.PAYMENT_RECORD,
            P.RECONCILIATION_READ,
            P.RECONCILIATION_WRITE,
            P.COVERAGE_READ,
        }
    ),
    Role.PETUGAS_BPJS: _READ_ALL | {P.BPJS_ANSWER, P.PAYMENT_CONFIRM, P.RECONCILIATION_READ},
    Role.PETUGAS_PERUSAHAAN: frozenset(
        {
            P.SPONSOR_READ,
            P.PLEDGE_READ,
            P.PLEDGE_WRITE,
            P.WORKER_READ,
            P.LIST_READ,
            P.LIST_UPLOAD,
            P.ENROLMENT_READ,
            P.RESERVATION_REQUEST,
            P.NOTICE_READ,
            P.PAYMENT_RECORD,
            P.SLIP_PRINT,
        }
    ),
    Role.PIMPINAN_PERUSAHAAN: frozenset(
        {P.SPONSOR_READ, P.PLEDGE_READ, P.WORKER_READ, P.LIST_READ, P.ENROLMENT_READ, P.NOTICE_READ}
    ),
    Role.PIMPINAN_DAERAH: frozenset({P.COVERAGE_READ, P.SPONSOR_READ, P.PLEDGE_READ}),
    Role.AUDITOR: _READ_ALL
    | {
        P.AUDIT_READ,
        P.LEDGER_CHECK,
        P.DUPLICATE_READ,
        P.FINDING_READ,
        P.FINDING_REVIEW,
        P.RECONCILIATION_READ,
    },
    Role.PEJABAT_PDP: frozenset({P.AUDIT_READ, P.WORKER_READ}),
    Role.PENGELOLA_SISTEM: frozenset({P.USER_MANAGE, P.KEY_MANAGE, P.JOB_READ, P.REGION_IMPORT, P.LEDGER_CHECK}),
    # Whoever sits at the machine's own command line holds the database anyway: the record says so by this name.
    Role.OPERATOR: frozenset(Permission),
}

SCOPES_OF: dict[Role, frozenset[ScopeKind]] = {
    role: frozenset({ScopeKind.REGENCY})
    for role in Role
    if role not in {Role.PETUGAS_DESA, Role.VERIFIKATOR, Role.PETUGAS_PERUSAHAAN, Role.PIMPINAN_PERUSAHAAN}
} | {
    Role.PETUGAS_DESA: frozenset({ScopeKind.VILLAGE}),
    Role.VERIFIKATOR: frozenset({ScopeKind.KECAMATAN, ScopeKind.REGENCY}),
    Role.PETUGAS_PERUSAHAAN: frozenset({ScopeKind.SPONSOR}),
    Role.PIMPINAN_PERUSAHAAN: frozenset({ScopeKind.SPONSOR}),
}
