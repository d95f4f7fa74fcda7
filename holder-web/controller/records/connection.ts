// A person at the gateway of their records: signed in by a key of their root, and again when the session is over. The gateway is the one of the
// beginning: whoever answers under its address by another name, or for other contracts, is told nothing.
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import { fetchConfig, type PublicConfig } from '#records/client/config.ts';
import type { Fetch } from '#records/client/fetch.ts';
import { createGatewayClient, type GatewayClient } from '#records/client/http.ts';
import { createCareViews, type CareDeployment, type CareViews } from '#contracts/care/index.ts';
import { createPatient, type PatientClient, type PatientDeps } from '#records/client/patient.ts';
import { signIn } from '#records/client/session.ts';
import { createStorage } from '#records/client/storage.ts';
import { accountKey } from '#records/model/keys/derive.ts';
import { createRoot } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';
import { createSigner } from '#records/model/signing.ts';
import { hexToBytes } from '@noble/hashes/utils.js';
import { CARE, type Care, type KnownGateway } from '#wallet/care.ts';
import type { Wallet } from '#wallet/wallet.ts';
import type { WalletConfig } from '../config.ts';

export type Connection = {
  readonly wallet: Wallet;
  readonly care: Care;
  readonly account: Address;
  readonly config: PublicConfig;
  /** By which the gateway is checked; undefined where the wallet's site names no way to the chain. */
  readonly chain: { readonly deployment: CareDeployment; readonly endpoints: readonly string[] } | undefined;
  readonly gateway: GatewayClient;
  readonly patient: PatientClient;
  /** For the other clients of a patient; what they ask the chain, they ask the wallet's own endpoints. */
  readonly deps: PatientDeps & { readonly config: PublicConfig; readonly chain: CareViews | undefined };
};
export type Connecting = { readonly request: Fetch; readonly now: () => UnixSeconds; /** What the wallet's own site says of the chain: never the gateway, which is checked by it. */ readonly site: () => Promise<Pick<WalletConfig, 'rpc' | 'care'>> };

/** Makes the root of a person who has none. @throws HealthpassError `service-unavailable` */
export async function beginCare(wallet: Wallet, url: string, card: Care['card'], { request, now }: Omit<Connecting, 'site'>): Promise<Care> {
  const config = await fetchConfig(createGatewayClient({ url, fetch: request }));
  return wallet.change(async ({ read, write }) => {
    const before = await read(CARE);
    if (before) return before; // another tab was first: a second root would hide what the first one opens
    const care: Care = { root: createRoot(), createdAt: now(), gateway: knownOf(url, config), card, seen: 0, names: {}, delegates: 0 };
    write(CARE, care);
    return care;
  });
}

/** Ends all that was allowed, on chain too, and then the account: what the gateway has sealed of the person opens no more, whoever has the keys. @throws HealthpassError */
export async function endCare({ patient, gateway }: Connection): Promise<void> {
  for (const { id, state, policy } of await patient.relationships()) if (policy.effect === 'permit' && (state === 'active' || state === 'pending')) await patient.revoke(id);
  await gateway.delete('/patients');
}

/** @throws HealthpassError `offer-untrusted` for another gateway than that of the beginning, `service-unavailable` */
export async function connect(wallet: Wallet, care: Care, { request, now, site }: Connecting): Promise<Connection> {
  const { root, gateway: known } = care;
  const client = createGatewayClient({ url: known.url, fetch: request });
  const config = await fetchConfig(client);
  assertSame(known, knownOf(known.url, config));
  const { rpc = [], care: named } = await site();
  if (named) assertSame(known, { ...known, chainId: named.chainId, contracts: named.contracts });
  const deployment = named ?? { chainId: known.chainId, block: 0, contracts: known.contracts as CareDeployment['contracts'] }; // as the gateway's configuration had them, under the same names
  const key = accountKey(root);
  const signer = createSigner(hexToBytes(key.secretKey.slice(2)));
  const enter = async (): Promise<GatewayClient> => {
    const session = await signIn(client, signer, { gateway: known.address, chainId: known.chainId });
    if (session.as === 'patient') return session.client;
    await session.client.post('/patients', {});
    return (await signIn(client, signer, { gateway: known.address, chainId: known.chainId })).client;
  };
  const gateway = renewing(await enter(), enter);
  const chain = rpc.length > 0 ? { deployment, endpoints: rpc } : undefined;
  const deps = { gateway, storage: createStorage({ url: config.storage, fetch: request }), config: { ...config, block: deployment.block, rpc }, root, now, chain: chain && createCareViews(chain) };
  return { wallet, care, account: key.address, config, chain, gateway, patient: createPatient(deps), deps };
}

export const knownOf = (url: string, { gateway, chainId, contracts }: PublicConfig): KnownGateway => ({ url, address: gateway, chainId, contracts });

function assertSame(known: KnownGateway, found: KnownGateway): void {
  const isSame = known.address === found.address && known.chainId === found.chainId && Object.entries(known.contracts).every(([name, address]) => found.contracts[name] === address);
  if (!isSame) throw new HealthpassError('offer-untrusted', 'another gateway answers than that of the beginning', { field: 'gateway' });
}

/** Signs in once more where a session is over. */
function renewing(first: GatewayClient, enter: () => Promise<GatewayClient>): GatewayClient {
  let current = Promise.resolve(first);
  const again = (used: Promise<GatewayClient>): Promise<GatewayClient> => {
    if (current === used) current = enter();
    return current;
  };
  async function within<T>(work: (client: GatewayClient) => Promise<T>): Promise<T> {
    const used = current;
    const client = await used.catch(() => again(used));
    try {
      return await work(client);
    } catch (error) {
      if (!isHealthpassError(error) || error.code !== 'not-authorised') throw error;
      return work(await again(used));
    }
  }
  return {
    url: first.url, as: first.as,
    get: (...given) => within((client) => client.get(...given)),
    post: (...given) => within((client) => client.post(...given)),
    put: (...given) => within((client) => client.put(...given)),
    delete: (...given) => within((client) => client.delete(...given)),
    async *stream(...given) {
      const used = current;
      try {
        yield* (await used).stream(...given);
      } catch (error) {
        if (!isHealthpassError(error) || error.code !== 'not-authorised') throw error;
        yield* (await again(used)).stream(...given);
      }
    },
  };
}
