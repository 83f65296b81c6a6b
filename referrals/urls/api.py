"""The API, by keys: on the public surface, where partners' systems reach it."""

from agencies.api.door import About, Api
from referrals.api.document import fill_in
from referrals.api.operations import router

app_name = "api"

ABOUT = About(
    prefix="/api/v1/",
    title="Prevent referrals",
    version="1",
    description="For organisations that send referrals from a system of their own, and for agencies whose systems "
    "fetch what is dispatched to them. Taking receipt is not offered: a named officer does that in casework.",
)

api = Api(ABOUT, fill_in=fill_in)
api.add_router("", router)

urlpatterns = api.addresses()
