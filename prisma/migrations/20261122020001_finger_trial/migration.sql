-- A finger is tried once after it was enrolled, and a running enrolment can be stopped: two more commands for an agent.
ALTER TABLE agent_command DROP CONSTRAINT agent_command_kind_known;
ALTER TABLE agent_command ADD CONSTRAINT agent_command_kind_known CHECK (
  kind IN ('enrol', 'delete', 'self_test', 'light', 'press', 'identify', 'cancel')
);
