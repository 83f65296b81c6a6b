"""E-mails that were there before get the ids of the referrals that they tell of, by what they are about."""

from django.db import migrations

FILL = """
WITH tells (notice, referral) AS (
    SELECT n.id, w.referral
    FROM agencies_notice n
    JOIN (
        SELECT id, id AS referral FROM referrals_referral
        UNION ALL SELECT id, referral_id FROM referrals_dispatch
        UNION ALL SELECT o.id, d.referral_id FROM referrals_offer o JOIN referrals_dispatch d ON d.id = o.dispatch_id
        UNION ALL SELECT id, earlier_id FROM referrals_join
        UNION ALL SELECT id, later_id FROM referrals_join
        UNION ALL SELECT id, referral_id FROM referrals_detachment
        UNION ALL SELECT d.id, n.referral_id FROM referrals_notedetachment d JOIN referrals_note n ON n.id = d.note_id
        UNION ALL SELECT id, referral_id FROM referrals_documentdetachment
        UNION ALL SELECT id, referral_id FROM referrals_withdrawal
        UNION ALL SELECT id, referral_id FROM referrals_task
        UNION ALL SELECT id, content_object_id FROM referrals_namedaccess
    ) w (what, referral) ON w.what = n.about
    UNION ALL
    SELECT r.notice_id, d.referral_id
    FROM referrals_reminder r JOIN referrals_dispatch d ON d.id = r.dispatch_id
    WHERE r.notice_id IS NOT NULL
)
UPDATE agencies_notice
SET tells_of = found.referrals
FROM (SELECT notice, array_agg(DISTINCT referral) AS referrals FROM tells GROUP BY notice) found
WHERE agencies_notice.id = found.notice
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_referrer_shown"), ("agencies", "0018_mail_tells_of")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop, elidable=True)]
