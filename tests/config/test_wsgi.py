"""What gunicorn serves answers with a page, also where Django's own request fails before anything of ours is asked."""

import pytest
from django.test import RequestFactory

from config.wsgi import application


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "utf-16", "none such", "\xff"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"])
def test_an_encoding_of_no_texts_is_not_believed(kind: str, charset: str) -> None:
    environ = RequestFactory().get("/privacy/?x=%41&change=%ff").environ
    environ["CONTENT_TYPE"] = f"{kind}; charset={charset}"
    said: list[str] = []
    body = b"".join(application(environ, lambda status, headers: said.append(status)))
    assert said == ["200 OK"]
    assert body.rstrip().endswith(b"</html>")
