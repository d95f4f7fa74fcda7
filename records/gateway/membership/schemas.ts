// What the routes of membership take and answer.
import { z } from 'zod';
import { ROLES, ROLES_OF_BODIES, type Role } from '#records/model/members.ts';
import { KINDS, membershipSchema } from '../caller.ts';
import { address, bytes32, seconds, signature } from '../schemas.ts';
import { APPLICATION_STATES } from './applications.ts';

/** Without what a page or a log could take for something else. */
const line = (longest: number) => z.string().trim().min(1).max(longest).regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
const text = (longest: number) => z.string().trim().min(1).max(longest).regex(/^[^\p{Cs}\0]+$/u);
const nonce = z.int().min(0);
const roleOfBodies = z.enum(ROLES_OF_BODIES as [Role, ...Role[]]);

export const readingKeySchema = z.strictObject({ key: bytes32.meta({ description: 'X25519 public key that others seal to' }), since: seconds, signature: signature.meta({ description: 'ReadingKey, by the member' }) });

export const applicationRequest = z.strictObject({
  role: roleOfBodies, name: line(200), country: z.string().regex(/^[A-Z]{2}$/).meta({ description: 'ISO 3166-1, two letters' }),
  organisation: address.optional().meta({ description: 'Whom a person acts for; it confirms before a body decides' }),
  licence: line(100).optional(), evidence: text(4000).optional().meta({ description: 'For whoever decides; forgotten afterwards' }), readingKey: readingKeySchema,
});

export const applicationSchema = z.object({
  id: z.uuid(), number: z.int(), account: address, role: z.enum(ROLES), name: z.string(), country: z.string(), organisation: address.optional(), licence: z.string().optional(), evidence: z.string().optional(),
  state: z.enum(APPLICATION_STATES).meta({ description: 'confirming: the organisation has to; deciding: a body has to; sending: on its way to the chain' }), reason: z.string().optional(), changedAt: seconds, readingKey: readingKeySchema,
});

export const confirmationRequest = z.discriminatedUnion('confirmed', [
  z.strictObject({ confirmed: z.literal(true), since: seconds, signature: signature.meta({ description: 'StaffMember, by the organisation' }) }),
   z.strictObject({ confirmed: z.literal(false), reason: text(500) }),
]);

const signed = { nonce: nonce.meta({ description: 'Of the body, in RoleRegistry' }), deadline: seconds, signature };
export const decisionRequest = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('accepted'), until: seconds.meta({ description: 'When the role ends' }), ...signed }),
  z.strictObject({ decision: z.literal('refused'), reason: text(500) }),
]);
export const suspensionRequest = z.strictObject({ suspended: z.boolean(), ...signed });
export const withdrawalRequest = z.strictObject({ role: roleOfBodies, ...signed });

export const outcomeSchema = z.object({ outcome: z.enum(['done', 'sending', 'failed']).meta({ description: 'sending: the chain did not answer in time; the gateway goes on trying' }), failure: z.string().optional().meta({ description: 'What the contract said' }) });

export const memberSchema = z.object({
  address, did: z.string(), name: z.string(), country: z.string(), organisation: address.optional(), standing: z.enum(['active', 'suspended', 'over']), readingKey: readingKeySchema,
  roles: z.array(z.object({ role: z.enum(ROLES), organisation: address.optional(), until: z.int(), by: address.meta({ description: 'The body that decided' }), standing: z.enum(['active', 'suspended', 'over']) })),
});

export const staffKeyRequest = z.strictObject({ person: address, key: bytes32.meta({ description: 'The organisation’s reading key that is sealed' }), sealed: z.string().regex(/^[A-Za-z0-9_-]{1,2000}$/).meta({ description: 'HPKE, to the person’s reading key; base64url' }) });
export const staffKeysSchema = z.object({
  received: z.array(z.object({ organisation: address, key: bytes32, sealed: z.string() })).meta({ description: 'By the organisation that the caller acts for' }),
  given: z.array(z.object({ person: address, key: bytes32 })).meta({ description: 'By the caller, where it is an organisation' }),
  confirmed: z.array(z.object({ person: address, since: seconds, signature })).meta({ description: 'What the caller signed of its people, where it is an organisation' }),
});

export const ownMembershipSchema = z.object({
  account: address, as: z.enum(KINDS), ...membershipSchema.shape, nonce: z.int().optional().meta({ description: 'Of a body: the next one in RoleRegistry' }),
  applications: z.array(applicationSchema), credentials: z.array(z.object({ role: z.enum(ROLES), jwt: z.string() })).meta({ description: 'Roles as VC-JWTs' }),
});
