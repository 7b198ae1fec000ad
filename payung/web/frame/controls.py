"""Form controls in the house's dress, for `<c-field>`. Built in: no `load` is needed."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def widget_kind(field: BoundField) -> str:
    """Say how a field is laid out: `hidden`, `check` (one box), `choices` (several), or `plain`."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw the control with its class, and tell screen readers of its help and its error."""
    widget = field.field.widget
    attributes: dict[str, str | bool] = {}
    if not isinstance(widget, forms.CheckboxInput):
        dress = "form-select" if isinstance(widget, forms.Select) else "form-control"
        attributes["class"] = f"{widget.attrs.get('class', '')} {dress}".strip()
    told = [f"{field.auto_id}_helptext"] if field.help_text else []
    if field.errors:
        told.append(f"{field.auto_id}_error")
        attributes["aria-invalid"] = "true"
    if told:
        attributes["aria-describedby"] = " ".join(told)
    return field.as_widget(attrs=attributes)
