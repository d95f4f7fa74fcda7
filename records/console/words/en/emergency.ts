// Emergencies: asking, approving, reading, people whom nobody knows, and the review afterwards.
import type { Catalog } from '#faces/words/words.ts';

export const emergency = {
  emergency: {
    lead: 'Only when the patient cannot be asked. The patient is told at once, other hospitals decide, and every access is reviewed.', ask: 'Ask in an emergency', own: 'Asked by your hospital', noneOwn: 'Nothing was asked yet.', waiting: 'Waiting for your hospital', noneWaiting: 'Nothing waits for your approval.',
    find: 'How do you know the patient?', finds: { card: 'By the code of the emergency card', insurance: 'By the insurance number', person: 'By name and day of birth' }, code: 'Code', codeHint: '26 letters and digits. Small letters and spaces do not matter.', number: 'Insurance number', name: 'Name', nameHint: 'First and last name, in any order', birthDate: 'Day of birth',
    reason: 'Why', reasons: { unconscious: 'Unconscious', 'life-threatening': 'In danger of life', 'cannot-consent': 'Cannot consent', poisoning: 'Poisoning', 'mass-casualty': 'Many injured' }, hours: 'For how long', hoursOf: { one: '{count} hour', other: '{count} hours' }, send: 'Sign and ask',
    missing: { code: 'This is no code of an emergency card', number: 'Enter the number', name: 'Enter first and last name', birthDate: 'Enter the day of birth' }, nobody: 'Nobody is found this way', nobodySays: 'Either that is wrong, or the patient does not want to be found. Without records, you can take the person in as unknown.',
    states: { asked: 'Waits for approvals', released: 'Open', ended: 'Ended', reviewed: 'Reviewed', failed: 'Not taken by the register' }, findings: { justified: 'Justified', remarks: 'Justified, with remarks', unjustified: 'Not justified', misuse: 'Misuse' },
    by: 'Asked by', at: 'Asked at', until: 'Until', approvals: '{have} of {needed} hospitals have approved', approvedBy: 'Approved by', approve: 'Approve', approveTitle: 'Approve the access of {name}?', approveSays: 'Your hospital passes on its part of the key. You do not learn who the patient is. Show that it is you:', approved: 'Approved; your part was passed on', finish: 'Pass on the part',
    waits: 'Waiting for other hospitals…', waitsSays: 'This page goes on by itself.', reading: 'Opening…', who: 'The patient', nameless: 'Did not say who', records: 'What the patient prepared', empty: 'Nothing is there of these kinds: {categories}', end: 'End the access', endTitle: 'End the access?', endSays: 'Nothing can be read any more. The patient is told.', over: 'This access has ended',
    unknown: 'People whom nobody knows', unknownSays: 'Write for somebody whose name you do not know. When it is known, and the person agrees, everything goes over.', label: 'What you call the person', labelHint: 'Ward and bed, or when and where found. No guesses at a name.', add: 'Take in', added: '{label} is taken in', toRecord: 'Open the record', since: 'since {time}',
    handOver: 'Hand over', handOverTitle: 'Hand over {label}', handOverSays: 'Choose the patient who shares with you and lets you write. Everything is written there, signed by you, and the makeshift record ends.', handOverTo: 'Patient', handedOver: { one: '{count} entry was handed over', other: '{count} entries were handed over' }, noPatient: 'First ask the person to share with you, as with any patient.',
  },
  reviews: {
    none: 'There is nothing to review.', lead: 'Each access in an emergency, with who asked, why, who approved and how much was read. Who the patient is, you do not see.', reads: { one: 'Read {count} time', other: 'Read {count} times' }, review: 'Review', title: 'What did you find?', says: 'It is signed, stands in the register as a digest, and the patient is told. The access ends with it.', finding: 'Finding', done: 'The review is signed', openedAt: 'Opened at', neverOpened: 'Never opened',
  },
  stepUp: { passkey: 'Confirm with the passkey', passphrase: 'Confirm' },
} as const satisfies Catalog;
