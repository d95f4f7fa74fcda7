// Enveloped credentials and presentations (VC Data Model 2.0, 4.12): an object whose id is a data: URL of what was signed.
import { VC_2 } from './contexts.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import type { JoseEncoding, JoseKind } from './jose.ts';
import { malformed } from './problem.ts';

const NAMES = { credential: 'EnvelopedVerifiableCredential', presentation: 'EnvelopedVerifiablePresentation' } as const;

/** Media types, and what they mean. */
const MEDIA_TYPES: Readonly<Record<JoseKind, Readonly<Record<string, JoseEncoding>>>> = {
  credential: { 'application/vc+jwt': 'vc-jose', 'application/jwt': 'vc-1.1' },
  presentation: { 'application/vp+jwt': 'vc-jose', 'application/jwt': 'vc-1.1' },
};

export const envelop = (text: string, kind: JoseKind): JsonObject =>
  ({ '@context': VC_2, id: `data:${kind === 'credential' ? 'application/vc+jwt' : 'application/vp+jwt'},${text}`, type: NAMES[kind] });

/** Whether an object means to be an envelope: then it has to be one in all respects. */
export const isEnvelope = (value: unknown, kind: JoseKind): value is JsonObject =>
  isJsonObject(value) && ([value['type']].flat().includes(NAMES[kind]) || (typeof value['id'] === 'string' && value['id'].startsWith('data:')));

export type Envelope = { readonly text: string; readonly encoding: JoseEncoding; readonly mediaType: string };

/** @throws VcProblem `MALFORMED_VALUE_ERROR` */
export function readEnvelope(envelope: JsonObject, kind: JoseKind): Envelope {
  if (![envelope['@context']].flat().includes(VC_2)) throw malformed('@context', 'does not define envelopes');
  const { id, type } = envelope;
  if ([type].flat().length !== 1 || [type].flat()[0] !== NAMES[kind]) throw malformed('type', `is not ${NAMES[kind]}`);
  const match = typeof id === 'string' ? /^data:([a-z]+\/[a-z0-9.+-]+),([A-Za-z0-9_.~-]+)$/.exec(id) : null;
  const [, mediaType = '', text = ''] = match ?? [];
  const encoding = MEDIA_TYPES[kind][mediaType];
  if (!encoding) throw malformed('id', 'is no data: URL of a media type that is known here');
  return { text, encoding, mediaType };
}
