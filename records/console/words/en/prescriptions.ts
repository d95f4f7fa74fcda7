// Prescriptions: writing and withdrawing them, and a pharmacy's counter.
import type { Catalog } from '#faces/words/words.ts';

export const prescriptions = {
  prescribe: {
    lead: 'It goes into the record and into the patient’s wallet. Whichever pharmacy the patient chooses dispenses it, each time once.', medicine: 'Medicine', medicineHint: 'Substance, strength and form', code: 'Code', codeHint: 'If you have one', codeSystem: 'Code system', dosage: 'How it is taken', quantity: 'Amount', unit: 'Unit', unitHint: 'Tablets, packs, millilitres',
    repeats: 'Repeats', repeatsHint: 'After the first time', until: 'Valid until', note: 'For the pharmacy', send: 'Sign and prescribe', done: 'Prescribed', doneSays: 'The patient has it in the wallet.', another: 'Prescribe another', missing: { medicine: 'Enter the medicine', dosage: 'Enter how it is taken', until: 'Choose a day within a year', quantity: 'This number is not possible', unit: 'Enter the unit' },
  },
  issued: {
    none: 'You have prescribed nothing yet.', at: 'Prescribed {time}', until: 'valid until {date}', states: { unused: 'Not dispensed', dispensed: 'Dispensed', void: 'Withdrawn' }, use: 'No. {number}', withdraw: 'Withdraw', withdrawTitle: 'Withdraw {title}?', withdrawSays: 'No pharmacy dispenses it any more. What was dispensed stays dispensed.', withdrawn: '{title} is withdrawn',
  },
  counter: {
    lead: 'The patient scans the code with the wallet and hands one prescription over.', show: 'Show a code', code: 'Code for the patient’s wallet', openWallet: 'Open the wallet on this device', waits: 'Waiting for the patient…', over: 'The code has run out', next: 'Next patient',
    verified: 'May be dispensed', verifiedSays: 'Signed by a prescriber in good standing, valid, not used yet. Hand nothing out before you have dispensed.', person: 'For', born: 'born {date}', nameless: 'The patient did not say who', prescriber: 'Prescribed by', use: 'Dispensing no. {number} of {all}', until: 'Valid until', dispense: 'Sign and dispense', dispensing: 'The register takes it…',
    dispensed: 'Dispensed: hand it out', written: 'It stands in the patient’s record.', given: 'The patient’s wallet was given the note.', refused: 'Do not hand out', unknown: 'Hand nothing out yet', unknownSays: 'The register does not answer, so nobody knows whether it was dispensed. Try again.',
    reasons: {
      malformed: 'This is no prescription.', 'signature-invalid': 'The prescriber did not sign this: it was changed or forged.', 'prescriber-unknown': 'Whoever signed this may not prescribe, or not any more.', 'not-yet': 'It is not valid yet.', expired: 'It has expired.', 'use-unknown': 'This does not belong to the prescription as it was signed.', void: 'The prescriber has withdrawn it.', 'already-dispensed': 'It was dispensed already.',
    },
    tell: 'Tell the patient', told: 'The patient was told.',
  },
} as const satisfies Catalog;
