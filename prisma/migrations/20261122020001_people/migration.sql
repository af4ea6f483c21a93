-- ── Database roles 数据库角色 ──────────────────────────────────────────────────────────────────────────────────────
-- What has not begun yet may be taken back, and a window group may go; the history of both stays in record_change.

GRANT DELETE ON posting, window_post, chief_appointment, person_group, window_group TO window_staff_web;

-- Names and numbers are looked for inside the record's history: a staff number once given is never given again.
CREATE INDEX record_change_former_staff_number ON record_change (centre_id, (fields -> 'staffNumber' ->> 'from'))
  WHERE record = 'person';
