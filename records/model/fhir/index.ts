// FHIR R4 records: what is valid, what is kept of them byte for byte, who wrote them, under what they are filed, and the patient summary.
export { contentOf, canonicalJson, encodeRecordContent, parseRecordContent, rewriteJson, type Content, type RecordContent } from './content.ts';
export { CAUTIONS, cautionsOf, type Caution } from './cautions.ts';
export { codeOf, metaOf, patientOf, titleOf, type Code, type Filing } from './filing.ts';
export type { FhirResource, Issue } from './issue.ts';
export { resourcesOf, type Import } from './import.ts';
export { createAuthor, createProvenance, isPatientReported, isSignedBy, markPatientReported, verifyProvenance, type Author, type Authorship } from './provenance.ts';
export { searchRecords, type Opened, type Search } from './search.ts';
export { assembleSummary, type SummaryInput } from './summary/assemble.ts';
export { sectionsOf, type SummarySection } from './summary/read.ts';
export { RESOURCE_TYPES } from './tables.ts';
export { assertValid, validateResource } from './validate.ts';
