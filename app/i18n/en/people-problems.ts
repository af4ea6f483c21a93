export const peopleProblem = {
  empty: 'Nothing is filled in here. Please fill it in',
  too_long: 'Too long: {{length}} characters, {{max}} at most. Please shorten it',
  not_one_of: '“{{value}}” is not in the list. Please choose one that is',
  staff_number: 'Staff number “{{value}}” does not fit: 2 to 20 letters, digits or hyphens, as on the badge',
  month: '“{{value}}” is not a month. Write it as 1990-05',
  month_future: '{{value}} has not come yet. Please check the year',
  day: '“{{value}}” is not a day. Write it as 2026-11-20; the day must exist',
  phone:
    '“{{value}}” is not a telephone number ({{digits}} digits). Mobiles have 11; write area codes as 0871-63112233; extensions have 3 to 8',
  id_length:
    'The number has {{length}} places. Identity cards have 18, passports begin with letters. Please copy it again from the document',
  id_region: 'The identity number begins with “{{region}}”, which is no province. Please copy it again from the card',
  id_birth: 'The date of birth in the identity number, {{birth}}, does not exist. Please copy it again from the card',
  id_check_digit:
    'The check digit is wrong: the last place is {{last}}, the first 17 call for {{expected}}. One place was probably copied wrongly, and it may be any. Please copy it again from the card; it is never corrected for you',
  id_number_taken:
    'This number already belongs to {{name}} (staff number {{staffNumber}}). If the same person comes back, add a posting to that record instead of a second record',
  letters: '“{{value}}” is not in plain letters. Write it as zeng xiangrui',
  broken_character: 'Half a character: it was cut in two when copied. Please enter it again',
  question_mark:
    'A character became a question mark on its way here. Find it by pinyin, component or code point and put it back',
  private_use:
    'A character uses {{point}}, a code of old fonts that other computers cannot show. Its standard character is “{{offered}}” ({{offeredPoint}}). Please check and replace it',
  private_use_unknown:
    'A character uses {{point}}, a code made on one computer; nobody can know which character it is. Please find the standard one',
  description_character:
    '{{point}} is a sign that describes shapes and cannot be part of a name. Find the character itself; the description goes into the note',
  radical: '{{point}} is a radical, not a character. Please use the character of the same shape',
  strange_character: '“{{character}}” ({{point}}) cannot be part of a name. Remove it or use what the card has',
  work_before_birth: 'Work began {{work}}, not after birth {{born}}. Please change one of them',
  number_taken: 'Staff number {{number}} belongs to {{name}}. Numbers are not used twice. Please choose another',
  number_taken_left:
    'Staff number {{number}} is that of {{name}}, who has left. It is not given again. Choose another; if the same person comes back, add a posting to the old record',
  number_used:
    'Staff number {{number}} was that of {{name}}, now {{staffNumber}}. Numbers once used are not given again. Please choose another',
  number_has_account:
    'This person signs in with staff number {{number}}, so it can no longer be changed. If it must, the system administrator closes the account first',
  edited_meanwhile:
    '{{actor}} has just changed this record, so yours is not saved yet. Everything you typed is still here. Compare, then save again',
  unit_missing: 'No dispatching unit is chosen. Choose one; if it is not in the list, add it under Hall first',
  window_missing: 'A and B posts and chief representatives need a window. Please choose one',
  ends_before_start: 'The end, {{endsOn}}, is before the start, {{startsOn}}. Choose {{startsOn}} or later',
  due_before_start: 'The term ends {{dueOn}}, before the first day {{startsOn}}. Please change one of them',
  posting_overlaps:
    'Overlaps the posting from {{unit}} ({{startsOn}} to {{endsOn}}). A person has one posting at a time. Please move the dates apart',
  posting_overlaps_open:
    'Overlaps the posting from {{unit}} (since {{startsOn}}, not ended). End that one first and begin the day after',
  no_posting:
    'There is no posting on {{startsOn}}; posts and groups lie within one. Add the posting first or change the first day',
  outside_posting: 'The posting runs from {{startsOn}} to {{endsOn}}. Choose {{endsOn}} or earlier as the end',
  posts_outside:
    '{{what}} (since {{startsOn}}) would fall outside the posting. End it first or change the posting’s dates',
  post_overlaps: 'This person already has a post at {{what}} from {{startsOn}} to {{endsOn}}. Move the dates apart',
  post_overlaps_open:
    'This person has had a post at {{what}} since {{startsOn}}. End that one first and begin the day after',
  a_post_taken:
    'From {{startsOn}} to {{endsOn}} the A post of {{window}} is held by {{name}} (staff number {{staffNumber}}). A window has one A post at a time. Move the dates or choose the B post',
  a_post_taken_open:
    'The A post of {{window}} has been held by {{name}} (staff number {{staffNumber}}) since {{startsOn}}. End it first, or choose the B post',
  chief_taken:
    'From {{startsOn}} to {{endsOn}} the chief representative of {{window}} is {{name}} (staff number {{staffNumber}}). Move the dates apart',
  chief_taken_open:
    'The chief representative of {{window}} since {{startsOn}} is {{name}} (staff number {{staffNumber}}). End that appointment first',
  group_overlaps: 'This person is in the group from {{startsOn}} to {{endsOn}} already. Move the dates apart',
  group_overlaps_open: 'This person has been in the group since {{startsOn}}; nothing needs adding',
  window_not_open:
    '{{window}} is in use from {{opensOn}} to {{closesOn}}; the post must lie within those days. Change the dates or choose another window',
  window_not_open_open:
    '{{window}} opens only on {{opensOn}}, and the post cannot begin before. Change the dates of the post; if the window has long been open, correct its first day under Hall',
  unit_name_unknown:
    'There is no dispatching unit called “{{value}}”. Use its full or short name; if it is missing, add it under Hall first',
  window_number_unknown:
    'There is no window {{value}}, or it is closed. Check the number; if it is missing, add it under Hall first',
  unit_ended: '{{unit}} ended on {{endedOn}}; a posting must end by then. Choose another unit or reopen this one first',
  begins_later:
    '{{what}} begins only on {{startsOn}}, after the posting would have ended. Take it back first, then end the posting',
  already_ended: 'It ended on {{endsOn}} already; nothing needs doing',
  already_begun: 'It began on {{startsOn}} and cannot be taken back. Enter an end instead',
}

export const peopleNote = {
  born_differs: 'Born {{typed}} here, {{card}} in the identity number. Stored as you typed it; please check',
  gender_differs: 'The gender does not fit the identity number. Stored as you typed it; please check',
}
