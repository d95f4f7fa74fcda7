// The directory, as anybody looks members up: who they say they are, and the roles that the gateway read on chain. Whoever does not trust it asks the
// chain about the roles; names stand nowhere but here.
import { z } from 'zod';
import { isAddress, ROLES, type Address, type Role } from '#records/model/members.ts';
import { read } from './answer.ts';
import type { GatewayClient } from './http.ts';

const address = z.custom<Address>(isAddress);
const standing = z.enum(['active', 'suspended', 'over']);
/** `country`: ISO 3166-1, two letters. */
export const memberSchema = z.object({
  address, name: z.string(), country: z.string(), organisation: address.optional(), standing, roles: z.array(z.object({ role: z.enum(ROLES), until: z.int(), standing })),
});
export type Member = z.infer<typeof memberSchema>;
const pageSchema = z.object({ members: z.array(memberSchema) });

/** @throws HealthpassError `member-unknown`, `service-unavailable` */
export const findMember = async (client: GatewayClient, member: Address): Promise<Member> => read(memberSchema, await client.get(`/members/${member}`));

/** By the beginning of a word of the name; those that stand now. */
export const searchMembers = async (client: GatewayClient, { q, role, limit = 20 }: { readonly q?: string | undefined; readonly role?: Role | undefined; readonly limit?: number }): Promise<readonly Member[]> =>
  read(pageSchema, await client.get('/members', { limit, ...(q !== undefined && q !== '' && { q }), ...(role !== undefined && { role }) })).members;
