"""WHO may work a person: officers of the agencies that have them."""

from collections.abc import Collection
from uuid import UUID

from agencies.models import Agency, User
from agencies.permissions import NOT_ALLOWED, Permission, can, require
from audit.actors import Actor
from audit.agents import Agent
from audit.refusals import Forbidden
from people.keeping import agencies_keeping, agencies_working, hidden_persons, readable_persons, voices_for
from people.models import InformationRequest, Match, MatchAsking, Written
from people.requests import requests_to
from people.sights import Seen, see
from people.states import AskingState


def check_can_work(actor: Actor, needed: Permission, person: UUID, agency: UUID) -> Agency:
    """The agency, if it has the person and `actor` may do there what `needed` says. Raises Forbidden otherwise."""
    for each in agencies_working(actor, person, needed):
        if each.pk == agency:
            return each
    raise Forbidden(NOT_ALLOWED)


def check_can_read(reader: User, person: UUID) -> None:
    """Raise Forbidden unless the reader may read the person."""
    if person not in readable_persons(reader, [person]):
        raise Forbidden(NOT_ALLOWED)


def check_can_look(actor: Actor, person: UUID) -> None:
    """Raise Forbidden unless `actor` decides about matches of this person, or looks for everybody: the sweeper does."""
    require(actor, Permission.MATCH_DECIDE)
    if not isinstance(actor, Agent) and not agencies_working(actor, person, Permission.MATCH_DECIDE):
        raise Forbidden(NOT_ALLOWED)


def seen_by(actor: User, match: Match) -> Seen:
    """What the actor may see of a match. Raises Forbidden where they may not know of it."""
    found = see(actor, [match])
    if not found:
        raise Forbidden(NOT_ALLOWED)
    return found[0]


def check_can_decide(actor: User, match: Match) -> Seen:
    """What the actor sees of a match that they work. Raises Forbidden for anybody else."""
    seen = seen_by(actor, match)
    if not seen.works:
        raise Forbidden(NOT_ALLOWED)
    return seen


def check_can_answer(actor: User, asking: MatchAsking) -> Seen:
    """What the actor sees of the match, from the side asked about. Raises Forbidden unless their agency has that."""
    seen = check_can_decide(actor, asking.match)
    if not can_answer(actor, asking):
        raise Forbidden(NOT_ALLOWED)
    return seen


def can_answer(actor: User, asking: MatchAsking) -> bool:
    """Whether an agency of the actor has the person whom an asking is about."""
    return bool(agencies_working(actor, asking.about_id, Permission.MATCH_DECIDE))


def can_withdraw(actor: User, asking: MatchAsking) -> bool:
    """Whether the actor is of the side that asked, or of the side that accepted: whoever was only asked declines."""
    ours = agencies_working(actor, asking.theirs, Permission.MATCH_DECIDE)
    asked = any(agency.pk == asking.agency_id for agency in ours)
    return asked or (asking.state == AskingState.ACCEPTED and can_answer(actor, asking))


def check_can_withdraw(actor: User, asking: MatchAsking) -> Seen:
    """What the actor sees of the match. Raises Forbidden unless they `can_withdraw`."""
    seen = check_can_decide(actor, asking.match)
    if not can_withdraw(actor, asking):
        raise Forbidden(NOT_ALLOWED)
    return seen


def allowed_answers(actor: User, asking: MatchAsking) -> frozenset[str]:
    """What the actor can do with an asking of which they know."""
    able = {AskingState.ACCEPTED, AskingState.DECLINED} if can_answer(actor, asking) else set()
    if can_withdraw(actor, asking):
        able.add(AskingState.WITHDRAWN)
    return asking.states.stages[asking.state].to & frozenset(map(str, able))


def check_can_strike_out(actor: Actor, row: Written) -> None:
    """Raise Forbidden unless `can_strike_out`. `row.agency` is at hand."""
    working = agencies_working(actor, row.person_id, Permission.RECORD_WRITE)
    voices = voices_for(actor, row.person_id) if isinstance(actor, User) else []
    if not can_strike_out(row.agency, working=working, voices=voices):
        raise Forbidden(NOT_ALLOWED)


def can_strike_out(wrote: Agency, *, working: Collection[Agency], voices: Collection[Agency]) -> bool:
    """Whether somebody who writes beside a person for `working` may strike out what the agency `wrote` there.

    That agency's officers may, and where it has the person no more, those of the agency of its side that has them
    since: `voices` are the agencies whose words "for my agency only" are theirs to read. No query.
    """
    return wrote in voices and any(agency.is_police == wrote.is_police for agency in working)


def agencies_clearing(actor: Actor, person: UUID) -> list[Agency]:
    """The agencies that have the person and for which `actor` answers deconflictions, by name.

    Whom officers have kept to named people is deconflicted all the same; who is excluded by name learns of nobody.
    """
    if not isinstance(actor, User) or hidden_persons(actor, [person]):
        return []
    having = agencies_keeping([person]).get(person, [])
    return [agency for agency in having if can(actor, Permission.DECONFLICTION_ANSWER, agency=agency)]


def check_can_clear(actor: Actor, person: UUID, agency: UUID) -> None:
    """Raise Forbidden unless `actor` answers deconflictions for the agency, which has the person."""
    if agency not in {each.pk for each in agencies_clearing(actor, person)}:
        raise Forbidden(NOT_ALLOWED)


def check_can_end_clearance(actor: Actor, person: UUID) -> None:
    """Raise Forbidden unless `actor` asks for deconfliction of this person, or of everybody: the sweeper does."""
    require(actor, Permission.DECONFLICTION_ASK)
    if isinstance(actor, Agent) or agencies_clearing(actor, person):
        return
    if not agencies_working(actor, person, Permission.DECONFLICTION_ASK):
        raise Forbidden(NOT_ALLOWED)


def check_can_answer_request(actor: Actor, request: InformationRequest) -> None:
    """Raise Forbidden unless `actor` answers for the agency that is asked, and may learn of the person."""
    require(actor, Permission.REQUEST_ANSWER, agency=request.asked)
    if not isinstance(actor, User) or not requests_to(actor).filter(pk=request.pk).exists():
        raise Forbidden(NOT_ALLOWED)


def check_can_follow_request(actor: Actor, request: InformationRequest) -> None:
    """Raise Forbidden unless `actor` asks for the agency that asks, and it has the person still."""
    check_can_work(actor, Permission.REQUEST_SEND, request.person_id, request.asking_id)
