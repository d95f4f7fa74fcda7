// Who the member is and whom it decides about: applications, standing, the people of an organisation and its key in their hands. Whatever is signed is
// signed here; the gateway only carries it.
import type { Role } from '#records/model/members.ts';
import { ORGANISATIONS, roleBit, type Address } from '#records/model/members.ts';
import { openWith, sealTo, type SealingKeys } from '#records/model/keys/hpke.ts';
import { readingKeys, sealingKeys } from '#records/model/keys/derive.ts';
import type { Root } from '#records/model/keys/root.ts';
import { recoverSigner, type Signer } from '#records/model/signing.ts';
import { offChain, onChain } from '#records/model/typed-data.ts';
import { HealthpassError } from '#passport/errors.ts';
import { read } from './answer.ts';
import { inTurn } from './in-turn.ts';
import { applicationsSchema, entrySchema, entriesSchema, outcomeSchema, ownSchema, staffKeysSchema, type Application, type MemberEntry, type Own } from './membership-answers.ts';
import type { PublicConfig } from './config.ts';
import type { GatewayClient } from './http.ts';

export type { Application, MemberEntry } from './membership-answers.ts';
/** Who is signed in, as what, and with which keys. */
export type Who = {
  readonly account: Address;
  readonly signer: Signer;
  readonly root: Root;
  readonly config: PublicConfig;
  readonly roles: readonly Role[];
  /** Roles that it decides about, as a body. */
  readonly decides: readonly Role[];
  readonly organisation?: Address | undefined;
};
/** `client` of the session of whoever is `inside` at the moment. */
export type MembershipDeps = { readonly client: GatewayClient; readonly inside: () => Who };

export type ApplyForm = { readonly role: Role; readonly name: string; readonly country: string; readonly licence: string; readonly organisation: Address | undefined };
export type Overview = Pick<Own, 'account' | 'roles' | 'decides' | 'credentials'> & {
  /** The entry of the directory. */
  readonly entry: MemberEntry | undefined;
  readonly organisation: MemberEntry | undefined;
  /** Whether the organisation's key is in these hands. */
  readonly staffKey: 'here' | 'waits';
  /** The newest application that was not accepted. */
  readonly open: Application | undefined;
  /** Whether the session knows less than the gateway does by now. */
  readonly isChanged: boolean;
};
export type Colleague = { readonly member: MemberEntry; readonly hasKey: boolean };
export type Membership = ReturnType<typeof createMembership>;

/** Seconds that a signature of a body may wait for its block. */
const PATIENCE = 3600;
const STAFF_KEY = 'healthpass/staff-key/1';
const NOBODY = `0x${'0'.repeat(40)}` as Address;
const SECRET_BYTES = 32;

export function createMembership({ client, inside }: MembershipDeps, now: () => number) {
  const own = async (): Promise<Own> => read(ownSchema, await client.get('/membership'));
  const member = async (address: Address): Promise<MemberEntry> => verified(read(entrySchema, await client.get(`/members/${address}`)));
  const registry = () => onChain('RoleRegistry', inside().config.chainId, inside().config.contracts.RoleRegistry);

  /** Whether this organisation said itself that somebody acts for it: whoever keeps the directory could put a person of its own there, and be handed the key. */
  function isOwnWord({ person, since, signature }: { readonly person: Address; readonly since: number; readonly signature: string }): boolean {
    const { account: organisation, config } = inside();
    try {
      return recoverSigner(offChain(config.chainId), 'StaffMember', { organisation, person, since }, signature) === organisation;
    } catch {
      return false; // no signature at all
    }
  }

  /** A key that the member itself did not sign for is somebody else's. @throws HealthpassError `signature-invalid` */
  function verified(entry: MemberEntry): MemberEntry {
    const { address, readingKey: { key, since, signature } } = entry;
    if (recoverSigner(offChain(inside().config.chainId), 'ReadingKey', { member: address, key, since }, signature) !== address) throw new HealthpassError('signature-invalid', 'the key of this member is not signed by it', { field: 'readingKey' });
    return entry;
  }

  async function search(query: Readonly<Record<string, string | undefined>>): Promise<readonly MemberEntry[]> {
    const found: MemberEntry[] = [];
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const page = read(entriesSchema, await client.get('/members', { ...query, limit: 100, cursor }));
      found.push(...page.members);
      cursor = page.next;
    }
    return found;
  }

  async function receivedKeys(): Promise<readonly { readonly organisation: Address; readonly keys: SealingKeys }[]> {
    const { root, account, organisation } = inside();
    if (organisation === undefined) return [];
    const { received } = read(staffKeysSchema, await client.get('/staff-keys'));
    const found = received.find((each) => each.organisation === organisation);
    if (!found) return [];
    const secret = await openWith(readingKeys(root), found.sealed, STAFF_KEY, { organisation, person: account });
    const keys = sealingKeys(secret);
    if (secret.length !== SECRET_BYTES || keys.publicKey !== (await member(organisation)).readingKey.key) return []; // an older key, or none of this organisation
    return [{ organisation, keys }];
  }

  /** Signs with the next nonce of the body and sends; anew where another decision of it was faster. @throws HealthpassError `transaction-failed`, `forbidden` */
  const decide = (send: (terms: { readonly nonce: number; readonly deadline: number }) => Promise<unknown>): Promise<void> => inTurn(async () => {
    const { nonce } = await own();
    if (nonce === undefined) throw new HealthpassError('forbidden', 'this account decides about nobody', { field: 'account' });
    const { outcome, failure } = read(outcomeSchema, await send({ nonce, deadline: now() + PATIENCE }));
    if (outcome === 'failed') throw new HealthpassError('transaction-failed', 'the register refused it', { field: failure ?? 'register' });
  });

  return {
    member, receivedKeys,
    /** Members by part of a name, the first of each role. */
    async find(q: string, roles: readonly Role[]): Promise<readonly MemberEntry[]> {
      const pages = await Promise.all(roles.map(async (role) => read(entriesSchema, await client.get('/members', { q: q.trim() || undefined, role, limit: 10 })).members));
      return [...new Map(pages.flat().map((each) => [each.address, each])).values()].slice(0, 12);
    },
    async overview(): Promise<Overview> {
      const signed = inside();
      const mine = await own();
      const entry = mine.roles.length > 0 ? await member(mine.account) : undefined;
      const organisation = mine.organisation === undefined ? undefined : await member(mine.organisation);
      const latest = mine.applications.toSorted((a, b) => b.number - a.number)[0];
      return {
        ...mine, entry, organisation, staffKey: (await receivedKeys()).length > 0 ? 'here' : 'waits', open: latest?.state === 'accepted' ? undefined : latest,
        isChanged: String([mine.roles, mine.decides, mine.organisation]) !== String([signed.roles, signed.decides, signed.organisation]),
      };
    },
    async apply({ organisation, ...form }: ApplyForm): Promise<void> {
      const { root, signer, account, config } = inside();
      const [{ publicKey: key }, since] = [readingKeys(root), now()];
      const signature = signer.sign(offChain(config.chainId), 'ReadingKey', { member: account, key, since });
      await client.post('/applications', { ...form, ...(organisation && { organisation }), readingKey: { key, since, signature } });
    },
    takeBack: async (id: string) => void (await client.delete(`/applications/${id}`)),

    /** What this body has to decide. */
    async waiting(): Promise<readonly Application[]> {
      const { decides } = inside();
      const list = read(applicationsSchema, await client.get('/applications')).filter(({ state, role }) => state !== 'confirming' && decides.includes(role));
      return Promise.all(list.map(async (each) => ({ ...each, organisationName: each.organisation && (await member(each.organisation)).name })));
    },
    /** @param until Unix seconds */
    approve: ({ id, account, role, organisation }: Application, until: number) => decide((terms) => {
      const signature = inside().signer.sign(registry(), 'GrantRole', { member: account, role: roleBit(role), organisation: organisation ?? NOBODY, until, ...terms });
      return client.post(`/applications/${id}/decision`, { decision: 'accepted', until, ...terms, signature });
    }),
    refuse: async ({ id }: Application, reason: string) => void (await client.post(`/applications/${id}/decision`, { decision: 'refused', reason })),
    /** Members of the roles that this body decides about, whatever their standing. */
    async decided(q: string): Promise<readonly MemberEntry[]> {
      const pages = await Promise.all(inside().decides.flatMap((role) => [undefined, 'suspended'].map((standing) => search({ role, q: q || undefined, standing }))));
      return [...new Map(pages.flat().map((each) => [each.address, each])).values()].toSorted((a, b) => a.name.localeCompare(b.name));
    },
    suspend: (address: Address, suspended: boolean) => decide((terms) => {
      const signature = inside().signer.sign(registry(), 'SuspendMember', { member: address, suspended, ...terms });
      return client.post(`/members/${address}/suspension`, { suspended, ...terms, signature });
    }),
    withdrawRole: (address: Address, role: Role) => decide((terms) => {
      const signature = inside().signer.sign(registry(), 'WithdrawRole', { member: address, role: roleBit(role), ...terms });
      return client.post(`/members/${address}/withdrawal`, { role, ...terms, signature });
    }),

    /** Those who act for this organisation, and those who say that they do. */
    async staff(): Promise<{ readonly waiting: readonly Application[]; readonly colleagues: readonly Colleague[] }> {
      const { account, root } = inside();
      const [applications, members, keys] = await Promise.all([client.get('/applications'), search({ organisation: account }), client.get('/staff-keys')]);
      const { given: gave, confirmed } = read(staffKeysSchema, keys);
      const given = new Map(gave.map(({ person, key }) => [person, key]));
      const ours = new Set(confirmed.filter(isOwnWord).map(({ person }) => person));
      return {
        waiting: read(applicationsSchema, applications).filter(({ state, organisation }) => state === 'confirming' && organisation === account),
        colleagues: members.filter(({ address }) => ours.has(address)).map((each) => ({ member: each, hasKey: given.get(each.address) === readingKeys(root).publicKey })),
      };
    },
    /** By this organisation's own signature: without it nobody acts for it, whatever a body writes on chain. */
    async confirm({ id, account: person }: Pick<Application, 'id' | 'account'>): Promise<void> {
      const { account: organisation, signer, config } = inside();
      const since = now();
      await client.post(`/applications/${id}/confirmation`, { confirmed: true, since, signature: signer.sign(offChain(config.chainId), 'StaffMember', { organisation, person, since }) });
    },
    decline: async (id: string, reason: string) => void (await client.post(`/applications/${id}/confirmation`, { confirmed: false, reason })),
    /** Seals this organisation's reading key to one of its people. @throws HealthpassError when the key of that person is not its own */
    async handOver(person: MemberEntry): Promise<void> {
      const { root, account } = inside();
      const { confirmed } = read(staffKeysSchema, await client.get('/staff-keys'));
      if (!confirmed.some((word) => word.person === person.address && isOwnWord(word))) throw new HealthpassError('member-unknown', 'this organisation did not say that the person acts for it', { field: 'person' });
      const keys = readingKeys(root);
      const sealed = await sealTo(verified(person).readingKey.key, keys.secretKey, STAFF_KEY, { organisation: account, person: person.address });
      await client.post('/staff-keys', { person: person.address, key: keys.publicKey, sealed });
    },
    isOrganisation: (): boolean => inside().roles.some((role) => ORGANISATIONS.includes(role)),
  };
}
