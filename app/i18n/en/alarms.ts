/** Alarms of readers, terminals and agents: what each means for people and what to do next. */
export const alarms = {
  title: 'Alarms and outages',
  facts: 'Slots during an outage are to be checked; nobody is marked absent or late for them',
  open: 'Open alarms',
  none: 'No alarms now.',
  none_more:
    'Readers, terminals and agents work. When something goes wrong, this page and the Today page say where, since when and what to do.',
  past: 'Alarms of the last 30 days',
  past_none: 'No alarm ended in the last 30 days.',
  outages: 'Outages of the last 30 days',
  outages_none: 'No outages in the last 30 days.',
  outages_note:
    'An outage is a fact on record and cannot be deleted. Confirming says that somebody has looked: nobody is blamed for that time, and a person checks the slots.',
  col: {
    what: 'Alarm',
    where: 'Where',
    since: 'From',
    until: 'To',
    seen: 'Known by',
    why: 'Cause',
    confirmed: 'Confirmed',
  },
  agent: 'Agent {{name}}',
  seen_by: '{{name}}, {{at}}',
  seen_act: 'I know of it',
  works_act: 'Tried it, the reader works',
  accept_act: 'Confirm the replacement',
  confirm_act: 'Confirm the outage',
  confirmed_by: 'Confirmed by {{name}}, {{at}}',
  still: 'not back yet',
  lasts: 'Not over yet; confirm it once it is',
  waits: 'Waits for HR or the duty officer',
  out: 'To check',
  act_for: '{{act}}: {{what}}',
  since: 'since {{at}}',
  next: 'What to do:',
  zone: 'zone {{code}} {{name}}',
  declare: {
    title: 'Note an outage',
    what: 'For an outage that you know of and the system did not notice, for example a cracked glass that nobody could use for half a day. Whoever notes it confirms it; what another outage covers is not noted twice.',
    reader: 'Which one',
    choose: 'Please choose',
    from: 'From',
    to: 'To',
    to_hint: 'Not back yet: enter the present time and note the rest later.',
    reason: 'Cause',
    reason_hint: 'For whoever looks later, for example “glass cracked, replaced at 13:00”.',
    submit: 'Note the outage',
    problem: {
      reader: 'Choose one.',
      time: 'Enter a date and time.',
      order: 'The end must be after the beginning.',
      future: 'An outage can be noted up to the present only.',
      old: 'Only outages of the last 45 days can be noted.',
      reason: 'Write the cause.',
    },
  },
  done: {
    declared: 'The outage is noted and the slots concerned are judged again.',
    seen: 'Noted that you know of it. The alarm closes by itself when its cause is gone.',
    works:
      'Noted that the reader works; the alarm is closed. Slots are judged as usual from now on, the time before stays to be checked.',
    confirmed: 'The outage is confirmed and on the audit record.',
    accepted:
      'The replacement is confirmed and the alarm closed. Compare the slots after a change of module: the old fingerprints are not in the new one.',
  },
  gone: 'Somebody has dealt with this already, or it has recovered by itself.',
  banner: {
    one: 'Readers are down in {{zones}}. Slots concerned are to be checked; nobody is marked absent.',
    readers: 'Down: {{readers}}. Slots concerned are to be checked; nobody is marked absent.',
    more: 'Which readers',
    line: '{{where}}, since {{since}}: {{what}}',
    link: 'Alarms and outages',
    desk: 'Whoever cannot punch signs the paper list at the guide desk with the time.',
  },
  kind: {
    agent_silent: {
      title: 'Agent not heard',
      means:
        'Its readers have delivered nothing since; slots concerned are to be checked. If the program still runs, punches are kept on that computer and arrive later; none is lost.',
      next: 'Check that the computer is on and its network works; then that the agent’s service runs.',
    },
    reader_offline: {
      title: 'Reader offline',
      means: 'Nobody can punch here; slots concerned are to be checked, nobody is marked absent.',
      next: 'Check the USB cable and power, unplug it and plug it in again. Meanwhile use the reader next to it or the paper list at the guide desk.',
    },
    reader_fault: {
      title: 'Reader fault',
      means: 'The reader is connected and does not work; slots concerned are to be checked, nobody is marked absent.',
      next: 'Run the self-test on the reader’s page; it names the failing step. If it stays so, replace the reader.',
    },
    silent_when_busy: {
      title: 'No punches at a busy time',
      means:
        'The reader is online and many people usually punch at this time, but nobody has today: its glass may be dirty, covered or broken. Slots since the last punch are to be checked.',
      next: 'Press a finger on the reader or run its self-test. One punch closes the alarm; if simply nobody came, choose “Tried it, the reader works”.',
    },
    clock_drift: {
      title: 'Clock is off',
      means: 'The clock is off by {{seconds}} s. Punches are taken, and no time is altered silently.',
      next: 'Set the clock of that computer or terminal and switch on its time synchronisation.',
    },
    clock_drift_off: {
      title: 'Clock is far off',
      means:
        'The clock is off by {{seconds}} s, beyond the limit: new punches wait in quarantine until a person releases or rejects them; slots concerned are to be checked.',
      next: 'Set the clock of that computer or terminal now, then decide on each punch under Doubtful.',
    },
    sequence_gap: {
      title: 'Missing punch numbers',
      means:
        '{{missing}} numbers have not arrived and are asked for again; the agent keeps delivered punches for 30 days.',
      next: 'Wait for it to send them. If they are missing after a day, ask the system administrator to look at that computer’s spool.',
    },
    sequence_gap_lost: {
      title: 'Punches lost',
      means:
        'The agent says that {{lost}} punches cannot be found any more. The time between their neighbours is an outage; slots concerned are to be checked, nobody is marked absent.',
      next: 'Compare with the paper list and check that computer’s disk. “I know of it” closes this alarm; the outage stays on record.',
    },
    queue_growing: {
      title: 'Punches are held up',
      means:
        '{{count}} punches are kept on that computer and have not arrived. Until then slots concerned are to be checked; afterwards their real times count.',
      next: 'Check the network from that computer to the server; do not reinstall the agent or delete its data folder.',
    },
    spool_filling: {
      title: 'The agent’s spool is filling up',
      means: '{{percent}} % of the spool is used. Once it is full its readers take no more punches.',
      next: 'Ask the system administrator to free disk space or raise the spool’s bound; never delete spool files.',
    },
    identity_changed: {
      title: 'Another module or firmware',
      means:
        'The connected module states another number or firmware than the one on record. Punches are taken, but a replaced module may not hold people’s fingerprints.',
      next: 'If it was replaced on purpose, the system administrator confirms it and compares the slots on the reader’s page. If nobody did, disconnect it and find out where it came from.',
    },
    slots_differ: {
      title: 'Slots differ from the enrolments',
      means:
        '{{unknown}} slots in the module belong to nobody, and {{missing}} enrolled ones are not in it. Those people cannot punch here.',
      next: 'Open the reader’s page, compare the slots and repair them one by one.',
    },
    terminal_silent: {
      title: 'Terminal not heard',
      means:
        'The terminal usually calls every few seconds and does not now. It keeps punches itself and sends them later; meanwhile slots concerned are to be checked.',
      next: 'Check its power, its network cable and whether its server address was changed.',
    },
  },
  is_was: '{{what}}: now {{is}}, was {{was}}',
  field: { serial: 'Module number', firmware: 'Firmware', model: 'Model' },
  reason: {
    offline: 'reader offline',
    fault: 'reader fault',
    unplugged: 'USB cable unplugged',
  },
}
