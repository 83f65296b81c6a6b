"""The one form renderer: fields as GOV.UK markup, from our own templates."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Find the templates of fields and forms where all other templates are."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
