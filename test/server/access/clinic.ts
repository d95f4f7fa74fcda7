// A service with staff, over real HTTP, and people who use it from a browser: each has cookies of a jar of his own and a passkey.
import { z } from 'zod';
import { createAccess, createLimiter, createRouter, createSealer, listen, newDataKey, PERMISSIONS, recordAudit, route, tokenDigest, type Database, type Listening, type LimitName, type Role, type StaffAccess } from '#server';
import { createAuthenticator, type Authenticator, type Misbehaviour } from './authenticator.ts';

export const OPERATOR_TOKEN = 'operator-token-of-this-test-0123456789';
export const START = 1_795_350_600;
export type Answer = { readonly status: number; readonly body: Record<string, never> & { code?: string; field?: string; error?: string }; readonly headers: Headers };

export type Clinic = Awaited<ReturnType<typeof openClinic>>;

export async function openClinic(database: Database, { limits, home, firstRoles }: { limits?: Partial<Record<LimitName, number>>; home?: string; firstRoles?: readonly Role[] } = {}) {
  let now = START;
  const clock = { now: () => now, pass: (seconds: number) => { now += seconds; } };
  // The port is part of the public URL, so the service is made once it is known.
  let app = createRouter([], { access: { authorise: () => Promise.reject(new Error('not yet')) } });
  const listening: Listening = await listen({ fetch: (...args: Parameters<typeof app.fetch>) => app.fetch(...args) } as typeof app, 0);
  const publicUrl = listening.url;
  const origin = publicUrl.replace('127.0.0.1', 'localhost');
  const access: StaffAccess = await createAccess({
    database, sealer: createSealer(newDataKey()), publicUrl, organisation: { id: 'clinic', name: 'Clinic' }, operator: tokenDigest(OPERATOR_TOKEN), home, firstRoles, records: () => 'https://records.example/console/', now: clock.now,
  });
  // One route for each permission, which writes to the audit table as all do.
  const guarded = PERMISSIONS.map((permission) => route({
    method: 'post', path: `/may/${permission}`, summary: 'Do it', tag: 'test', permission, answers: { 200: { description: 'Done', schema: z.object({ id: z.string(), kind: z.string(), organisation: z.string() }) } },
    async run({ principal }) {
      await database.transaction((tx) => recordAudit(tx, principal, { action: 'test.do', target: permission }, now));
      return { id: principal.id, kind: principal.kind, organisation: principal.organisation };
    },
  }));
  app = createRouter(guarded, { access, publicUrl: origin, ...(limits ? { limiter: createLimiter({ limits }) } : {}) });

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(listening.url + path, { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer['body'], headers: response.headers };
  }
  const asOperator = (method: string, path: string, body?: unknown) => send(method, path, body, { authorization: `Bearer ${OPERATOR_TOKEN}` });

  /** Somebody at a browser that loads the service's own pages. */
  function person(authenticator: Authenticator = createAuthenticator(origin)) {
    let cookie = '';
    const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const answer = await send(method, path, body, { origin, 'sec-fetch-site': 'same-origin', 'healthpass-csrf': '1', ...(cookie ? { cookie } : {}), ...headers });
      for (const set of answer.headers.getSetCookie()) cookie = set.split(';')[0]!;
      return answer;
    };
    const touch = async (path: '/staff/sign-in' | '/staff/step-up', bad: Misbehaviour = {}) => {
      const { body } = await call('POST', `${path}/options`);
      return call('POST', path, { credential: authenticator.get(body as never, bad) });
    };
    return {
      authenticator,
      call,
      cookie: () => cookie,
      setCookie: (value: string) => { cookie = value; },
      async join(invitation: string, bad: Misbehaviour = {}) {
        const options = await call('POST', '/staff/join/options', { invitation });
        return options.status === 200 ? call('POST', '/staff/join', { invitation, credential: authenticator.create(options.body as never, bad) }) : options;
      },
      signIn: (bad?: Misbehaviour) => touch('/staff/sign-in', bad),
      stepUp: (bad?: Misbehaviour) => touch('/staff/step-up', bad),
      may: (permission: string) => call('POST', `/may/${permission}`),
    };
  }

  /** Somebody who was invited and has signed in. */
  async function joined(roles: readonly string[], organisation = 'clinic') {
    const { body } = await asOperator('POST', '/staff/members', { displayName: 'Somebody', roles, organisation });
    const one = person();
    const { status } = await one.join(String(body['invitation']));
    if (status !== 200) throw new Error(`could not join: ${status}`);
    return { ...one, id: String(body['member']) };
  }

  return { ...clock, access, routes: [...access.routes, ...guarded], origin, url: listening.url, database, send, asOperator, person, joined, stop: () => listening.stop(0) };
}
