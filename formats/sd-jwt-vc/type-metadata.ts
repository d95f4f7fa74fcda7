// Type metadata of our SD-JWT VC types (draft-ietf-oauth-sd-jwt-vc, section 6). They are the same text wherever they are published, so their
// integrity, which every credential carries, tells nothing about its holder.
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import type { Kind } from '#passport/claims.ts';
import { FIELD_WORDS, inAllLanguages, KIND_WORDS } from '../credential/display.ts';
import { FIELDS } from '../credential/fields.ts';
import { FORMS } from '../credential/forms.ts';

export function typeMetadata(kind: Kind): Record<string, unknown> {
  const { vct, fields } = FORMS[kind];
  return {
    vct,
    name: KIND_WORDS[kind].en,
    display: inAllLanguages(KIND_WORDS[kind], 'name'),
    claims: fields.map((field) => ({ path: [FIELDS[field].sd], display: inAllLanguages(FIELD_WORDS[field], 'label'), sd: 'always' })),
  };
}

/** The bytes as they are published. */
export const typeMetadataText = (kind: Kind): string => JSON.stringify(typeMetadata(kind));

const known = new Map<Kind, string>();

/** Their integrity, as `vct#integrity` says it (W3C SRI). */
export function typeIntegrity(kind: Kind): string {
  const integrity = known.get(kind) ?? `sha256-${base64.encode(sha256(utf8ToBytes(typeMetadataText(kind))))}`;
  known.set(kind, integrity);
  return integrity;
}
