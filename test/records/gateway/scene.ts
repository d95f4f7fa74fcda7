// A gateway for one scene: a real chain with the real contracts, a real database, the service as it is assembled anywhere, called in this process.
// A body decides about every role that bodies may; whoever is needed becomes a member by governance's word, or goes the way of an application.
import { randomBytes } from 'node:crypto';
import { createMemoryJournal, createSender } from '#contracts';
import { appointBody, createCareReader, domainOf, grantRole, NOBODY, type CareDeployment } from '#contracts/care/index.ts';
import { HealthpassError, type UnixSeconds } from '#passport';
import { createLocalKeyProvider, type Database } from '#server';
import type { Records } from '#records/gateway/app.ts';
import { assembleRecords, type RecordsParts } from '#records/gateway/assemble.ts';
import { createGatewaySigner } from '#records/gateway/signer.ts';
import { ROLES_OF_BODIES, roleBit, type Address, type Role } from '#records/model/members.ts';
import { createSigner, type Signer } from '#records/model/signing.ts';
import { offChain, type Statement } from '#records/model/typed-data.ts';
import { takeChain } from './chain.ts';

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };
/** Status and code of a refusal. */
export const told = ({ status, body }: Answer): [number, unknown] => [status, body['code']];

export const newAccount = (): Signer => createSigner(new Uint8Array(randomBytes(32)));

/** A clock that tests move. */
export const createClock = () => {
  let ahead = 0;
  return { now: () => (Math.floor(Date.now() / 1000) + ahead) as UnixSeconds, pass: (seconds: number) => void (ahead += seconds) };
};

export type Scene = Awaited<ReturnType<typeof createScene>>;

export async function createScene(database: Database, { storage = 'http://127.0.0.1:1', pagesRpc = async (node) => node, ...options }: Partial<RecordsParts> & { readonly storage?: string; /** Where pages read the chain: the node itself takes calls of none. */ readonly pagesRpc?: (node: string) => Promise<string> } = {}, body: Signer = newAccount()) {
  const chain = await takeChain();
  const { provider, care, walletOf } = chain;
  const key = new Uint8Array(randomBytes(32));
  const governance = createSender({ provider, wallet: chain.governor, journal: createMemoryJournal() });
  const signer = createGatewaySigner(key, chain.chainId);
  await governance.send(appointBody(care, body.address, ROLES_OF_BODIES), { id: 'body' });
  await governance.send(grantRole(care, { member: signer.address, role: 'gateway', until: 2 ** 40 - 1 }), { id: 'gateway' });

  const clock = createClock();
  const reader = () => createCareReader({ endpoints: [chain.url], deployment: care, now: clock.now });
  const watch = reader();
  await watch.sync();
  const trouble: string[] = [];
  const sender = createSender({ provider, wallet: await walletOf(key), journal: createMemoryJournal() });
  let isAway = false;
  const parts: RecordsParts = {
    database, provider, careIndex: watch, maxReadAge: 100_000, keys: createLocalKeyProvider([new Uint8Array(randomBytes(32))]), signer, limits: 'off', now: clock.now,
    sender: { ...sender, send: (call, sending) => (isAway ? Promise.reject(new HealthpassError('chain-unavailable', 'the chain does not answer')) : sender.send(call, sending)) }, onTrouble: (says) => void trouble.push(says),
    config: { chainId: chain.chainId, contracts: care.contracts, block: care.block, storage, rpc: [await pagesRpc(chain.url)] }, ...options,
  };
  const records = await assembleRecords(parts);
  const client = clientOf(records);
  const membership = membershipOf({ client, care, body, clock, deps: records.deps });

  /** A member by governance's word alone: on chain, and in no directory. */
  async function grant(role: Role, { organisation, until = clock.now() + 1000 * 86_400, account = newAccount() }: { organisation?: Address; until?: number; account?: Signer } = {}): Promise<Signer> {
    await governance.send(grantRole(care, { member: account.address, role, until, ...(organisation && { organisation }) }), { id: randomBytes(8).toString('hex') });
    await watch.sync();
    return account;
  }

  return {
    ...client, ...membership, grant, parts, records, roles: records.deps.roles, watch, clock, provider, care, governance, body, trouble, chainId: chain.chainId,
    /** While the chain is away nothing is sent. */
    chainIsAway: (away: boolean) => void (isAway = away),
    /** The same service again, as after a restart. */
    async restart() {
      const again = reader();
      await again.sync();
      const records = await assembleRecords({ ...parts, careIndex: again });
      return { ...clientOf(records), records };
    },
    stop: async () => chain.leave(),
  };
}

function clientOf({ app, deps }: Records) {
  async function call(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const response = await app.request(path, { method, headers, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
    return { status: response.status, body: (await response.json().catch(() => ({}))) as Record<string, unknown> };
  }
  const challenge = async (account: string) => (await call('POST', '/sessions/challenge', { account })).body as { challenge: `0x${string}`; expires: number };
  /** @param change what is signed otherwise than asked */
  async function signIn(signer: Signer, change: Partial<Statement<'SignIn'>> & { chainId?: number; as?: Signer } = {}): Promise<Answer> {
    const { challenge: asked, expires } = await challenge(signer.address);
    const { chainId = deps.config.chainId, as = signer, ...other } = change;
    const signature = as.sign(offChain(chainId), 'SignIn', { gateway: deps.signer.address, account: signer.address, challenge: asked, expires, ...other });
    return call('POST', '/sessions', { account: signer.address, challenge: asked, signature });
  }
  const tokenOf = async (signer: Signer): Promise<string> => {
    const { status, body } = await signIn(signer);
    if (status !== 201) throw new Error(`signing in was answered ${status}`);
    return body['token'] as string;
  };
  /** An account that has become a patient, with its token. */
  async function patient(account: Signer = newAccount()): Promise<{ readonly account: Signer; readonly token: string }> {
    const token = await tokenOf(account);
    await call('POST', '/patients', {}, token);
    return { account, token };
  }
  return { call, challenge, signIn, tokenOf, patient };
}

type MembershipScene = { readonly client: ReturnType<typeof clientOf>; readonly care: CareDeployment; readonly body: Signer; readonly clock: ReturnType<typeof createClock>; readonly deps: Records['deps'] };

/** What applicants and bodies do, as the console does it. */
function membershipOf({ client: { call, tokenOf }, care, body, clock, deps }: MembershipScene) {
  const readingKey = (account: Signer, { key = `0x${randomBytes(32).toString('hex')}` as const, since = clock.now() - 1 } = {}) =>
    ({ key, since, signature: account.sign(offChain(care.chainId), 'ReadingKey', { member: account.address, key, since }) });
  const application = (account: Signer, role: Role, change: Record<string, unknown> = {}) => ({ role, name: `Sample ${role}`, country: 'DE', licence: 'L-1', evidence: 'a diploma', readingKey: readingKey(account), ...change });
  const bodyToken = () => tokenOf(body);
  const nonceOf = async (token: string) => (await call('GET', '/membership', undefined, token)).body['nonce'] as number;
  const deadline = () => clock.now() + 600;

  /** The decision that accepts, signed by whoever is given. */
  async function acceptance(terms: { readonly member: Address; readonly role: Role; readonly organisation?: Address | undefined; readonly until?: number; readonly nonce: number }, as: Signer = body) {
    const value = { member: terms.member, role: roleBit(terms.role), organisation: terms.organisation ?? NOBODY, until: terms.until ?? clock.now() + 86_400 * 365, nonce: terms.nonce, deadline: deadline() };
    return { decision: 'accepted', until: value.until, nonce: value.nonce, deadline: value.deadline, signature: as.sign(domainOf(care, 'GrantRole'), 'GrantRole', value) };
  }
  /** From the application to the role on chain. */
  async function join(role: Role, { account = newAccount(), name = `Sample ${role}`, key }: { account?: Signer; name?: string; key?: `0x${string}` } = {}): Promise<Signer> {
    const { body: { id } } = await call('POST', '/applications', application(account, role, { name, ...(key && { readingKey: readingKey(account, { key }) }) }), await tokenOf(account));
    const token = await bodyToken();
    const { status, body: outcome } = await call('POST', `/applications/${String(id)}/decision`, await acceptance({ member: account.address, role, nonce: await nonceOf(token) }), token);
    if (status !== 200 || outcome['outcome'] !== 'done') throw new Error(`joining was answered ${status} ${JSON.stringify(outcome)}`);
    return account;
  }
  async function suspend(member: Address, suspended = true, { as = body, nonce }: { as?: Signer; nonce?: number } = {}): Promise<Answer> {
    const token = await tokenOf(as);
    const value = { member, suspended, nonce: nonce ?? (await nonceOf(token)), deadline: deadline() };
    return call('POST', `/members/${member}/suspension`, { suspended, nonce: value.nonce, deadline: value.deadline, signature: as.sign(domainOf(care, 'SuspendMember'), 'SuspendMember', value) }, token);
  }
  async function withdraw(member: Address, role: Role): Promise<Answer> {
    const token = await bodyToken();
    const value = { member, role: roleBit(role), nonce: await nonceOf(token), deadline: deadline() };
    return call('POST', `/members/${member}/withdrawal`, { role, nonce: value.nonce, deadline: value.deadline, signature: body.sign(domainOf(care, 'WithdrawRole'), 'WithdrawRole', value) }, token);
  }
  return { readingKey, application, bodyToken, nonceOf, acceptance, join, suspend, withdraw, signedBy: deps.signer.address };
}
