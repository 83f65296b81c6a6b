"""The OpenAPI document: what django-ninja cannot know is filled in from the questions of the form."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from agencies.geography import Gazetteer
from referrals.api.answers import ASKED_OF, KINDS, schema_of
from referrals.api.shapes import Around, Schema
from referrals.form import VERSIONS


def around() -> Around:
    """What the schemas depend on today. One query."""
    today = timezone.localdate()
    return Around(tuple(area.gss_code for area in Gazetteer.at(today).authorities()), today)


def fill_in(document: dict[str, Any]) -> None:
    """Put the schema of a referral into the document: one for each version and kind of referrer."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    surroundings = around()
    with translation.override("en"):
        bodies = [_body(version, surroundings, schemas) for version in VERSIONS]
    schemas["ReferralIn"] = bodies[0] if len(bodies) == 1 else {"oneOf": bodies}


def _body(version: str, surroundings: Around, schemas: dict[str, Schema]) -> Schema:
    names = {}
    for kind in KINDS:
        names[kind] = f"Answers_{version}_{kind}"
        schemas[names[kind]] = schema_of(version, kind, surroundings)
    mapping = {kind: f"#/components/schemas/{name}" for kind, name in names.items()}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["form_version", "answers"],
        "properties": {
            "form_version": {"type": "string", "enum": [version], "description": "Which questions these answer."},
            "language": {
                "type": "string",
                "enum": [code for code, _name in settings.LANGUAGES],
                "default": "en",
                "description": "In which language to write to the referrer.",
            },
            "answers": {
                "oneOf": [{"$ref": ref} for ref in mapping.values()],
                "discriminator": {"propertyName": ASKED_OF, "mapping": mapping},
            },
        },
    }
