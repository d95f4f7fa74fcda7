// FHIR as another system wrote it, before anything is signed: read strictly, checked whole, told by element, rule and line.
import { contentOf, resourcesOf, titleOf, validateResource, type FhirResource, type Issue } from '#records/model/fhir/index.ts';
import { isHealthpassError, type ErrorCode } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';

export type Checked =
  /** Texts as they will be signed, byte for byte where one resource was given. */
  | { readonly outcome: 'valid'; readonly texts: readonly string[]; readonly titles: readonly string[]; /** Entries of a Bundle of kinds that are not kept. */ readonly left: number }
  | { readonly outcome: 'faulty'; readonly issues: readonly Located[] }
  | { readonly outcome: 'unreadable'; readonly code: ErrorCode };
export type Located = Issue & { /** From 1; where it can be found. */ readonly line: number | undefined };

export function checkFhir(text: string): Checked {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    return { outcome: 'unreadable', code: error.code };
  }
  const issues = validateResource(json).filter(({ severity }) => severity === 'error');
  if (issues.length > 0) return { outcome: 'faulty', issues: issues.map((issue) => ({ ...issue, line: lineOf(text, issue.element) })) };
  const resource = json as FhirResource; // valid
  if (NO_RECORDS.includes(resource.resourceType)) return { outcome: 'unreadable', code: 'fhir-unsupported' };
  if (resource.resourceType !== 'Bundle') return { outcome: 'valid', texts: [contentOf(text).text], titles: [titleOf(resource)], left: 0 };
  const { records, left } = resourcesOf(text);
  if (records.length === 0) return { outcome: 'unreadable', code: 'fhir-unsupported' };
  return { outcome: 'valid', texts: records.map((each) => each.text), titles: records.map((each) => titleOf(each.resource)), left: left.filter(({ reason }) => reason === 'type-not-kept').length };
}

/** Who the patient is stands in the card, and who wrote it in the signature. */
const NO_RECORDS: readonly string[] = ['Patient', 'Provenance', 'Consent', 'AuditEvent'];

/** The line of the element that a path names: the keys of the path, found in their order. */
function lineOf(text: string, element: string): number | undefined {
  let from = 0;
  let found = false;
  for (const key of element.split('.').slice(1)) {
    const name = key.replace(/\[\d+\]$/, '');
    let at = text.indexOf(`"${name}"`, from);
    if (at < 0) break;
    for (let skip = Number(/\[(\d+)\]$/.exec(key)?.[1] ?? 0); skip > 0; skip--) at = nextItem(text, at);
    [from, found] = [at, true];
  }
  return found ? text.slice(0, from).split('\n').length : undefined;
}

/** Begins of items are where a list goes on at the same depth. */
function nextItem(text: string, from: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = text.indexOf(':', from) + 1; at < text.length; at++) {
    const character = text[at]!;
    if (isQuoted) {
      if (character === '\\') at++;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    else if (character === ',' && depth === 1) return at + 1;
    if (depth < 0) break;
  }
  return from;
}
