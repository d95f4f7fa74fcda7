// Signing in: an account asks for a challenge, signs it for this gateway, and gets a token.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import type { Route } from '#server';
import { KINDS, membershipOf, membershipSchema } from '../caller.ts';
import type { GatewayDeps } from '../deps.ts';
import { isOut } from '../roles.ts';
import { address, bytes32, seconds, signature } from '../schemas.ts';
import { secured, unsecured } from '../secured.ts';
import { createChallenges } from './challenges.ts';
import { createSessions } from './sessions.ts';
import { signsIn } from './sign-in.ts';

const signInSchema = z.strictObject({ account: address, challenge: bytes32, signature });
const sessionSchema = z.strictObject({ token: z.string().meta({ description: 'For `Authorization: Bearer`' }), expiresAt: seconds, as: z.enum(KINDS), membership: membershipSchema });

export function sessionRoutes(deps: GatewayDeps): readonly Route[] {
  const { database, roles, now, signer, config } = deps;
  const [challenges, sessions] = [createChallenges(deps), createSessions(deps)];
  return [
    unsecured({
      method: 'post', path: '/sessions/challenge', summary: 'Give an account a challenge to sign', tag: 'sessions', limit: 'sign-in',
      body: { schema: z.strictObject({ account: address }), maxBytes: 1000 },
      answers: { 201: { description: 'What SignIn is signed over, besides the account; for one session, until it expires', schema: z.strictObject({ challenge: bytes32, expires: seconds, gateway: address, chainId: z.int() }) } },
      run: async ({ body }) => ({ ...(await challenges.create(body.account)), gateway: signer.address, chainId: config.chainId }),
    }),
    unsecured({
      method: 'post', path: '/sessions', summary: 'Begin a session', tag: 'sessions', limit: 'sign-in',
      body: { schema: signInSchema, maxBytes: 2000 },
      answers: { 201: { description: 'The session', schema: sessionSchema } },
      problems: ['challenge-over', 'not-authorised', 'member-suspended'],
      async run({ body: { account, challenge, signature: signed } }) {
        const expires = await challenges.take(account, challenge);
        if (expires === undefined) throw new HealthpassError('challenge-over', 'the challenge was used, has expired, or was for another account', { field: 'challenge' });
        if (!signsIn({ gateway: signer.address, account, challenge, expires }, signed, config.chainId)) throw new HealthpassError('not-authorised', 'the account did not sign this challenge for this gateway', { field: 'signature' });
        if (isOut(roles.standing(account, now()), roles.decides(account))) throw new HealthpassError('member-suspended', 'the membership is suspended', { field: 'account' });
        const session = await database.transaction((tx) => sessions.start(tx, account));
        const caller = await deps.recheck({ session: session.id });
        if (!caller) throw new HealthpassError('member-suspended', 'the membership is suspended', { field: 'account' }); // in this moment
        return { token: session.token, expiresAt: session.expiresAt, as: caller.as, membership: membershipOf(caller) };
      },
    }),
    secured(deps, {}, {
      method: 'delete', path: '/sessions', summary: 'End the session', tag: 'sessions',
      answers: { 204: { description: 'It has ended' } },
      run: ({ caller }) => sessions.end(caller.session),
    }),
  ];
}
