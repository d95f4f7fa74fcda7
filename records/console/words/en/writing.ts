// Writing into a record: the forms, and FHIR as it comes.
import type { Catalog } from '#faces/words/words.ts';

export const writing = {
  writing: {
    title: 'What do you want to write?', says: 'It is checked, signed with your key, and encrypted for those whom the patient lets read it.', sign: 'Sign and write', written: 'Written and signed.', another: 'Write something else', toTimeline: 'To the timeline', draft: 'What you type is kept encrypted on this device until it is written.', discard: 'Discard the draft',
    nothing: 'Enter at least one value', checked: 'No fault was found.', check: 'Check', checking: 'Checking…', file: 'FHIR file (JSON)', paste: 'Or paste it', resource: 'FHIR R4, one resource or a Bundle', problems: { one: '{count} fault was found. Nothing was written.', other: '{count} faults were found. Nothing was written.' }, where: 'line {line}', several: { one: '{count} entry will be written', other: '{count} entries will be written' }, left: { one: '{count} entry is of a kind that is not kept here', other: '{count} entries are of kinds that are not kept here' }, notJson: 'This is not JSON',
  },
  kinds: {
    visit: { name: 'Visit', says: 'When, how and why the patient came' }, note: { name: 'Note', says: 'Free text' }, condition: { name: 'Condition', says: 'A diagnosis or problem' }, allergy: { name: 'Allergy', says: 'An allergy or intolerance' }, medication: { name: 'Medicine taken', says: 'What the patient takes, not a prescription' },
    immunization: { name: 'Vaccination', says: 'A vaccine that was given' }, result: { name: 'Laboratory result', says: 'A value with its unit' }, vitals: { name: 'Vital signs', says: 'Blood pressure, pulse, weight …' }, fhir: { name: 'FHIR', says: 'A file of another system' },
  },
  fields: {
    visitClass: 'How', day: 'Date', reason: 'Reason', title: 'Title', text: 'Text', what: 'What', codeSystem: 'Code system', code: 'Code', clinicalStatus: 'Clinical status', allergyStatus: 'Clinical status', certainty: 'Certainty', allergyCertainty: 'Certainty', severity: 'Severity', onset: 'Since', allergyType: 'Type', allergyCategory: 'Against', criticality: 'Risk',
    reaction: 'Reaction', reactionSeverity: 'Severity of the reaction', medicationStatus: 'Status', dosage: 'Dosage', since: 'Since', vaccine: 'Vaccine', lot: 'Lot', dose: 'Dose', test: 'Test', value: 'Value', interpretation: 'Interpretation', systolic: 'Systolic blood pressure', diastolic: 'Diastolic blood pressure', pulse: 'Pulse', temperature: 'Temperature',
    oxygen: 'Oxygen saturation', breathing: 'Breathing rate', weight: 'Weight', height: 'Height', sensitivity: 'Especially sensitive',
  },
  hints: { sensitivity: 'Then only those read it to whom the patient gives sensitive records.', code: 'As the code system writes it', unit: 'in {unit}' },
  faults: { missing: 'Fill this in', future: 'This lies in the future', number: 'This number is not possible', long: 'This is too long', code: 'This is no code' },
  choices: {
    visitClass: { AMB: 'In the practice', VR: 'By video or phone', HH: 'At home', IMP: 'In hospital', EMER: 'Emergency' },
    clinicalStatus: { active: 'Active', recurrence: 'Recurring', relapse: 'Relapse', inactive: 'Inactive', remission: 'In remission', resolved: 'Resolved' },
    certainty: { confirmed: 'Confirmed', provisional: 'Provisional', differential: 'Differential', unconfirmed: 'Not confirmed', refuted: 'Ruled out' },
    allergyStatus: { active: 'Active', inactive: 'Inactive', resolved: 'Resolved' },
    allergyCertainty: { confirmed: 'Confirmed', unconfirmed: 'Not confirmed', refuted: 'Ruled out' },
    allergyType: { allergy: 'Allergy', intolerance: 'Intolerance' },
    allergyCategory: { food: 'Food', medication: 'Medicine', environment: 'Environment', biologic: 'Biological substance' },
    criticality: { low: 'Low', high: 'High', 'unable-to-assess': 'Cannot be told' },
    reactionSeverity: { mild: 'Mild', moderate: 'Moderate', severe: 'Severe' },
    severity: { mild: 'Mild', moderate: 'Moderate', severe: 'Severe' },
    medicationStatus: { active: 'Being taken', intended: 'Planned', 'on-hold': 'Paused', completed: 'Finished', stopped: 'Stopped', 'not-taken': 'Not taken', unknown: 'Unknown' },
    codeSystem: { snomed: 'SNOMED CT', icd10: 'ICD-10', atc: 'ATC', rxnorm: 'RxNorm' },
    test: {
      haemoglobin: 'Haemoglobin', leukocytes: 'White blood cells', platelets: 'Platelets', glucose: 'Glucose', hba1c: 'HbA1c', creatinine: 'Creatinine', egfr: 'Kidney function (eGFR)', sodium: 'Sodium', potassium: 'Potassium', alt: 'ALT', cholesterol: 'Cholesterol', ldl: 'LDL cholesterol', hdl: 'HDL cholesterol', triglycerides: 'Triglycerides', crp: 'C-reactive protein (CRP)', tsh: 'TSH',
    },
    interpretation: { N: 'Normal', H: 'High', L: 'Low', HH: 'Critically high', LL: 'Critically low', A: 'Abnormal' },
    sensitivity: { PSY: 'Psychiatry', SUD: 'Addiction', SEX: 'Sexual health', HIV: 'HIV', GDIS: 'Genetics' },
  },
} as const satisfies Catalog;
