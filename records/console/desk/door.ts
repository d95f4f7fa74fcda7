// Whether there are keys here, and whether they are open: made, unlocked, locked when asked, when nobody uses the page, or when another tab says so.
import { randomBytes } from '@noble/hashes/utils.js';
import type { ErrorCode } from '#passport';
import { createValue, type Followed } from '#faces/value.ts';
import type { VaultKey } from '#vault/key-slot.ts';
import { createVault, deleteVault, hasVault, keysOf, openVault, type Vault } from '#vault/vault.ts';
import { HealthpassError } from '#passport';
import { failureOf, type Failure } from './failure.ts';
import type { DeskPlatform } from './platform.ts';
import { IDLE, ROOT, SETTINGS, type DeskSettings } from './records.ts';

export const WAYS = ['passphrase', 'passkey'] as const;
/** What opens the keys. */
export type Way = (typeof WAYS)[number];
export type NewWay = { readonly way: 'passphrase'; readonly passphrase: string } | { readonly way: 'passkey'; readonly label: string };

export type DoorState =
  /** Looking whether there are keys. */
  | { readonly name: 'starting' }
  /** The browser keeps nothing for this page. */
  | { readonly name: 'unusable'; readonly failure: Failure }
  /** There are keys, and they cannot be read: damaged, or made by a newer version. */
  | { readonly name: 'unreadable'; readonly failure: Failure }
  | { readonly name: 'none'; readonly passkeys: boolean; readonly failure?: Failure | undefined }
  | { readonly name: 'creating'; readonly way: Way }
  | { readonly name: 'locked'; readonly ways: readonly Way[]; readonly because: 'start' | 'asked' | 'idle' | 'elsewhere'; readonly failure?: Failure | undefined }
  | { readonly name: 'unlocking'; readonly way: Way }
  | { readonly name: 'open'; readonly idleSeconds: number };

/** Open keys, until they are locked. */
export type Session = { readonly vault: Vault; readonly root: Uint8Array; /** Aborted when they are locked. */ readonly ended: AbortSignal };

/** A clock that goes back this far is not to be relied upon. */
const CLOCK_SLACK = 60;
const UNUSABLE: readonly ErrorCode[] = ['storage-unavailable'];
const UNREADABLE: readonly ErrorCode[] = ['wallet-corrupt', 'wallet-newer'];

export type Door = ReturnType<typeof createDoor>;

export function createDoor({ storage, now, tabs, timers, passkeys, passphraseCost }: DeskPlatform) {
  const state = createValue<DoorState>({ name: 'starting' });
  const session = createValue<Session | undefined>(undefined);
  let end = () => {};
  let cancelCheck = () => {};
  let [idleSeconds, seenAt] = [SETTINGS.empty.idleSeconds, now()];

  const waysOf = async (): Promise<Way[]> => [...new Set((await keysOf(storage)).flatMap(({ kind }) => (kind === 'raw' ? [] : [kind])))];
  const vacant = async (failure?: Failure): Promise<DoorState> => ({ name: 'none', passkeys: await passkeys.isAvailable(), failure });

  async function look(because: 'start' | 'asked' | 'idle' | 'elsewhere' = 'start', failure?: Failure): Promise<void> {
    try {
      state.set((await hasVault(storage)) ? { name: 'locked', ways: await waysOf(), because, failure } : await vacant(failure));
    } catch (error) {
      const found = failureOf(error);
      state.set(found.code === 'wallet-missing' ? await vacant(failure) : { name: UNREADABLE.includes(found.code) ? 'unreadable' : 'unusable', failure: found });
    }
  }

  async function attempt(trying: DoorState, because: 'start' | 'asked', open: () => Promise<Vault>): Promise<void> {
    state.set(trying);
    try {
      await enter(await open());
    } catch (error) {
      const failure = failureOf(error);
      if (UNUSABLE.includes(failure.code)) state.set({ name: 'unusable', failure });
      else if (UNREADABLE.includes(failure.code)) state.set({ name: 'unreadable', failure });
      else await look(because, failure);
    }
  }

  async function enter(vault: Vault): Promise<void> {
    const root = await vault.read(ROOT);
    if (!root) throw new HealthpassError('wallet-corrupt', 'the vault has no root of keys', { field: ROOT.name });
    ({ idleSeconds } = await vault.read(SETTINGS));
    const abort = new AbortController();
    end = () => {
      end = () => {};
      cancelCheck();
      abort.abort();
      vault.close();
      session.set(undefined);
    };
    seenAt = now();
    session.set({ vault, root, ended: abort.signal });
    state.set({ name: 'open', idleSeconds });
    checkLater();
  }

  function checkLater(): void {
    cancelCheck();
    cancelCheck = timers.after(Math.max(1, seenAt + idleSeconds - now()), check);
  }
  function check(): void {
    if (!session.get()) return;
    // A clock that was set back would keep the keys open for as long.
    if (now() >= seenAt + idleSeconds || now() < seenAt - CLOCK_SLACK) void lock('idle');
    else checkLater();
  }
  async function lock(because: 'asked' | 'idle' | 'elsewhere'): Promise<void> {
    if (!session.get()) return;
    end();
    if (because !== 'elsewhere') tabs.tell('locked');
    await look(because);
  }

  tabs.listen((news) => {
    if (news === 'locked') void lock('elsewhere');
    else if (news === 'wiped') {
      end();
      void look();
    } else if (news === 'created' && state.get().name === 'none') void look();
  });

  const keyBy = async (way: Way, passphrase: string): Promise<VaultKey> =>
    (way === 'passphrase' ? { kind: 'passphrase', passphrase } : passkeys.get((await keysOf(storage)).flatMap(({ passkey }) => passkey ?? [])));

  return {
    state: state as Followed<DoorState>,
    session: session as Followed<Session | undefined>,
    look: () => look(),
    /** none -> creating -> open, or back to none with a failure; `root`: keys that a file brought back. */
    async create(by: NewWay, root: Uint8Array = randomBytes(32)): Promise<void> {
      if (state.get().name !== 'none') return;
      await attempt({ name: 'creating', way: by.way }, 'start', async () => {
        const key: VaultKey = by.way === 'passphrase' ? { kind: 'passphrase', passphrase: by.passphrase } : await passkeys.create(by.label);
        const vault = await createVault(storage, [key], { cost: passphraseCost, initial: ({ write }) => write(ROOT, root) });
        tabs.tell('created');
        return vault;
      });
    },
    /** locked -> unlocking -> open, or back to locked with a failure. */
    async unlock(way: Way, passphrase = ''): Promise<void> {
      if (state.get().name !== 'locked') return;
      await attempt({ name: 'unlocking', way }, 'asked', async () => openVault(storage, await keyBy(way, passphrase)));
    },
    /** That it is the holder of the keys who stands here: for what matters more than reading. @throws HealthpassError `wallet-locked`, `passkey-refused` */
    async confirm(way: Way, passphrase = ''): Promise<void> {
      (await openVault(storage, await keyBy(way, passphrase))).close();
    },
    lock: () => lock('asked'),
    /** Somebody uses the page: the time until it locks by itself begins anew. A page that was frozen has had no timers. */
    touch(): void {
      if (!session.get()) return;
      if (now() >= seenAt + idleSeconds || now() < seenAt - CLOCK_SLACK) return check();
      seenAt = now();
    },
    /** Seconds without use. */
    async setIdle(seconds: number): Promise<void> {
      idleSeconds = Math.round(Math.min(IDLE.most, Math.max(IDLE.least, seconds)));
      await session.get()?.vault.change(async ({ read, write }) => write(SETTINGS, { ...(await read(SETTINGS)) satisfies DeskSettings, idleSeconds }));
      if (!session.get()) return;
      state.set({ name: 'open', idleSeconds });
      checkLater();
    },
    /** Deletes the keys and all that is kept with them, in every tab. -> none */
    async wipe(): Promise<void> {
      end();
      try {
        await deleteVault(storage);
        tabs.tell('wiped');
        await look();
      } catch (error) {
        state.set({ name: 'unusable', failure: failureOf(error) });
      }
    },
  };
}
