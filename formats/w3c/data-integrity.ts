// Data Integrity with eddsa-rdfc-2022, by Digital Bazaar's libraries. Of several proofs all must hold: the library is content with one.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { generate } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import jsigs from 'jsonld-signatures';
import { CLOCK_SKEW } from '../credential/checks.ts';
import { DATA_INTEGRITY, VC_2, loadDocument } from './contexts.ts';
import { createDidKey, type SelfKey } from './did-key.ts';
import type { JsonObject } from './json-object.ts';
import { partyId } from './model/values.ts';
import { VcProblem, isVcProblem, malformed } from './problem.ts';

const MOST_PROOFS = 8;

/** Signs Data Integrity proofs. */
export type ProofSigner = { readonly key: SelfKey; readonly suite: (now: Date) => object };

/** The signer of a did:key from the seed of an Ed25519 key. */
export async function createProofSigner(seed: Uint8Array, publicKey: Uint8Array): Promise<ProofSigner> {
  const key = createDidKey('Ed25519', publicKey);
  const pair = await generate({ id: key.kid, controller: key.did, seed });
  return { key, suite: (now) => new DataIntegrityProof({ signer: pair.signer(), cryptosuite, date: `${now.toISOString().slice(0, 19)}Z` }) };
}

/**
 * Adds a proof to a credential that has the form of the data model and is JSON-LD; one of data model 1.1 gets the context of its proof besides.
 * @throws VcProblem `PROOF_GENERATION_ERROR`
 */
export async function addProof(credential: JsonObject, signer: ProofSigner, now: Date): Promise<JsonObject> {
  const contexts = credential['@context'] as unknown[]; // the model check has seen to it
  const known = contexts.includes(VC_2) || contexts.includes(DATA_INTEGRITY);
  const document = { ...structuredClone(credential), '@context': known ? contexts : [...contexts, DATA_INTEGRITY] };
  try {
    return await issue({ credential: document, suite: signer.suite(now), documentLoader: loadDocument, now, maxClockSkew: CLOCK_SKEW }) as JsonObject; // the document and a proof
  } catch (error) {
    throw isVcProblem(error) ? error : new VcProblem('PROOF_GENERATION_ERROR', 'no proof can be made for this credential');
  }
}

/**
 * Whether a document is JSON-LD of which no processor drops anything: every term and type means something, by contexts that are known.
 * The canonical form is bounded work; a graph made to be hard (nested blank nodes) is refused.
 * @throws VcProblem `PARSING_ERROR`
 */
export async function assertJsonLd(document: JsonObject): Promise<void> {
  const { proof: _, ...unsecured } = document;
  try {
    await cryptosuite.canonize(unsecured, { documentLoader: loadDocument, base: null, safe: true });
  } catch (error) {
    throw isVcProblem(error) ? error : new VcProblem('PARSING_ERROR', 'the document is no JSON-LD, or has terms or types that its contexts do not define');
  }
}

/** @throws VcProblem unless each proof of the credential holds, and one of them is by a key of its issuer; others may have signed besides */
export async function verifyProofs(credential: JsonObject, now: Date): Promise<void> {
  const proofs = assertProofs(credential, 'assertionMethod', now);
  const { verified, results } = await jsigs.verify(credential, { suite: verifySuite(), purpose: new jsigs.purposes.AssertionProofPurpose(), documentLoader: loadDocument });
  assertAllHold(verified, results, proofs.length);
  const issuer = partyId(credential['issuer']);
  if (!results!.some(({ verificationMethod }) => verificationMethod?.controller === issuer)) throw new VcProblem('PROOF_VERIFICATION_ERROR', 'no proof is one of the issuer'); // all hold, so all are there
}

/** @throws VcProblem unless each proof of the presentation holds for this challenge and domain; its holder is who signed */
export async function verifyPresentationProofs(presentation: JsonObject, { challenge, domain }: { challenge: string; domain?: string | undefined }, now: Date): Promise<void> {
  const proofs = assertProofs(presentation, 'authentication', now);
  for (const proof of proofs) assertAudience(proof, challenge, domain);
  const purpose = new jsigs.purposes.AuthenticationProofPurpose({ challenge, ...(domain === undefined ? {} : { domain }) });
  const { verified, results } = await jsigs.verify(presentation, { suite: verifySuite(), purpose, documentLoader: loadDocument });
  assertAllHold(verified, results, proofs.length);
}

type VerifyInput = { document: JsonObject; proof: JsonObject; proofSet: readonly JsonObject[]; documentLoader: typeof loadDocument; dataIntegrityProof: object };
const { createVerifyData } = DataIntegrityProof.prototype;

/** A proof that follows others is over the document with those in it (Data Integrity, 4.5), which the library leaves out. */
const chaining = {
  ...cryptosuite,
  createVerifyData({ document, proof, proofSet, documentLoader, dataIntegrityProof }: VerifyInput): Promise<Uint8Array> {
    const previous = proofSet.filter(({ id }) => id !== undefined && [proof['previousProof']].flat().includes(id)).map(({ '@context': _context, ...earlier }) => earlier);
    return createVerifyData.call(dataIntegrityProof, { document: previous.length === 0 ? document : { ...document, proof: previous }, proof, documentLoader });
  },
};
const verifySuite = () => new DataIntegrityProof({ cryptosuite: chaining });

function assertAudience(proof: JsonObject, challenge: string, domain: string | undefined): void {
  if (proof['challenge'] !== challenge) throw new VcProblem('INVALID_CHALLENGE_ERROR', 'proof.challenge is not the one that was asked for');
  if (domain !== undefined && proof['domain'] !== domain && !(Array.isArray(proof['domain']) && proof['domain'].includes(domain))) {
    throw new VcProblem('INVALID_DOMAIN_ERROR', 'proof.domain is not the one that was asked for');
  }
}

function assertAllHold(verified: boolean, results: readonly { verified: boolean }[] | undefined, count: number): void {
  if (!verified || results?.length !== count || !results.every((result) => result.verified)) {
    throw new VcProblem('PROOF_VERIFICATION_ERROR', count > 1 ? 'not all proofs verify' : 'the proof does not verify');
  }
}

const DATE_TIME_STAMP = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The proofs of a document, each with what a proof needs. @throws VcProblem */
function assertProofs(document: JsonObject, purpose: string, now: Date): JsonObject[] {
  const value = document['proof'];
  const proofs = (Array.isArray(value) ? value : [value]) as unknown[];
  if (value === undefined) throw new VcProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'proof is missing');
  if (proofs.length === 0 || proofs.length > MOST_PROOFS) throw malformed('proof', 'holds none or too many');
  return proofs.map((proof) => assertProof(proof, proofs, purpose, now));
}

function assertProof(proof: unknown, all: readonly unknown[], purpose: string, now: Date): JsonObject {
  if (typeof proof !== 'object' || proof === null || Array.isArray(proof)) throw new VcProblem('PARSING_ERROR', 'proof is no object');
  const { type, cryptosuite: suite, proofPurpose, verificationMethod, proofValue, created, expires, previousProof } = proof as JsonObject;
  const wrong = (what: string) => new VcProblem('PROOF_VERIFICATION_ERROR', what);
  if (type !== 'DataIntegrityProof') throw wrong('proof.type is not DataIntegrityProof');
  if (suite !== 'eddsa-rdfc-2022') throw wrong('proof.cryptosuite is not eddsa-rdfc-2022');
  if (proofPurpose !== purpose) throw wrong(`proof.proofPurpose is not ${purpose}`);
  if (typeof verificationMethod !== 'string') throw wrong('proof.verificationMethod is missing');
  if (typeof proofValue !== 'string' || !/^z[1-9A-HJ-NP-Za-km-z]+$/.test(proofValue)) throw wrong('proof.proofValue is not base58btc in multibase');
  for (const [name, value] of Object.entries({ created, expires })) {
    if (value !== undefined && (typeof value !== 'string' || !DATE_TIME_STAMP.test(value))) throw wrong(`proof.${name} is no dateTimeStamp`);
  }
  if (typeof expires === 'string' && Date.parse(expires) + CLOCK_SKEW * 1000 < now.getTime()) throw wrong('the proof has run out');
  for (const id of previousProof === undefined ? [] : [previousProof].flat()) {
    if (!all.some((other) => other !== proof && (other as JsonObject | null)?.['id'] === id)) throw wrong('proof.previousProof names a proof that is not there');
  }
  return proof as JsonObject;
}
