/** The way to going live, on the board of a centre that has just been set up. */
export const hallFirstSteps = {
  title: 'Steps to going live',
  progress: '{{done}} / {{total}}',
  done: 'there',
  next: 'do this now',
  later: 'later',
  note: 'This list goes away when it is done. The order may change, and each step can be added to later.',
  step: {
    zones: 'Add a zone',
    zones_note: 'The board and the kiosk are arranged by zone.',
    units: 'Add a dispatching unit',
    units_note: 'A posting names the unit that sends the person.',
    windows: 'Add windows',
    windows_note: 'For a window that has long been open, enter the day it really opened.',
    people: 'Enter the people',
    people_note:
      'Paste a whole table, or add them one by one, with posting and post. If you are among them, use the number you sign in with.',
    accounts: 'Ask for accounts',
    accounts_note:
      'All at once; the system administrator makes them and prints the slips, the security administrator grants roles.',
    readers: 'Attach a reader',
    readers_note:
      'One plugged into the server appears by itself; for another computer the system administrator pairs it under Readers.',
    fingers: 'Enrol fingers',
    fingers_note: 'The person stands at the reader, consents, and is enrolled. Then punches count.',
  },
}
