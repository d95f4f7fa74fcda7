// What a record says, byte for byte as its author wrote it: FHIR decimals have more digits than a double, so a text that went through JSON.parse is another text.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';
import type { FhirResource } from './issue.ts';
import { assertValid } from './validate.ts';

/** SHA-256 in lower-case hexadecimal with 0x: `RecordEntry.content`. */
export type ContentDigest = `0x${string}`;
export type Content = {
  /** The resource as its author wrote it. */
  readonly text: string;
  readonly resource: FhirResource;
  /** Over the UTF-8 bytes of the text. */
  readonly digest: ContentDigest;
};
/** What is encrypted as one record. */
export type RecordContent = Content & { readonly provenance: FhirResource };

export const digestOf = (text: string): ContentDigest => `0x${bytesToHex(sha256(utf8ToBytes(text)))}`;

/** RFC 8785. @throws TypeError for what JSON has no form of */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value that JSON cannot say');
  return text;
}

/**
 * Reads a resource strictly and keeps its text.
 * @throws HealthpassError `json-malformed`, `json-duplicate-key`, `text-too-long`, `fhir-invalid`
 */
export function contentOf(bytes: Uint8Array | string): Content {
  const resource = parseJson(bytes);
  assertValid(resource);
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes); // parseJson has refused what is not UTF-8
  return { text, resource, digest: digestOf(text) };
}

const documentSchema = z.strictObject({ version: z.literal(1), resource: z.string(), provenance: z.looseObject({ resourceType: z.literal('Provenance') }) });

/** The plaintext of a record: a JSON document that holds the resource as a text, so that nothing rewrites it, and its Provenance. */
export const encodeRecordContent = ({ text, provenance }: Pick<RecordContent, 'text' | 'provenance'>): Uint8Array => utf8ToBytes(canonicalJson({ version: 1, resource: text, provenance }));

/**
 * The signature is not checked here: `verifyProvenance` does.
 * @throws HealthpassError as {@link contentOf}; `fhir-invalid` also for a document of another form
 */
export function parseRecordContent(bytes: Uint8Array): RecordContent {
  const parsed = documentSchema.safeParse(parseJson(bytes, { maxBytes: MAX_DOCUMENT_BYTES }));
  if (!parsed.success) throw new HealthpassError('fhir-invalid', 'the content of the record has another form', { field: 'content' });
  const { resource, provenance } = parsed.data;
  assertValid(provenance);
  return { ...contentOf(resource), provenance };
}

/** A text of the longest that may be written takes up to this when it is quoted. */
const MAX_DOCUMENT_BYTES = 12_000_000;

type RawJson = { readonly rawJSON: (text: string) => unknown };
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Parses a JSON text with its numbers opaque, so that JSON.stringify writes each as it stood (ECMA-262, JSON.parse source text access): `1.10` stays `1.10`. */
export function parseWithDigits(text: string): unknown {
  const { rawJSON } = JSON as unknown as RawJson; // in every engine since 2025, not yet in the library types
  const keepDigits: Reviver = (_key, value, { source }) => (typeof value === 'number' && source !== undefined ? rawJSON(source) : value);
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
}

/** Changes a JSON text without rewriting its numbers. */
export const rewriteJson = (text: string, change: (value: unknown) => unknown): string => JSON.stringify(change(parseWithDigits(text)));
