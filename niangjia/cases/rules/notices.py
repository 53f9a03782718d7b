"""What this room's notices say."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules.notices import Wording

WORDINGS = {
    "case.opened": Wording(
        _("We have it: {item}"),
        _("{union} is at work on it. The next date is {due_at}. Number {number}."),
    ),
    "case.step": Wording(
        _("{item} goes on"), _("Now: {step}, at {union}. The next date is {due_at}.")
    ),
    "case.your_turn": Wording(
        _("{item}: it is your turn"), _("{union} needs something of you by {due_at}: {step}.")
    ),
    "case.message": Wording(_("A message about {item}"), _("{union} has written to you.")),
    "case.paused": Wording(
        _("{item} is waiting"), _("{union} has paused the clock, and says why on the page.")
    ),
    "case.extended": Wording(
        _("{item} takes longer"),
        _("{union} says why on the page. The new date is {due_at}."),
    ),
    "case.term": Wording(
        _("{item} has another date"),
        _("{union} says why on the page. The new date is {due_at}."),
    ),
    "case.late": Wording(
        _("{item} is late. We are sorry"),
        _("{union} has missed its date. The next one is {due_at}; see who watches over it."),
    ),
    "case.moved": Wording(
        _("Another union handles {item}"), _("{union} has it now. The next date is {due_at}.")
    ),
    "case.closed": Wording(_("{item} is finished"), _("See how it ended.")),
    "case.merged": Wording(
        _("{item}: handled together with an earlier case"),
        _("Somebody asked about the same before. You will hear here how it ends."),
    ),
    "case.joined": Wording(
        _("{item}: somebody else asks the same"),
        _("Both are handled together, and no later than {due_at}."),
    ),
    "case.reopened": Wording(
        _("{item} goes on by itself"), _("{union} is at work on it. The next date is {due_at}.")
    ),
    "case.letter": Wording(
        _("A letter about {item}"), _("{union} has sent you a letter. You find it on the page.")
    ),
    "case.letter_withdrawn": Wording(
        _("A letter about {item} was withdrawn"), _("{union} says on the page what holds now.")
    ),
    "case.letter_sent": Wording(
        _("{item}: the union has written"), _("See on the page to whom, and what came of it.")
    ),
    "case.group": Wording(
        _("There is news of a group you take part in"), _("Look at where it stands.")
    ),
    # Of a complaint nothing is said here: whoever sees this phone must not learn of it.
    "case.news": Wording(_("There is news for you"), _("Look at what you have with your union.")),
    "desk.case_moved_away": Wording(
        _("An applicant has moved"),
        _("Whoever asked in case {number} is at {to} now. You go on, or give it to them."),
    ),
    "desk.case_applicant_died": Wording(
        _("An applicant has died"),
        _("{heard} heard it in another matter of theirs. Say in case {number} what becomes of it."),
    ),
    "desk.case_reminder": Wording(_("A case is due soon"), _("Case {number} is due on {due_at}.")),
    "desk.case_late": Wording(
        _("A case is late"), _("Case {number} at {union} was not done in time.")
    ),
    "desk.case_raised": Wording(
        _("A late case has come up to you"),
        _("Case {number} was not done in time below. Take it over, or see to it by {due_at}."),
    ),
    "desk.cases_reminder": Wording(
        _("{count} cases are due soon"), _("They are at {union}, the first due on {due_at}.")
    ),
    "desk.cases_late": Wording(
        _("{count} cases are late"),
        _("{union} has not done them in time. They stay on this list until somebody acts."),
    ),
    "desk.cases_raised": Wording(
        _("{count} late cases have come up to you"),
        _("{union} takes them over, or sees to them; the first by {due_at}."),
    ),
    "desk.case_moved": Wording(
        _("A case has come to you"), _("{union} handles case {number} now, by {due_at}.")
    ),
    "desk.case_assigned": Wording(
        _("A case is yours to handle"), _("Case {number} at {union}, due on {due_at}.")
    ),
    "desk.cases_assigned": Wording(
        _("Cases are yours to handle"), _("{count} of them at {union}. They stand in your queue.")
    ),
    "desk.case_joined": Wording(
        _("You take part in a case"), _("{union} handles case {number} together with another.")
    ),
    "desk.case_part_done": Wording(
        _("A union has done its part of a case"), _("Case {number}: read what it wrote, and go on.")
    ),
    "desk.case_part_left": Wording(
        _("A part of a case is not done"),
        _("{left} takes part in case {number} no longer. See who does its part now."),
    ),
    "desk.case_message": Wording(
        _("An applicant has written"), _("There is something new in case {number}.")
    ),
    "desk.notice_objection": Wording(
        _("Somebody objects to a public notice"),
        _("Read it in case {number} and look into it before the notice ends."),
    ),
    "desk.item_to_publish": Wording(
        _("A draft of {item} waits for a second person"),
        _("{officer} at {union} asks you to look at it and publish it."),
    ),
    "case.could_be_helped": Wording(
        _("{item} may be for you"),
        _("{union} writes: {words} Look at it; asking costs nothing."),
    ),
    "desk.case_withdrawn": Wording(
        _("A case was taken back"), _("The applicant has withdrawn case {number}.")
    ),
    "desk.case_reopened": Wording(
        _("A case goes on by itself"),
        _("Case {number} is open again at {union}, and due on {due_at}."),
    ),
    "desk.openings_stopped": Wording(
        _("An officer opened very many cases and was stopped"),
        _("{officer} at {union} opened more cases of others than work needs. Please ask why."),
    ),
    "desk.decoy_opened": Wording(
        _("An officer opened a case that nobody needs to open"),
        _("{officer} opened case {number} at {union}, which is a decoy. Please ask why."),
    ),
    "desk.emergency_asked": Wording(
        _("Somebody asks to read a case in an emergency"),
        _("It is about case {number} at {union}. Please decide today."),
    ),
    "desk.emergency_granted": Wording(
        _("You may read a case in an emergency"),
        _("Case {number} is open to you until {until}. Each reading is recorded."),
    ),
    "desk.emergency_refused": Wording(
        _("You may not read the case you asked for"),
        _("The union that handles case {number} has decided so. Call them if it is urgent."),
    ),
    "desk.case_silence": Wording(
        _("Nobody answered in time: look at what comes next"),
        _("Case {number} at {union} has gone on to its next step. Nothing is sent by itself."),
    ),
    "desk.case_urgent": Wording(
        _("Urgent: a case needs you now"), _("Case {number}: somebody may be in danger.")
    ),
}

LABELS = {
    "item_id": _("Service"),
    "answers": _("What you wrote"),
    "way": _("How it came"),
    "is_urgent": _("Urgent"),
    "people_count": _("People"),
    "division_id": _("Place"),
    "handler_id": _("Union that handles it"),
    "state": _("State"),
    "step": _("Step"),
    "paused_at": _("Paused at"),
    "saved_at": _("Saved at"),
    "stored_id": _("File"),
    "said": _("Title"),
    "union_name": _("Sent by"),
    "issued_at": _("Sent at"),
    "on_date": _("Day"),
    "mark": _("Mark in the numbers of letters"),
    "set_at": _("Set at"),
    "asked_at": _("Asked at"),
    "weight": _("Share"),
    "case_id": _("Case"),
    "contact": _("Name and number"),
    "joined_at": _("Joined at"),
    "left_at": _("Left at"),
    "nominated_at": _("Nominated at"),
    "accepted_at": _("Willing since"),
    "elected_at": _("Chosen at"),
    "agrees": _("Agrees"),
    "last_at": _("Last given something at"),
    "changed_at": _("Changed at"),
    "drafted_at": _("Drafted at"),
    "item_name": _("Service"),
    "masked_name": _("Name, masked"),
    "published_at": _("Published at"),
    "until_at": _("Until"),
    "ended_at": _("Ended at"),
}
