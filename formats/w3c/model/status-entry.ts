// `credentialStatus`, by the data models and, where it says so, by Bitstring Status List (2.1).
import { isJsonObject, type JsonObject } from '../json-object.ts';
import { malformed } from '../problem.ts';
import { assertOptionalId, assertType, assertUrl, objectsOf } from './values.ts';

export const BITSTRING_ENTRY = 'BitstringStatusListEntry';

/** The status entries of a credential. @throws VcProblem */
export function assertStatusEntries(credential: JsonObject): JsonObject[] {
  if (!('credentialStatus' in credential)) return [];
  const entries = objectsOf(credential['credentialStatus'], 'credentialStatus');
  for (const entry of entries) {
    assertType(entry['type'], 'credentialStatus.type');
    assertOptionalId(entry, 'credentialStatus');
    if ([entry['type']].flat().includes(BITSTRING_ENTRY)) assertBitstringEntry(entry);
  }
  return entries;
}

export const isBitstringEntry = (entry: JsonObject): boolean => entry['type'] === BITSTRING_ENTRY || (Array.isArray(entry['type']) && entry['type'].includes(BITSTRING_ENTRY));

function assertBitstringEntry({ id, statusPurpose, statusListIndex, statusListCredential, statusSize, statusMessage, statusReference }: JsonObject): void {
  if (typeof statusPurpose !== 'string' || statusPurpose === '') throw malformed('credentialStatus.statusPurpose', 'is no text');
  if (typeof statusListIndex !== 'string' || !/^(0|[1-9]\d{0,15})$/.test(statusListIndex)) throw malformed('credentialStatus.statusListIndex', 'is no whole number as text');
  assertUrl(statusListCredential, 'credentialStatus.statusListCredential');
  if (id === statusListCredential) throw malformed('credentialStatus.id', 'is the URL of the list');
  if (statusSize !== undefined && (typeof statusSize !== 'number' || !Number.isInteger(statusSize) || statusSize < 1)) throw malformed('credentialStatus.statusSize', 'is no whole number above zero');
  assertMessages(statusMessage, statusSize ?? 1);
  if (statusReference !== undefined) for (const url of [statusReference].flat()) assertUrl(url, 'credentialStatus.statusReference');
}

function assertMessages(messages: unknown, size: unknown): void {
  if (messages === undefined && size === 1) return;
  const wellFormed = Array.isArray(messages) && messages.length === 2 ** (size as number) // assertBitstringEntry has seen to it
    && messages.every((message: unknown) => isJsonObject(message) && typeof message['status'] === 'string' && typeof message['message'] === 'string');
  if (!wellFormed) throw malformed('credentialStatus.statusMessage', 'is missing or does not name each status');
}
