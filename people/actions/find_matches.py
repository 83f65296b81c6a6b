"""Who may be the same human being as a person: looked for, and each pair kept to be decided about."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from people.keeping import agencies_keeping, restricted_persons
from people.linking import lock_links
from people.matching.candidates import OFFERED, Candidate, bands_with, candidates_for
from people.matching.scoring import Band
from people.models import Match, MatchBand
from people.permissions import check_can_look
from people.sights import matches_about
from people.states import MatchState

_SETTLED = (MatchState.REJECTED, MatchState.LEFT_OPEN)


@action
def find_matches(*, person_id: UUID, by: Actor, now: datetime) -> int:
    """Look for whom a person may be, and say how many pairs are new. Run twice it finds nothing new. Locks the links.

    Whom no agency has (a referral in the quarantine, somebody whom no referral is about any more) is passed over.
    What was left open or rejected waits again where it has become likely since. What is confirmed stays.

    Raises:
        SearchRow.DoesNotExist: there is no such person.
        Forbidden: `by` may not look for this person's matches.
    """
    check_can_look(by, person_id)
    candidates = candidates_for(person_id, at_most=None)
    persons = [person_id, *(candidate.person for candidate in candidates)]
    kept, restricted = agencies_keeping(persons), restricted_persons(persons)
    if person_id not in kept:
        return 0
    lock_links()
    known = {match.beside(person_id): match for match in matches_about([person_id]).select_for_update()}
    found = _offered([each for each in candidates if each.person in kept], known, restricted)
    new = [candidate for candidate in found if candidate.person not in known]
    for candidate in new:
        _keep(person_id, candidate, by=by, now=now)
    # A search brings so many rows at most: whom it did not bring may be as likely as ever.
    bands = bands_with(person_id, known)
    for other, match in known.items():
        likely = bands.get(other) == Band.LIKELY
        _weigh_again(match, MatchBand.LIKELY if likely else MatchBand.POSSIBLE, by=by, now=now)
    return len(new)


def _offered(found: list[Candidate], known: Mapping[UUID, Match], restricted: Collection[UUID]) -> list[Candidate]:
    """Every likely one, twenty possible ones at most, and as many who are restricted.

    Neither those whom nobody has, nor those whom most must not know of, nor those about whom officers have decided take
    the place of another.
    """
    likely = [each for each in found if each.band == Band.LIKELY]
    rest = [each for each in found if each.band != Band.LIKELY and not _is_decided(known.get(each.person))]
    walls = ([each for each in rest if (each.person in restricted) is wall][:OFFERED] for wall in (False, True))
    return [*likely, *(each for group in walls for each in group)]


def _is_decided(match: Match | None) -> bool:
    return match is not None and match.state in (MatchState.CONFIRMED, *_SETTLED)


def _keep(person: UUID, candidate: Candidate, *, by: Actor, now: datetime) -> None:
    one, other = sorted((person, candidate.person))
    match = Match(one_id=one, other_id=other, band=MatchBand(candidate.band), found_at=now, found_by=by.pk)
    match.save(force_insert=True)


def _weigh_again(match: Match, band: MatchBand, *, by: Actor, now: datetime) -> None:
    """What speaks for it no more, since a name was struck out, is possible and no more likely."""
    if match.band == band:
        return
    if band == MatchBand.LIKELY and match.state in _SETTLED:
        match.move(MatchState.WAITING, at=now, by=by, band=band, again_at=now)
    elif band == MatchBand.LIKELY and match.state == MatchState.WAITING:
        match.changed(band=band, again_at=now)
    else:
        match.changed(band=band)
