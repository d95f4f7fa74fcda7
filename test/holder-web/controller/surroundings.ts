// What a wallet has around it in these tests: memory for a database, a clock and timers that the test turns, a network of functions, and tabs that
// hear of each other. The wallet in it is the real one, and so is the prover where there is one.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeTrustBundle, HealthpassError, type Policy, type TrustState, type UnixSeconds } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { createMemoryStorage, type VaultStorage } from '#wallet';
import type { Fetch } from '#wallet/openid4vp/platform.ts';
import { createWalletApp } from '#wallet-app/create-wallet-app.ts';
import type { Passkeys } from '#vault/passkeys.ts';
import type { ProverBridge, WalletPlatform } from '#wallet-app/platform.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import { NOW } from '../fixture.ts';
import type { News } from '#vault/tabs.ts';

export const MIRROR = 'https://verifier.example';
export const PASSPHRASE = 'correct horse battery';
export const VERIFYING_KEY: unknown = JSON.parse(readFileSync(fileURLToPath(new URL('../../../circuits/artifacts/verification_key.json', import.meta.url)), 'utf8'));

export type Answering = (url: string, init: Parameters<Fetch>[1]) => { status?: number; body: unknown } | undefined;
export type Surroundings = {
  readonly platform: WalletPlatform;
  readonly now: () => UnixSeconds;
  /** Lets time pass; what was to be done meanwhile is done. */
  readonly pass: (seconds: number) => Promise<void>;
  /** The clock of the device is set, and nothing else happens. */
  readonly setClock: (time: number) => void;
  readonly answer: (answering: Answering) => void;
  /** Addresses that were asked. */
  readonly asked: string[];
  readonly openTab: (change?: Partial<WalletPlatform>) => Promise<WalletApp>;
};

const NO_PASSKEYS: Passkeys = {
  isAvailable: async () => false,
  create: async () => { throw new HealthpassError('passkey-unsupported', 'there are none', { field: 'passkey' }); },
  get: async () => { throw new HealthpassError('passkey-refused', 'there are none', { field: 'passkey' }); },
};
const NO_PROVER: ProverBridge = { prove: async () => { throw new HealthpassError('service-unavailable', 'there is none', { field: 'network' }); } };

export function createSurroundings({ storage = createMemoryStorage(), prover = NO_PROVER }: { readonly storage?: VaultStorage; readonly prover?: ProverBridge } = {}): Surroundings {
  let [time, answering] = [NOW as number, (() => undefined) as Answering];
  const asked: string[] = [];
  const timers = new Set<{ readonly at: number; readonly task: () => void }>();
  const listeners: { readonly tab: number; readonly listener: (news: News) => void }[] = [];
  const alone = new Set<string>();
  let tabs = 0;

  const fetch: Fetch = async (url, init) => {
    asked.push(url);
    const answer = answering(url, init);
    if (!answer) throw new HealthpassError('service-unavailable', 'there is no answer from the network', { field: 'network' });
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    return { status: answer.status ?? 200, headers: { get: () => null }, text: async () => text };
  };
  const platformOf = (tab: number): WalletPlatform => ({
    storage, prover, fetch, request: async () => { throw new TypeError('there is no network'); }, passkeys: NO_PASSKEYS, now: () => time as UnixSeconds, random: () => 0.5, passphraseCost: { N: 2 ** 14, r: 8, p: 1 },
    timers: { after(seconds, task) {
      const timer = { at: time + seconds, task };
      timers.add(timer);
      return () => void timers.delete(timer);
    } },
    tabs: {
      tell: (news) => listeners.filter((entry) => entry.tab !== tab).forEach(({ listener }) => listener(news)),
      listen: (listener) => void listeners.push({ tab, listener }),
      async alone(name, task) {
        if (alone.has(name)) return false;
        alone.add(name);
        await task().finally(() => alone.delete(name));
        return true;
      },
    },
    config: async () => ({ mirrors: [MIRROR], verifierAuthorities: [], development: false }),
    verifyingKey: async () => VERIFYING_KEY,
  });
  return {
    platform: platformOf(0), asked,
    now: () => time as UnixSeconds,
    setClock: (to) => void (time = to),
    answer: (next) => void (answering = next),
    openTab: (change = {}) => createWalletApp({ ...platformOf(++tabs), ...change }),
    async pass(seconds) {
      const end = time + seconds;
      for (let due = next(timers, end); due; due = next(timers, end)) {
        time = Math.max(time, due.at);
        timers.delete(due);
        due.task();
        await settle();
      }
      time = end;
    },
  };
}

const next = (timers: ReadonlySet<{ readonly at: number; readonly task: () => void }>, end: number) =>
  [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];

/** Until what was begun has come to rest: ciphers are done by threads of their own. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** Until a part of the wallet is as wanted. */
export async function until<S>(part: { readonly get: () => S }, holds: (state: S) => boolean): Promise<S> {
  for (let tries = 0; tries < 3000; tries++) {
    if (holds(part.get())) return part.get();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`it does not become as wanted: ${JSON.stringify(part.get(), (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))?.slice(0, 300)}`);
}

export const bundleOf = (trust: TrustState, policies: readonly Policy[] = POLICIES): unknown => encodeTrustBundle({ trust, policies, verifyingKey: VERIFYING_KEY });

/** A network in which the mirror gives these trust data. */
export const giving = (trust: TrustState): Answering => (url) => (url === `${MIRROR}/trust-bundle` ? { body: bundleOf(trust) } : undefined);

export const createByPassphrase = (app: WalletApp): Promise<void> => app.door.create({ way: 'passphrase', passphrase: PASSPHRASE });
export const unlock = (app: WalletApp, passphrase = PASSPHRASE): Promise<void> => app.door.unlock({ way: 'passphrase', passphrase });
