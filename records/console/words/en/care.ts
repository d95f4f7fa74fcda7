// Referring a patient to a colleague, and ordering from a laboratory.
import type { Catalog } from '#faces/words/words.ts';

export const care = {
  care: {
    referral: 'Refer to a colleague', referralSays: 'It is written into the record. The patient’s wallet offers to share with the colleague; the patient decides.', order: 'Order from a laboratory', orderSays: 'It is written into the record. The patient’s wallet offers to share with the laboratory, which writes the result back.',
    colleague: 'To whom', colleagueHint: 'Name of a doctor or a hospital', laboratory: 'Laboratory', laboratoryHint: 'Name of a laboratory', tests: 'Tests', reason: 'Reason', question: 'Question', questionHint: 'What you want to know', urgency: 'Urgency', urgencies: { routine: 'Routine', urgent: 'Urgent', asap: 'As soon as possible', stat: 'At once' },
    refer: 'Sign and refer', send: 'Sign and order', referred: 'Referred to {name}', ordered: 'Ordered from {name}', next: 'The patient now finds it in the wallet and can share with {name}.', missing: { member: 'Choose from the directory', reason: 'Enter the reason', tests: 'Choose at least one' },
  },
} as const satisfies Catalog;
