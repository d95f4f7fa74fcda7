// The ways in which VC-API can secure a credential, and under which name of the issuer each does.
import { addProof, envelop, malformed, secureJose, secureLegacyJose, type JsonObject, type ParsedCredential } from '#formats/w3c/index.ts';
import type { SigningKeys } from '../agent/index.ts';
import type { VcApiKeys } from './keys.ts';

/** By `options.proofFormat`, or by the base path. */
export const FORMATS = ['eddsa-rdfc-2022', 'vc+jwt', 'jwt_vc'] as const;
export type Format = (typeof FORMATS)[number];

export type SecureDeps = { readonly did: string; readonly keys: VcApiKeys; readonly signingKeys: () => Promise<SigningKeys> };

/** Other names for the same, as they are met in options of VC-API clients. */
const ALIASES: Readonly<Record<string, Format>> = { ldp_vc: 'eddsa-rdfc-2022', ldp: 'eddsa-rdfc-2022', DataIntegrityProof: 'eddsa-rdfc-2022', vc_jwt: 'vc+jwt', 'vc-jose-cose': 'vc+jwt', jose: 'vc+jwt', jwt: 'jwt_vc', jwt_vc_json: 'jwt_vc' };

/** @throws VcProblem for one that is not known */
export function parseFormat(options: JsonObject, standard: Format): Format {
  const value = options['proofFormat'] ?? options['cryptosuite'] ?? options['type'];
  const format = value === undefined ? standard : (FORMATS.find((known) => known === value) ?? ALIASES[`${value}`]);
  if (!format) throw malformed('options.proofFormat', 'names no way of securing that is known here');
  return format;
}

export const issuerOf = ({ did, keys }: SecureDeps, format: Format): string => (format === 'eddsa-rdfc-2022' ? keys.proofs.key.did : format === 'vc+jwt' ? keys.jose.key.did : did);

/** @returns the secured credential as VC-API hands it over @throws VcProblem */
export async function secureCredential(deps: SecureDeps, format: Format, credential: ParsedCredential, now: Date): Promise<JsonObject> {
  const { document, version } = credential;
  if (format === 'eddsa-rdfc-2022') return addProof(document, deps.keys.proofs, now);
  if (format === 'vc+jwt') {
    if (version !== '2.0') throw malformed('@context', 'is not that of data model 2.0, which this securing is for');
    return envelop(await secureJose(withoutProof(document), 'credential', deps.keys.jose), 'credential');
  }
  if (version !== '1.1') throw malformed('@context', 'is not that of data model 1.1, which this securing is for');
  return asJwt(deps, { ...credential, document: withoutProof(document) });
}

/** What is signed is the credential alone. */
function withoutProof({ proof: _proof, ...credential }: JsonObject): JsonObject {
  return credential;
}

/**
 * As Veramo hands over: the credential, and as its proof the JWT that says the same, by the key that signs VC-JWTs. Veramo's own encoding is not used:
 * it refuses a subject that has an id alone and lists of subjects, and moves members that it does not know out of the credential.
 */
async function asJwt({ signingKeys }: SecureDeps, credential: ParsedCredential): Promise<JsonObject> {
  return { ...credential.document, proof: { type: 'JwtProof2020', jwt: await secureLegacyJose(credential, (await signingKeys()).vc) } };
}
