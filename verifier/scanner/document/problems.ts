// What can be wrong with a document that staff read, as a closed list. The words are in the catalog, by code.

export const DOCUMENT_PROBLEMS = ['mrz-malformed', 'mrz-unsupported', 'mrz-check-digit', 'name-missing', 'name-unreadable', 'birth-date-invalid'] as const;
export type DocumentProblem = (typeof DOCUMENT_PROBLEMS)[number];

/** Carries nothing of the document. */
export class DocumentError extends Error {
  readonly code: DocumentProblem;
  constructor(code: DocumentProblem) {
    super(code);
    this.name = 'DocumentError';
    this.code = code;
  }
}
