/** What the reader says during an enrolment, and what to do when it does not work. */
export const enrolmentSteps = {
  log: {
    sent: 'Handed to the agent, slot {{slot}}',
    press: 'Waiting for press {{press}}',
    lift: 'Press {{press}} taken, waiting for the finger to lift',
    retry: 'Press {{press}} again: {{why}}',
    retry_trial: 'Again: {{why}}',
    stored: 'Written to slot {{slot}}, the index table agrees',
    trial: 'Trial: waiting for the finger',
    recognised: 'Trial: slot {{slot}} recognised, score {{score}}',
    failed: 'Stopped here: {{why}}',
    now: 'now',
  },
  retry: {
    too_dry: 'the finger is too dry; breathe on it and press again',
    too_wet: 'the finger is too wet; dry it and press again',
    too_messy: 'the ridges are not clear; wipe finger and glass and press again',
    too_few_features: 'too little of the finger was seen; press flat and a little longer',
    image_failed: 'no image was taken; lift and press again',
    residual_finger: 'a trace of the last person is on the glass; wipe it and press again',
    small_area: 'the finger lies off centre; put its pad in the middle',
    features_related: 'almost the same place as before; move a little and press again',
    poor_template: 'together the presses are not clear enough; press again',
    not_the_same_finger: 'not the finger of press 1; please use that one again',
    other: 'it was not read; lift and press once more',
  },
  ended: {
    already_enrolled: {
      title: 'Not stored. This finger is already in slot {{slot}}',
      means:
        'The reader knows the same print, and one finger belongs to one person only. The old record is untouched; this refusal is in the audit log.',
      todo: 'See whether the last person has stepped away. If it is an old record of the same person, delete it first; otherwise take another finger.',
    },
    not_the_same_finger: {
      title: 'Not stored. The presses were of different fingers',
      means: 'It did not agree with press 1, after one reminder. Nothing is left in the reader.',
      todo: 'Ask the person to watch the screen and use one finger throughout, then press “Start”.',
    },
    nobody_came: {
      title: 'Not stored. No finger came for 45 seconds',
      means: 'The reader is back to normal and others can clock in. Earlier presses must be repeated.',
      todo: 'Ask the person to stand at the reader, then press “Start”.',
    },
    finger_not_lifted: {
      title: 'Not stored. The finger was never lifted',
      means: 'It must be lifted after each press, or the reader cannot tell the presses apart.',
      todo: 'Lift the finger, wipe the glass, then press “Start”.',
    },
    cancelled: {
      title: 'Stopped. Nothing is left behind',
      means: 'Nothing is in the reader and nothing in the register.',
      todo: 'Press “Start” to begin again.',
    },
    stopped: {
      title: 'The agent stopped; nothing was stored',
      means: 'It was closed or restarted before the presses were complete. Nothing is left in the reader.',
      todo: 'Wait until the reader is online again (about 10 seconds), then press “Start”.',
    },
    expired: {
      title: 'Not done: the agent did not fetch the command',
      means:
        'After 2 minutes (10 once begun) it is void and is not done late; a template stored late is deleted by itself.',
      todo: 'See whether the agent’s computer is running, or take another reader.',
    },
    stored_late: {
      title: 'Stored too late, and deleted again',
      means:
        'The reader reported it after the enrolment had ended. Nobody could check it, so it does not count; the deletion is on its way.',
      todo: 'Ask the person to the reader again and press “Start”.',
    },
    unplugged: {
      title: 'Not stored. The reader was unplugged',
      means:
        'It vanished in the middle; the presses must be repeated. The time counts as an outage and nobody is marked absent for it.',
      todo: 'Push the cable in, wait for “online”, then press “Start”; or take another reader.',
    },
    slot_taken: {
      title: 'Not stored. Slot {{slot}} is taken in the reader',
      means: 'The reader’s index table and the register disagree; another slot was tried as well.',
      todo: 'Look at this reader’s unowned templates under “Clean-up”, delete them, then enrol.',
    },
    not_proven: {
      title: 'Not counted: the index table does not show slot {{slot}}',
      means: 'The reader said it was stored, but reading it back shows nothing. Without proof nothing is registered.',
      todo: 'Enrol again; if it fails again, take another reader and ask for a self-test of this one.',
    },
    wrong_password: {
      title: 'Not stored. The reader’s password is wrong',
      means: 'This reader refuses every command.',
      todo: 'Ask the system administrator to check the password in the agent; use another reader meanwhile.',
    },
    no_answer: {
      title: 'Not stored. The reader did not answer',
      means: 'The bytes went out and nothing came back: a loose cable, or the reader hangs.',
      todo: 'Unplug it and plug it in, wait for “online”, then enrol; or take another reader.',
    },
    library_full: {
      title: 'Not stored. The reader’s library is full',
      means: 'The reader says there is no room, though the register thought there was. Nothing was left in it.',
      todo: 'Under “Fingerprint clean-up” delete templates of people who left and unowned ones, or use another reader.',
    },
    sensor_error: {
      title: 'Not stored. The sensor is broken or too dirty',
      means: 'The reader cannot see the finger; the finger is not to blame. Nothing was left in it.',
      todo: 'Clean the glass and try once more; otherwise use another reader and have this one tested.',
    },
    wrong_address: {
      title: 'Not stored. The reader’s address does not match',
      means: 'The reader is there but does not take commands sent to it.',
      todo: 'The system administrator checks the address in the agent’s settings; use another reader meanwhile.',
    },
    in_use: {
      title: 'Not stored. Another program holds the reader',
      means: 'A different program on that computer is using this reader.',
      todo: 'The system administrator closes that program; use another reader meanwhile.',
    },
    consent_gone: {
      title: 'Not stored. The person has withdrawn consent',
      means: 'It was withdrawn while the finger was pressed; the template is being deleted.',
      todo: 'Use a way without a fingerprint.',
    },
    other: {
      title: 'Not stored. The reader reported {{code}}',
      means: 'This finger is not in the reader.',
      todo: 'Try once more; if it fails, take another reader and tell the system administrator.',
    },
  },
  refused: {
    reader_away: {
      title: 'This reader cannot enrol now',
      means: 'It is not plugged in, has no power, or its agent is not running.',
      todo: 'Push the cable in and wait for “online”, or choose another reader.',
    },
    reader_busy: {
      title: 'This reader is enrolling somebody else',
      means: '{{name}} is being enrolled by {{by}}. A reader takes one finger at a time.',
      todo: 'Wait until it is done (about a minute), or choose another reader.',
    },
    reader_full: {
      title: 'This reader has no free slot',
      means: 'Empty slots rest for 31 days so that late punches still find one person.',
      todo: 'Delete templates of people who left under “Clean-up”, or choose another reader.',
    },
    reader_unknown: {
      title: 'There is no such reader',
      means: 'It may just have been retired.',
      todo: 'Please choose another one.',
    },
    consent_missing: {
      title: 'The person has not consented yet',
      means: 'Without consent, or with consent to an older notice, no fingerprint may be taken.',
      todo: 'Show the notice and record consent in step 1 first.',
    },
    person_left: {
      title: 'This person has left the centre',
      means: 'Fingerprints of people who left are deleted, never taken.',
      todo: 'If the person is back, record the new posting on the person’s page first.',
    },
    finger_known: {
      title: 'This finger is already enrolled at this reader',
      means: 'It is in slot {{slot}} and in force.',
      todo: 'Delete the old one first, or choose another finger or reader.',
    },
    nothing_to_stop: {
      title: 'It has ended already; there is nothing to stop',
      means: 'It finished just as you pressed.',
      todo: 'See the result below.',
    },
    nothing_to_withdraw: {
      title: 'There is nothing to withdraw',
      means: 'The person has no consent in force and no stored fingerprint.',
      todo: 'Nothing needs to be done.',
    },
    already_deleted: {
      title: 'This one is deleted already',
      means: 'The index table proved that it is not in the reader.',
      todo: 'Print the receipt if you need it.',
    },
    enrolment_unknown: {
      title: 'There is no such entry',
      means: 'It is not this person’s.',
      todo: 'Choose from the list below.',
    },
    slot_owned: {
      title: 'Not deleted: this slot is not unowned',
      means: 'It belongs to somebody, or it is empty in the reader.',
      todo: 'Press “Read the index table” and look again.',
    },
    reader_is_real: {
      title: 'The program never presses a real reader',
      means: 'Only the demo’s emulated ones.',
      todo: 'Ask the person to press.',
    },
    agent_missing: {
      title: 'This reader has no agent',
      means: 'Nobody would fetch the command.',
      todo: 'Ask the system administrator to pair an agent.',
    },
    source_unknown: {
      title: 'There is no such reader',
      means: 'It may just have been retired.',
      todo: 'Please choose another one.',
    },
    nobody_else: {
      title: 'Nobody else has a finger in this reader',
      means: 'So a duplicate cannot be shown.',
      todo: 'Choose another reader.',
    },
  },
}
