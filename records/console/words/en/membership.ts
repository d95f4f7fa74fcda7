// Who one is: applying for a role, and what came of it; the people of an organisation.
import type { Catalog } from '#faces/words/words.ts';

export const membership = {
  signIn: { signing: 'Signing in…', failed: 'You are not signed in', anonymous: 'Not registered yet' },
  apply: {
    title: 'Register', lead: 'Say who you are. The body that registers your profession checks it and decides. Until then you can see nothing of any patient.', again: 'Apply again', role: 'You are',
    hints: {
      doctor: 'Reads and writes records, prescribes, refers', nurse: 'Reads and writes records', pharmacy: 'Dispenses prescriptions', hospital: 'An institution with staff of its own', laboratory: 'Takes orders, writes results',
      researcher: 'Asks patients for data', 'device-operator': 'Writes what devices measure', verifier: 'Checks health passes',
    },
    name: 'Name', nameHint: 'As patients and colleagues know you', organisation: 'Organisation you work for', organisationHint: 'It confirms you, and hands you the key that opens what patients share with it.',
    country: 'Country', licence: 'Licence or register number', licenceHint: 'The body looks it up.', send: 'Send the application',
    missing: { role: 'Choose what you are', name: 'Enter your name', country: 'Choose the country', licence: 'Enter the number' },
  },
  standing: {
    confirming: 'Your organisation has to confirm you first', waiting: 'Your application is being checked', waitingSays: 'You applied as {role} on {date}. Come back later, or leave this page open: it notices the answer.', refused: 'Your application was refused', refusedReason: 'Reason given: {reason}', takeBack: 'Withdraw the application',
    approved: 'You are registered', until: 'Registered until', role: 'Role', country: 'Country', licence: 'Licence or register number', organisation: 'Works for',
    body: 'You decide about applications', credential: 'Certificate of your role', credentialSays: 'Signed by the record service. Anybody can check it without asking us.', copy: 'Copy', copied: 'Copied.', address: 'Number of your account',
    keyWaits: 'Your organisation has not handed you its key yet. Until then you cannot open what patients share with it.', keyHere: 'Your organisation has handed you its key.',
  },
  suspended: { title: 'Your membership is suspended', says: 'The body that registered you has suspended you. You can read and write nothing, from this moment on, and nobody can share anything with you. Ask the body for the reason.', look: 'Look again' },
  staff: {
    key: 'Key', handedTo: '{name} has the key now.', asks: 'Say that they work for you', confirm: 'Confirm', confirmTitle: 'Does {name} work for you?', confirmSays: 'Then the body decides about the application. {name} acts for you until you or the body ends it.', confirmed: '{name} is confirmed.', decline: 'Decline', declineTitle: 'Decline {name}?', declined: '{name} was declined.',
    says: 'Those who name you as their organisation. Hand over your key only to those who work for you: with it they open what patients share with you.', none: 'Nobody names you as their organisation yet.', handOver: 'Hand over the key', handed: 'Has the key',
    handTitle: 'Hand the key to {name}?', handSays: '{name} can then open everything that patients share with you, now and later. The key cannot be taken back.',
  },
} as const satisfies Catalog;
