// A patient's record as it is read.
import type { Catalog } from '#faces/words/words.ts';

export const record = {
  tabs: { summary: 'Summary', timeline: 'Timeline', write: 'Write', refer: 'Refer or order', prescribe: 'Prescribe', access: 'Access' },
  sections: {
    '48765-2': 'Allergies', '11450-4': 'Problems', '10160-0': 'Medicines', '11369-6': 'Vaccinations', '30954-2': 'Results', '47519-4': 'Procedures', '46264-8': 'Devices', '8716-3': 'Vital signs', '18776-5': 'Plans', '29762-2': 'Social history', '11348-0': 'Past problems', '10162-6': 'Pregnancies', '104605-1': 'Alerts', '47420-5': 'Functional status',
  },
  record: {
    purpose: 'You read for', purposeSays: 'The patient sees this purpose in the account of accesses.', reading: 'Reading…', readAgain: 'Read again', readAt: 'Read at {time}', news: 'There is something new.',
    empty: 'There is nothing here that you may see.', emptySection: 'Nothing here, which does not mean that there is none', summarySays: 'Made of what you may read. Other entries may exist.', save: 'Save as a FHIR file', saveSays: 'Outside of this page the file is not protected.',
    earlier: { one: '{count} earlier value', other: '{count} earlier values' },
    filter: { category: 'Kind', all: 'All', from: 'From', until: 'Until', text: 'Find', textHint: 'Words or a code', none: 'Nothing fits this.', shown: { one: '{count} entry', other: '{count} entries' } },
  },
  item: {
    patient: 'Reported by the patient', patientSays: 'The patient added this. No professional has checked it.', member: 'Signed by {name}', unknownMember: 'somebody who is not in the directory', signed: 'Signature checked', signedSays: 'The text is exactly what was signed on {time}.',
    waits: 'Waits for the patient', waitsSays: 'The patient lets you read this, and the patient’s wallet has not handed you the key of it yet. It does so when it is next opened.', refused: 'The signature is wrong', refusedSays: 'This was changed, or somebody else wrote it. Do not rely on it.', broken: 'Cannot be opened', brokenSays: 'The store or the record service gave something that does not fit. Do not take it as if there were nothing here.', misfiled: 'Filed as something else', misfiledSays: 'Whoever wrote this filed it under another category or day than it says. It may not be meant for you, so it is not shown. Ask the author to file it again.', original: 'Original (FHIR)', answer: 'Write the result', gone: 'This entry is not among what you read.',
  },
  facts: {
    caution: 'Caution', status: 'Status', clinicalStatus: 'Clinical status', verificationStatus: 'Certainty', severity: 'Severity', date: 'Date', code: 'Code', value: 'Value', interpretation: 'Interpretation', dosage: 'Dosage', reaction: 'Reaction', criticality: 'Risk', lot: 'Lot', dose: 'Dose', reason: 'Reason', note: 'Note', text: 'Text', range: 'Reference range', performer: 'For', type: 'Type', onset: 'Since', priority: 'Urgency', period: 'Period',
  },
} as const satisfies Catalog;
