"""What can go wrong on the way in. Rows that do not fit are values beside the good ones; these are broken promises."""


class EnrolmentError(RuntimeError):
    """Base of all of them. `code` and `params` feed the sentence that a door renders."""

    code = "enrolment:failed"

    def __init__(self, **params: object) -> None:
        super().__init__(self.code, params)
        self.params = params


class StepNotAllowedError(EnrolmentError):
    """A step that is not in the table of transitions; nothing of the whole set moved."""

    code = "enrolment:step-not-allowed"


class EnrolmentGoneError(EnrolmentError):
    """Some of the enrolments asked for do not exist, or lie outside what this person may handle."""

    code = "enrolment:gone"


class ReasonUnknownError(EnrolmentError):
    """A reason or a result that is not in its closed list."""

    code = "enrolment:reason-unknown"


class NothingToDoError(EnrolmentError):
    """There is nobody for whom this step is the next one."""

    code = "enrolment:nothing-to-do"


class NumberTakenError(EnrolmentError):
    """A number of minutes, wadah or batch that another one bears already."""

    code = "enrolment:number-taken"


class RoundClosedError(EnrolmentError):
    """A verification round that was closed takes no more results."""

    code = "enrolment:round-closed"


class RoundIncompleteError(EnrolmentError):
    """Some persons of the round have no result yet."""

    code = "enrolment:round-incomplete"


class RoundNotHeldError(EnrolmentError):
    """Results cannot be written down before the day on which the round is held."""

    code = "enrolment:round-not-held"


class WrongBasisError(EnrolmentError):
    """The basis does not fit the sponsor's funds, or lacks its number, day or file."""

    code = "enrolment:wrong-basis"


class ListChangedError(EnrolmentError):
    """The list is no longer the one that was prepared (or that the approver saw): prepare it again."""

    code = "enrolment:list-changed"


class DeterminationDecidedError(EnrolmentError):
    """The determination was approved or withdrawn already."""

    code = "enrolment:determination-decided"


class PledgeMismatchError(EnrolmentError):
    """A pledge of another sponsor, or one that was withdrawn."""

    code = "enrolment:pledge-mismatch"


class PledgeFullError(EnrolmentError):
    """More workers than the pledge has places."""

    code = "enrolment:pledge-full"


class NoPledgeError(EnrolmentError):
    """Workers without a pledge cannot be sent: nobody has said who pays for which months."""

    code = "enrolment:no-pledge"


class SubstituteError(EnrolmentError):
    """This person cannot take the other's place."""

    code = "enrolment:cannot-substitute"


class HandoverDecidedError(EnrolmentError):
    """The handover was approved or withdrawn already."""

    code = "enrolment:handover-decided"


class HandoverPartiesError(EnrolmentError):
    """What a handover needs is missing or does not fit; `params["part"]` names it."""

    code = "enrolment:handover-parties"


class ColumnMapError(EnrolmentError):
    """A column map that names an unknown field, or lacks one that the answer needs."""

    code = "enrolment:column-map"


class AnswerRefusedError(EnrolmentError):
    """A file that cannot be read as an answer; `params["problems"]` says why."""

    code = "enrolment:answer-refused"


class DifferenceResolvedError(EnrolmentError):
    """The difference was resolved already, or its row does not wait for anybody."""

    code = "enrolment:difference-resolved"
