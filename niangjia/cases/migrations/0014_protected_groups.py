"""Who sees who takes part in a group: officers who see the case, and each member themselves.

Nobody of the group sees another, whoever asked first included; what a member may know of the case
and of those who stand is read as background work, once their own part is found.
"""

from django.db import migrations

from niangjia.core.protection import enable

IS_WORK = "(SELECT core_viewer_work()) IS NOT NULL"
IS_SEEN = """(
    (SELECT core_viewer_account()) IS NOT NULL
    AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id)
)"""
IS_OWN = "owner_digest = (SELECT core_viewer_receipt())"
OF_A_MEMBER = """(
    (SELECT core_viewer_account()) IS NOT NULL
    AND EXISTS (SELECT FROM cases_groupmember m WHERE m.id = member_id)
)"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_groups")]

    operations = [
        *enable("cases_casegroup", read=f"{IS_WORK} OR {IS_SEEN}", write=IS_WORK, delete="false"),
        *enable(
            "cases_groupmember",
            read=f"{IS_WORK} OR {IS_OWN} OR {IS_SEEN}",
            write=IS_WORK,
            delete="false",
        ),
        *enable(
            "cases_representative",
            read=f"{IS_WORK} OR {OF_A_MEMBER}",
            write=IS_WORK,
            delete="false",
        ),
        *enable(
            "cases_representativevoice",
            read=f"{IS_WORK} OR {OF_A_MEMBER}",
            write=IS_WORK,
            delete="false",
        ),
    ]
