// Whether there is a wallet here, and whether it is open: made, unlocked, locked when asked, when nobody uses it, or when another tab says so.
import type { ErrorCode } from '#passport';
import { deleteVault, hasVault, keysOf } from '#vault/vault.ts';
import { FIRST_PERSON, renamePerson } from '#wallet/people.ts';
import { createWallet, findWallet, type Wallet } from '#wallet/wallet.ts';
import type { VaultKey } from '#vault/key-slot.ts';
import { failureOf, type Failure } from './failure.ts';
import { createCell, type Observable } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import { changeSettings, IDLE, SETTINGS } from './settings.ts';
import type { DoorState, Way } from './states.ts';
import type { WalletApp } from './wallet-app.ts';

/** An open wallet, until it is locked. */
export type Session = { readonly wallet: Wallet; /** Aborted when it is locked. */ readonly ended: AbortSignal };

export type Door = WalletApp['door'] & {
  readonly session: Observable<Session | undefined>;
  /** Looks what is there. */
  readonly start: () => Promise<void>;
  /** Something that is not to be cut off by the time without use: a code on the screen. */
  readonly keepOpenWhile: (isNeeded: () => boolean) => void;
  /** Takes an open wallet over, one that a backup was restored into. */
  readonly enter: (wallet: Wallet) => Promise<void>;
};

/** Seconds out of sight after which the wallet locks: long enough to look up the number of an offer. */
const HIDDEN_SECONDS = 120;
/** How exactly `idleAt` is told while a page is in use. */
const TOUCH_SECONDS = 5;
/** A clock that goes back this far is not to be relied upon. */
const CLOCK_SLACK = 60;

const UNUSABLE: readonly ErrorCode[] = ['storage-unavailable'];
const UNREADABLE: readonly ErrorCode[] = ['wallet-corrupt', 'wallet-newer'];

export function createDoor(platform: WalletPlatform): Door {
  const { storage, now, tabs, timers, passkeys } = platform;
  const cell = createCell<DoorState>({ name: 'starting' });
  const session = createCell<Session | undefined>(undefined);
  let end = () => {};
  let isNeeded = () => false;
  let [idleSeconds, seenAt, isHidden] = [300, 0, false];
  let cancelCheck = () => {};

  async function start(because: Extract<DoorState, { name: 'locked' }>['because'] = 'start', failure?: Failure): Promise<void> {
    try {
      cell.set((await hasVault(storage)) ? { name: 'locked', ways: await waysOf(), because, failure } : { name: 'none', passkeys: await passkeys.isAvailable(), failure });
    } catch (error) {
      const found = failureOf(error);
      cell.set(found.code === 'wallet-missing' ? { name: 'none', passkeys: await passkeys.isAvailable(), failure } : { name: UNREADABLE.includes(found.code) ? 'unreadable' : 'unusable', failure: found });
    }
  }

  const waysOf = async (): Promise<Way[]> => [...new Set((await keysOf(storage)).flatMap(({ kind }) => (kind === 'raw' ? [] : [kind])))];

  /** Back to where a verb began, or to what the failure says of the wallet. */
  async function backFrom(error: unknown, because: 'start' | 'asked'): Promise<void> {
    const failure = failureOf(error, () => void start(because));
    if (UNUSABLE.includes(failure.code)) cell.set({ name: 'unusable', failure });
    else if (UNREADABLE.includes(failure.code)) cell.set({ name: 'unreadable', failure });
    else await start(because, failure);
  }

  async function enter(wallet: Wallet): Promise<void> {
    const abort = new AbortController();
    ({ idleSeconds } = await wallet.read(SETTINGS));
    end = () => {
      end = () => {};
      cancelCheck();
      wallet.lock();
      session.set(undefined);
      abort.abort();
    };
    seenAt = now();
    session.set({ wallet, ended: abort.signal });
    showOpen();
    checkLater();
  }

  const showOpen = () => cell.set({ name: 'open', idleAt: idleAt(), idleSeconds });
  const idleAt = () => seenAt + (isHidden ? Math.min(HIDDEN_SECONDS, idleSeconds) : idleSeconds) as ReturnType<typeof now>; // still seconds

  function checkLater(): void {
    cancelCheck();
    cancelCheck = timers.after(Math.max(1, idleAt() - now()), check);
  }

  function check(): void {
    if (cell.get().name !== 'open') return;
    if (isNeeded()) seenAt = now();
    // A clock that was set back would keep the wallet open for as long.
    if (now() >= idleAt() || now() < seenAt - CLOCK_SLACK) return void lock('idle');
    checkLater();
  }

  async function lock(because: 'asked' | 'idle' | 'elsewhere'): Promise<void> {
    if (!session.get()) return;
    end();
    if (because !== 'elsewhere') tabs.tell('locked');
    await start(because);
  }

  tabs.listen((news) => {
    if (news === 'locked') void lock('elsewhere');
    else if (news === 'wiped') {
      end();
      void start();
    } else if (news === 'created' && cell.get().name === 'none') void start();
  });

  const keyBy = async (by: { readonly way: 'passphrase'; readonly passphrase: string } | { readonly way: 'passkey' }): Promise<VaultKey> =>
    (by.way === 'passphrase' ? { kind: 'passphrase', passphrase: by.passphrase } : passkeys.get((await keysOf(storage)).flatMap(({ passkey }) => passkey ?? [])));

  return {
    ...cell, session, enter,
    start: () => start(),
    keepOpenWhile: (needed) => void (isNeeded = needed),
    async create(by, name = '') {
      if (cell.get().name !== 'none') return;
      cell.set({ name: 'creating', way: by.way });
      try {
        const key: VaultKey = by.way === 'passphrase' ? { kind: 'passphrase', passphrase: by.passphrase } : await passkeys.create(by.label);
        const wallet = await createWallet(storage, [key], now(), platform.passphraseCost);
        // Before anything is shown of it. The wallet is there either way; a name can be given again on the page of people.
        if (name.trim() !== '') await renamePerson(wallet, FIRST_PERSON, name).catch(failureOf);
        tabs.tell('created');
        await enter(wallet);
      } catch (error) {
        await backFrom(error, 'start');
      }
    },
    async unlock(by) {
      if (cell.get().name !== 'locked') return;
      cell.set({ name: 'unlocking', way: by.way });
      try {
        const wallet = await findWallet(storage);
        await wallet.unlock(await keyBy(by));
        await enter(wallet);
      } catch (error) {
        await backFrom(error, 'asked');
      }
    },
    lock: () => void lock('asked'),
    touch() {
      const state = cell.get();
      if (state.name !== 'open' || now() - seenAt < TOUCH_SECONDS) return;
      if (now() < seenAt - CLOCK_SLACK || now() >= idleAt()) return check();
      seenAt = now();
      showOpen();
      checkLater();
    },
    async setIdle(seconds) {
      const wallet = session.get()?.wallet;
      if (!wallet) return;
      idleSeconds = Math.round(Math.min(IDLE.most, Math.max(IDLE.least, seconds)));
      await changeSettings(wallet, (settings) => ({ ...settings, idleSeconds }));
      showOpen();
      checkLater();
    },
    setHidden(hidden) {
      if (cell.get().name === 'open') check(); // a page that was frozen has had no timers
      if (hidden && !isHidden) seenAt = Math.max(seenAt, now());
      isHidden = hidden;
      if (cell.get().name === 'open') checkLater();
    },
    async wipe() {
      end();
      try {
        await deleteVault(storage);
        tabs.tell('wiped');
        await start();
      } catch (error) {
        cell.set({ name: 'unusable', failure: failureOf(error) });
      }
    },
  };
}
