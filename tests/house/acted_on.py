"""What actions are given, by the names of their parameters: one of each, as the matrix has made them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from agencies.geography import Gazetteer
from agencies.models import Agency, AgencyKind, NoticeKind, Receipt
from agencies.purposes import Purpose
from agencies.roles import RoleName
from agencies.scopes import Scope
from agencies.targets import Targets
from agencies.webhooks.types import WebhookType
from audit.models import Verification
from desk.demonstration.rows import Rows
from documents.clamd import Verdict
from documents.models import Export
from documents.states import ExportState
from documents.storing import keep
from people.models import (
    AddressKind,
    AwayKind,
    ContactHow,
    ContactTo,
    ContactWith,
    Identifier,
    LegalBasis,
    NameKind,
    NoticeFor,
    NotTold,
    RelationshipKind,
    ToldWhom,
)
from people.states import MatchState
from referrals.concerning import Concern
from referrals.holding import Holder
from referrals.models import (
    AccessKind,
    Dispatch,
    Draft,
    FloodOutcome,
    JoinKind,
    NoteReaders,
    OfferCause,
    SuccessionCause,
    Task,
    TaskKind,
    ToldBy,
    WithdrawalKind,
    Worry,
)
from referrals.released import Released
from referrals.routing import route
from tests.documents.making import TEXT, uploaded
from tests.house.matrix.asking import House
from tests.house.matrix.records import AREA, NOW, RESTRICTED
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import COUNCIL, WHY
from tests.making import TEACHER
from triage.actions.write_assessment import Assessed
from triage.models import Cause, Moment, Outcome, ReviewDecision, Source
from triage.models.plan import BecameOfIt
from triage.models.signposting import ServiceSaid

R = Relation
LEAD, POLICE_OFFICER = RoleName.AUTHORITY_LEAD, RoleName.CTP_OFFICER
PASSWORD = "a-long-way-to-tip-a-rarity"
LEFT_OUT = object()


class ActedOn:
    """What somebody who means it gives to each action about the lead's referral."""

    def __init__(self, house: House) -> None:
        self.world, self.things = house.world, house.things
        self.record = self.world.records[AREA, R.HAS]
        self.lead, self.colleague = self.world.people[LEAD], self.world.colleagues[LEAD]
        self.draft = Draft.objects.get(pk=self.made("draft_id", R.OWN))
        self.common = self._rows() | self._words() | {"now": NOW}
        self.special = self._special()

    def given(self, action: str, name: str) -> Any:
        """The value of a parameter; LEFT_OUT where it has none."""
        return self.special.get((action, name), self.common.get(name, LEFT_OUT))

    def made(self, name: str, relation: Relation = R.HAS) -> Any:
        """The id of something at a relation to the lead."""
        return self.things.id_of("", name, LEAD, relation)

    def _rows(self) -> dict[str, Any]:
        referral, council = self.record.referral, Agency.objects.get(code=COUNCIL)
        named = ("dispatch_id", "note_id", "document_id", "offer_id", "withdrawal_id", "join_id", "access_id",
                 "asking_id", "match_id", "person_id", "question_id", "worry_id", "succession_id",
                 "absence_id", "membership_id", "user_id", "request_id", "deconfliction_id", "assessment_id",
                 "signposting_id", "urgency_id", "partnership_id", "planned_id")  # fmt: skip
        elsewhere = ("key_id", "endpoint_id", "delivery_id", "handling_id", "proposal_id", "standard_id", "step_id",
                     "practice_id")  # fmt: skip
        dispatch = Dispatch.objects.get(pk=self.made("dispatch_id"))
        return {
            **{name: self.made(name) for name in named},
            **{name: self.made(name, R.ELSEWHERE) for name in elsewhere},
            "agency": council,
            "agency_id": council.pk,
            "cover_id": self.lead.pk,
            "decided": route(referral.answers, Gazetteer.at(NOW.date())),
            "decided_by": self.world.people[RoleName.NATIONAL_DESK_OFFICER],
            "dispatch": dispatch,
            "draft_id": self.draft.pk,
            "export_id": self.made("export_id", R.OWN),
            "form_id": "once",
            "flood_id": self.things.flood.pk,
            "holder": Holder(self.lead),
            "kept": keep("words.txt", TEXT),
            "key_of": referral.person_id,
            "notice_id": self.made("notice_id"),
            "person": referral.person,
            "quarantined_id": self.things.held.pk,
            "reference": referral.reference,
            "referral": referral,
            "referral_id": referral.pk,
            "person_id": referral.person_id,
            "right_id": self.lead.pk,
            "subject": referral.pk,
            "system_id": self.things.receiver.key.system_id,
            "occasion": uuid4(),
            "owner_id": self.colleague.pk,
            "task": Task.objects.select_related("agency", "owner", "referral").get(pk=self.made("task_id")),
            "task_id": self.made("task_id"),
            "worry": Worry.objects.select_related("agency", "referral").get(pk=self.made("worry_id")),
            "to": referral.person,
            "to_agency_id": council.pk,
            "to_id": self.colleague.pk,
            "to_user_id": self.lead.pk,
            "written_id": self.made("written_id"),
            "wrong_id": referral.person_id,
        }

    def _words(self) -> dict[str, Any]:
        said = ("aims", "answer", "caveat", "case_number", "checked", "found", "lines", "maker", "outcome", "postcode",
                "reach",
                "reason", "source", "status", "text", "whom", "why", "words")  # fmt: skip
        return {
            **dict.fromkeys(said, WHY),
            "address": "desk@agencies.example",
            "agencies": {},
            "answers": TEACHER,
            "basis_words": WHY,
            "confirmed": True,
            "contacts": False,
            "discloses": [Identifier.NAME],
            "next_on": NOW.date() + timedelta(days=10),
            "due_on": NOW.date() + timedelta(days=10),
            "need": WHY,
            "question": WHY,
            "areas": [],
            "at_once": True,
            "clock": None,
            "code": "ABCD-1234",
            "day": NOW.date(),
            "details": {"reference": "K7QM-3XWP", "link": "https://casework.example/x/"},
            "duty_email": "duty@agencies.example",
            "email": "wilf@barnsley.example",
            "ends_on": NOW.date() + timedelta(days=30),
            "filters": {},
            "first": False,
            "form_version": self.draft.form_version,
            "go_on": True,
            "guidance": WHY,
            "in_force_from": NOW.date() + timedelta(days=30),
            "moment": Moment.DECONFLICTION,
            "note": WHY,
            "phone": "",
            "origin": WHY,
            "required": True,
            "step_code": "pnc",
            "steps": None,
            "up": True,
            "instruction": WHY,
            "how": ContactHow.TELEPHONE,
            "justified": True,
            "language": "en",
            "name": "Wilf Ackroyd",
            "once": "once",
            "organisation": "Hollybrook Trust",
            "overlap": timedelta(days=1),
            "password": PASSWORD,
            "places": Gazetteer.at(NOW.date()),
            "purpose": Purpose.WORKING,
            "reached": True,
            "review_on": NOW.date() + timedelta(days=30),
            "readers": NoteReaders.AGENCY,
            "role": LEAD,
            "scopes": [Scope.SEND],
            "session": uuid4(),
            "since": None,
            "starts_on": NOW.date() + timedelta(days=20),
            "targets": Targets(),
            "told_how": ToldBy.TELEPHONE,
            "until": None,
            "with_conditions": False,
            "with_whom": ContactWith.FAMILY,
            "url": "https://systems.example/heard",
        }

    def _of_requests(self) -> dict[tuple[str, str], Any]:
        """Whoever is asked answers; whoever asks does the rest. Most of it is refused by the state alone."""
        asked = self.made("request_id", R.ASKED)
        return {
            **{(name, "request_id"): asked for name in ("answer_request", "decline_request", "add_answer_file")},
            ("ask_for_information", "asked_id"): self.things.far_agency.pk,
            ("ask_for_information", "basis"): LegalBasis.CARE,
            ("hand_over_requests", "after"): Agency.objects.get(code=COUNCIL),
            ("hand_over_requests", "before"): self.things.far_agency,
        }

    def _special(self) -> dict[tuple[str, str], Any]:
        """Where a name means another thing than elsewhere."""
        desk = self.world.records[RESTRICTED, R.HAS]
        export = Export.objects.get(pk=self.made("export_id", R.OWN))
        return {
            ("accept_invitation", "token"): "token",
            ("add_address", "kind"): AddressKind.HOME,
            ("add_name", "kind"): NameKind.ALIAS,
            ("add_relationship", "kind"): RelationshipKind.SIBLING,
            ("adopt_uploads", "draft_id"): uuid4(),
            ("answer_match_asking", "accept"): True,
            **self._of_requests(),
            ("approve_api_key", "key_id"): self.things.made["unapproved", R.ELSEWHERE],
            ("ask_for_export", "kind"): "inbox",
            ("authorise_contact", "day"): NOW.date() + timedelta(days=2),
            ("authorise_contact", "purpose"): "Words",
            ("authorise_contact", "with_whom"): ContactTo.CARER,
            ("break_glass", "minutes"): 15,
            ("close_export", "state"): ExportState.STOPPED,
            ("conclude_scan", "file_id"): self.made("document_id"),
            ("conclude_scan", "verdict"): Verdict.CLEAN,
            ("create_person", "details"): {"given_names": "Somebody", "adult_or_child": "child"},
            ("decide_match", "said"): MatchState.LEFT_OPEN,
            ("decide_flood", "outcome"): FloodOutcome.RELEASED,
            ("create_person", "aside"): None,
            ("build_facts", "after"): None,
            ("follow_link", "token"): "token",
            ("forget_facts", "person_id"): desk.referral.person_id,
            ("keep_facts", "asides"): {},
            ("detach_referral", "right"): {"given_names": "Somebody", "adult_or_child": "child"},
            ("answer_deconfliction", "outcome"): Outcome.CLEAR,
            ("open_deconfliction", "cause"): Cause.SUBMITTED,
            ("close_planned", "became"): BecameOfIt.DONE,
            ("hold_review", "decision"): ReviewDecision.CONTINUE,
            ("open_partnership", "source"): Source.GATEWAY,
            ("record_service_answer", "said"): ServiceSaid.ACCEPTED,
            ("sign_outcome", "at_round"): 0,
            ("return_assessment", "at_round"): 0,
            ("write_assessment", "assessed"): Assessed(),
            ("write_assessment", "read_at"): NOW,
            ("propose_outcome", "read_at"): NOW,
            ("read_after_outcome", "happened"): NOW,
            ("end_session", "number"): self.things.id_of("agencies:end-session", "number", LEAD, R.OWN),
            ("end_session", "user_id"): self.lead.pk,
            ("exclude_colleague", "referral_id"): desk.referral.pk,
            ("exclude_colleague", "user_id"): self.world.people[RoleName.RESTRICTED_DESK_OFFICER].pk,
            ("join_referrals", "kind"): JoinKind.DUPLICATE,
            ("join_referrals", "other_id"): self.world.id_of("dispatch_id", LEAD, R.ASSIGNED),
            ("lift_restriction", "dispatch_id"): self.world.id_of("dispatch_id", LEAD, R.NAMED),
            ("make_agency", "kind"): AgencyKind.AUTHORITY,
            ("make_demonstration", "localities"): None,
            ("detach_month", "month"): NOW.date(),
            ("make_offer", "cause"): OfferCause.MOVED,
            ("make_offer", "to_id"): self.things.far_agency.pk,
            ("name_person", "dispatch_id"): self.world.id_of("dispatch_id", LEAD, R.NAMED),
            ("open_task", "kind"): TaskKind.ALLEGATION,
            ("queue_deliveries", "event"): uuid4(),
            ("queue_deliveries", "kind"): WebhookType.ENDPOINT_TEST,
            ("reassign_dispatch", "from_id"): None,
            ("receive_referral", "idempotency_key"): "once",
            ("record_receipt", "receipt"): Receipt.DELIVERED,
            ("record_receipt", "sent_as"): uuid4(),
            ("record_succession", "cause"): SuccessionCause.LEFT,
            ("record_succession", "role"): WHY,
            ("record_told", "notices"): [NoticeFor.ADULT],
            ("record_told", "teller"): WHY,
            ("record_told", "whom"): ToldWhom.PERSON,
            ("record_not_told", "why_not"): NotTold.NOT_DECIDED,
            ("record_whereabouts", "back_on"): None,
            ("record_whereabouts", "kind"): AwayKind.ABROAD,
            ("record_whereabouts", "place"): WHY,
            ("record_withdrawal", "agency"): None,
            ("record_withdrawal", "kind"): WithdrawalKind.IN_ERROR,
            ("reject_referral", "referral_id"): self.things.held.referral_id,
            ("release_referral", "referral_id"): self.things.held.referral_id,
            ("release_restriction", "referral_id"): desk.referral.pk,
            ("remove_upload", "upload_id"): uploaded(self.draft, holder=Holder(self.lead)).pk,
            ("report_withdrawal", "kind"): WithdrawalKind.IN_ERROR,
            ("reseal_restriction", "about"): desk.referral.pk,
            ("restrict_record", "named"): [self.lead.pk, self.world.people[POLICE_OFFICER].pk],
            ("record_migrations", "done"): [],
            ("restrict_referral", "concern"): Concern.of(self.record.referral),
            ("review_emergency", "access_id"): self.things.made["emergency", LEAD, R.HAS],
            ("rotate_wrapping_keys", "after"): None,
            ("seed_referrals", "rows"): Rows(),
            ("send_notice", "about"): uuid4(),
            ("send_notice", "kind"): NoticeKind.NEW_REFERRAL,
            ("send_notice", "tells_of"): [],
            ("share_referral", "days"): 5,
            ("share_referral", "email"): self.world.colleagues[POLICE_OFFICER].email,
            ("share_referral", "kind"): AccessKind.SHARE,
            ("show_referrer", "dispatch_id"): self.made("dispatch_id"),
            ("verify_ledger", "row"): Verification(asked_at=NOW, asked_by=self.lead.pk, expected=0, due=NOW),
            ("tell_referrer", "words"): Released.READ,
            ("withdraw_referral", "kind"): WithdrawalKind.IN_ERROR,
            ("write_piece", "row"): export.pieces.get(number=1),
        }
