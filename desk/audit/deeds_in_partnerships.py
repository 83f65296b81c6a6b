"""What the actions about police-led partnerships are called in sentences."""

from django.utils.translation import gettext_lazy as _

from desk.audit.words import Deed

IN_PARTNERSHIPS: dict[str, Deed] = {
    "accept_ownership": Deed(_("accepted a police-led partnership"), _("accept a police-led partnership")),
    "close_planned": Deed(
        _("said what became of an action of a police-led partnership"),
        _("say what became of an action of a police-led partnership"),
    ),
    "decline_ownership": Deed(_("declined a police-led partnership"), _("decline a police-led partnership")),
    "end_partnership": Deed(_("ended a police-led partnership"), _("end a police-led partnership")),
    "hold_review": Deed(_("reviewed a police-led partnership"), _("review a police-led partnership")),
    "offer_ownership": Deed(
        _("named who is to own a police-led partnership"), _("name who is to own a police-led partnership")
    ),
    "open_partnership": Deed(_("opened a police-led partnership"), _("open a police-led partnership")),
    "plan_action": Deed(
        _("planned an action of a police-led partnership"), _("plan an action of a police-led partnership")
    ),
    "release_partnership": Deed(
        _("took a police-led partnership off whoever works it no more"),
        _("take a police-led partnership off whoever works it no more"),
    ),
    "write_plan": Deed(
        _("wrote the aims of a police-led partnership"), _("write the aims of a police-led partnership")
    ),
}
