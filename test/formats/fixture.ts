// An issuer on a real chain, its credentials, and trust data made of its keys as they were read and of literal records.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { p256 } from '@noble/curves/nist.js';
import { createHolderSigner, type StatusEntry } from '#formats/credential/index.ts';
import { createVcJwt, type SignedText } from '#formats/vc-jwt/index.ts';
import { createSdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import type { FieldElement, HealthEvent, IssuerRecord, ListedKey, ListRecord, TrustState, UnixSeconds, Verdict } from '#passport';
import { isHealthpassError } from '#passport';
import { startAgent, type AgentFixture } from '../issuer/agent/fixture.ts';

export const CONTRACT = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
export const STATUS: StatusEntry = { chainId: 31337, contract: CONTRACT, list: 1, index: 1000, url: 'https://issuer.example/status/1' };
export const ID = 'urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100';
export const EVENT: HealthEvent = {
  kind: 'vaccination', disease: 840539006n, product: 11, dose: 2, series: 2, time: 1_620_000_000 as UnixSeconds, test: 0, result: 'none', country: 'DE',
  lot: 'AB12', performer: 'Clinic', person: { family: 'Müller', given: ['Anna', 'Maria'], birthDate: '1980-01-02' },
};
export const holder = createHolderSigner();

export type Issuer = AgentFixture & {
  readonly now: UnixSeconds;
  readonly issuedAt: UnixSeconds;
  readonly validUntil: UnixSeconds;
  readonly keys: readonly ListedKey[];
  readonly vcSecret: Uint8Array;
  readonly sdSecret: Uint8Array;
  readonly trust: TrustState;
  issueVc(change?: Partial<Parameters<typeof createVcJwt>[2]>): Promise<SignedText>;
  issueSd(change?: Partial<Parameters<typeof createSdJwtVc>[1]>): Promise<SignedText>;
};

export async function startIssuer(): Promise<Issuer> {
  const fixture = await startAgent();
  await fixture.send(await fixture.agent.listNewKeys());
  await fixture.agent.eraseRetiredKeys();
  const keys = await fixture.listed();
  const head = (await fixture.chain.provider.getBlock('latest'))!;
  const now = head.timestamp + 100 as UnixSeconds;
  const [issuedAt, validUntil] = [now - 50, now + 1e7] as UnixSeconds[];
  const signing = await fixture.agent.signingKeys();
  const options = { event: EVENT, id: ID, issuer: fixture.me.did, holderKey: holder.key, status: STATUS, issuedAt: issuedAt!, validUntil: validUntil! };
  const secret = (type: ListedKey['type']) => fixture.secretOf(keys.find((key) => key.type === type)!.publicKey);
  return {
    ...fixture, now, issuedAt: issuedAt!, validUntil: validUntil!, keys,
    vcSecret: await secret('secp256k1'),
    sdSecret: await secret('P-256'),
    trust: trustOf({ did: fixture.me.did, keys }, { number: head.number, time: head.timestamp as UnixSeconds }),
    issueVc: (change = {}) => createVcJwt(fixture.agent.credentials, signing.vc, { ...options, ...change }),
    issueSd: (change = {}) => createSdJwtVc(signing.sd, { ...options, ...change }),
  };
}

export function trustOf(issuer: Pick<IssuerRecord, 'did' | 'keys'>, head: { number: number; time: UnixSeconds }): TrustState {
  const block = { ...head, hash: `0x${'ab'.repeat(32)}` };
  const claimsKey = { x: 1n as FieldElement, y: 2n as FieldElement };
  const record: IssuerRecord = { id: 7, name: 'City Clinic', accreditedBy: 'Ministry', status: 'active', latestStatus: 'active', claimsKey, lists: [1], ...issuer };
  const list: ListRecord = { id: 1, issuer: 7, slot: 0, words: new Map(), root: 0n as FieldElement, latestWords: new Map(), suspended: new Map() };
  return {
    chainId: 31337, contracts: { StatusRegistry: CONTRACT }, finalized: block, latest: block, syncedAt: head.time, roots: [],
    issuers: [record], lists: [list], leaves: new Map(), anchors: [],
  };
}

export const withIssuer = (trust: TrustState, change: Partial<IssuerRecord>): TrustState => ({ ...trust, issuers: trust.issuers.map((issuer) => ({ ...issuer, ...change })) });
export const withList = (trust: TrustState, change: Partial<ListRecord>): TrustState => ({ ...trust, lists: trust.lists.map((list) => ({ ...list, ...change })) });
export const blocking = (index: number) => new Map([[Math.floor(index / 248), 1n << BigInt(index % 248)]]);

/** The outcome or reason of a verdict, or the code of what was thrown. */
export function answer(verify: () => Verdict): string {
  try {
    const verdict = verify();
    return verdict.outcome === 'accepted' ? 'accepted' : verdict.reason;
  } catch (error) {
    if (isHealthpassError(error)) return `throws ${error.code}`;
    throw error;
  }
}

export const b64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64url');
export const jsonOf = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
const encode = (part: object | string | Uint8Array) => b64(typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part));

/** A JWT over anything at all, signed with a given key. Texts and bytes are taken as they are. */
export function forge(header: object | string | Uint8Array, payload: object | string | Uint8Array, secret: Uint8Array, curve: typeof secp256k1 | typeof p256): string {
  const signingInput = `${encode(header)}.${encode(payload)}`;
  return `${signingInput}.${b64(curve.sign(new TextEncoder().encode(signingInput), secret, { lowS: curve === secp256k1 }))}`;
}

/** The twin of an ECDSA signature: (r, n - s). */
export function twin(signature: Uint8Array, order: bigint): Uint8Array {
  const s = order - BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
}
export const order = { secp256k1: secp256k1.Point.CURVE().n, p256: p256.Point.CURVE().n } as const;
export const bytes32 = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
/** A number beyond what a double holds, where JSON.stringify would write null. */
export const rawJson = (value: object, replace: Record<string, string>): string =>
  Object.entries(replace).reduce((text, [mark, raw]) => text.replace(JSON.stringify(mark), raw), JSON.stringify(value));
