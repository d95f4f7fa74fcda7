// Names of roles, of kinds of records, and of purposes.
import type { Catalog } from '#faces/words/words.ts';

export const names = {
  roles: {
    patient: 'Patient', doctor: 'Doctor', nurse: 'Nurse', pharmacy: 'Pharmacy', hospital: 'Hospital', laboratory: 'Laboratory', researcher: 'Researcher', 'device-operator': 'Operator of devices', verifier: 'Checking office', gateway: 'Record service',
  },
  categories: {
    allergies: 'Allergies', conditions: 'Conditions', medications: 'Medicines', immunizations: 'Vaccinations', results: 'Results', imaging: 'Imaging', procedures: 'Procedures', vitals: 'Vital signs', encounters: 'Visits', documents: 'Documents',
    devices: 'Devices', social: 'Social history', plans: 'Plans and orders', sensitive: 'Especially sensitive',
  },
  purposes: {
    TREAT: 'Treatment', ETREAT: 'Emergency treatment', HPAYMT: 'Payment', HOPERAT: 'Running the institution', HRESCH: 'Research', PUBHLTH: 'Public health', PATRQT: 'The patient asked for it', CAREMGT: 'Care management',
  },
  /** What a record says of its own state, by the codes of FHIR. */
  cautions: { 'do-not-perform': 'Not to be given or done', 'entered-in-error': 'Entered by mistake', refuted: 'Ruled out', 'not-done': 'Not done', 'not-taken': 'Not taken', 'not-ordered': 'Only proposed or planned, not ordered', qualified: 'Qualified by its author in a way that is not shown here' },
  statuses: {
    active: 'Active', amended: 'Changed later', cancelled: 'Cancelled', completed: 'Done', corrected: 'Corrected', current: 'Current', draft: 'Draft', 'entered-in-error': 'Entered by mistake', final: 'Final', finished: 'Over', 'in-progress': 'Under way', intended: 'Intended', 'not-done': 'Not done', 'not-taken': 'Not taken', 'on-hold': 'Paused', planned: 'Planned', preliminary: 'Preliminary', registered: 'Expected', stopped: 'Stopped', superseded: 'Replaced', unknown: 'Not known',
  },
  /** The same within a sentence, as its language has it there. */
  inside: {
    categories: { allergies: 'allergies', conditions: 'conditions', medications: 'medicines', immunizations: 'vaccinations', results: 'results', imaging: 'imaging', procedures: 'procedures', vitals: 'vital signs', encounters: 'visits', documents: 'documents', devices: 'devices', social: 'social history', plans: 'plans and orders', sensitive: 'especially sensitive records' },
    purposes: { TREAT: 'treatment', ETREAT: 'emergency treatment', HPAYMT: 'payment', HOPERAT: 'running the institution', HRESCH: 'research', PUBHLTH: 'public health', PATRQT: 'what the patient asked for', CAREMGT: 'care management' },
  },
  actions: { read: 'read', write: 'write' },
} as const satisfies Catalog;
