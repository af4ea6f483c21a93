-- A role given by mistake is taken back the same day. A span of days cannot say "not even today",
-- so a grant that never worked a whole day goes; that it was given and taken stands in the audit.
GRANT DELETE ON role_grant TO window_staff_web;
