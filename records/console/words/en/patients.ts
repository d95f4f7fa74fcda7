// Patients who share: asking one, the list, and what one may see until when.
import type { Catalog } from '#faces/words/words.ts';

export const patients = {
  patients: {
    none: 'No patient shares anything with you yet.', noneSays: 'Ask a patient: they scan a code with their wallet, and decide.', ask: 'Ask a patient', search: 'Find by name', born: 'born {date}', nameless: 'Name cannot be opened', until: 'until {date}', pending: 'Being written to the register',
    notRequested: 'Came without your asking', notRequestedSays: 'This did not come by the code of a request of yours. Make sure by another way who the patient is.', count: { one: '{count} patient shares with you', other: '{count} patients share with you' }, open: 'Open the record', nothing: 'No patient fits this.', unanswered: 'Requests without an answer', expires: 'Open until {time}', showAgain: 'Show the code again',
  },
  ask: {
    title: 'Ask a patient', lead: 'The patient sees exactly this, and can give less or nothing.', purpose: 'What for', actions: 'What you want to do', read: 'Read', write: 'Write', categories: 'Which records', all: 'All ordinary ones', some: 'Only some', sensitiveHint: 'Psychiatry, sexual health, addiction, genetics. Ask only if you need it.',
    period: 'For how long', periods: { day: 'Today', week: 'One week', month: '30 days', year: 'One year', chosen: 'Until a day I choose' }, until: 'Until', forOrganisation: 'For everybody at', forOrganisationHint: 'Otherwise for you alone.', message: 'A word to the patient', messageHint: 'Nothing about their health: whoever sees the code can read it.', send: 'Make the code',
    missing: { actions: 'Choose at least one', categories: 'Choose at least one', until: 'Choose a day in the future, at most ten years ahead' },
    show: 'Let the patient scan this', showSays: 'With their wallet, or with the camera of their phone. The code works once, until {time}.', code: 'Code for the patient’s wallet', openWallet: 'Open the wallet on this device', waits: 'Waiting for the patient…', granted: 'The patient has agreed', grantedSays: 'Look at the name: is it the person before you?', over: 'The code has run out', another: 'Ask again',
  },
  access: {
    title: 'What you may do', says: 'You may {actions} {what} for {purposes}, until {until}.', everything: 'all ordinary records', anyPurpose: 'any purpose', ended: 'This has ended', endedSays: 'The patient has ended it, or its time is over. What you have read stays with you; nothing that is written from now on can be opened.',
    readings: 'Your readings', readingsSays: 'Each is entered in the patient’s account of accesses, with its purpose. The record service signed that it is.', noReadings: 'You have read nothing yet.', reading: { one: '{purpose}: {count} record', other: '{purpose}: {count} records' }, receipt: 'Receipt',
  },
} as const satisfies Catalog;
