export const readerCodes = {
  ok: 'All is well; nothing to do',
  packet_error:
    'The command was damaged on its way and is sent again by itself; if it happens often, use a shorter USB cable',
  no_finger: 'No finger on the glass; put one on',
  image_failed: 'No picture was taken; lift the finger and press again',
  too_dry: 'The finger is too dry; breathe on it and press again',
  too_wet: 'The finger is too wet; dry it and press again',
  too_messy: 'The lines cannot be seen; wipe finger and glass and press again',
  too_few_features: 'Too few lines were seen; press flat and stay a little longer',
  no_match: 'It does not match the press before; press again with the same finger',
  not_found: 'This finger is not in the reader; press the one that was enrolled, or enrol first',
  merge_failed: 'The presses do not look like one finger; enrol again from the beginning with the same finger',
  out_of_range: 'The reader has no such slot; choose a number below its capacity',
  bad_template: 'This slot holds no usable fingerprint; delete it and enrol again',
  template_upload_failed:
    'The fingerprint was not read out; do it again, and if that fails cut the reader’s power and restart it',
  cannot_receive_data:
    'The fingerprint did not arrive whole and nothing of it was kept; do it again, and if that fails change the USB cable',
  image_upload_failed: 'The content was not read out; do it again. Clocking is not affected',
  delete_failed:
    'Not deleted: the fingerprint is still in the reader. Delete it again and see in the index table that the slot is empty',
  clear_failed: 'Not cleared: the fingerprints are still in the reader. Restart it and do it again',
  cannot_sleep: 'It did not go to sleep; clocking is not affected and nothing needs doing',
  wrong_password:
    'The reader’s password is wrong and it takes no fingers; enter this reader’s password in the settings of the agent',
  reset_failed: 'It did not reset; cut its power for 10 seconds',
  no_image: 'There is no usable picture; lift the finger and press again',
  upgrade_failed:
    'The module’s program was not updated completely and it takes no fingers; restart it, and if that fails use another reader and send this one for repair',
  residual_finger: 'A trace of the last finger is on the glass; wipe it and press again',
  flash_error:
    'The reader cannot write its memory; restart it and run a self-test, and if it comes back use another reader and send this one for repair',
  random_failed: 'It gave no random number; clocking is not affected and nothing needs doing',
  no_definition: 'The manual gives this answer no meaning; clocking is not affected. Run a self-test',
  bad_register: 'This reader has no such setting; clocking is not affected and nothing was changed',
  bad_register_value: 'This setting cannot have that value; nothing was changed',
  bad_notepad_page: 'The notepad has no such page; clocking is not affected',
  port_failed: 'The module’s port did not open; cut its power for 10 seconds',
  auto_enrol_failed: 'Not enrolled and nothing was kept; enrol again from the beginning',
  library_full: 'The reader is full; delete the fingerprints of people who left, or enrol at another reader',
  wrong_dialect:
    'The module speaks another dialect than configured and takes no fingers; correct “dialect” in the agent’s settings, or leave it out so that the module is asked',
  wrong_address: 'The module’s address was changed and it takes no fingers; set it back to the factory’s FFFFFFFF',
  password_needed:
    'The reader has a password and takes no fingers; enter this reader’s password in the settings of the agent',
  template_empty: 'This slot is empty; look at the index table and choose one that holds a fingerprint',
  slot_not_empty:
    'This slot already holds a fingerprint, which was not overwritten; choose an empty slot or delete the old one first',
  library_empty: 'The reader holds no fingerprints yet; enrol first',
  bad_count: 'The reader does not allow that number of presses; choose 2 to 6 and enrol again',
  timeout: 'No finger came in time; press again',
  already_enrolled:
    'This finger is already in this reader and was not stored again; see which slot it is in and whose it is',
  features_related: 'Almost the same position as before; move the finger a little and press again',
  sensor_error:
    'The sensor does not answer and no finger can be taken; cut the power for 10 seconds, and if that fails use another reader and send this one for repair',
  module_info_not_empty: 'The module’s data had been written before and were not changed; clocking is not affected',
  module_info_empty: 'The module holds no factory data; clocking is not affected. Know it by the number on its case',
  otp_failed: 'The module’s write-once memory cannot be read; use another reader and send this one for repair',
  key_generation_failed: 'No key was made and nothing was changed; restart the reader and try again',
  no_key: 'The module holds no key and cannot do this; use the way without encryption',
  security_algorithm_failed:
    'The module’s encryption failed and the command was not carried out; restart the reader and try again',
  security_algorithm_mismatch:
    'The encryption differs from the module’s setting and the command was not carried out; check the module’s encryption level',
  not_allowed_at_encryption_level: 'The module’s encryption level forbids this; set the level back to 0 first',
  key_locked: 'The module’s key is locked and it cannot do this; ask the supplier to unlock it',
  small_area: 'The finger is off centre; put its middle on the glass and press again',
  static_foreign_matter: 'Something on the glass does not move; wipe the glass and press again',
  illegal_data:
    'The module does not accept what was sent and did nothing; do it again, and if that fails run a self-test',
  poor_template: 'The presses together are not clear enough; wipe the finger and start again',
  busy: 'The reader is busy and is asked again by itself; if it stays so, restart it',
  unsupported: 'This model cannot do that; clocking is not affected',
  blocked: 'The module blocks this command and did nothing; ask the supplier to allow it',
  hardware_error:
    'The module’s hardware has failed and no finger can be taken; cut the power for 10 seconds, and if that fails use another reader and send this one for repair',
  parameter_error:
    'The module does not accept a number in the command and did nothing; check slot and number of presses',
  command_failed: 'The command was not carried out; do it again, and if that fails run a self-test',
  module_off: 'The module has no power and no finger can be taken; check the wires between module and bridge',
  upgrade_answer: 'The module waits for an update; if nobody is updating it, cut its power for 10 seconds',
  wake_up_notice: 'A finger woke the module, which answers nothing; nothing to do',
  unknown_code: 'No manual has this answer; run a self-test and tell the supplier the code',
  no_answer: 'The reader does not answer; check the cable and cut its power for 10 seconds',
  garbled: 'Its answers cannot be read; check wiring and speed (57600), then restart the reader',
  refused: 'The reader refused the command; run a self-test',
  unplugged: 'The cable was pulled out; plug it in and the reader comes back by itself',
  not_stored:
    'The reader said it was stored and the index table says it was not; do it again, and if that fails use another reader and send this one for repair',
  parameters_changed:
    'Capacity or address differ from when the reader was opened; plug it out and in, and check whether the module was changed',
  count_differs:
    'The count and the index table do not agree; restart the reader and test again, and if they still differ check each slot',
}
