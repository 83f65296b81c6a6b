"""What each action is called in sentences: what somebody did, and what they tried where it was refused.

Of attempts to change who may read a referral it is not said which change: that would tell whether it is restricted.
"""

from django.utils.translation import gettext_lazy as _

from desk.audit.words import Deed

DEEDS: dict[str, Deed] = {
    "accept_invitation": Deed(
        _("set the password of an account by invitation"), _("set the password of an account by invitation")
    ),
    "accept_offer": Deed(
        _("accepted a referral that another agency offered"), _("accept a referral that another agency offered")
    ),
    "acknowledge_dispatch": Deed(_("took receipt"), _("take receipt")),
    "add_app": Deed(_("set up an authenticator app"), _("set up an authenticator app")),
    "add_document": Deed(_("added a document"), _("add a document")),
    "add_membership": Deed(_("gave a role"), _("give a role")),
    "add_partner": Deed(_("made a partner known that sends referrals"), _("make a partner known that sends referrals")),
    "add_passkey": Deed(_("set up a passkey"), _("set up a passkey")),
    "add_upload": Deed(_("added a file to a draft"), _("add a file to a draft")),
    "adopt_uploads": Deed(_("made the files of a draft documents"), _("make the files of a draft documents")),
    "alarm_about_ledger": Deed(_("alarmed those who run the service"), _("alarm those who run the service")),
    "alarm_national_desk": Deed(_("alarmed the national desk of a flood"), _("alarm the national desk of a flood")),
    "alert_duty_contact": Deed(_("alerted the duty contact"), _("alert the duty contact")),
    "answer_second_factor": Deed(_("answered the second factor"), _("answer the second factor")),
    "approve_api_key": Deed(_("approved a key"), _("approve a key")),
    "approve_proposal": Deed(_("approved a role that somebody else proposed"), _("approve a role")),
    "arrange_absence": Deed(_("arranged an absence"), _("arrange an absence")),
    "ask_for_export": Deed(_("asked for a list as a file"), _("take a list out as a file")),
    "ask_to_verify": Deed(_("asked to have the ledger verified"), _("have the ledger verified")),
    "assign_dispatch": Deed(_("assigned a referral"), _("assign a referral")),
    "break_glass": Deed(_("opened a referral in an emergency"), _("open a referral in an emergency")),
    "build_search_rows": Deed(
        _("made the rows anew by which persons are found"), _("make the rows anew by which persons are found")
    ),
    "call_endpoint": Deed(_("called an agency’s own system"), _("call an agency’s own system")),
    "cancel_export": Deed(_("gave up a list as a file"), _("give up a list as a file")),
    "carry_out_decision": Deed(
        _("carried out what was decided about a group"), _("carry out what was decided about a group")
    ),
    "change_password": Deed(_("changed a password"), _("change a password")),
    "close_accesses": Deed(_("closed what was opened by name"), _("close what was opened by name")),
    "close_export": Deed(_("closed a list as a file"), _("close a list as a file")),
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
    "deactivate_user": Deed(_("closed an account"), _("close an account")),
    "decide_flood": Deed(_("decided about a group of alike referrals"), _("decide about a group of alike referrals")),
    "decide_withdrawal": Deed(
        _("decided whether to go on with a withdrawn referral"), _("decide whether to go on with a withdrawn referral")
    ),
    "decline_offer": Deed(
        _("declined a referral that another agency offered"), _("decline a referral that another agency offered")
    ),
    "decline_proposal": Deed(_("declined a proposed role"), _("decline a proposed role")),
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
    "end_membership": Deed(_("ended a role"), _("end a role")),
    "end_session": Deed(_("ended a session"), _("end a session")),
    "end_sessions": Deed(_("signed somebody out everywhere"), _("sign somebody out everywhere")),
    "exclude_colleague": Deed(_("excluded a colleague from a referral"), _("change who may read a referral")),
    "exclude_user": Deed(_("excluded a user from a referral"), _("change who may read a referral")),
    "finish_export": Deed(_("finished a list as a file"), _("finish a list as a file")),
    "finish_flood": Deed(_("finished a group of alike referrals"), _("finish a group of alike referrals")),
    "finish_task": Deed(_("finished a task"), _("finish a task")),
    "forget_likenesses": Deed(_("forgot what referrals looked like"), _("forget what referrals looked like")),
    "forget_pieces": Deed(_("deleted the parts of lists that are over"), _("delete the parts of lists that are over")),
    "give_role": Deed(_("gave or proposed a role"), _("give a role")),
    "hand_over_documents": Deed(
        _("handed documents over to the right person"), _("hand documents over to another person")
    ),
    "invite_user": Deed(_("invited somebody"), _("invite somebody")),
    "join_referrals": Deed(_("joined two referrals that tell of one concern"), _("join two referrals")),
    "judge_likeness": Deed(
        _("looked whether a referral is one of many alike"), _("look whether a referral is one of many alike")
    ),
    "keep_administered": Deed(_("looked whether an administrator is left"), _("look whether an administrator is left")),
    "keep_document": Deed(_("kept a file beside a referral"), _("keep a file beside a referral")),
    "keep_suspended": Deed(_("left an account suspended"), _("leave an account suspended")),
    "keep_upload": Deed(_("kept a file of a draft"), _("keep a file of a draft")),
    "leave_draft": Deed(_("left the form in a hurry"), _("leave the form in a hurry")),
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
    "move_deliveries": Deed(_("moved events to the right person"), _("move events to another person")),
    "name_person": Deed(_("named somebody on a restricted record"), _("change who may read a referral")),
    "name_successors": Deed(
        _("named others on a restricted record that nobody knew of"), _("change who may read a referral")
    ),
    "open_access": Deed(_("opened a referral to somebody by name"), _("open a referral to somebody by name")),
    "open_task": Deed(_("opened a task"), _("open a task")),
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
    "record_migrations": Deed(_("migrated the database"), _("migrate the database")),
    "record_receipt": Deed(_("noted what became of an e-mail"), _("note what became of an e-mail")),
    "record_withdrawal": Deed(_("recorded a withdrawal"), _("record a withdrawal")),
    "reject_referral": Deed(_("rejected a referral in quarantine"), _("reject a referral in quarantine")),
    "release_referral": Deed(_("released a referral from quarantine"), _("release a referral from quarantine")),
    "release_restriction": Deed(_("sent a referral on from a restricted desk"), _("change who may read a referral")),
    "release_work": Deed(
        _("made what was assigned to somebody who left nobody’s again"), _("release what was assigned to somebody")
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
    "revoke_api_key": Deed(_("revoked a key"), _("revoke a key")),
    "rotate_api_key": Deed(_("gave a key a successor"), _("give a key a successor")),
    "rotate_secret": Deed(
        _("renewed the secret of an agency’s own system"), _("renew the secret of an agency’s own system")
    ),
    "rotate_wrapping_keys": Deed(_("wrapped data keys anew"), _("wrap data keys anew")),
    "save_answers": Deed(_("saved answers in a draft"), _("save answers in a draft")),
    "save_draft_for_later": Deed(_("saved a draft for later"), _("save a draft for later")),
    "seed_referrals": Deed(_("made referrals up for a demonstration"), _("make referrals up for a demonstration")),
    "seal_entries": Deed(_("sealed entries of the ledger"), _("seal entries of the ledger")),
    "send_dispatch": Deed(_("sent a referral to an agency"), _("send a referral to an agency")),
    "send_invitation": Deed(_("sent an invitation"), _("send an invitation")),
    "send_notice": Deed(_("queued an e-mail"), _("send an e-mail")),
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
    "store_user": Deed(_("renewed the stored form of a password"), _("renew the stored form of a password")),
    "submit_referral": Deed(_("submitted a referral"), _("submit a referral")),
    "suspend_user": Deed(_("suspended an account"), _("suspend an account")),
    "sweep_drafts": Deed(_("destroyed drafts whose time was up"), _("destroy drafts whose time was up")),
    "sweep_orphans": Deed(_("deleted files that nothing refers to"), _("delete files that nothing refers to")),
    "take_back_offer": Deed(_("took an offer back"), _("take an offer back")),
    "tell_agencies": Deed(_("told the agencies by e-mail"), _("tell the agencies by e-mail")),
    "unassign_dispatches": Deed(
        _("made assigned referrals nobody’s again"), _("make assigned referrals nobody’s again")
    ),
    "undo_join": Deed(_("undid a join of two referrals"), _("undo a join of two referrals")),
    "warn_user": Deed(_("warned somebody that their sign-in changed"), _("warn somebody that their sign-in changed")),
    "verify_ledger": Deed(_("verified the ledger"), _("verify the ledger")),
    "withdraw_deliveries": Deed(
        _("withdrew events for agencies’ own systems"), _("withdraw events for agencies’ own systems")
    ),
    "withdraw_invitation": Deed(_("withdrew an invitation"), _("withdraw an invitation")),
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
}
