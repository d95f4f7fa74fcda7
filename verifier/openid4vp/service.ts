// A session from its asking to its end: OpenID4VP 1.0 by signed request, direct_post and direct_post.jwt. docs/openid4vp.md tells the story.
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { HealthpassError, scopeOf, type Policy, type UnixSeconds } from '#passport';
import { ProtocolError, type Database, type Principal, type Queryable, type Sealer } from '#server';
import { createNullifierBook } from '../store.ts';
import { LIFETIME, readAsked, type PresentationBody } from './ask.ts';
import type { RequestSigner, VerifierIdentity } from './identity.ts';
import { alreadyEntered, concludeSession, entriesOf, judgeToken, type JudgedToken, type VerifyText } from './judge.ts';
import { createRequestObject } from './request-object.ts';
import { readResponse, type VpToken } from './response.ts';
import { createSessions, newSecret, type Ending, type Request, type Session } from './sessions.ts';

export type PresentationDeps = {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly identity: VerifierIdentity;
  /** Where wallets reach this service. */
  readonly url: string;
  /** Shown by wallets beside what the certificate says. */
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly verify: VerifyText;
  readonly now: () => UnixSeconds;
  /** Lets a same-device session return to plain http on this machine. */
  readonly development: boolean;
};

export type Created = { readonly id: string; readonly secret: string; readonly clientId: string; readonly requestUri: string; readonly expiresAt: UnixSeconds };
export type PresentationService = ReturnType<typeof createPresentationService>;

export function createPresentationService(deps: PresentationDeps) {
  const { database, sealer, identity, url, now } = deps;
  const sessions = createSessions(database, sealer);
  const urls = { requestUri: (request: string) => `${url}/openid4vp/requests/${request}`, responseUri: (request: string) => `${url}/openid4vp/responses/${request}` };
  const signerOf = (prefix: Request['clientId']): RequestSigner => {
    const signer = identity.signers[prefix];
    if (!signer) throw new HealthpassError('request-invalid', 'this verifier has no such client identifier', { field: 'clientId' });
    return signer;
  };
  /** @throws ProtocolError `invalid_request` for a session that is not there, was answered, or has run out */
  const findOpen = async (request: string): Promise<Session> => {
    const session = await sessions.find('request', request, now());
    if (!session) throw new ProtocolError('invalid_request', 'there is no such request', { status: 404 });
    if (session.status !== 'open') throw over(session.status === 'expired' ? 'the request has run out' : 'the request was answered already');
    return session;
  };

  return {
    sessions, now,
    /** @throws HealthpassError `request-invalid`, `policy-invalid`, `claims-invalid` (document), `service-unavailable` */
    async create(body: PresentationBody, principal: Principal): Promise<Created> {
      const asked = readAsked(body, deps.policies, now());
      const { clientId = identity.signers.x509_hash ? 'x509_hash' : 'decentralized_identifier', responseMode = 'direct_post.jwt', expiresIn = LIFETIME.standard, redirectUri } = body;
      const signer = signerOf(clientId);
      if (redirectUri !== undefined) assertReturn(redirectUri, deps.development);
      const request: Request = {
        ...asked, clientId, responseMode, redirectUri, nonce: randomBytes(32).toString('hex'), state: newSecret(), encryptionKey: await createEncryptionKey(),
      };
      const { session, secret } = await sessions.create(request, principal, { now: now(), expiresIn });
      return { id: session.id, secret, clientId: signer.clientId, requestUri: urls.requestUri(session.request), expiresAt: session.expiresAt };
    },
    /** The signed request. @throws ProtocolError `invalid_request` */
    async requestObject(request: string, walletNonce?: string, supports: (signer: RequestSigner) => boolean = () => true): Promise<string> {
      const session = await findOpen(request);
      const asked = await sessions.asked(session);
      const signer = signerOf(asked.clientId);
      if (!supports(signer)) throw new ProtocolError('invalid_request', 'the wallet does not support how this request is signed');
      const object = await createRequestObject(session, asked, { signer, urls, name: deps.name, now: now(), walletNonce });
      await sessions.open(session, now());
      return object;
    },
    /** Takes the answer of a wallet. @returns what the wallet is told @throws ProtocolError `invalid_request`; the session stays open then, or is over */
    async answer(requestId: string, form: Readonly<Record<string, string>>): Promise<{ readonly redirect_uri?: string }> {
      const session = await findOpen(requestId);
      const request = await sessions.asked(session);
      const response = await readResponse(form, request);
      const end = 'error' in response ? async () => declined(response.error) : await judging(response.vpToken, request, { ...deps, urls, session, signer: signerOf(request.clientId) });
      const responseCode = request.redirectUri === undefined ? undefined : newSecret();
      if (!(await sessions.finish(session, now(), responseCode, end))) throw over('the request was answered already, or has run out');
      return request.redirectUri === undefined ? {} : { redirect_uri: `${request.redirectUri}#response_code=${responseCode}` };
    },
  };
}

const declined = (error: string): Ending => ({ status: 'declined', result: { error }, detail: { error } });

type Judging = Pick<PresentationDeps, 'verify'> & { readonly session: Session; readonly signer: RequestSigner; readonly urls: { readonly responseUri: (request: string) => string } };

/** Verifies outside of the transaction, which then notes who entered and how it ended. */
async function judging(token: VpToken, request: Request, { verify, session, signer: { clientId }, urls }: Judging): Promise<(tx: Queryable) => Promise<Ending>> {
  const judged = await judgeToken(token, { request, clientId, responseUri: urls.responseUri(session.request), verify });
  return async (tx) => {
    const result = concludeSession(await enter(tx, judged, request, clientId), request);
    return { status: 'answered', result, detail: { outcome: result.outcome, ...(result.reason && { reason: result.reason }) } };
  };
}

/** Notes the entries of a response that is accepted, each person once an event; if that makes it refused, none is noted. */
async function enter(tx: Queryable, judged: JudgedToken, request: Request, clientId: string): Promise<JudgedToken> {
  const entries = entriesOf(judged, request);
  if (entries.length === 0 || concludeSession(judged, request).outcome !== 'accepted') return judged;
  await tx.query('SAVEPOINT entering');
  const book = createNullifierBook(tx);
  const noted = new Set<string>();
  let entered = judged;
  for (const { id, event, nullifier } of entries) {
    const mark = JSON.stringify([event, nullifier.toString()]);
    if (!noted.has(mark) && !(await book.claim(scopeOf(clientId, event), nullifier))) entered = { ...entered, [id]: [alreadyEntered()] };
    noted.add(mark);
  }
  if (concludeSession(entered, request).outcome !== 'accepted') await tx.query('ROLLBACK TO SAVEPOINT entering');
  return entered;
}

/** A key of this request alone (8.3): what is encrypted to it cannot be read once the session has ended. */
async function createEncryptionKey(): Promise<Request['encryptionKey']> {
  const { privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  return { ...(await exportJWK(privateKey)), kid: newSecret(16), alg: 'ECDH-ES', use: 'enc' };
}

function assertReturn(redirectUri: string, development: boolean): void {
  const { protocol, hostname, hash } = new URL(redirectUri);
  const isLocal = development && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if ((protocol !== 'https:' && !isLocal) || hash !== '') throw new HealthpassError('request-invalid', 'the address to return to is no https URL without a fragment', { field: 'redirectUri' });
}

const over = (description: string) => new ProtocolError('invalid_request', description, { status: 410 });
