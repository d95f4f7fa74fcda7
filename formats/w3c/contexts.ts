// The JSON-LD contexts that are known here, and no others: a context decides what is signed, and fetching one tells somebody else what is
// being checked (and where our network can reach). What names a key resolves from its own name.
import { defaultDocumentLoader } from '@digitalbazaar/vc';
import { MULTIKEY_CONTEXT, methodOf, parseSelfDid, selfDocument } from './did-key.ts';
import { VcProblem } from './problem.ts';

export const VC_1 = 'https://www.w3.org/2018/credentials/v1';
export const VC_2 = 'https://www.w3.org/ns/credentials/v2';
export const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2';
/** Contexts that come with packages (`@digitalbazaar/credentials-context`, `@digitalbazaar/security-context`). */
const PACKAGED = [VC_1, VC_2, 'https://www.w3.org/ns/credentials/undefined-terms/v2', 'https://w3id.org/security/v1', 'https://w3id.org/security/v2'];
/** Of examples in specifications and test suites: every term is one of the example vocabulary. */
const EXAMPLES = { 'https://www.w3.org/ns/credentials/examples/v2': 'https://www.w3.org/ns/credentials/examples#' };

type RemoteDocument = { contextUrl: null; documentUrl: string; document: object };

/** @throws VcProblem `PARSING_ERROR` for a context that is not known here */
export async function loadDocument(url: string): Promise<RemoteDocument> {
  const document = url.startsWith('did:') ? keyDocument(url) : await contextDocument(url);
  if (!document) throw new VcProblem('PARSING_ERROR', url.startsWith('did:') ? 'a verification method cannot be resolved here' : '@context names a context that is not known here');
  return { contextUrl: null, documentUrl: url, document };
}

export const isKnownContext = (url: string): boolean => PACKAGED.includes(url) || url === DATA_INTEGRITY || url in EXAMPLES;

async function contextDocument(url: string): Promise<object | undefined> {
  if (PACKAGED.includes(url)) return (await defaultDocumentLoader(url)).document;
  if (url === DATA_INTEGRITY) return dataIntegrityContext();
  const vocabulary = Object.entries(EXAMPLES).find(([known]) => known === url)?.[1];
  return vocabulary === undefined ? undefined : { '@context': { '@vocab': vocabulary } };
}

/** The terms of Data Integrity proofs for documents of another base, defined as in the context of VC 2.0, which includes them. */
async function dataIntegrityContext(): Promise<object> {
  const { '@context': terms } = (await defaultDocumentLoader(VC_2)).document as { '@context': Record<string, unknown> }; // of the package
  const proof = { '@id': 'https://w3id.org/security#proof', '@type': '@id', '@container': '@graph' };
  return { '@context': { id: '@id', type: '@type', '@protected': true, proof, DataIntegrityProof: terms['DataIntegrityProof'] } };
}

function keyDocument(url: string): object | undefined {
  const key = parseSelfDid(url);
  if (!key) return undefined;
  return url.includes('#') ? { '@context': MULTIKEY_CONTEXT, ...methodOf(key) } : selfDocument(key);
}
