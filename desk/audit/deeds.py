"""What each action is called in sentences: what somebody did, and what they tried where it was refused.

Of attempts to change who may read a referral it is not said which change: that would tell whether it is restricted.
"""

from django.utils.translation import gettext_lazy as _

from desk.audit.deeds_in_partnerships import IN_PARTNERSHIPS
from desk.audit.words import Deed

DEEDS: dict[str, Deed] = IN_PARTNERSHIPS | {
    "accept_invitation": Deed(
        _("set the password of an account by invitation"), _("set the password of an account by invitation")
    ),
    "accept_offer": Deed(
        _("accepted a referral that another agency offered"), _("accept a referral that another agency offered")
    ),
    "acknowledge_dispatch": Deed(_("took receipt"), _("take receipt")),
    "add_address": Deed(_("wrote down an address of a person"), _("write down an address of a person")),
    "add_answer_file": Deed(
        _("added a file to the answer to another agency"), _("add a file to the answer to another agency")
    ),
    "add_app": Deed(_("set up an authenticator app"), _("set up an authenticator app")),
    "add_document": Deed(_("added a document"), _("add a document")),
    "add_membership": Deed(_("gave a role"), _("give a role")),
    "add_file": Deed(_("added a file as the referrer"), _("add a file as the referrer")),
    "add_information": Deed(_("added to a referral as the referrer"), _("add to a referral as the referrer")),
    "add_name": Deed(_("wrote down another name of a person"), _("write down another name of a person")),
    "add_partner": Deed(_("made a partner known that sends referrals"), _("make a partner known that sends referrals")),
    "add_passkey": Deed(_("set up a passkey"), _("set up a passkey")),
    "add_relationship": Deed(_("wrote down who stands near a person"), _("write down who stands near a person")),
    "add_upload": Deed(_("added a file to a draft"), _("add a file to a draft")),
    "adopt_uploads": Deed(_("made the files of a draft documents"), _("make the files of a draft documents")),
    "alarm_about_ledger": Deed(_("alarmed those who run the service"), _("alarm those who run the service")),
    "alarm_national_desk": Deed(_("alarmed the national desk of a flood"), _("alarm the national desk of a flood")),
    "alert_about_urgency": Deed(
        _("told the police desk what went ahead before contact was cleared"), _("tell the police desk")
    ),
    "alert_duty_contact": Deed(_("alerted the duty contact"), _("alert the duty contact")),
    "answer_deconfliction": Deed(_("answered a deconfliction"), _("answer a deconfliction")),
    "answer_match_asking": Deed(
        _("answered another area that asked about a possible match"), _("answer another area about a possible match")
    ),
    "answer_question": Deed(_("answered a question as the referrer"), _("answer a question as the referrer")),
    "answer_second_factor": Deed(_("answered the second factor"), _("answer the second factor")),
    "answer_request": Deed(_("answered a request for information"), _("answer a request for information")),
    "answer_worry": Deed(_("answered a referrer’s worry"), _("answer a referrer’s worry")),
    "approve_api_key": Deed(_("approved a key"), _("approve a key")),
    "approve_proposal": Deed(_("approved a role that somebody else proposed"), _("approve a role")),
    "arrange_absence": Deed(_("arranged an absence"), _("arrange an absence")),
    "ask_about_match": Deed(
        _("asked another area about a possible match"), _("ask another area about a possible match")
    ),
    "ask_for_export": Deed(_("asked for a list as a file"), _("take a list out as a file")),
    "ask_for_deconfliction": Deed(_("asked FIMU about a person"), _("ask FIMU about a person")),
    "ask_for_information": Deed(_("asked another agency for information"), _("ask another agency for information")),
    "ask_referrer": Deed(_("wrote a question to a referrer"), _("ask a referrer a question")),
    "ask_other_side": Deed(
        _("asked the other side whether its half moves too"), _("ask the other side whether its half moves too")
    ),
    "read_after_outcome": Deed(
        _("asked to read what came in after an outcome was signed"), _("ask to read what came in after an outcome")
    ),
    "ask_for_early_review": Deed(_("asked for an early review of retention"), _("ask for an early review")),
    "ask_to_read": Deed(_("asked to read what a referrer added"), _("ask to read what a referrer added")),
    "ask_to_verify": Deed(_("asked to have the ledger verified"), _("have the ledger verified")),
    "assign_dispatch": Deed(_("assigned a referral"), _("assign a referral")),
    "authorise_contact": Deed(_("authorised contact that is to come"), _("authorise contact")),
    "begin_assessment": Deed(_("began a gateway assessment"), _("begin a gateway assessment")),
    "begin_visit": Deed(_("opened the referrer’s page"), _("open the referrer’s page")),
    "break_glass": Deed(_("opened a referral in an emergency"), _("open a referral in an emergency")),
    "build_facts": Deed(
        _("took from answers by what else people are found"), _("take from answers by what else people are found")
    ),
    "build_search_rows": Deed(
        _("made the rows anew by which persons are found"), _("make the rows anew by which persons are found")
    ),
    "call_endpoint": Deed(_("called an agency’s own system"), _("call an agency’s own system")),
    "call_referrer": Deed(
        _("told a referrer that something is on their page"), _("tell a referrer that something is on their page")
    ),
    "cancel_export": Deed(_("gave up a list as a file"), _("give up a list as a file")),
    "carry_out_decision": Deed(
        _("carried out what was decided about a group"), _("carry out what was decided about a group")
    ),
    "change_password": Deed(_("changed a password"), _("change a password")),
    "close_accesses": Deed(_("closed what was opened by name"), _("close what was opened by name")),
    "close_export": Deed(_("closed a list as a file"), _("close a list as a file")),
    "close_page": Deed(_("closed every way to a referrer’s page"), _("close every way to a referrer’s page")),
    "close_request": Deed(_("closed a request for information"), _("close a request for information")),
    "come_back": Deed(_("came back with reference and code"), _("come back with reference and code")),
    "conclude_scan": Deed(_("noted what the scanner found in a file"), _("note what the scanner found in a file")),
    "connect_partner": Deed(_("connected a partner’s system"), _("connect a partner’s system")),
    "connect_system": Deed(_("connected an agency’s own system"), _("connect an agency’s own system")),
    "connect_systems": Deed(_("connected the demonstration’s systems"), _("connect the demonstration’s systems")),
    "create_endpoint": Deed(
        _("gave an agency’s own system an address to be called at"),
        _("give an agency’s own system an address to be called at"),
    ),
    "create_person": Deed(_("made a person of what a referral says"), _("make a person of what a referral says")),
    "create_user": Deed(_("made an account"), _("make an account")),
    "deconflict_detached": Deed(
        _("opened a deconfliction of the right person"), _("open a deconfliction of another person")
    ),
    "deactivate_user": Deed(_("closed an account"), _("close an account")),
    "decide_flood": Deed(_("decided about a group of alike referrals"), _("decide about a group of alike referrals")),
    "decide_match": Deed(
        _("said whether two people are the same person"), _("say whether two people are the same person")
    ),
    "decide_withdrawal": Deed(
        _("decided whether to go on with a withdrawn referral"), _("decide whether to go on with a withdrawn referral")
    ),
    "decline_offer": Deed(
        _("declined a referral that another agency offered"), _("decline a referral that another agency offered")
    ),
    "decline_proposal": Deed(_("declined a proposed role"), _("decline a proposed role")),
    "decline_request": Deed(_("declined a request for information"), _("decline a request for information")),
    "destroy_document": Deed(_("destroyed a document"), _("destroy a document")),
    "destroy_draft": Deed(_("destroyed a draft"), _("destroy a draft")),
    "destroy_uploads": Deed(_("destroyed the files of a draft"), _("destroy the files of a draft")),
    "detach_document": Deed(_("took a document away that was about somebody else"), _("take a document away")),
    "detach_month": Deed(_("took a month off the ledger, to be kept elsewhere"), _("take a month off the ledger")),
    "detach_note": Deed(_("took a note away that was about somebody else"), _("take a note away")),
    "detach_referral": Deed(_("detached a referral from the wrong person"), _("detach a referral from a person")),
    "disable_endpoint": Deed(_("stopped calls to an agency’s own system"), _("stop calls to an agency’s own system")),
    "dispatch_referral": Deed(_("sent a referral to its agencies"), _("send a referral to its agencies")),
    "drop_upload": Deed(_("took a file off a draft"), _("take a file off a draft")),
    "enable_endpoint": Deed(
        _("started calls to an agency’s own system again"), _("start calls to an agency’s own system again")
    ),
    "end_absence": Deed(_("ended an absence"), _("end an absence")),
    "end_access": Deed(_("closed what was opened to somebody by name"), _("change who may read a referral")),
    "end_accesses": Deed(_("closed what a referral was opened for by name"), _("change who may read a referral")),
    "end_clearance": Deed(_("ended a clearance"), _("end a clearance")),
    "end_membership": Deed(_("ended a role"), _("end a role")),
    "end_request": Deed(_("ended a request for information"), _("end a request for information")),
    "end_session": Deed(_("ended a session"), _("end a session")),
    "end_sessions": Deed(_("signed somebody out everywhere"), _("sign somebody out everywhere")),
    "exclude_colleague": Deed(_("excluded a colleague from a referral"), _("change who may read a referral")),
    "exclude_user": Deed(_("excluded a user from a referral"), _("change who may read a referral")),
    "find_matches": Deed(_("looked for who may be the same person"), _("look for who may be the same person")),
    "finish_export": Deed(_("finished a list as a file"), _("finish a list as a file")),
    "finish_flood": Deed(_("finished a group of alike referrals"), _("finish a group of alike referrals")),
    "finish_task": Deed(_("finished a task"), _("finish a task")),
    "follow_link": Deed(_("followed a link to the referrer’s page"), _("follow a link to the referrer’s page")),
    "forget_facts": Deed(
        _("let somebody be found no more by what a referral said"),
        _("let somebody be found no more by what a referral said"),
    ),
    "forget_likenesses": Deed(_("forgot what referrals looked like"), _("forget what referrals looked like")),
    "forget_pieces": Deed(_("deleted the parts of lists that are over"), _("delete the parts of lists that are over")),
    "forget_searches": Deed(_("forgot what was searched for"), _("forget what was searched for")),
    "give_clearance": Deed(_("cleared contact about a person"), _("clear contact about a person")),
    "give_task": Deed(_("gave somebody a task"), _("give somebody a task")),
    "give_role": Deed(_("gave or proposed a role"), _("give a role")),
    "hand_over_requests": Deed(
        _("took requests for information over with a referral"),
        _("take requests for information over with a referral"),
    ),
    "hand_task": Deed(_("handed a task to somebody"), _("hand a task to somebody")),
    "hand_over_documents": Deed(
        _("handed documents over to the right person"), _("hand documents over to another person")
    ),
    "hand_over_written": Deed(
        _("handed what is written beside a person over to the right one"),
        _("hand what is written beside a person over to another"),
    ),
    "invite_successor": Deed(_("invited who succeeds a referrer"), _("invite who succeeds a referrer")),
    "invite_user": Deed(_("invited somebody"), _("invite somebody")),
    "join_referrals": Deed(_("joined two referrals that tell of one concern"), _("join two referrals")),
    "judge_likeness": Deed(
        _("looked whether a referral is one of many alike"), _("look whether a referral is one of many alike")
    ),
    "keep_administered": Deed(_("looked whether an administrator is left"), _("look whether an administrator is left")),
    "keep_document": Deed(_("kept a file beside a referral"), _("keep a file beside a referral")),
    "keep_facts": Deed(_("kept by what else people are found"), _("keep by what else people are found")),
    "keep_suspended": Deed(_("left an account suspended"), _("leave an account suspended")),
    "keep_upload": Deed(_("kept a file of a draft"), _("keep a file of a draft")),
    "leave_draft": Deed(_("left the form in a hurry"), _("leave the form in a hurry")),
    "leave_matches": Deed(
        _("parted a person from whom no referral is about any more"), _("part a person from a record")
    ),
    "lift_restriction": Deed(_("lifted a restriction to named people"), _("change who may read a referral")),
    "link_dispatch": Deed(
        _("wrote back a case number and status by the API"), _("write back a case number by the API")
    ),
    "load_agencies": Deed(_("loaded the agencies"), _("load the agencies")),
    "load_places": Deed(_("loaded the places"), _("load the places")),
    "make_agency": Deed(_("made an agency known"), _("make an agency known")),
    "make_api_key": Deed(_("made a key"), _("make a key")),
    "make_demonstration": Deed(_("made the demonstration"), _("make the demonstration")),
    "make_offer": Deed(_("offered a referral to another agency"), _("offer a referral to another agency")),
    "mail_successor": Deed(_("sent a link to who succeeds a referrer"), _("send a link to who succeeds a referrer")),
    "make_referrer_link": Deed(_("made a link to the referrer’s page"), _("make a link to the referrer’s page")),
    "move_deliveries": Deed(_("moved events to the right person"), _("move events to another person")),
    "name_person": Deed(_("named somebody on a restricted record"), _("change who may read a referral")),
    "name_successors": Deed(
        _("named others on a restricted record that nobody knew of"), _("change who may read a referral")
    ),
    "open_access": Deed(_("opened a referral to somebody by name"), _("open a referral to somebody by name")),
    "overtake_assessments": Deed(
        _("ended the gateway assessment of somebody whom the referral was not about"),
        _("end the gateway assessment of somebody whom the referral was not about"),
    ),
    "propose_outcome": Deed(_("proposed what a referral becomes"), _("propose what a referral becomes")),
    "record_service_answer": Deed(
        _("recorded what a service said to which a person was signposted"),
        _("record what a service said to which a person was signposted"),
    ),
    "reopen_outcome": Deed(_("reopened what a referral became"), _("reopen what a referral became")),
    "return_assessment": Deed(_("gave a gateway assessment back"), _("give a gateway assessment back")),
    "sign_outcome": Deed(_("signed what a referral becomes"), _("sign what a referral becomes")),
    "write_assessment": Deed(_("wrote in a gateway assessment"), _("write in a gateway assessment")),
    "deconflict_before_exit": Deed(
        _("asked FIMU once more before a referral ends"), _("ask FIMU once more before a referral ends")
    ),
    "open_deconfliction": Deed(_("opened a deconfliction"), _("open a deconfliction")),
    "open_task": Deed(_("opened a task"), _("open a task")),
    "pass_tasks": Deed(_("handed over what is still to be done"), _("hand over what is still to be done")),
    "play_replay": Deed(_("played a replay"), _("play a replay")),
    "proceed_urgently": Deed(
        _("went ahead before contact was cleared, because somebody was at risk"),
        _("go ahead before contact is cleared"),
    ),
    "publish_checkpoint": Deed(_("published a checkpoint of the ledger"), _("publish a checkpoint of the ledger")),
    "put_mistakes_right": Deed(
        _("put the demonstration’s mistakes right"), _("put the demonstration’s mistakes right")
    ),
    "queue_deliveries": Deed(
        _("queued an event for an agency’s own system"), _("queue an event for an agency’s own system")
    ),
    "raise_overdue": Deed(
        _("noted who is to hear that receipt is overdue"), _("note who is to hear that receipt is overdue")
    ),
    "reassign_dispatch": Deed(_("reassigned a referral"), _("reassign a referral")),
    "receive_referral": Deed(_("received a referral by the API"), _("send a referral by the API")),
    "record_contact": Deed(_("recorded contact in the contact log"), _("record contact in the contact log")),
    "record_migrations": Deed(_("migrated the database"), _("migrate the database")),
    "record_not_told": Deed(
        _("recorded why somebody was not told of a referral"), _("record whether somebody was told of a referral")
    ),
    "record_receipt": Deed(_("noted what became of an e-mail"), _("note what became of an e-mail")),
    "record_succession": Deed(_("recorded who succeeds a referrer"), _("record who succeeds a referrer")),
    "record_told": Deed(
        _("recorded that somebody was told of a referral"), _("record whether somebody was told of a referral")
    ),
    "record_whereabouts": Deed(_("recorded where somebody is"), _("record where somebody is")),
    "record_withdrawal": Deed(_("recorded a withdrawal"), _("record a withdrawal")),
    "reject_referral": Deed(_("rejected a referral in quarantine"), _("reject a referral in quarantine")),
    "raise_worry": Deed(_("raised a worry as the referrer"), _("raise a worry as the referrer")),
    "release_question": Deed(_("sent a question to a referrer"), _("send a question to a referrer")),
    "release_referral": Deed(_("released a referral from quarantine"), _("release a referral from quarantine")),
    "release_restriction": Deed(_("sent a referral on from a restricted desk"), _("change who may read a referral")),
    "release_tasks": Deed(_("took tasks off somebody"), _("take tasks off somebody")),
    "release_work": Deed(
        _("made what was assigned to somebody who left nobody’s again"), _("release what was assigned to somebody")
    ),
    "remind_of_request": Deed(
        _("sent a reminder of a request for information"), _("send a reminder of a request for information")
    ),
    "remove_factor": Deed(_("removed a second factor"), _("remove a second factor")),
    "remove_upload": Deed(_("removed a file of a draft"), _("remove a file of a draft")),
    "rename_agency": Deed(_("renamed an agency"), _("rename an agency")),
    "renew_deliveries": Deed(
        _("renewed events for agencies’ own systems"), _("renew events for agencies’ own systems")
    ),
    "renew_recovery_codes": Deed(_("took new recovery codes"), _("take new recovery codes")),
    "replay_delivery": Deed(_("sent an event again"), _("send an event again")),
    "replay_handling": Deed(_("tried a reaction to an event again"), _("try a reaction to an event again")),
    "replay_notice": Deed(_("sent an e-mail again"), _("send an e-mail again")),
    "report_withdrawal": Deed(
        _("reported a referral as withdrawn or sent in error"), _("report a referral as withdrawn")
    ),
    "reseal_notices": Deed(_("sealed e-mails for the right person"), _("seal e-mails for another person")),
    "reseal_restriction": Deed(_("sealed a restriction for the right person"), _("change who may read a referral")),
    "reset_factors": Deed(
        _("took all second factors away from somebody who lost them"), _("take all second factors away from somebody")
    ),
    "restrict_detached": Deed(_("restricted a referral that was detached"), _("change who may read a referral")),
    "restamp_entries": Deed(
        _("made entries be sealed that a restore had passed by"),
        _("make entries be sealed that a restore had passed by"),
    ),
    "restrict_record": Deed(_("restricted a referral to named people"), _("change who may read a referral")),
    "restrict_referral": Deed(_("restricted a referral that may concern a user"), _("change who may read a referral")),
    "resume_draft": Deed(_("opened a saved draft again"), _("open a saved draft again")),
    "resume_referral": Deed(_("took a stopped referral up again"), _("take a stopped referral up again")),
    "resume_user": Deed(_("opened a suspended account again, or asked for it"), _("open a suspended account again")),
    "review_emergency": Deed(_("reviewed an emergency access"), _("review an emergency access")),
    "review_deconfliction": Deed(
        _("asked FIMU again, whose answer had held long enough"), _("ask FIMU again about a person")
    ),
    "revoke_api_key": Deed(_("revoked a key"), _("revoke a key")),
    "rotate_api_key": Deed(_("gave a key a successor"), _("give a key a successor")),
    "rotate_secret": Deed(
        _("renewed the secret of an agency’s own system"), _("renew the secret of an agency’s own system")
    ),
    "rotate_wrapping_keys": Deed(_("wrapped data keys anew"), _("wrap data keys anew")),
    "save_answers": Deed(_("saved answers in a draft"), _("save answers in a draft")),
    "save_draft_for_later": Deed(_("saved a draft for later"), _("save a draft for later")),
    "see_urgency": Deed(
        _("said that they had seen what went ahead before contact was cleared"),
        _("say that what went ahead was seen"),
    ),
    "seed_referrals": Deed(_("made referrals up for a demonstration"), _("make referrals up for a demonstration")),
    "seal_entries": Deed(_("sealed entries of the ledger"), _("seal entries of the ledger")),
    "send_dispatch": Deed(_("sent a referral to an agency"), _("send a referral to an agency")),
    "search_records": Deed(_("searched"), _("search")),
    "send_invitation": Deed(_("sent an invitation"), _("send an invitation")),
    "send_notice": Deed(_("queued an e-mail"), _("send an e-mail")),
    "send_referrer_link": Deed(
        _("sent a new link to the referrer’s page"), _("send a new link to the referrer’s page")
    ),
    "send_reminders": Deed(_("sent reminders of what is overdue"), _("send reminders of what is overdue")),
    "send_test_event": Deed(
        _("sent a test event to an agency’s own system"), _("send a test event to an agency’s own system")
    ),
    "set_mailboxes": Deed(_("set the mailboxes of an agency"), _("set the mailboxes of an agency")),
    "set_targets": Deed(_("set local targets"), _("set local targets")),
    "share_referral": Deed(_("opened a referral to somebody elsewhere"), _("open a referral to somebody elsewhere")),
    "show_referrer": Deed(
        _("had a referrer shown who asked not to be named"), _("have a referrer shown who asked not to be named")
    ),
    "sign_in_by_provider": Deed(
        _("was known by an organisation’s own sign-in"), _("sign in by an organisation’s own sign-in")
    ),
    "staff_agencies": Deed(_("staffed the demonstration’s agencies"), _("staff the demonstration’s agencies")),
    "start_draft": Deed(_("began a draft"), _("begin a draft")),
    "state_purpose": Deed(_("said why they look"), _("say why they look")),
    "state_search_purpose": Deed(_("said why they search"), _("say why they search")),
    "stay": Deed(_("went on reading the referrer’s page"), _("go on reading the referrer’s page")),
    "store_user": Deed(_("renewed the stored form of a password"), _("renew the stored form of a password")),
    "strike_succession": Deed(_("struck who succeeds a referrer"), _("strike who succeeds a referrer")),
    "strike_out": Deed(
        _("struck out what was written beside a person"), _("strike out what was written beside a person")
    ),
    "submit_referral": Deed(_("submitted a referral"), _("submit a referral")),
    "suspend_user": Deed(_("suspended an account"), _("suspend an account")),
    "sweep_drafts": Deed(_("destroyed drafts whose time was up"), _("destroy drafts whose time was up")),
    "sweep_orphans": Deed(_("deleted files that nothing refers to"), _("delete files that nothing refers to")),
    "take_back_task": Deed(_("took a task back"), _("take a task back")),
    "sweep_visits": Deed(_("forgot visits of referrers"), _("forget visits of referrers")),
    "take_back_offer": Deed(_("took an offer back"), _("take an offer back")),
    "tell_of_task": Deed(_("told whoever was given a task"), _("tell whoever is given a task")),
    "tell_agencies": Deed(_("told the agencies by e-mail"), _("tell the agencies by e-mail")),
    "take_back_request": Deed(_("took a request for information back"), _("take a request for information back")),
    "take_back_requests": Deed(
        _("took back what was asked about the wrong person"), _("take back what was asked about a person")
    ),
    "tell_about_request": Deed(
        _("told an agency of a request for information"), _("tell an agency of a request for information")
    ),
    "unassign_dispatches": Deed(
        _("made assigned referrals nobody’s again"), _("make assigned referrals nobody’s again")
    ),
    "undo_match": Deed(_("undid that two people are the same person"), _("undo that two people are the same person")),
    "tell_of_worry": Deed(_("told those who supervise of a worry"), _("tell those who supervise of a worry")),
    "tell_referrer": Deed(_("released words to a referrer"), _("release words to a referrer")),
    "thank_referrer": Deed(_("thanked a referrer by e-mail"), _("thank a referrer by e-mail")),
    "undo_join": Deed(_("undid a join of two referrals"), _("undo a join of two referrals")),
    "warn_user": Deed(_("warned somebody that their sign-in changed"), _("warn somebody that their sign-in changed")),
    "verify_ledger": Deed(_("verified the ledger"), _("verify the ledger")),
    "withdraw_question": Deed(_("withdrew a question to a referrer"), _("withdraw a question to a referrer")),
    "withdraw_deliveries": Deed(
        _("withdrew events for agencies’ own systems"), _("withdraw events for agencies’ own systems")
    ),
    "withdraw_invitation": Deed(_("withdrew an invitation"), _("withdraw an invitation")),
    "withdraw_match_asking": Deed(
        _("took back what one area showed another of a possible match"), _("take back what one area shows another")
    ),
    "withdraw_notices": Deed(_("withdrew e-mails"), _("withdraw e-mails")),
    "withdraw_referral": Deed(_("withdrew a referral online"), _("withdraw a referral online")),
    "write_note": Deed(_("wrote a note"), _("write a note")),
    "write_piece": Deed(_("wrote lines of a list into a file"), _("write lines of a list into a file")),
    "looked": Deed(_("looked"), _("look at it")),
    "_do_one": Deed(_("did what was due"), _("do what was due")),
    "_put_off": Deed(_("put off what did not succeed"), _("put off what did not succeed")),
    "_refuse_entry": Deed(_("opened a page"), _("open a page that their role does not open")),
    "_refuse": Deed(_("did something on a page"), _("do what its page says cannot be done so")),
    "_look_in_vain": Deed(
        _("asked for what is absent"), _("open what does not exist, or is not for them to know about")
    ),
    "_refuse_key": Deed(_("used a key"), _("use the API with a key that does not open it")),
    "add_step": Deed(_("added a step to the standards"), _("add a step to the standards")),
    "change_step": Deed(_("changed a step of the standards"), _("change a step of the standards")),
    "decline_practice": Deed(
        _("did not publish good practice that a region offered"), _("decline good practice that a region offered")
    ),
    "draft_standard": Deed(_("began a version of the standards"), _("begin a version of the standards")),
    "move_step": Deed(_("changed the order of the standards"), _("change the order of the standards")),
    "offer_practice": Deed(_("offered good practice to all regions"), _("offer good practice to all regions")),
    "publish_practice": Deed(_("published good practice to all regions"), _("publish good practice to all regions")),
    "publish_standard": Deed(_("published a version of the standards"), _("publish a version of the standards")),
    "retire_step": Deed(_("took a step out of the standards"), _("take a step out of the standards")),
    "withdraw_practice": Deed(_("withdrew good practice"), _("withdraw good practice")),
    "record_checks": Deed(_("recorded what was checked"), _("record what was checked")),
}
