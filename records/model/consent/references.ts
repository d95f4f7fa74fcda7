// How a Consent names people, records and the grant: did:ethr for whoever has an address, a UUID for a record, and for the grant the place on chain
// where the patient's signature put it (in the way of CAIP-10).
import { isAddress, type Address } from '../members.ts';
import { isRecordId, type RecordId } from '../record.ts';
import { isGrantId, type GrantId } from './word.ts';

export type Identity = { readonly chainId: number; readonly address: Address };
export type GrantPlace = { readonly chainId: number; readonly registry: Address; readonly grant: GrantId };

/** Who wrote what the patient wrote: no address, since each relationship knows the patient by another. */
export const PATIENT_AUTHOR = 'urn:healthpass:author:patient';
export const URI_SYSTEM = 'urn:ietf:rfc:3986';

export const encodeIdentity = ({ chainId, address }: Identity): string => `did:ethr:0x${chainId.toString(16)}:${address}`;

export function decodeIdentity(text: string): Identity | undefined {
  const [, chain, address] = /^did:ethr:0x([1-9a-f][0-9a-f]{0,12}):(0x[0-9a-fA-F]{40})$/.exec(text) ?? [];
  const lower = address?.toLowerCase();
  return chain !== undefined && isAddress(lower) ? { chainId: Number.parseInt(chain, 16), address: lower } : undefined;
}

export const encodeRecordId = (id: RecordId): string => `urn:uuid:${id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;

export function decodeRecordId(text: string): RecordId | undefined {
  const id = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text.slice('urn:uuid:'.length).replaceAll('-', '') : undefined;
  return isRecordId(id) ? id : undefined;
}

export const encodeGrantPlace = ({ chainId, registry, grant }: GrantPlace): string => `urn:healthpass:grant:eip155:${chainId}:${registry}:${grant}`;

export function decodeGrantPlace(text: string): GrantPlace | undefined {
  const [, chain, registry, grant] = /^urn:healthpass:grant:eip155:([1-9]\d{0,15}):([^:]+):([^:]+)$/.exec(text) ?? [];
  return isAddress(registry) && isGrantId(grant) ? { chainId: Number(chain), registry, grant } : undefined;
}
