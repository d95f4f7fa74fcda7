// Records of the chosen person: opened with the wallet, closed with it, and told anew by whatever the gateway notes meanwhile.
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import type { Fetch } from '#records/client/fetch.ts';
import { createGuardianship } from '#records/client/guardians.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { searchMembers } from '#records/client/members.ts';
import { CARE, changeCare } from '#wallet/care.ts';
import { peopleOf, walletOf } from '#wallet/people.ts';
import type { Wallet } from '#wallet/wallet.ts';
import type { Session } from '../door.ts';
import { failureOf } from '../failure.ts';
import { createCell, type Observable } from '../observable.ts';
import { createAccess } from './access.ts';
import { createAccount } from './account.ts';
import { beginCare, connect, endCare, type Connecting, type Connection } from './connection.ts';
import { createEmergency } from './emergency.ts';
import { createMembers, type Members } from './members.ts';
import { createPrescriptions } from './prescriptions.ts';
import type { RecordsApp } from './records-app.ts';
import { createRecovering } from './recovering.ts';
import { createSharing } from './sharing.ts';
import { createShelf } from './shelf.ts';
import type { RecordsState } from './states.ts';
import { createTrusted } from './trusted.ts';

export type RecordsDeps = {
  readonly request: Fetch;
  readonly now: () => UnixSeconds;
  readonly site: Connecting['site'];
  /** URL of the gateway for people who begin; undefined where there is none. */
  readonly gateway: () => Promise<string | undefined>;
  readonly session: Observable<Session | undefined>;
  /** Id of the chosen person; undefined while nothing is open. */
  readonly person: Observable<string | undefined>;
  /** Told when the vault was written. */
  readonly onWritten: () => void;
};
type Here = { readonly connection: Connection; readonly members: Members };
type Round = { readonly session: Session; readonly person: string; readonly stop: AbortController };

export function createRecords({ request, now, site, gateway, session, person, onWritten }: RecordsDeps): RecordsApp {
  const cell = createCell<RecordsState>({ name: 'closed' });
  const platform = { request, now, site };
  let round: Round | undefined;
  let here: Here | undefined;
  let opening: Promise<void> = Promise.resolve();

  const shelf = createShelf({ now, open: () => here, onAdded: () => {
    if (round && here) void catchUp(round, here.connection);
    void account.reload();
  } });
  const account = createAccount({ now, open: () => here });
  const access = createAccess({ now, open: () => here, onRevoked: account.reload });
  const emergency = createEmergency({ open: () => here });
  const prescriptions = createPrescriptions({ open: () => here, connected, onKept: shelf.reload });
  const trusted = createTrusted({ request, open: () => here, onObjected: async () => { if (round && here) await lookForRecovery(round, here.connection); } });
  const recovering = createRecovering({ ...platform, gateway, wallet: () => round && walletOfRound(round), onFinished: async () => { onWritten(); if (round) await (opening = open(round)); } });
  const sharing = createSharing({ now, connected, records: () => shelf.get().value?.records ?? [], onGranted: async () => void (await Promise.all([access.reload(), account.reload()])) });
  shelf.subscribe(() => sharing.refresh());

  const walletOfRound = ({ session: { wallet }, person: id }: Round): Wallet => walletOf(wallet, id);

  async function connected(): Promise<Here> {
    await opening;
    if (here) return here;
    const state = cell.get();
    throw new HealthpassError(state.name === 'failed' ? state.failure.code : 'wallet-locked', 'the records are not open', { field: 'records' });
  }

  /** Whoever is chosen now, or nobody: what belonged to another is dropped before anything else. */
  function follow(): void {
    const [now_, id] = [session.get(), person.get()];
    if (round && now_ === round.session && id === round.person) return;
    turnTo(now_, id);
  }

  function turnTo(now_: Session | undefined, id: string | undefined): void {
    round?.stop.abort();
    here = undefined;
    for (const part of [shelf, access, account, emergency, prescriptions, trusted, recovering]) part.clear();
    sharing.close();
    round = now_ && id !== undefined ? { session: now_, person: id, stop: new AbortController() } : undefined;
    cell.set({ name: 'closed' });
    if (round) opening = open(round);
  }

  async function open(mine: Round): Promise<void> {
    const wallet = walletOfRound(mine);
    try {
      const care = await wallet.read(CARE);
      if (!care) {
        const url = await gateway();
        void recovering.reload();
        if (mine === round) cell.set(url === undefined ? { name: 'unavailable' } : { name: 'absent', host: new URL(url).host });
        return;
      }
      if (mine === round) cell.set({ name: 'opening' });
      const connection = await connect(wallet, care, platform);
      if (mine !== round) return;
      here = { connection, members: createMembers(connection, now) };
      const opened = { name: 'open', person: mine.person, card: care.card, account: connection.account, host: new URL(care.gateway.url).host } as const;
      cell.set({ ...opened, caughtUp: undefined, recovery: undefined });
      void lookForRecovery(mine, connection);
      void Promise.all([shelf.reload(), access.reload(), account.reload(), emergency.reload(), prescriptions.reload()]);
      void listen(mine, connection);
      await catchUp(mine, connection);
    } catch (error) {
      if (mine !== round) return; // locked meanwhile
      const failure = failureOf(error, () => cell.set({ name: 'closed' }));
      cell.set({ name: 'failed', failure });
    }
  }

  /** For those who may read, while the wallet was closed: quiet, and tried again the next time. */
  async function catchUp(mine: Round, connection: Connection): Promise<void> {
    try {
      const done = await connection.patient.catchUp();
      await emergency.catchUp(connection);
      const state = cell.get();
      if (mine === round && state.name === 'open' && done.epochs + done.wraps > 0) cell.set({ ...state, caughtUp: done });
    } catch (error) {
      failureOf(error);
    }
  }

  /** Loud: it ends with the root in somebody's hands, unless the person objects. */
  async function lookForRecovery(mine: Round, { gateway: client, care }: Connection): Promise<void> {
    try {
      const { recovery } = await createGuardianship(client, care.root).view();
      const state = cell.get();
      if (mine === round && state.name === 'open') cell.set({ ...state, recovery });
    } catch (error) {
      failureOf(error);
    }
  }

  async function listen(mine: Round, connection: Connection): Promise<void> {
    try {
      await connection.patient.listen(({ kind }) => {
        // Of a file that is taken in it tells record by record: all of it is read once, at the end.
        if (mine !== round || (kind === 'records' && shelf.isAdding())) return;
        if (kind === 'records' || kind === 'emergency') void catchUp(mine, connection);
        if (kind === 'records') void shelf.reload();
        if (kind === 'emergency') void emergency.reload();
        if (kind === 'recovery') void lookForRecovery(mine, connection);
        if (kind === 'prescription') void prescriptions.reload();
        if (kind === 'relationship') void access.reload();
        void account.reload();
      }, mine.stop.signal);
    } catch (error) {
      if (!mine.stop.signal.aborted) failureOf(error);
    }
  }

  /** The others of this wallet, one after the other: what waits for their keys is not to wait for them to be chosen. */
  async function catchUpOthers({ wallet, ended }: Session): Promise<void> {
    for (const { id } of await peopleOf(wallet)) {
      if (ended.aborted || id === person.get()) continue;
      try {
        const own = walletOf(wallet, id);
        const care = await own.read(CARE);
        if (!care) continue;
        const connection = await connect(own, care, platform);
        await connection.patient.catchUp();
        await emergency.catchUp(connection);
      } catch (error) {
        if (!isHealthpassError(error)) throw error;
      }
    }
  }

  session.subscribe((opened) => {
    follow();
    if (opened) void catchUpOthers(opened);
  });
  person.subscribe(follow);
  follow();
  const first = session.get();
  if (first) void catchUpOthers(first);

  return {
    state: {
      ...cell,
      async begin(card) {
        const [mine, state] = [round, cell.get()];
        if (!mine || state.name !== 'absent') return;
        cell.set({ name: 'beginning' });
        try {
          const url = await gateway();
          if (url === undefined) throw new HealthpassError('service-unavailable', 'there is no gateway', { field: 'gateway' });
          await beginCare(walletOfRound(mine), url, card, platform);
          onWritten();
          if (mine === round) await (opening = open(mine));
        } catch (error) {
          const failure = failureOf(error, () => cell.set(state));
          if (mine === round) cell.set({ name: 'absent', host: state.host, failure });
        }
      },
      async retry() {
        if (round && cell.get().name === 'failed') await (opening = open(round));
      },
      async setCard(card) {
        const [mine, { connection, members }] = [round, await connected()];
        if (!mine) return;
        await changeCare(connection.wallet, () => ({ card }));
        onWritten();
        const state = cell.get();
        if (mine !== round || state.name !== 'open') return;
        here = { connection: { ...connection, care: { ...connection.care, card } }, members };
        cell.set({ ...state, card });
      },
      async leave() {
        const [mine, { connection }] = [round, await connected()];
        if (!mine) return;
        await endCare(connection);
        await walletOfRound(mine).change(async ({ remove }) => remove(CARE));
        onWritten();
        if (mine !== round) return;
        turnTo(mine.session, mine.person);
        await opening;
      },
    },
    shelf, access, account, sharing, emergency, prescriptions, trusted, recovering, unseen: account.unseen,
    searchMembers: async (by) => {
      const client = here?.connection.gateway ?? createGatewayClient({ url: (await gateway()) ?? '', fetch: request });
      return searchMembers(client, by);
    },
  };
}
