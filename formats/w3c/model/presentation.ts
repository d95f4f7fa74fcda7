// Whether a document has the form of a verifiable presentation: VC Data Model 2.0 and 1.1, 4.13 and 4.10.
import { isJsonObject, isModest, type JsonObject } from '../json-object.ts';
import { malformed } from '../problem.ts';
import { assertContexts, type ModelVersion } from './contexts.ts';
import { assertOptionalId, assertParty, assertType, assertTyped, partyId } from './values.ts';

/** Credentials of one presentation. */
export const VP_MAX_CREDENTIALS = 16;

export type ParsedPresentation = {
  readonly document: JsonObject;
  readonly version: ModelVersion;
  readonly holder: string | undefined;
  readonly credentials: readonly unknown[];
};

/** @throws VcProblem `MALFORMED_VALUE_ERROR`, `PARSING_ERROR` */
export function parsePresentation(input: unknown): ParsedPresentation {
  if (!isJsonObject(input)) throw malformed('presentation', 'is no object');
  if (!isModest(input)) throw malformed('presentation', 'has more parts than are read');
  const version = assertContexts(input['@context']);
  assertType(input['type'], 'type', 'VerifiablePresentation');
  assertOptionalId(input, 'presentation');
  if ('holder' in input) assertParty(input['holder'], 'holder');
  assertTyped(input, 'termsOfUse');
  assertTyped(input, 'proof');
  const credentials = 'verifiableCredential' in input ? [input['verifiableCredential']].flat() : [];
  if (credentials.length > VP_MAX_CREDENTIALS) throw malformed('verifiableCredential', 'holds too many credentials');
  // Credentials of data model 1.1 may stand as JWTs; those of 2.0 are objects, enveloped ones too.
  if (!credentials.every((one) => isJsonObject(one) || (version === '1.1' && typeof one === 'string'))) throw malformed('verifiableCredential', 'holds something that is no object');
  return { document: input, version, holder: 'holder' in input ? partyId(input['holder']) : undefined, credentials };
}
