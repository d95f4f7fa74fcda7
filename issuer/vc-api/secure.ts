// The ways in which VC-API can secure a credential, and under which name of the issuer each does.
import { addProof, envelop, malformed, objectsOf, secureJose, type JsonObject, type ParsedCredential } from '#formats/w3c/index.ts';
import type { CredentialAgent } from '#formats/vc-jwt/index.ts';
import type { SigningKeys } from '../agent/index.ts';
import type { VcApiKeys } from './keys.ts';

/** By `options.proofFormat`, or by the base path. */
export const FORMATS = ['eddsa-rdfc-2022', 'vc+jwt', 'jwt_vc'] as const;
export type Format = (typeof FORMATS)[number];

export type SecureDeps = { readonly did: string; readonly keys: VcApiKeys; readonly agent: CredentialAgent; readonly signingKeys: () => Promise<SigningKeys> };

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
export async function secureCredential(deps: SecureDeps, format: Format, { document, version }: ParsedCredential, now: Date): Promise<JsonObject> {
  if (format === 'eddsa-rdfc-2022') return addProof(document, deps.keys.proofs, now);
  if (format === 'vc+jwt') {
    if (version !== '2.0') throw malformed('@context', 'is not that of data model 2.0, which this securing is for');
    return envelop(await secureJose(withoutProof(document), 'credential', deps.keys.jose), 'credential');
  }
  if (version !== '1.1') throw malformed('@context', 'is not that of data model 1.1, which this securing is for');
  return asJwt(deps, withoutProof(document));
}

/** What is signed is the credential alone. */
function withoutProof({ proof: _proof, ...credential }: JsonObject): JsonObject {
  return credential;
}

/** As Veramo secures: the credential, and as its proof the JWT that says the same. */
async function asJwt({ did, agent, signingKeys }: SecureDeps, credential: JsonObject): Promise<JsonObject> {
  const { vc } = await signingKeys();
  // The library moves the id of the subject out, and takes what is then empty for no subject.
  if (objectsOf(credential['credentialSubject'], 'credentialSubject').some(({ id: _id, ...claims }) => Object.keys(claims).length === 0)) throw malformed('credentialSubject', 'makes no claim beside its id, as this securing needs');
  const { proof } = await agent.createVerifiableCredential({ credential: { ...credential, issuer: did }, proofFormat: 'jwt', keyRef: vc.keyRef, header: { kid: vc.kid } });
  return { ...credential, proof: { type: 'JwtProof2020', jwt: proof.jwt } };
}
