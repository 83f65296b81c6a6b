"""What gunicorn serves answers with a page, also where Django's own request fails before anything of ours is asked."""

from typing import Any

import pytest
from django.test import RequestFactory

from config.wsgi import application


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "utf-16", "none such", "\xff"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"])
def test_an_encoding_of_no_texts_is_not_believed(kind: str, charset: str) -> None:
    environ = RequestFactory().get("/privacy/?x=%41&change=%ff").environ
    environ["CONTENT_TYPE"] = f"{kind}; charset={charset}"
    answer: Any = application(environ, lambda *_: lambda _: None)
    body = b"".join(answer)
    assert answer.status_code == 200
    assert body.rstrip().endswith(b"</html>")
