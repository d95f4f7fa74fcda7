// People whom a person trusts: guardians, who together give the root back; and whoever acts for the person in a relationship. And the other way round:
// whose guardian or delegate this person is. Two people make it out between themselves, by a code that one shows the other.
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import { createDelegate, createDelegating, delegateKey, type Mandate } from '#records/client/delegates.ts';
import { createGuardian, createGuardianship, type Ward } from '#records/client/guardians.ts';
import { createGatewayClient } from '#records/client/http.ts';
import type { Member } from '#records/client/members.ts';
import { signIn, signOut } from '#records/client/session.ts';
import type { Fetch } from '#records/client/fetch.ts';
import type { MandateScope } from '#records/model/consent/index.ts';
import type { Delegation } from '#records/model/exchange/delegates.ts';
import type { Guardians } from '#records/model/exchange/guardians.ts';
import { readingKeys } from '#records/model/keys/derive.ts';
import type { PublicKey } from '#records/model/keys/hpke.ts';
import { isAddress, type Address } from '#records/model/members.ts';
import { createSigner } from '#records/model/signing.ts';
import { hexToBytes } from '@noble/hashes/utils.js';
import { CARE, changeCare, type Care } from '#wallet/care.ts';
import type { Observable } from '../observable.ts';
import type { Connection } from './connection.ts';
import { consentOf } from './drafts.ts';
import { createLoading } from './loading.ts';
import type { Members } from './members.ts';
import { opened } from './opened.ts';
import type { Loaded, ShareDraft } from './states.ts';

/** What one person shows another who is to trust them: keys, and no name. */
export type TrustCode = { readonly account: Address; readonly key: PublicKey; /** For one relationship: it stands on chain beside it. */ readonly delegate: Address };
export type TrustedView = {
  readonly guardians: Guardians;
  readonly delegations: readonly Delegation[];
  /** Whose part of a backup is kept here. */
  readonly wards: readonly Ward[];
  /** Where this person acts for somebody, and with whom, as the directory calls them. */
  readonly mandates: readonly (Mandate & { readonly member: Member | undefined })[];
  /** As the person called them. */
  readonly names: Readonly<Record<string, string>>;
  /** Behind the # of an address of the wallet. */
  readonly code: string;
};
export type NewGuardian = TrustCode & { readonly name: string };
/** Verbs reject with coded errors. */
export type TrustedApp = Observable<Loaded<TrustedView>> & {
  readonly reload: () => Promise<void>;
  /** @throws HealthpassError `request-invalid` for what is no such code */
  readonly readCode: (link: string) => TrustCode;
  readonly chooseGuardians: (guardians: readonly NewGuardian[], threshold: number) => Promise<void>;
  /** To a recovery that is not the person's own. */
  readonly object: (recovery: string) => Promise<void>;
  readonly appoint: (relationship: string, delegate: NewGuardian, terms: { readonly scope: readonly MandateScope[]; readonly until: UnixSeconds }) => Promise<void>;
  readonly dismiss: (delegation: Delegation) => Promise<void>;
  readonly endFor: (mandate: Mandate) => Promise<void>;
  /** Counts when the chain has it. @throws HealthpassError `record-unknown`, `forbidden`, `consent-over` where the mandate is over */
  readonly changeFor: (mandate: Mandate, draft: ShareDraft) => Promise<void>;
  /** What somebody who lost their device asks of a guardian: `code` is to be compared with theirs. */
  readonly readRecovery: (link: string) => Promise<{ readonly recovery: string; readonly code: string }>;
  readonly release: (recovery: string, backup: string, code: string) => Promise<void>;
};

const codeSchema = z.object({ account: z.custom<Address>(isAddress), key: z.string().regex(/^0x[0-9a-f]{64}$/).transform((text) => text as string as PublicKey), delegate: z.custom<Address>(isAddress) });

/** How many addresses of delegates are looked through for mandates, at most. */
const MOST_DELEGATES = 32;

export function createTrusted({ request, open, onObjected }: { readonly request: Fetch; readonly open: () => { readonly connection: Connection; readonly members: Members } | undefined; readonly onObjected: () => Promise<void> }): TrustedApp & { readonly clear: () => void } {
  const loading = createLoading<TrustedView>(() => {
    const here = open();
    return here && readTrusted(here, request);
  });
  const connection = (): Connection => opened(open()).connection;
  const doing = async (work: (connection: Connection) => Promise<unknown>): Promise<void> => {
    try {
      await work(connection());
    } finally {
      await loading.reload();
    }
  };
  const standing = async ({ patient }: Connection, id: string) => {
    const one = (await patient.relationships()).find((each) => each.id === id);
    if (!one) throw new HealthpassError('record-unknown', 'there is no such relationship', { field: 'relationship' });
    return one;
  };
  /** Under the address that the mandate is given to, as it stands now. */
  const acting = ({ relationship }: Mandate, act: (delegate: ReturnType<typeof createDelegate>, current: Mandate) => Promise<void>) => doing(async (here) => {
    for (let n = 0; n <= here.care.delegates && n < MOST_DELEGATES; n++) {
      const found = await asDelegate(here, request, n, async (delegate) => {
        const current = (await delegate.mandates()).find((one) => one.relationship === relationship);
        if (current) await act(delegate, current);
        return current !== undefined;
      });
      if (found) return;
    }
    throw new HealthpassError('record-unknown', 'this mandate is over', { field: 'mandate' });
  });
  return {
    ...loading,
    readCode(link) {
      const parsed = codeSchema.safeParse(Object.fromEntries(new URLSearchParams(/#\/trust\?(.*)$/s.exec(link)?.[1] ?? '')));
      if (!parsed.success) throw new HealthpassError('request-invalid', 'this is no code of somebody to trust', { field: 'code' });
      return parsed.data;
    },
    chooseGuardians: (guardians, threshold) => doing(async ({ gateway, care, wallet }) => {
      await createGuardianship(gateway, care.root).choose(guardians.map(({ account, key }) => ({ guardian: account, key })), threshold, care.card.name);
      await nameThem(wallet, Object.fromEntries(guardians.map(({ account, name }) => [account, name])));
    }),
    async object(recovery) {
      const { gateway, care } = connection();
      await createGuardianship(gateway, care.root).object(recovery);
      await onObjected();
    },
    appoint: (relationship, { delegate, name }, { scope, until }) => doing(async (here) => {
      await createDelegating(here.deps, here.care.root).appoint(await standing(here, relationship), { delegate, scope, until });
      await nameThem(here.wallet, { [delegate]: name });
    }),
    dismiss: ({ relationship, delegate }) => doing(async (here) => createDelegating(here.deps, here.care.root).dismiss(await standing(here, relationship), delegate)),
    endFor: (mandate) => acting(mandate, (delegate, current) => delegate.revoke(current)),
    changeFor: (mandate, draft) => acting(mandate, (delegate, current) => delegate.change(current, consentOf(draft))),
    readRecovery: async (link) => guardianOf(connection()).readRecovery(link),
    release: (recovery, backup, code) => doing((here) => guardianOf(here).release(recovery as `0x${string}`, backup, code)), // as it was read
  };
}

const guardianOf = ({ gateway, account, care }: Connection) => createGuardian(gateway, account, readingKeys(care.root));

async function asDelegate<T>({ care, config, deps }: Connection, request: Fetch, n: number, work: (delegate: ReturnType<typeof createDelegate>) => Promise<T>): Promise<T> {
  const key = delegateKey(care.root, n);
  const session = await signIn(createGatewayClient({ url: care.gateway.url, fetch: request }), createSigner(hexToBytes(key.secretKey.slice(2))), { gateway: care.gateway.address, chainId: config.chainId });
  try {
    return await work(createDelegate({ ...deps, gateway: session.client }, key));
  } finally {
    await signOut(session);
  }
}

async function readTrusted({ connection, members }: { readonly connection: Connection; readonly members: Members }, request: Fetch): Promise<TrustedView> {
  const { gateway, care: { root }, wallet, account, deps } = connection;
  const [guardians, delegations, wards] = [await createGuardianship(gateway, root).view(), await createDelegating(deps, root).list(), await guardianOf(connection).wards()];
  const care = (await wallet.read(CARE))!; // it is open
  const mandates: Mandate[] = [];
  // The one after the last that somebody used is shown next.
  let next = care.delegates;
  for (let n = 0; n <= next && n < MOST_DELEGATES; n++) {
    const found = await asDelegate(connection, request, n, (delegate) => delegate.mandates());
    mandates.push(...found);
    if (n === next && found.length > 0) next++;
  }
  if (next !== care.delegates) await changeCare(wallet, () => ({ delegates: next }));
  const named = await members.named(mandates.map(({ recipient }) => recipient));
  const code = `#/trust?${new URLSearchParams({ account, key: readingKeys(root).publicKey, delegate: delegateKey(root, next).address }).toString()}`;
  return { guardians, delegations, wards, mandates: mandates.map((one) => ({ ...one, member: named.get(one.recipient) })), names: care.names, code };
}

const nameThem = (wallet: Connection['wallet'], names: Care['names']): Promise<void> => changeCare(wallet, (care) => ({ names: { ...care.names, ...names } }));
