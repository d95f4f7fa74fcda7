// Which claims answer a query (OpenID4VP 1.0, 6.4 and 7): of what a wallet holds, or of what a verifier was shown and has verified.
import { eventOf, type OpenClaims } from '../credential/index.ts';
import { FIELDS, FIELD_NAMES, type FieldName } from '../credential/fields.ts';
import { CONTEXTS, FORMS, HEALTH_CREDENTIAL } from '../credential/forms.ts';
import type { ClaimQuery, DcqlQuery, OpenQuery } from './dcql.ts';

type Path = ClaimQuery['path'];

/** The elements that a claims path pointer selects; none where the specification says to abort. */
export function selectElements(root: unknown, path: Path): unknown[] {
  let selected: unknown[] = [root];
  for (const part of path) {
    if (typeof part === 'string') {
      if (!selected.every(isObject)) return [];
      selected = (selected as Record<string, unknown>[]).flatMap((element) => (Object.hasOwn(element, part) ? [element[part]] : [])); // isObject has seen each
    } else {
      if (!selected.every(Array.isArray)) return [];
      selected = (selected as unknown[][]).flatMap((element) => (part === null ? element : part < element.length ? [element[part]] : []));
    }
  }
  return selected;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Type and value are compared: 1 is not "1". */
const isThere = (root: unknown, { path, values }: ClaimQuery): boolean => {
  const found = selectElements(root, path);
  return values ? found.some((element) => (values as unknown[]).includes(element)) : found.length > 0;
};

/** The claims that answer a query, by the first claim set that can be met; undefined when none can. */
export function claimsFor({ claims, claim_sets: sets }: Pick<OpenQuery, 'claims' | 'claim_sets'>, root: unknown): readonly ClaimQuery[] | undefined {
  if (!claims) return [];
  const options = sets?.map((set) => set.map((id) => claims.find((claim) => claim.id === id)!)) ?? [claims]; // parseDcqlQuery has looked for each
  return options.find((option) => option.every((claim) => isThere(root, claim)));
}

/** Whether credentials for these queries are what was asked: every one, or an option of each required set. */
export function isAnswered({ credentials, credential_sets: sets }: DcqlQuery, answered: ReadonlySet<string>): boolean {
  if (!sets) return credentials.every(({ id }) => answered.has(id));
  return sets.every(({ options, required }) => !required || options.some((option) => option.every((id) => answered.has(id))));
}

/** Where a field stands in either form of a credential. */
const PLACES = {
  'dc+sd-jwt': (name: FieldName): string[] => [FIELDS[name].sd],
  jwt_vc_json: (name: FieldName): string[] => ['credentialSubject', FIELDS[name].part, name],
} as const;
export type OpenFormat = keyof typeof PLACES;

/** What a credential says as the document that claims path pointers point into. */
export function documentOf(format: OpenFormat, { kind, event, person }: OpenClaims, issuer: string): Readonly<Record<string, unknown>> {
  if (format === 'jwt_vc_json') return { issuer, type: ['VerifiableCredential', HEALTH_CREDENTIAL, FORMS[kind].type], credentialSubject: { event, person } };
  const claims = Object.entries({ ...event, ...person }).map(([name, value]) => [FIELDS[name as FieldName].sd, value]); // keys of Fields
  return { iss: issuer, vct: FORMS[kind].vct, ...Object.fromEntries(claims) };
}

/** What was asked of a credential, and the names of what was shown beyond it. */
export function keepAsked(format: OpenFormat, claims: OpenClaims, asked: readonly ClaimQuery[]): { readonly claims: OpenClaims; readonly dropped: readonly string[] } {
  const kept = (name: FieldName) => asked.some(({ path }) => PLACES[format](name).every((part, i) => i >= path.length || path[i] === part));
  const only = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([name]) => kept(name as FieldName))); // keys of Fields
  const shown = FIELD_NAMES.filter((name) => name in { ...claims.event, ...claims.person });
  return { claims: { kind: claims.kind, event: only(claims.event), person: only(claims.person) }, dropped: shown.filter((name) => !kept(name)) };
}

/** Types of a credential after its contexts were applied (JSON-LD), and as they stand in it: wallets name them either way. */
export function typesOf({ kind }: Pick<ReturnType<typeof eventOf>, 'kind'>): readonly string[] {
  const types = [HEALTH_CREDENTIAL, FORMS[kind].type];
  const vocabulary = CONTEXTS[2]['@vocab'];
  return ['VerifiableCredential', ...types, `${CREDENTIALS_NAMESPACE}VerifiableCredential`, ...types.map((type) => vocabulary + type)];
}
export const CREDENTIALS_NAMESPACE = 'https://www.w3.org/2018/credentials#';
