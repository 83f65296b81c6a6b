"""What the ledger's codes are called in sentences: each action, each kind of look, each recorded model.

A test holds that nothing which occurs is without its words.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.models import Entry

Words = str | Promise
Kind = Entry.Kind


class Deed(NamedTuple):
    """An action as something that was done, and as something that was tried and refused."""

    done: Words
    tried: Words


# What was seen, by kind and type of object. `{what}` is the object: "referral K7QM-3XWP", a name, or its kind.
LOOKS: dict[tuple[str, str], Words] = {
    (Kind.VIEWED, "referrals.referral"): _("opened {what}"),
    (Kind.VIEWED, "referrals.task"): _("opened a task about {what}"),
    (Kind.VIEWED, "referrals.namedaccess"): _("opened the review of an emergency access to {what}"),
    (Kind.VIEWED, "referrals.dispatch"): _("fetched {what}"),
    (Kind.VIEWED, "referrals.systemlink"): _("fetched its own case number for {what}"),
    (Kind.VIEWED, "people.person"): _("opened what is known of the person of {what}"),
    (Kind.VIEWED, "people.match"): _("compared the person of {what} with another"),
    (Kind.PRINTED, "referrals.referral"): _("opened {what} for printing"),
    (Kind.DISCLOSED, "referrals.referral"): _("was given a copy of {what}"),
    (Kind.DISCLOSED, "documents.export"): _("was given a list as a file"),
    (Kind.VIEWED, "people.informationrequest"): _("opened a request for information about {what}"),
    (Kind.DOWNLOADED, "documents.document"): _("downloaded a document about {what}"),
    (Kind.DOWNLOADED, "documents.export"): _("downloaded a list as a file"),
    (Kind.LISTED, "documents.export"): _("had the lines of a list written into a file"),
    (Kind.LISTED, "referrals.referral"): _("looked at the ledger of {what}"),
    (Kind.LISTED, "agencies.user"): _("looked at the ledger of what {what} did"),
}
# Of lists that are about no one object, by what they list.
LISTS: dict[str, Words] = {
    "terms": _("searched by name, date of birth, postcode or reference"),
    "referrals": _("looked at a list of referrals"),
    "notices": _("looked at e-mails that could not be delivered"),
    "agencies": _("looked at how much waits for receipt, by agency"),
    "dispatches": _("fetched a list of referrals"),
    "ledger": _("looked at the ledger"),
    "questions": _("asked the ledger for what may be worth a question"),
    "requests": _("looked at a list of requests for information"),
    "people": _("looked for a colleague in the ledger"),
}
# What the kind alone says.
KINDS: dict[str, Words] = {
    Kind.VIEWED: _("opened {what}"),
    Kind.LISTED: _("looked at a list"),
    Kind.SEARCHED: _("searched for {what}"),
    Kind.PRINTED: _("opened {what} for printing"),
    Kind.DISCLOSED: _("was given a copy of {what}"),
    Kind.DOWNLOADED: _("downloaded {what}"),
    Kind.SIGNED_IN: _("signed in"),
    Kind.SIGNED_OUT: _("signed out"),
    Kind.SIGN_IN_FAILED: _("tried to sign in and did not succeed"),
    Kind.SESSION_ENDED: _("ended a session of {what}"),
    Kind.FACTOR_ADDED: _("added a second factor"),
    Kind.FACTOR_REMOVED: _("removed a second factor of {what}"),
    Kind.FACTOR_USED: _("answered the second factor"),
    Kind.REDACTED: _("took away what an entry held; the entry itself stays"),
    Kind.VERIFIED: _("verified the ledger"),
}
# What became of an object, after the words of the action.
CHANGES: dict[str, Words] = {
    Kind.CREATED: _("Added: {noun}."),
    Kind.CHANGED: _("Changed: {noun}."),
    Kind.DELETED: _("Deleted: {noun}."),
    Kind.BULK: _("Changed many at once: {noun}."),
    Kind.MIGRATED: _("Applied: {noun}."),
    Kind.MIGRATION_UNDONE: _("Undone: {noun}."),
    Kind.COMBINED: _("Put together with another: {noun}."),
}

# What an object is called, by its type.
NOUNS: dict[str, Words] = {
    "agencies.absence": _("an absence"),
    "agencies.agency": _("an agency"),
    "agencies.apikey": _("a key of a system"),
    "agencies.delivery": _("an event for a system"),
    "agencies.endpoint": _("the address of a system"),
    "agencies.endpointsecret": _("the secret of a system"),
    "agencies.exclusion": _("an exclusion from a restricted record"),
    "agencies.identity": _("how an organisation knows somebody"),
    "agencies.invitation": _("an invitation"),
    "agencies.membership": _("a role in an agency"),
    "agencies.notice": _("an e-mail"),
    "agencies.place": _("a place"),
    "agencies.proposal": _("a proposed role"),
    "agencies.restriction": _("a restriction"),
    "agencies.target": _("a local target"),
    "agencies.user": _("an account"),
    "audit.datakey": _("a data key"),
    "audit.entry": _("a month of the ledger"),
    "audit.handling": _("a reaction to an event"),
    "audit.verification": _("a verification of the ledger"),
    "documents.document": _("a document"),
    "documents.export": _("a list as a file"),
    "documents.exportpiece": _("a part of a list as a file"),
    "documents.upload": _("a file of a draft"),
    "people.address": _("an address of a person"),
    "people.clearance": _("a clearance"),
    "people.contact": _("contact in the contact log"),
    "people.match": _("a possible match of two people"),
    "people.matchasking": _("what one area asks another about a possible match"),
    "people.matchdecision": _("a decision about a possible match"),
    "people.informationrequest": _("a request for information"),
    "people.person": _("a person"),
    "people.personname": _("another name of a person"),
    "people.relationship": _("who stands near a person"),
    "people.requestanswer": _("an answer to another agency"),
    "people.searchrow": _("a row by which a person is found"),
    "people.plannedcontact": _("contact that is to come"),
    "people.telling": _("whether somebody was told"),
    "people.urgency": _("what was done before contact was cleared"),
    "people.whereabouts": _("where somebody is who is away"),
    "referrals.addition": _("what the referrer added"),
    "referrals.detachment": _("the detachment of a referral"),
    "referrals.dispatch": _("the receipt of a referral by an agency"),
    "referrals.documentdetachment": _("the detachment of a document"),
    "referrals.draft": _("a draft"),
    "referrals.flood": _("a group of alike referrals"),
    "referrals.join": _("a join of two referrals"),
    "referrals.message": _("words released to the referrer"),
    "referrals.namedaccess": _("an access by name"),
    "referrals.note": _("a note"),
    "referrals.notedetachment": _("the detachment of a note"),
    "referrals.offer": _("an offer to another agency"),
    "referrals.quarantined": _("a referral in quarantine"),
    "referrals.question": _("a question to the referrer"),
    "referrals.reassignment": _("a reassignment"),
    "referrals.recordpurpose": _("a purpose for looking"),
    "referrals.referral": _("a referral"),
    "referrals.referrer": _("a referrer"),
    "referrals.referrerlink": _("a link to the referrer’s page"),
    "referrals.referrershown": _("the showing of a referrer"),
    "referrals.referrervisit": _("a visit of the referrer"),
    "referrals.reminder": _("a reminder"),
    "referrals.search": _("a search"),
    "referrals.searchpurpose": _("a purpose for searching"),
    "referrals.succession": _("who succeeds a referrer"),
    "referrals.systemlink": _("the case number of an agency’s own system"),
    "referrals.task": _("a task"),
    "referrals.withdrawal": _("a withdrawal"),
    "referrals.worry": _("a worry about the handling"),
    "triage.deconfliction": _("a deconfliction"),
    "triage.practicenote": _("a good-practice note"),
    "triage.standard": _("a version of the standards"),
    "triage.standardstep": _("a step of the standards"),
    "triage.stepcheck": _("a completed check"),
    "triage.gatewayassessment": _("a gateway assessment"),
    "triage.gatewaysignature": _("a signature under a gateway assessment"),
    "triage.handover": _("a naming of who owns a police-led partnership"),
    "triage.partnership": _("a police-led partnership"),
    "triage.partnershipreview": _("a review of a police-led partnership"),
    "triage.plan": _("the aims of a police-led partnership"),
    "triage.plannedaction": _("a planned action of a police-led partnership"),
    "triage.signposting": _("a signposting to a service"),
}
