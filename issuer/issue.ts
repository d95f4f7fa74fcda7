// Issue: the health events of a FHIR record become credentials, each in three securings made at once under one status entry.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { hexToBytes } from '@noble/hashes/utils.js';
import {
  HealthpassError, LIST_SIZE, hashClaims, signClaims, standingOf, toSeconds1900,
  type Claims, type ClaimsKeyPair, type FieldElement, type HealthEvent, type HolderBinding, type IssuedCredential, type Kind, type TrustState, type UnixSeconds,
} from '#passport';
import { recordDigest } from '#passport/anchor.ts';
import { UNKNOWN_BIRTH_DATE, parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import { canTransliterate } from '#passport/transliteration/transliterate.ts';
import { bytesToInteger } from '#passport/field.ts';
import { parseFhir, type FhirRefusal } from '#formats/fhir/index.ts';
import { createSdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { createVcJwt, type CredentialAgent } from '#formats/vc-jwt/index.ts';
import type { SigningKeys } from './agent/index.ts';
import type { CredentialRecord, IssuerStore } from './store.ts';

const DAY = 86_400;
/** Seconds that a credential is valid after issuance, by kind, unless the request says less. What it proves when is the policies' affair. */
export const LIFETIMES: Readonly<Record<Kind, number>> = { vaccination: 3653 * DAY, recovery: 3653 * DAY, test: 365 * DAY };

export type IssueDeps = {
  readonly did: string;
  readonly chainId: number;
  /** Address of the StatusRegistry. */
  readonly statusRegistry: string;
  /** URL at which the list credential of a list is published. */
  readonly listUrl: (list: number) => string;
  readonly store: IssuerStore;
  /** What is known of the chain, a few seconds old at most. */
  readonly trust: () => Promise<TrustState>;
  readonly agent: CredentialAgent;
  readonly signingKeys: () => Promise<SigningKeys>;
  readonly claimsKey: () => Promise<ClaimsKeyPair>;
  readonly now: () => UnixSeconds;
};

export type IssueRequest = {
  /** A FHIR R4 resource or Bundle, as a JSON value or text. */
  readonly fhir: unknown;
  /** A FHIR Patient, for a resource that comes without one. */
  readonly patient?: unknown;
  /** One for each event; those that are not needed stay unused. */
  readonly bindings: readonly HolderBinding[];
  /** Seconds; at most the kind's own lifetime. */
  readonly lifetime?: number | undefined;
};

export type IssueResult = { readonly credentials: readonly IssuedCredential[]; readonly refused: readonly FhirRefusal[] };

/** One credential being made. */
type Draft = { readonly event: HealthEvent; readonly binding: HolderBinding; readonly list: number; readonly index: number };

/**
 * Issues a credential for every health event of a record. Written down before it answers: what was not returned was not issued.
 * @throws HealthpassError `fhir-…`, `request-invalid` (too few bindings, one used twice), `issuer-not-accredited`, `list-full`
 */
export async function issue(deps: IssueDeps, { fhir, patient, bindings, lifetime }: IssueRequest): Promise<IssueResult> {
  const now = deps.now();
  const { events, refused } = parseFhir(fhir, { now, patient });
  assertBindings(bindings, events.length);
  const signer = await accreditedSigner(deps);
  for (;;) {
    const entries = await freeEntries(deps.store, signer.lists, events.length);
    const made: { credential: IssuedCredential; record: CredentialRecord }[] = [];
    for (const [i, { event }] of events.entries()) {
      const draft = { event, binding: bindings[i]!, ...entries[i]! };
      made.push(await secure(deps, signer, draft, now, Math.min(lifetime ?? Infinity, LIFETIMES[event.kind])));
    }
    // Another issuance may have taken an entry since: then all are made anew, as the entry is part of what is signed.
    if (await deps.store.remember(made.map(({ record }) => record))) return { credentials: made.map(({ credential }) => credential), refused };
  }
}

type Signer = { readonly lists: readonly number[]; readonly claimsKey: ClaimsKeyPair; readonly keys: SigningKeys };

/** The keys to sign with, if the registry has this issuer and its claims key as active. */
async function accreditedSigner({ trust, did, claimsKey, signingKeys }: IssueDeps): Promise<Signer> {
  const record = (await trust()).issuers.find((issuer) => issuer.did === did);
  const pair = await claimsKey();
  if (!record || standingOf(record) !== 'active' || record.claimsKey.x !== pair.publicKey.x || record.claimsKey.y !== pair.publicKey.y) {
    throw new HealthpassError('issuer-not-accredited', 'the issuer is not accredited with its present key', { field: 'issuer' });
  }
  return { lists: record.lists, claimsKey: pair, keys: await signingKeys() };
}

/**
 * Random free entries, so that neighbours in a list say nothing about neighbours at the counter. What a few draws do not find is looked for
 * with many; a list in which those find too little is nearly full, and has hardly any chance left to it.
 */
async function freeEntries(store: IssuerStore, lists: readonly number[], count: number): Promise<{ list: number; index: number }[]> {
  for (const list of lists) {
    for (const draws of [2 * count + 4, 40 * count + 200]) {
      const drawn = new Set(Array.from({ length: draws }, () => randomInt(LIST_SIZE)));
      for (const index of await store.taken(list, [...drawn])) drawn.delete(index);
      if (drawn.size >= count) return [...drawn].slice(0, count).map((index) => ({ list, index }));
    }
  }
  throw new HealthpassError('list-full', 'the status lists of this issuer are full; governance has to assign another', { field: 'list' });
}

async function secure(deps: IssueDeps, signer: Signer, draft: Draft, now: UnixSeconds, lifetime: number): Promise<{ credential: IssuedCredential; record: CredentialRecord }> {
  const { event, binding, list, index } = draft;
  const id = `urn:uuid:${randomUUID()}`;
  const validUntil = (now + lifetime) as UnixSeconds;
  const status = { chainId: deps.chainId, contract: deps.statusRegistry, list, index, url: deps.listUrl(list) };
  const options = { event, id, issuer: deps.did, holderKey: binding.key, status, issuedAt: now, validUntil };
  const claims = claimsOf(draft, validUntil, now);
  const message = hashClaims(claims);
  const [vc, sd] = await Promise.all([createVcJwt(deps.agent, signer.keys.vc, options), createSdJwtVc(signer.keys.sd, options)]);
  return {
    credential: {
      id, issuer: deps.did, vcJwt: vc.text, sdJwtVc: sd.text, claims, claimsKey: signer.claimsKey.publicKey, signature: signClaims(message, signer.claimsKey),
    },
    record: {
      id, list, index, message: message.toString(), issuedAt: now,
      vcDigest: digestBytes(list, index, vc.signingInput), sdDigest: digestBytes(list, index, sd.signingInput),
    },
  };
}

function claimsOf({ event, binding, list, index }: Draft, validUntil: UnixSeconds, now: UnixSeconds): Claims {
  const { kind, disease, product, dose, series, test, result, country, person } = event;
  // A name that no table brings into A-Z is not attested, rather than keeping its bearer from a credential; parseFhir has reported it.
  const named = person && canTransliterate([person.family, ...person.given].join(' '));
  return {
    kind, disease, product, dose, series, test, result, country, list, index,
    eventTime: toSeconds1900(event.time),
    birthDate: person?.birthDate === undefined ? UNKNOWN_BIRTH_DATE : parseBirthDate(person.birthDate, { now }),
    nameDigest: named ? nameDigest(person) : (0n as FieldElement),
    holder: binding.commitment,
    validUntil: toSeconds1900(validUntil),
    salt: bytesToInteger(randomBytes(31)) as FieldElement, // 248 bits: below r
  };
}

const digestBytes = (list: number, index: number, signingInput: string): Uint8Array => hexToBytes(recordDigest(list, index, signingInput).slice(2));

function assertBindings(bindings: readonly HolderBinding[], needed: number): void {
  if (bindings.length < needed) throw new HealthpassError('request-invalid', `the record holds ${needed} health events and needs as many holder bindings`, { field: 'bindings' });
  const commitments = new Set(bindings.map(({ commitment }) => commitment));
  const keys = new Set(bindings.map(({ key }) => `${key.x}.${key.y}`));
  if (commitments.size !== bindings.length || keys.size !== bindings.length) {
    throw new HealthpassError('request-invalid', 'a holder binding is used twice, which would link credentials', { field: 'bindings' });
  }
}
