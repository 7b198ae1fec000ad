"""The form of an accepted invitation."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from payung.access.models import User


class PayungLoginForm(LoginForm):
    """allauth's form in our words, without texts inside the boxes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("Alamat surel")), ("password", _("Kata sandi"))):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)


class AcceptInvitationForm(forms.Form):
    """A name and a password, chosen by the person who was invited."""

    name = forms.CharField(
        label=_("Nama lengkap"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        help_text=_(
            "Paling sedikit 12 huruf. Beberapa kata yang mudah Anda ingat lebih aman daripada satu kata rumit."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Kata sandi sekali lagi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any]:
        """Both passwords are one, and it is a good one."""
        data = super().clean() or {}
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", _("Kedua kata sandi berbeda. Ketik ulang keduanya."))
        elif password:
            try:
                validate_password(password, User(email=self._email, name=data.get("name", "")))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return data
