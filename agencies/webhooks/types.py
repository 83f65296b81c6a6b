"""The types of event that leave the house. What each means to a receiver stands in docs/webhooks.md."""

from enum import StrEnum


class WebhookType(StrEnum):
    """Type as the receiver reads it. The subject is the id of a referral, but for the test's, which is the endpoint."""

    DISPATCH_ACKNOWLEDGED = "dispatch.acknowledged"
    DISPATCH_TRANSFERRED = "dispatch.transferred"
    ENDPOINT_TEST = "endpoint.test"
    REFERRAL_CHANGED = "referral.changed"
    REFERRAL_DISPATCHED = "referral.dispatched"
