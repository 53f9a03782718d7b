"""Who may see anything of a protected subject, said by the database itself (promises 1 and 2).

Rows about ordinary subjects are everybody's whom the app lets in. Those of a protected one are shown
to background work, to whoever was served, and to accounts tied to none of its employers. What
belongs to an invitation or an order is shown with it.
"""

from django.db import migrations

from niangjia.core.protection import enable

IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
IS_UNTIED = """(
    (SELECT core_viewer_account()) IS NOT NULL
    AND NOT tied_employer_ids && (SELECT members_tied_employers(core_viewer_account()))
)"""
SUBJECT = f"NOT is_protected OR {IS_WORK} OR {IS_UNTIED}"
INVITATION = f"{SUBJECT} OR account_id = (SELECT core_viewer_account())"
RATING = "NOT is_protected OR EXISTS (SELECT FROM feedback_invitation i WHERE i.id = invitation_id)"
OF_ORDER = "EXISTS (SELECT FROM feedback_rectificationorder o WHERE o.id = order_id)"
OF_RATING = "EXISTS (SELECT FROM feedback_rating r WHERE r.id = rating_id)"
OF_CALL_BACK = "EXISTS (SELECT FROM feedback_callback b WHERE b.id = call_back_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0002_append_only"),
        ("core", "0004_verified_scope"),
        ("members", "0004_tied_employers"),
    ]

    operations = [
        *enable("feedback_invitation", read=INVITATION, write=INVITATION),
        *enable("feedback_rating", read=RATING, write=RATING),
        *enable("feedback_rectificationorder", read=SUBJECT, write=SUBJECT),
        *enable("feedback_orderstep", read=OF_ORDER, write=OF_ORDER),
        *enable("feedback_callback", read=OF_RATING, write=OF_RATING),
        *enable("feedback_call", read=OF_CALL_BACK, write=OF_CALL_BACK),
    ]
