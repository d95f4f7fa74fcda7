// Issuers, credentials and trust data for the wallet's tests, made by the same code as the real ones; only the chain is left out:
// its state is a literal whose roots are recomputed, and did-jwt-vc signs the VC-JWT without an agent around it.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { p256 } from '@noble/curves/nist.js';
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { expect } from 'vitest';
import { ES256KSigner } from 'did-jwt';
import { createVerifiableCredentialJwt, type CredentialPayload } from 'did-jwt-vc';
import { randomUUID } from 'node:crypto';
import { createSdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { createVcJwt, type CredentialAgent } from '#formats/vc-jwt/index.ts';
import {
  assertConsistent, createClaimsKeyPair, createRegistryTree, hashClaims, masksOf, registryLeaf, signClaims, statusRoot, toSeconds1900,
  type BlockRef, type Claims, type ClaimsKeyPair, type FieldElement, type HealthEvent, type HolderBinding, type IssuedCredential, type IssuerRecord, type IssuerStatus,
  type ListRecord, type RootRecord, type TrustState, type UnixSeconds,
} from '#passport';
import { parseBirthDate, UNKNOWN_BIRTH_DATE } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import { productById, testIndex } from '#passport/codes/index.ts';
import { POLICIES, policyById } from '#passport/policies/index.ts';
import { createBindings, createMemoryStorage, createWallet, receiveCredential, type ReceivingContext, type VaultKey, type Wallet } from '#wallet';

export const HOUR = 3600;
export const DAY = 86_400;
/** 2026-11-22T12:30:00Z */
export const NOW = 1_795_350_600 as UnixSeconds;
export const KEY: VaultKey = { kind: 'raw', key: new Uint8Array(32).fill(9) };
export const CONTRACT = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
export const CHAIN = 31337;
export { POLICIES };
export const policy = (id: string) => policyById(id)!;
export const code = (expected: string) => expect.objectContaining({ code: expected });

export const COVID = 840539006n;
const product = productById('comirnaty')!;

export const VACCINATION: HealthEvent = {
  kind: 'vaccination', disease: COVID, product: product.index, dose: 2, series: 2, time: (NOW - 60 * DAY) as UnixSeconds, test: 0, result: 'none',
  country: 'DE', lot: 'AB12', performer: 'Clinic', person: { family: 'Müller', given: ['Anna', 'Maria'], birthDate: '1980-01-02' },
};
export const NEGATIVE_TEST: HealthEvent = {
  kind: 'test', disease: COVID, product: 0, dose: 0, series: 0, time: (NOW - 20 * HOUR) as UnixSeconds, test: testIndex('naat'), result: 'notDetected',
  country: 'ES', lot: undefined, performer: 'Laboratory', person: { family: 'García', given: ['Luis'], birthDate: '1990-07' },
};
export const RECOVERY: HealthEvent = {
  kind: 'recovery', disease: COVID, product: 0, dose: 0, series: 0, time: (NOW - 40 * DAY) as UnixSeconds, test: 0, result: 'none',
  country: 'FR', lot: undefined, performer: undefined, person: undefined,
};

export type TestIssuer = {
  readonly number: number;
  readonly did: string;
  readonly name: string;
  readonly claims: ClaimsKeyPair;
  readonly list: number;
  readonly slot: number;
  readonly vcSecret: Uint8Array;
  readonly sdSecret: Uint8Array;
};

export function createTestIssuer(number = 1, change: Partial<TestIssuer> = {}): TestIssuer {
  const vcSecret = secp256k1.utils.randomSecretKey();
  return {
    number, did: `did:ethr:0x7a69:0x${bytesToHex(secp256k1.getPublicKey(vcSecret, true))}`, name: `Clinic ${number}`, claims: createClaimsKeyPair(),
    list: number, slot: 3 * number, vcSecret, sdSecret: p256.utils.randomSecretKey(), ...change,
  };
}

/** did-jwt-vc by itself, in the place that a Veramo agent has. */
const agentOf = (issuer: TestIssuer): CredentialAgent => ({
  async createVerifiableCredential({ credential, header }) {
    const signer = ES256KSigner(issuer.vcSecret);
    const jwt = await createVerifiableCredentialJwt(credential as unknown as CredentialPayload, { did: issuer.did, signer, alg: 'ES256K' }, { header: { ...header, alg: 'ES256K' } });
    return { proof: { jwt } };
  },
});

export type Issuance = {
  readonly event?: HealthEvent;
  readonly index?: number;
  readonly id?: string;
  readonly validUntil?: UnixSeconds;
  /** Claims that differ from what the texts say. */
  readonly claims?: Partial<Claims>;
};

let lastIndex = 1000;

export async function issueTo(issuer: TestIssuer, binding: HolderBinding, issuance: Issuance = {}): Promise<IssuedCredential> {
  const { event = VACCINATION, index = (lastIndex += 250), id = `urn:uuid:${randomUUID()}`, validUntil = (NOW + 300 * DAY) as UnixSeconds } = issuance;
  const status = { chainId: CHAIN, contract: CONTRACT, list: issuer.list, index, url: `https://issuer.example/status/${issuer.list}` };
  const options = { event, id, issuer: issuer.did, holderKey: binding.key, status, issuedAt: (NOW - HOUR) as UnixSeconds, validUntil };
  const { kind, disease, dose, series, test, result, country, person } = event;
  const claims: Claims = {
    kind, disease, product: event.product, dose, series, test, result, country, list: issuer.list, index, eventTime: toSeconds1900(event.time),
    birthDate: person?.birthDate === undefined ? UNKNOWN_BIRTH_DATE : parseBirthDate(person.birthDate, { now: NOW }),
    nameDigest: person ? nameDigest(person) : (0n as FieldElement),
    holder: binding.commitment, validUntil: toSeconds1900(validUntil), salt: BigInt(`0x${bytesToHex(randomBytes(31))}`) as FieldElement,
    ...issuance.claims,
  };
  const vc = await createVcJwt(agentOf(issuer), { keyRef: 'vc', kid: `${issuer.did}#controllerKey` }, options);
  const sd = await createSdJwtVc({ kid: `${issuer.did}#sd`, sign: (message) => p256.sign(message, issuer.sdSecret) }, options);
  return { id, issuer: issuer.did, vcJwt: vc.text, sdJwtVc: sd.text, claims, claimsKey: issuer.claims.publicKey, signature: signClaims(hashClaims(claims), issuer.claims) };
}

export type Chain = {
  readonly now?: UnixSeconds;
  /** Entries with their bit set, by list. */
  readonly blocked?: Readonly<Record<number, readonly number[]>>;
  readonly suspended?: Readonly<Record<number, readonly number[]>>;
  /** Seen in the latest block only. */
  readonly blockedLately?: Readonly<Record<number, readonly number[]>>;
  readonly status?: IssuerStatus;
  /** Roots that the present one replaced, with the time of the replacement. */
  readonly before?: TrustState | undefined;
};

/** The state of a chain with these issuers; every root is recomputed. */
export function trustOf(issuers: readonly TestIssuer[], { now = NOW, blocked = {}, suspended = {}, blockedLately = {}, status = 'active', before }: Chain = {}): TrustState {
  const block: BlockRef = { number: 100, hash: `0x${'ab'.repeat(32)}`, time: (now - 30) as UnixSeconds };
  const lists = issuers.map((issuer): ListRecord => {
    const words = masksOf([...(blocked[issuer.list] ?? []), ...(suspended[issuer.list] ?? [])]);
    const latestWords = masksOf([...(blocked[issuer.list] ?? []), ...(suspended[issuer.list] ?? []), ...(blockedLately[issuer.list] ?? [])]);
    return { id: issuer.list, issuer: issuer.number, slot: issuer.slot, words, root: statusRoot(words), latestWords, suspended: masksOf(suspended[issuer.list] ?? []) };
  });
  const leaves = new Map(status === 'active' ? issuers.map((issuer, i) => [issuer.slot, registryLeaf(issuer.claims.publicKey, issuer.list, lists[i]!.root)]) : []);
  const root = createRegistryTree(leaves).root();
  const since = (now - 10 * DAY) as UnixSeconds;
  const roots: RootRecord[] = before
    ? [...before.roots.slice(0, -1), { ...before.roots.at(-1)!, supersededAt: (now - 60) as UnixSeconds }, { root, since: (now - 60) as UnixSeconds, supersededAt: null, final: true }]
    : [{ root, since, supersededAt: null, final: true }];
  const trust: TrustState = {
    chainId: CHAIN, contracts: { StatusRegistry: CONTRACT }, finalized: block, latest: { ...block, number: 102 }, syncedAt: (now - 10) as UnixSeconds,
    roots, issuers: issuers.map((issuer) => recordOf(issuer, status)), lists, leaves, anchors: [],
  };
  assertConsistent(trust);
  return trust;
}

const recordOf = (issuer: TestIssuer, status: IssuerStatus): IssuerRecord => ({
  id: issuer.number, did: issuer.did, name: issuer.name, accreditedBy: 'Ministry', status, latestStatus: status, claimsKey: issuer.claims.publicKey, lists: [issuer.list],
  keys: [
    { kid: `${issuer.did}#controllerKey`, type: 'secp256k1', publicKey: bytesToHex(secp256k1.getPublicKey(issuer.vcSecret, true)), since: 0 as UnixSeconds, until: null, untilBlock: null },
    { kid: `${issuer.did}#sd`, type: 'P-256', publicKey: bytesToHex(p256.getPublicKey(issuer.sdSecret, true)), since: 0 as UnixSeconds, until: null, untilBlock: null },
  ],
});

export const receiving = (trust: TrustState, now: UnixSeconds = NOW): ReceivingContext => ({ trust, now, maxTrustAge: DAY });

export const newWallet = (): Promise<Wallet> => createWallet(createMemoryStorage(), [KEY], NOW);

/** A wallet with one credential for each issuance, received in full. */
export async function walletWith(issuer: TestIssuer, issuances: readonly Issuance[], trust = trustOf([issuer])): Promise<{ wallet: Wallet; credentials: IssuedCredential[] }> {
  const wallet = await newWallet();
  const bindings = issuances.length === 0 ? [] : await createBindings(wallet, issuances.length, NOW);
  const credentials: IssuedCredential[] = [];
  for (const [i, issuance] of issuances.entries()) {
    const issued = await issueTo(issuer, bindings[i]!, issuance);
    await receiveCredential(wallet, issued, receiving(trust));
    credentials.push(issued);
  }
  return { wallet, credentials };
}
