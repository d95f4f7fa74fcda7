// Issue: the health events of a FHIR record become credentials, each in three securings made at once under one status entry.
import { randomBytes, randomUUID } from 'node:crypto';
import { hexToBytes } from '@noble/hashes/utils.js';
import {
  HealthpassError, hashClaims, signClaims, standingOf, toSeconds1900,
  type Claims, type ClaimsKeyPair, type FieldElement, type HealthEvent, type HolderBinding, type HolderKey, type IssuedCredential, type TrustState, type UnixSeconds,
} from '#passport';
import { recordDigest } from '#passport/anchor.ts';
import { UNKNOWN_BIRTH_DATE, parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import { canTransliterate } from '#passport/transliteration/transliterate.ts';
import { bytesToInteger } from '#passport/field.ts';
import { parseFhir, type FhirRefusal } from '#formats/fhir/index.ts';
import { createSdJwtVc, type Certified } from '#formats/sd-jwt-vc/index.ts';
import { createVcJwt, type CredentialAgent } from '#formats/vc-jwt/index.ts';
import { recordAudit, type Principal, type Queryable } from '#server';
import type { SigningKeys } from './agent/index.ts';
import type { IssuerCertificates } from './certificates/index.ts';
import { freeEntries } from './free-entries.ts';
import { LIFETIMES } from './lifetimes.ts';
import type { PatientBook } from './patients/index.ts';
import { SECURINGS, type CredentialRecord, type IssuedRecord, type IssuerStore, type Securing } from './store.ts';

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
  /** Names the issuer by URL in SD-JWT VCs, with certificates. Without them it is named by DID alone. */
  readonly certificates?: IssuerCertificates | undefined;
  readonly now: () => UnixSeconds;
};

/** The same, with the book in which it is written down whom about. */
export type RecordingDeps = IssueDeps & { readonly patients: Pick<PatientBook, 'recordAll'> };

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

/** One credential to make: a health event, for one holder or, for one-time use, for several keys of one. */
export type SecureRequest = {
  /** Names what is revoked together. Asked again under the same name, another securing gets the entries of the first. */
  readonly issuance: string;
  /** Whether nothing was issued under that name yet, which saves looking. */
  readonly isNew?: boolean;
  readonly event: HealthEvent;
  readonly validUntil: UnixSeconds;
  readonly forms: readonly Securing[];
  /** One copy each. Claims need a commitment, and all that a device holds needs its key. */
  readonly holders: readonly { readonly key?: HolderKey; readonly commitment?: FieldElement }[];
};
/** A copy as it was made, with the forms that were asked for. */
export type SecuredCopy = { readonly id: string; readonly list: number; readonly index: number } & Partial<Pick<IssuedCredential, 'vcJwt' | 'sdJwtVc' | 'claims' | 'claimsKey' | 'signature'>> & { /** A VC-JWT that names no holder. */ readonly paper?: string };

/** A free status entry, taken for a credential that is secured once its holder is known. */
export type Reservation = { readonly id: string; readonly list: number; readonly index: number };

/** What is written down with credentials that were made, in one transaction. */
export type Alongside = (tx: Queryable, made: readonly (readonly SecuredCopy[])[], reserved: readonly Reservation[]) => Promise<unknown>;

/**
 * Issues a credential for every health event of a record, and records the patient with it. Written down before it answers, all of it or nothing.
 * @throws HealthpassError `fhir-…`, `request-invalid` (too few bindings, one used twice), `issuer-not-accredited`, `list-full`
 */
export async function issue(deps: RecordingDeps, { fhir, patient, bindings, lifetime }: IssueRequest, principal: Principal): Promise<IssueResult> {
  const now = deps.now();
  const { events, refused } = parseFhir(fhir, { now, patient });
  assertBindings(bindings, events.length);
  const requests = events.map(({ event }, i): SecureRequest => ({
    issuance: randomUUID(), isNew: true, event, forms: SECURINGS, holders: [bindings[i]!],
    validUntil: (now + Math.min(lifetime ?? Infinity, LIFETIMES[event.kind])) as UnixSeconds,
  }));
  const made = await secure(deps, requests, async (tx) => {
    await deps.patients.recordAll(tx, requests.map(({ issuance, event }) => ({ issuance, event, organisation: principal.organisation, source: 'credentials' })));
    for (const { issuance } of requests) await recordAudit(tx, principal, { action: 'credential.issue', target: issuance }, now);
  });
  const credentials = made.map(([copy]) => wholeCredential(copy!, deps.did)); // one holder each
  return { credentials, refused };
}

/** A copy that has all three forms. */
function wholeCredential({ id, vcJwt, sdJwtVc, claims, claimsKey, signature }: SecuredCopy, issuer: string): IssuedCredential {
  return { id, issuer, vcJwt: vcJwt!, sdJwtVc: sdJwtVc!, claims: claims!, claimsKey: claimsKey!, signature: signature! };
}

/**
 * Makes credentials in the forms asked for and writes down all of them or none, and in the same transaction what `alongside` writes; it may be
 * called again. Answers their copies, request by request.
 * @param reserve how many free entries to draw besides, for `alongside` to write down
 * @throws HealthpassError `issuer-not-accredited`, `list-full`, `claims-invalid`, `point-invalid`, and what `alongside` throws
 */
export async function secure(deps: IssueDeps, requests: readonly SecureRequest[], alongside?: Alongside, reserve = 0): Promise<SecuredCopy[][]> {
  const signer = await accreditedSigner(deps);
  for (;;) {
    const { places, reserved } = await placesFor(deps.store, signer, requests, reserve);
    const made = await Promise.all(requests.map((request, i) => Promise.all(request.holders.map((holder, n) => sign(deps, signer, request, holder, places[i]![n]!)))));
    const copies = made.map((of) => of.map(({ copy }) => copy));
    // Another request may have taken an entry since: then all are made anew, as the entry is part of what is signed.
    if (await deps.store.remember(made.flat().map(({ record }) => record), alongside && ((tx) => alongside(tx, copies, reserved)))) return copies;
  }
}

/** Where a copy goes: an entry that the issuance has already, without these forms, or a free one. */
type Place = Pick<CredentialRecord, 'id' | 'copy' | 'list' | 'index'>;

async function placesFor(store: IssuerStore, { trust, lists }: Signer, requests: readonly SecureRequest[], reserve: number): Promise<{ places: Place[][]; reserved: Reservation[] }> {
  const known = await Promise.all(requests.map(({ issuance, isNew }) => (isNew ? [] : store.copies(issuance))));
  // Paper shares its entry with nothing that a device holds.
  const isApart = (forms: readonly Securing[]) => forms.includes('paper');
  const fits = (forms: readonly Securing[], wanted: readonly Securing[]) => !isApart(forms) && !isApart(wanted) && !forms.some((form) => wanted.includes(form));
  const reused = known.map((copies, i) => copies.filter(({ forms }) => fits(forms, requests[i]!.forms)).slice(0, requests[i]!.holders.length));
  const wanted = requests.map(({ holders }, i) => holders.length - reused[i]!.length);
  const free = await freeEntries({ store, trust, lists }, wanted.reduce((sum, count) => sum + count, reserve));
  const reserved = free.splice(0, reserve).map((entry) => ({ id: newId(), ...entry }));
  const places = requests.map((_, i) => [
    ...reused[i]!,
    ...Array.from({ length: wanted[i]! }, (_unused, n) => ({ id: newId(), copy: known[i]!.length + n, ...free.shift()! })), // so many were drawn
  ]);
  return { places, reserved };
}

const newId = () => `urn:uuid:${randomUUID()}`;

type Signer = { readonly trust: TrustState; readonly lists: readonly number[]; readonly claimsKey: ClaimsKeyPair; readonly keys: SigningKeys; readonly x5c: readonly string[] | undefined };

/** The keys to sign with, if the registry has this issuer and its claims key as active. */
async function accreditedSigner({ trust, did, claimsKey, signingKeys, certificates }: IssueDeps): Promise<Signer> {
  const known = await trust();
  const record = known.issuers.find((issuer) => issuer.did === did);
  const pair = await claimsKey();
  if (!record || standingOf(record) !== 'active' || record.claimsKey.x !== pair.publicKey.x || record.claimsKey.y !== pair.publicKey.y) {
    throw new HealthpassError('issuer-not-accredited', 'the issuer is not accredited with its present key', { field: 'issuer' });
  }
  const keys = await signingKeys();
  return { trust: known, lists: record.lists, claimsKey: pair, keys, x5c: await certificates?.chainFor(keys.sd.publicKey) };
}

async function sign(
  deps: IssueDeps, signer: Signer, { issuance, event, validUntil, forms }: SecureRequest, holder: SecureRequest['holders'][number], { id, copy, list, index }: Place,
): Promise<{ copy: SecuredCopy; record: IssuedRecord }> {
  const now = deps.now();
  const status = { chainId: deps.chainId, contract: deps.statusRegistry, list, index, url: deps.listUrl(list) };
  const options = { event, id, issuer: deps.did, status, issuedAt: now, validUntil };
  const has = (form: Securing) => forms.includes(form);
  const claims = has('claims') ? claimsOf(event, commitmentOf(holder), { list, index }, validUntil, now) : undefined;
  const message = claims && hashClaims(claims);
  const [vc, sd, paper] = await Promise.all([
    has('vc-jwt') ? createVcJwt(deps.agent, signer.keys.vc, { ...options, holderKey: keyOf(holder) }) : undefined,
    has('sd-jwt-vc') ? createSdJwtVc(signer.keys.sd, { ...options, holderKey: keyOf(holder), certified: certifiedFor(deps, signer, list) }) : undefined,
    has('paper') ? createVcJwt(deps.agent, signer.keys.vc, { ...options, holderKey: undefined }) : undefined,
  ]);
  const digest = ({ signingInput }: { signingInput: string }) => hexToBytes(recordDigest(list, index, signingInput).slice(2));
  return {
    copy: {
      id, list, index,
      ...(vc && { vcJwt: vc.text }), ...(sd && { sdJwtVc: sd.text }), ...(paper && { paper: paper.text }),
      ...(claims && { claims, claimsKey: signer.claimsKey.publicKey, signature: signClaims(message!, signer.claimsKey) }),
    },
    record: {
      id, issuance, copy, list, index, issuedAt: now, ...(validUntil !== now + LIFETIMES[event.kind] && { validUntil }),
      securings: [
        ...(vc ? [{ form: 'vc-jwt', digest: digest(vc) } as const] : []),
        ...(sd ? [{ form: 'sd-jwt-vc', digest: digest(sd) } as const] : []),
        ...(paper ? [{ form: 'paper', digest: digest(paper) } as const] : []),
        ...(claims ? [{ form: 'claims', message: message!.toString() } as const] : []),
      ],
    },
  };
}

const certifiedFor = ({ certificates }: IssueDeps, { x5c }: Signer, list: number): Certified | undefined =>
  certificates && x5c && { url: certificates.url, x5c, statusListUrl: certificates.tokenListUrl(list) };

function keyOf({ key }: SecureRequest['holders'][number]): HolderKey {
  if (key === undefined) throw new HealthpassError('request-invalid', 'what a device holds needs the key of its holder', { field: 'key' });
  return key;
}

function commitmentOf({ commitment }: SecureRequest['holders'][number]): FieldElement {
  if (commitment === undefined) throw new HealthpassError('request-invalid', 'signed claims need the commitment of their holder', { field: 'commitment' });
  return commitment;
}

function claimsOf(event: HealthEvent, holder: FieldElement, { list, index }: Pick<CredentialRecord, 'list' | 'index'>, validUntil: UnixSeconds, now: UnixSeconds): Claims {
  const { kind, disease, product, dose, series, test, result, country, person } = event;
  // A name that no table brings into A-Z is not attested, rather than keeping its bearer from a credential; parseFhir has reported it.
  const named = person && canTransliterate([person.family, ...person.given].join(' '));
  return {
    kind, disease, product, dose, series, test, result, country, list, index, holder,
    eventTime: toSeconds1900(event.time),
    birthDate: person?.birthDate === undefined ? UNKNOWN_BIRTH_DATE : parseBirthDate(person.birthDate, { now }),
    nameDigest: named ? nameDigest(person) : (0n as FieldElement),
    validUntil: toSeconds1900(validUntil),
    salt: bytesToInteger(randomBytes(31)) as FieldElement, // 248 bits: below r
  };
}

function assertBindings(bindings: readonly HolderBinding[], needed: number): void {
  if (bindings.length < needed) throw new HealthpassError('request-invalid', `the record holds ${needed} health events and needs as many holder bindings`, { field: 'bindings' });
  const commitments = new Set(bindings.map(({ commitment }) => commitment));
  const keys = new Set(bindings.map(({ key }) => `${key.x}.${key.y}`));
  if (commitments.size !== bindings.length || keys.size !== bindings.length) {
    throw new HealthpassError('request-invalid', 'a holder binding is used twice, which would link credentials', { field: 'bindings' });
  }
}
