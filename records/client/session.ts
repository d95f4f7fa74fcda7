// Signing in to a gateway with an account's key. The gateway's address comes from its /config, which the caller has checked or trusts.
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';
import { isAddress, ROLES, type Address, type Role } from '#records/model/members.ts';
import type { Signer } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { read } from './answer.ts';
import type { GatewayClient } from './http.ts';

const address = z.custom<Address>(isAddress);
const challengeSchema = z.object({ challenge: z.custom<`0x${string}`>((text) => typeof text === 'string' && /^0x[0-9a-f]{64}$/.test(text)), expires: z.int(), gateway: address, chainId: z.int() });
export const membershipSchema = z.object({ roles: z.array(z.enum(ROLES)), decides: z.array(z.enum(ROLES)), organisation: address.optional() });
const sessionSchema = z.object({ token: z.string(), expiresAt: z.int(), as: z.enum(['nobody', 'patient', 'member', 'body']), membership: membershipSchema });

export type Membership = { readonly roles: readonly Role[]; readonly decides: readonly Role[]; readonly organisation?: Address | undefined };
export type Session = {
  /** With the token of the session. */
  readonly client: GatewayClient;
  readonly account: Address;
  readonly as: 'nobody' | 'patient' | 'member' | 'body';
  readonly membership: Membership;
  /** Unix time; it ends sooner when it is not used. */
  readonly expiresAt: number;
};

/**
 * Signs a challenge of the gateway.
 * @param expected address and chain of the gateway, as its configuration is known: what another gateway asks is not signed for this one
 * @throws HealthpassError `offer-untrusted` (another gateway, or another chain), `member-suspended`, `rate-limited`, `service-unavailable`
 */
export async function signIn(client: GatewayClient, signer: Signer, expected: { readonly gateway: Address; readonly chainId: number }): Promise<Session> {
  const asked = read(challengeSchema, await client.post('/sessions/challenge', { account: signer.address }));
  if (asked.gateway !== expected.gateway || asked.chainId !== expected.chainId) throw new HealthpassError('offer-untrusted', 'another gateway answers than the one that is known', { field: 'gateway' });
  const { challenge, expires } = asked;
  const signature = signer.sign(offChain(expected.chainId), 'SignIn', { gateway: expected.gateway, account: signer.address, challenge, expires });
  const { token, ...session } = read(sessionSchema, await client.post('/sessions', { account: signer.address, challenge, signature }));
  return { ...session, client: client.as(token), account: signer.address };
}

/** What is thrown away here is thrown away there too. A gateway that does not answer lets it end by itself. */
export async function signOut({ client }: Session): Promise<void> {
  await client.delete('/sessions').catch(() => {});
}
