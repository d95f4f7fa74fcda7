// Who looked: the account of accesses, in order, and whether it is whole, which the wallet finds out by the chain and not by the gateway's word.
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import { fetchAccessLog, verifyAccessLog, type VerifiedLog } from '#records/client/access-log.ts';
import { readAuditEvent, type AccessRead, type AuditActor, type AuditPerson, type LogEntry } from '#records/model/audit/index.ts';
import { CARE, changeCare, type Care } from '#wallet/care.ts';
import type { Wallet } from '#wallet/wallet.ts';
import { failureOf } from '../failure.ts';
import { createCell } from '../observable.ts';
import type { Connection } from './connection.ts';
import { createLoading } from './loading.ts';
import { opened } from './opened.ts';
import type { RecordsApp } from './records-app.ts';
import type { AccountEntry, AccountView, CheckState } from './states.ts';

export type AccountDeps = { readonly now: () => UnixSeconds; readonly open: () => { readonly connection: Connection } | undefined };

export function createAccount({ now, open }: AccountDeps): RecordsApp['account'] & { readonly clear: () => void; readonly unseen: RecordsApp['unseen'] } {
  const unseen = createCell(0);
  let verified: VerifiedLog | undefined;
  let checked: CheckState = { name: 'unchecked' };
  const loading = createLoading<AccountView>(() => {
    const here = open();
    return here && readAccount(here.connection);
  });
  const here = () => opened(open());
  /** Whether it is still the account that is shown: the wallet may be locked meanwhile, or another person chosen. */
  const isShown = ({ account }: Connection): boolean => open()?.connection.account === account;

  async function readAccount(connection: Connection): Promise<AccountView> {
    const { gateway, wallet } = connection;
    const { log, entries } = await fetchAccessLog(gateway, 0);
    const { seen, names } = (await wallet.read(CARE)) ?? { seen: 0, names: {} };
    const shown = entries.map((entry) => shownOf(entry, seen, names)).toReversed();
    if (isShown(connection)) unseen.set(shown.filter(({ isNew, told }) => isNew && told?.access.actor.kind !== 'patient').length); // what the person did is no news to them
    return { entries: shown, log, checked };
  }

  function setCheck(next: CheckState): void {
    checked = next;
    loading.put((view) => ({ ...view, checked: next }));
  }

  async function check(): Promise<void> {
    const { connection } = here();
    const { gateway, care, wallet, chain } = connection;
    setCheck({ name: 'checking' });
    try {
      if (!chain) throw new HealthpassError('chain-unavailable', 'the site of the wallet names no way to the chain', { field: 'rpc' });
      const { checked: before } = (await wallet.read(CARE)) ?? {};
      // The whole of it each time, and what was shown before must still stand in it.
      const result = await verifyAccessLog({ gateway, address: care.gateway.address, ...chain, now, ...(before && before.entries > 0 && { seen: [{ sequence: before.entries, hash: before.head }] }) });
      if (!isShown(connection)) return;
      verified = result;
      if (result.verdict.outcome === 'complete') {
        const { entries, head } = result.verdict.checkpoint;
        await keep(wallet, { checked: { entries, head } });
      }
      setCheck({ name: 'checked', verdict: result.verdict, at: now(), anchors: result.file.proofs.length, endpoints: chain.endpoints });
      await loading.reload();
    } catch (error) {
      const failure = failureOf(error, () => setCheck({ name: 'unchecked' }));
      if (isShown(connection)) setCheck({ name: 'failed', failure });
    }
  }

  return {
    ...loading, check, unseen,
    clear() {
      [verified, checked] = [undefined, { name: 'unchecked' }];
      unseen.set(0);
      loading.clear();
    },
    async markSeen() {
      const newest = loading.get().value?.entries[0]?.sequence;
      if (newest === undefined) return;
      await keep(here().connection.wallet, { seen: newest });
      unseen.set(0);
    },
    file() {
      if (!verified) throw new TypeError('the account was not checked yet');
      return JSON.stringify(verified.file, null, 1);
    },
  };
}

const keep = (wallet: Wallet, change: Partial<Pick<Care, 'seen' | 'checked'>>): Promise<void> => changeCare(wallet, ({ seen }) => ({ ...change, seen: Math.max(seen, change.seen ?? 0) }));

type Names = Care['names'];

function shownOf({ sequence, time, document }: LogEntry, seen: number, names: Names): AccountEntry {
  const entry = { sequence, time, isNew: sequence > seen };
  try {
    return { ...entry, told: withNames(readAuditEvent(document), names) };
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    return { ...entry, told: undefined };
  }
}

/** Whom the person trusts, as the person calls them: the gateway knows them by address alone. */
function withNames({ access, place }: AccessRead, names: Names): AccessRead {
  const named = <Person extends AuditPerson>(person: Person): Person => ({ ...(Object.hasOwn(names, person.address) && { name: names[person.address] }), ...person });
  const actor: AuditActor = access.actor.kind === 'delegate' ? { kind: 'delegate', person: named(access.actor.person) } : access.actor;
  return { place, access: access.kind === 'disclosed' ? { ...access, actor, recipient: named(access.recipient) } : { ...access, actor } };
}
