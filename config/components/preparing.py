"""Which component needs something worked out before its template is rendered, and by what.

Each takes the parameters of one component and returns those that its template reads.
"""

from collections.abc import Callable, Mapping
from typing import Any

from config.components import choosing, dates, showing, texts
from config.components.describing import Params, with_label

PREPARATIONS: dict[str, Callable[[Params], Mapping[str, Any]]] = {
    "character-count": texts.character_count,
    "checkboxes": choosing.choices,
    "date-input": dates.date_input,
    "file-upload": texts.file_upload,
    "input": texts.text_input,
    "panel": showing.panel,
    "password-input": texts.password_input,
    "radios": choosing.radios,
    "select": choosing.select,
    "service-navigation": showing.with_navigation,
    "summary-list": showing.summary_list,
    "textarea": with_label,
}
