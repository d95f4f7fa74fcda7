// The credential configurations: one a kind of event and format. Their ids are their scopes.
import type { Kind } from '#passport';
import { FIELD_WORDS, inAllLanguages, KIND_WORDS } from '#formats/credential/display.ts';
import { FIELDS, type FieldName } from '#formats/credential/fields.ts';
import { FORMS } from '#formats/credential/index.ts';
import type { Securing } from '../store.ts';

/** Names of the formats on the wire. The last is ours: docs/openid4vci.md. */
export const FORMATS = ['jwt_vc_json', 'dc+sd-jwt', 'healthpass-claims'] as const;
export type Format = (typeof FORMATS)[number];

type FormatEntry = {
  readonly securing: Securing;
  /** End of the ids. */
  readonly suffix: string;
  readonly algorithm: string;
  readonly binding: readonly string[];
  /** Where a claim stands in the credential. */
  readonly path: (field: FieldName) => readonly string[];
  readonly describe: (kind: Kind) => Record<string, unknown>;
};

export const FORMAT_ENTRIES: Readonly<Record<Format, FormatEntry>> = {
  'jwt_vc_json': {
    securing: 'vc-jwt', suffix: 'jwt_vc_json', algorithm: 'ES256K', binding: ['did:jwk', 'jwk'],
    path: (field) => ['vc', 'credentialSubject', FIELDS[field].part, field],
    describe: (kind) => ({ credential_definition: { type: ['VerifiableCredential', 'HealthCredential', FORMS[kind].type] } }),
  },
  'dc+sd-jwt': {
    securing: 'sd-jwt-vc', suffix: 'dc_sd_jwt', algorithm: 'ES256', binding: ['jwk', 'did:jwk'],
    path: (field) => [FIELDS[field].sd],
    describe: (kind) => ({ vct: FORMS[kind].vct }),
  },
  'healthpass-claims': {
    securing: 'claims', suffix: 'healthpass_claims', algorithm: 'EdDSA-BabyJubJub-Poseidon', binding: ['jwk', 'did:jwk'],
    path: (field) => [FIELDS[field].sd],
    describe: (kind) => ({ kind }),
  },
};

export type Configuration = { readonly id: string; readonly kind: Kind; readonly format: Format };

export const configurationId = (kind: Kind, format: Format): string => `${kind}_${FORMAT_ENTRIES[format].suffix}`;

export const CONFIGURATIONS: readonly Configuration[] = (Object.keys(FORMS) as Kind[]) // of the table of kinds
  .flatMap((kind) => FORMATS.map((format) => ({ id: configurationId(kind, format), kind, format })));

export const configurationById = (id: string): Configuration | undefined => CONFIGURATIONS.find((configuration) => configuration.id === id);

/** Only keys proven by themselves: key attestations are taken nowhere for granted, and so not asked for. */
const PROOF_TYPES = { jwt: { proof_signing_alg_values_supported: ['ES256'] } };

/** The configuration as metadata tell it. */
export function describeConfiguration({ id, kind, format }: Configuration): Record<string, unknown> & { readonly format: Format } {
  const { algorithm, binding, path, describe } = FORMAT_ENTRIES[format];
  return {
    format, scope: id, ...describe(kind),
    cryptographic_binding_methods_supported: binding,
    credential_signing_alg_values_supported: [algorithm],
    proof_types_supported: PROOF_TYPES,
    credential_metadata: {
      display: inAllLanguages(KIND_WORDS[kind], 'name'),
      claims: FORMS[kind].fields.map((field) => ({ path: path(field), display: inAllLanguages(FIELD_WORDS[field], 'name') })),
    },
  };
}

// Which credential of an offer is meant (`credential_identifier`): its configuration, and its place among the events offered.
export const identifierOf = (configuration: string, position: number): string => `${configuration}.${position}`;

export function parseIdentifier(identifier: string): { readonly configuration: Configuration; readonly position: number } | undefined {
  const match = /^([a-z_]{1,60})\.(\d{1,4})$/.exec(identifier);
  const configuration = match && configurationById(match[1]!);
  return configuration ? { configuration, position: Number(match[2]) } : undefined;
}
