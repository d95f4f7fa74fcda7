// What the gateway answers about membership, held to its form.
import { z } from 'zod';
import { isPublicKey, type PublicKey } from '#records/model/keys/hpke.ts';
import { isAddress, ROLES, type Address } from '#records/model/members.ts';
import { memberSchema } from './members.ts';

const address = z.custom<Address>(isAddress);
const role = z.enum(ROLES);
const readingKey = z.object({ key: z.custom<PublicKey>((text) => typeof text === 'string' && isPublicKey(text)), since: z.int(), signature: z.string() });

/** A member with its reading key: what whoever seals to it needs. */
export const entrySchema = memberSchema.extend({ readingKey });
export type MemberEntry = z.infer<typeof entrySchema>;
export const entriesSchema = z.object({ members: z.array(entrySchema), next: z.string().optional() });

const applicationSchema = z.object({
  id: z.string(), number: z.int(), account: address, role, name: z.string(), country: z.string(), organisation: address.optional(), licence: z.string().optional(),
  state: z.enum(['confirming', 'deciding', 'sending', 'accepted', 'refused']), reason: z.string().optional(), changedAt: z.int(),
});
export const applicationsSchema = z.array(applicationSchema);
export type Application = z.infer<typeof applicationSchema> & { readonly organisationName?: string | undefined };

export const ownSchema = z.object({
  account: address, roles: z.array(role), decides: z.array(role), organisation: address.optional(), nonce: z.int().optional(), applications: applicationsSchema,
  credentials: z.array(z.object({ role, jwt: z.string() })),
});
export type Own = z.infer<typeof ownSchema>;
export const outcomeSchema = z.object({ outcome: z.enum(['done', 'sending', 'failed']), failure: z.string().optional() });
export const staffKeysSchema = z.object({ received: z.array(z.object({ organisation: address, key: z.string(), sealed: z.string() })), given: z.array(z.object({ person: address, key: z.string() })), confirmed: z.array(z.object({ person: address, since: z.int(), signature: z.string() })) });
