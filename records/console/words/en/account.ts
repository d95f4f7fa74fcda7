// What opens the keys, when they lock, and the key file.
import type { Catalog } from '#faces/words/words.ts';

export const account = {
  keys: {
    lockAfter: 'Lock when nobody uses the page for', minutes: { one: '{count} minute', other: '{count} minutes' }, opens: 'What opens your keys', passphrase: 'Passphrase', passkey: 'Fingerprint, face or device PIN (passkey)',
    change: 'Change the passphrase', addPassphrase: 'Add a passphrase', addPasskey: 'Add fingerprint, face or device PIN', remove: 'Remove', changed: 'The passphrase was changed.', added: 'Added.', removed: 'Removed.', removeTitle: 'Remove this way in?', removeText: 'It will not open your keys any more.',
    advice: 'Only one thing opens your keys. Add a second, so that losing it does not lock you out.',
  },
  keyFile: {
    title: 'Key file', lead: 'If this device is lost, the key file brings your keys back on another. Whoever has it and its passphrase can sign in your name.', make: 'Save a key file', passphrase: 'Passphrase for the file', making: 'Making the file…', made: 'The file was saved. Keep it in a safe place.',
    never: 'You have not saved a key file yet.', last: 'Last saved on {date}.',
  },
} as const satisfies Catalog;
