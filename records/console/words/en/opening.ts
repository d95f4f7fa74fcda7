// The first minute, and the locked door.
import type { Catalog } from '#faces/words/words.ts';

export const opening = {
  welcome: {
    title: 'Patient records, when the patient agrees', lead: 'For doctors, nurses, pharmacies, hospitals, laboratories and the bodies that register them.',
    points: { asked: 'Patients decide what you see, for what, and until when.', signed: 'What you write carries your signature.', kept: 'Your keys stay encrypted on this device.' },
    start: 'Create my keys', restore: 'I have a key file', protect: 'Protect your keys', protectLead: 'Your keys sign what you write and open what patients share with you. Nobody can open them without this, and nobody can reset it for you.',
    passkey: 'Use fingerprint, face or device PIN', passphraseInstead: 'Use a passphrase instead', passkeyInstead: 'Use fingerprint, face or device PIN instead', create: 'Create my keys', creating: 'Creating your keys…',
  },
  passphrase: {
    label: 'Passphrase', new: 'New passphrase', hint: 'At least 10 characters. Four words in a row are easy to remember and hard to guess.',
    short: 'Use at least 10 characters', easy: 'This is easy to guess. Use a few words that do not belong together', empty: 'Enter the passphrase', wrong: 'This passphrase does not open it', show: 'Show the passphrase', hide: 'Hide the passphrase',
  },
  unlock: {
    title: 'Unlock your keys', open: 'Unlock', passkey: 'Unlock with fingerprint, face or device PIN', opening: 'Unlocking…',
    idle: 'They were locked because nobody used this page for a while. You go on where you were.', elsewhere: 'They were locked in another tab.',
    forgotten: 'I cannot open them any more', forgottenText: 'Nobody can reset what opens your keys, not even us. You can delete them here, then bring them back from your key file or start anew.', wipe: 'Delete the keys on this device',
  },
  unusable: { title: 'Your keys cannot be kept here', unreadable: 'Your keys cannot be opened' },
  wipe: {
    title: 'Delete the keys on this device', text: 'Without your key file they cannot be brought back: you lose what patients share with you, and have to register anew.', word: 'delete', confirm: 'Type “{word}” to confirm', wrong: 'Type the word as it stands there', button: 'Delete the keys',
  },
  restore: { title: 'Bring back your keys', file: 'Key file', noFile: 'Choose the file', open: 'Bring back my keys', opening: 'Opening…', opensWith: 'Your keys then open with the passphrase of the file here too.' },
} as const satisfies Catalog;
