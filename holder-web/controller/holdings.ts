// What an open wallet holds, read anew whenever something was written, here or in another tab, and as time goes by.
import type { Policy, UnixSeconds } from '#passport';
import { fitPolicy } from '#wallet/fit.ts';
import { eraseHistory, history } from '#wallet/history.ts';
import { addPerson, peopleOf, removePerson, renamePerson, walletOf, type Person } from '#wallet/people.ts';
import { serves } from '#wallet/prepare.ts';
import { heldCredentials, readyPasses, removeCredential, type Wallet } from '#wallet/wallet.ts';
import { cardsOf } from './cards.ts';
import type { Door, Session } from './door.ts';
import { failureOf } from './failure.ts';
import { favouritesOf } from './favourites.ts';
import { createCell } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import { changeSettings, SETTINGS } from './settings.ts';
import type { Card, Holdings, RuleView } from './states.ts';
import { ageOf, type TrustKeeper } from './trust-keeper.ts';
import { newestOf, policiesOf, TRUST } from './trust-record.ts';
import type { WalletApp } from './wallet-app.ts';

/** Seconds after which what stands there is looked at again, for time alone changes it. */
const AGAIN = 60;

export type HoldingsDeps = {
  readonly door: Pick<Door, 'session' | 'lock'>;
  readonly keeper: TrustKeeper;
  /** Something was written of which the passes made ahead depend. */
  readonly onChange: () => void;
};
export type HoldingsPart = WalletApp['holdings'] & { /** Reads everything anew. */ readonly reload: () => Promise<void> };

export function createHoldings(platform: WalletPlatform, { door, keeper, onChange }: HoldingsDeps): HoldingsPart {
  const { now, tabs, timers } = platform;
  const cell = createCell<Holdings | undefined>(undefined);
  let reading: Promise<void> | undefined;
  let isStale = false;

  /** One reading at a time; one that begins meanwhile makes it go once more. */
  function reload(): Promise<void> {
    isStale = true;
    return (reading ??= (async () => {
      while (isStale) {
        isStale = false;
        await readAll();
      }
    })().finally(() => (reading = undefined)));
  }

  async function readAll(): Promise<void> {
    const session = door.session.get();
    if (!session) return cell.set(undefined);
    try {
      const next = await readHoldings(session.wallet, keeper, now());
      if (door.session.get() === session) cell.set(next);
    } catch (error) {
      if (door.session.get() !== session) return; // locked meanwhile
      failureOf(error);
      door.lock(); // damaged: opening it again says how
    }
  }

  function watch(session: Session): void {
    const cancel = timers.after(AGAIN, () => {
      if (session.ended.aborted) return;
      void reload();
      watch(session);
    });
    session.ended.addEventListener('abort', cancel, { once: true });
  }

  door.session.subscribe((session) => {
    if (session) watch(session);
    else cell.set(undefined); // at once, also while a reading is under way
    void reload();
  });
  keeper.status.subscribe(() => void reload());
  tabs.listen((news) => {
    if (news === 'changed') void reload();
  });

  const wallet = (): Wallet => {
    const session = door.session.get();
    if (!session) throw new TypeError('the wallet is not open');
    return session.wallet;
  };
  const chosen = (): string => cell.get()?.person.id ?? '';
  async function written<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    tabs.tell('changed');
    await reload();
    onChange();
    return result;
  }

  return {
    ...cell, reload,
    choosePerson: (id) => written(changeSettings(wallet(), (settings) => ({ ...settings, chosen: id }))),
    async addPerson(name) {
      const { id } = await addPerson(wallet(), name, now());
      await written(changeSettings(wallet(), (settings) => ({ ...settings, chosen: id })));
      return id;
    },
    renamePerson: (id, name) => written(renamePerson(wallet(), id, name)),
    removePerson: (id) => written(removePerson(wallet(), id)),
    removeCard: (person, credential) => written(removeCredential(walletOf(wallet(), person), credential)),
    setFavourite: (policy, isFavourite) => written(changeSettings(wallet(), (settings) => {
      const before = cell.get()?.rules.filter((rule) => rule.isFavourite && rule.policy.id !== policy).map((rule) => rule.policy.id) ?? [];
      return { ...settings, favourites: { ...settings.favourites, [chosen()]: isFavourite ? [...before, policy] : before } };
    })),
    history: async () => (await history(walletOf(wallet(), chosen()))).toReversed(),
    eraseHistory: (before) => written(eraseHistory(walletOf(wallet(), chosen()), before)),
    async refresh() {
      const session = door.session.get();
      if (session) await keeper.refresh(session);
    },
  };
}

async function readHoldings(wallet: Wallet, keeper: TrustKeeper, now: UnixSeconds): Promise<Holdings> {
  const [people, settings, kept] = [await peopleOf(wallet), await wallet.read(SETTINGS), await wallet.read(TRUST)];
  const trust = kept?.bundle.trust;
  const cards = new Map<string, Card[]>();
  for (const { id } of people) cards.set(id, cardsOf(id, await heldCredentials(walletOf(wallet, id)), trust, now));
  const person = people.find(({ id }) => id === settings.chosen) ?? people[0] as Person; // there is one at least
  const rules = await rulesFor(walletOf(wallet, person.id), newestOf(await policiesOf(kept)), { trust, now, chosen: settings.favourites[person.id] });
  return {
    people, person, rules, cards: cards.get(person.id) ?? [], trust: ageOf(kept, keeper.status.get(), now),
    alerts: [...cards.values()].flat().flatMap(({ alert }) => alert ?? []),
  };
}

type Asked = Parameters<typeof fitPolicy>[2] & { readonly chosen: readonly string[] | undefined };

async function rulesFor(wallet: Wallet, policies: readonly Policy[], { chosen, ...question }: Asked): Promise<RuleView[]> {
  const [held, passes] = [await heldCredentials(wallet), await readyPasses(wallet)];
  const reports = policies.map((policy) => fitPolicy(held, policy, question));
  const favourites = favouritesOf(chosen, reports);
  return reports.map((report) => ({
    policy: report.policy, report, ready: passes.filter((pass) => !pass.match && serves(pass, report.policy, question.now)).length, isFavourite: favourites.includes(report.policy.id),
  }));
}
