"""Users, what each was granted, and invitations."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from payung.kernel.public_id import new_public_id


class UserManager(BaseUserManager["User"]):
    """Makes users; only services call it."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can sign in (`person`), or the machine's own command line (`operator`), who cannot."""

    class Kind(models.TextChoices):
        """What sort of actor it is."""

        PERSON = "person"
        OPERATOR = "operator"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.PERSON)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    session_epoch = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(kind__in=["person", "operator"]), name="access_user_kind_known"),
        )

    def get_session_auth_hash(self) -> str:
        """Sessions end when the password or anything granted changes."""
        return salted_hmac("payung.session", f"{self.password}|{self.session_epoch}", algorithm="sha256").hexdigest()


class Grant(models.Model):
    """A role and how far it reaches. A grant that was taken back stays, with its end."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32)
    scope_kind = models.CharField(max_length=16)
    scope_id = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["user", "role", "scope_kind", "scope_id"],
                condition=Q(revoked_at__isnull=True),
                name="access_grant_once",
            ),
        )


class Invitation(models.Model):
    """A link sent by mail that lets one person choose a password. Only the token's hash is kept."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=32)
    scope_kind = models.CharField(max_length=16)
    scope_id = models.CharField(max_length=64)
    token_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.CharField(max_length=200)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
