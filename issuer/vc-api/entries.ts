// Status entries of credentials that are issued through VC-API: places in the issuer's lists on chain, remembered under a keyed digest of the
// credential's id, so that the database does not hold the id. All credentials that one organisation has under one id are revoked together.
import { createHmac, randomUUID } from 'node:crypto';
import { BITSTRING_ENTRY, malformed, type JsonObject } from '#formats/w3c/index.ts';
import { HealthpassError, standingOf, type TrustState, type UnixSeconds } from '#passport';
import { recordAudit, type Database, type Principal } from '#server';
import { freeEntries } from '../free-entries.ts';
import type { IssuerStore } from '../store.ts';

export type EntryDeps = {
  readonly did: string;
  readonly database: Database;
  readonly store: IssuerStore;
  readonly trust: () => Promise<TrustState>;
  readonly listUrl: (list: number) => string;
  readonly blinding: Uint8Array;
  readonly now: () => UnixSeconds;
};

export const PURPOSES = ['revocation', 'suspension'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Lists of the issuer, if the registry has it as active. @throws HealthpassError `issuer-not-accredited` */
export async function accreditedLists({ trust, did }: Pick<EntryDeps, 'trust' | 'did'>): Promise<readonly number[]> {
  const record = (await trust()).issuers.find((issuer) => issuer.did === did);
  if (!record || standingOf(record) !== 'active') throw new HealthpassError('issuer-not-accredited', 'the issuer is not accredited', { field: 'issuer' });
  return record.lists;
}

/** What remembers a credential by its id, for the organisation that had it issued: ids are chosen by callers, and no secrets. */
export const issuanceOf = (blinding: Uint8Array, id: string, { organisation }: Pick<Principal, 'organisation'>): string =>
  `vc-api:${createHmac('sha256', blinding).update(JSON.stringify([organisation, id])).digest('hex')}`;

export type Reserved = { readonly list: number; readonly index: number };

/** Takes a free entry for a credential and writes it down, with who asked. @throws HealthpassError `list-full` */
export async function reserveEntry(deps: EntryDeps, lists: readonly number[], id: string, principal: Principal): Promise<Reserved> {
  const { store, now } = deps;
  const issuance = issuanceOf(deps.blinding, id, principal);
  for (;;) {
    const [place] = await freeEntries({ store, trust: await deps.trust(), lists }, 1);
    const copy = (await store.copies(issuance)).length;
    const record = { id: `urn:uuid:${randomUUID()}`, issuance, copy, ...place!, issuedAt: now(), securings: [] }; // one was asked for
    // Another request may have taken the entry, or the number of the copy, since.
    const written = await store.remember([record], (tx) => recordAudit(tx, principal, { action: 'credential.issue', target: record.id, detail: { by: 'vc-api' } }, now()));
    if (written) return place!;
  }
}

/** Notes an issuance that takes no entry. */
export const noteIssuance = (deps: EntryDeps, principal: Principal): Promise<void> =>
  deps.database.transaction((tx) => recordAudit(tx, principal, { action: 'credential.issue', target: 'without-status', detail: { by: 'vc-api' } }, deps.now()));

/**
 * What a credential says of its status. The list of revocations blocks whatever is blocked, for good or for a time; a second entry tells which.
 */
export function statusOfEntry(deps: Pick<EntryDeps, 'listUrl'>, { list, index }: Reserved, purposes: readonly Purpose[]): JsonObject | JsonObject[] {
  const entries = purposes.map((statusPurpose) => {
    const statusListCredential = listCredentialUrl(deps.listUrl(list), statusPurpose);
    return { id: `${statusListCredential}#${index}`, type: BITSTRING_ENTRY, statusPurpose, statusListIndex: `${index}`, statusListCredential };
  });
  return entries.length === 1 ? entries[0]! : entries;
}

export const listCredentialUrl = (url: string, purpose: Purpose): string => (purpose === 'revocation' ? url : `${url}/${purpose}`);

/** Which entries `options.credentialStatus` asks for: revocation always, or a credential could be revoked without its holder's verifier seeing it. */
export function wantedPurposes(option: unknown): readonly Purpose[] {
  if (option === undefined || option === true) return ['revocation'];
  if (option === false || option === null) return [];
  const wanted = [option].flat().map((one) => (one as { statusPurpose?: unknown } | null)?.statusPurpose ?? 'revocation');
  if (!wanted.every((purpose): purpose is Purpose => PURPOSES.includes(purpose as Purpose))) throw malformed('options.credentialStatus.statusPurpose', 'is neither revocation nor suspension');
  return wanted.includes('suspension') ? PURPOSES : ['revocation'];
}
