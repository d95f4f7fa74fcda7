// DCQL (OpenID4VP 1.0, 6): what a verifier asks for. Unknown members are ignored, as the specification wants; what is known has to be right.
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';

/** Format identifier of a pass: docs/openid4vp.md, "The pass as a presentation". */
export const PASS_FORMAT = 'healthpass-pass';
export const SD_JWT_FORMAT = 'dc+sd-jwt';
export const JWT_VC_FORMAT = 'jwt_vc_json';
const KNOWN: readonly string[] = [PASS_FORMAT, SD_JWT_FORMAT, JWT_VC_FORMAT];

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const text = z.string().min(1).max(300);
const pathElement = z.union([z.string().max(200), z.int().min(0).max(10_000), z.null()]);
const claimSchema = z.object({
  id: id.optional(),
  path: z.array(pathElement).min(1).max(16),
  values: z.array(z.union([z.string().max(300), z.int(), z.boolean()])).min(1).max(100).optional(),
});
const authoritySchema = z.object({ type: text, values: z.array(text).min(1).max(100) });

const open = {
  id,
  multiple: z.boolean().default(false),
  require_cryptographic_holder_binding: z.boolean().default(true),
  trusted_authorities: z.array(authoritySchema).min(1).max(20).optional(),
  claims: z.array(claimSchema).min(1).max(64).optional(),
  claim_sets: z.array(z.array(id).min(1)).min(1).max(32).optional(),
};
const sdJwtSchema = z.object({ ...open, format: z.literal(SD_JWT_FORMAT), meta: z.object({ vct_values: z.array(text).min(1).max(32) }) });
const jwtVcSchema = z.object({ ...open, format: z.literal(JWT_VC_FORMAT), meta: z.object({ type_values: z.array(z.array(text).min(1).max(16)).min(1).max(32) }) });

/** Strict: a member that is not known could be a condition, and a pass that ignores it would say too much. */
const passMetaSchema = z.strictObject({
  /** Policies of which any will do: `id` or `id@version`. */
  policies: z.array(z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?(?:@[1-9]\d{0,4})?$/)).min(1).max(16),
  /** One entry a person; the verifier of the scope is the client identifier. */
  scope: z.strictObject({ event: z.string().min(1).max(200) }).optional(),
  /** Whether the pass is compared with an identity document. */
  match: z.boolean().optional(),
});
/** A pass discloses nothing, is always bound to its presenter, and does not tell its issuer: nothing else can be asked of it. */
const passSchema = z.strictObject({
  id, format: z.literal(PASS_FORMAT), meta: passMetaSchema,
  multiple: z.literal(false).default(false), require_cryptographic_holder_binding: z.literal(true).default(true),
});
const otherSchema = z.object({ id, format: text.refine((format) => !KNOWN.includes(format)) }).transform(({ id }) => ({ id, format: 'other' as const }));

const setSchema = z.object({
  options: z.array(z.array(id).min(1).max(16)).min(1).max(32),
  required: z.boolean().default(true),
  /** Earlier drafts had it here; wallets of the final version ignore it, ours shows it. */
  purpose: z.string().max(300).optional(),
});
const querySchema = z.object({
  credentials: z.array(z.union([passSchema, sdJwtSchema, jwtVcSchema, otherSchema])).min(1).max(16),
  credential_sets: z.array(setSchema).min(1).max(16).optional(),
});

export type ClaimQuery = z.infer<typeof claimSchema>;
export type PassQuery = z.infer<typeof passSchema>;
export type SdJwtQuery = z.infer<typeof sdJwtSchema>;
export type JwtVcQuery = z.infer<typeof jwtVcSchema>;
export type OpenQuery = SdJwtQuery | JwtVcQuery;
/** `other`: of a format that nothing here presents or verifies. */
export type CredentialQuery = PassQuery | OpenQuery | { readonly id: string; readonly format: 'other' };
export type DcqlQuery = z.infer<typeof querySchema>;

/** @throws HealthpassError `request-invalid`, naming the field */
export function parseDcqlQuery(input: unknown): DcqlQuery {
  const parsed = querySchema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.issues[0]!.path.map((part) => (typeof part === 'number' ? part : String(part))).join('.') || 'query');
  const { credentials, credential_sets: sets = [] } = parsed.data;
  const ids = credentials.map((credential) => credential.id);
  if (!areUnique(ids)) throw invalid('credentials.id');
  for (const credential of credentials) if (credential.format === SD_JWT_FORMAT || credential.format === JWT_VC_FORMAT) assertClaims(credential);
  if (sets.some(({ options }) => options.flat().some((id) => !ids.includes(id)))) throw invalid('credential_sets.options');
  return parsed.data;
}

function assertClaims({ claims, claim_sets: sets }: OpenQuery): void {
  const ids = (claims ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]));
  if (!areUnique(ids)) throw invalid('credentials.claims.id');
  if (!areUnique((claims ?? []).map(({ path }) => JSON.stringify(path)))) throw invalid('credentials.claims.path');
  if (!sets) return;
  if (!claims || ids.length !== claims.length || sets.flat().some((id) => !ids.includes(id))) throw invalid('credentials.claim_sets');
}

const areUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;
const invalid = (field: string) => new HealthpassError('request-invalid', `the query has a wrong or missing ${field}`, { field });
