// Where the wallet meets records: their part is fetched when a page needs it, or when somebody of the wallet has some, for then there may be work to do.
import { CARE } from '#wallet/care.ts';
import { peopleOf, walletOf } from '#wallet/people.ts';
import type { Door, Session } from './door.ts';
import { createCell } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import type { RecordsApp } from './records/records-app.ts';
import type { WalletApp } from './wallet-app.ts';

export type RecordsDoorDeps = { readonly door: Pick<Door, 'session'>; readonly holdings: WalletApp['holdings']; readonly onWritten: () => void };

export function createRecordsDoor({ request, now, config }: Pick<WalletPlatform, 'request' | 'now' | 'config'>, { door, holdings, onWritten }: RecordsDoorDeps): WalletApp['records'] & { readonly isBusy: () => boolean } {
  const unseen = createCell(0);
  const person = createCell<string | undefined>(undefined);
  let loading: Promise<RecordsApp> | undefined;
  let loaded: RecordsApp | undefined;
  holdings.subscribe((held) => person.set(held?.person.id));

  async function fetchApp(): Promise<RecordsApp> {
    const { createRecords } = await import('./records/create-records.ts');
    loaded = createRecords({ request, now, session: door.session, person, onWritten, gateway: async () => (await config()).records, site: config });
    loaded.unseen.subscribe((count) => unseen.set(count));
    return loaded;
  }
  const load = (): Promise<RecordsApp> => (loading ??= fetchApp().catch((error: unknown) => {
    loading = undefined; // without a network it may come later
    throw error;
  }));

  door.session.subscribe((session) => {
    if (session && !loading) void loadFor(session);
  });
  async function loadFor({ wallet }: Session): Promise<void> {
    try {
      const roots = await Promise.all((await peopleOf(wallet)).map(({ id }) => walletOf(wallet, id).read(CARE)));
      if (roots.some(Boolean)) await load();
    } catch {
      // Locked meanwhile, or without a network: the page that needs it says so.
    }
  }
  const BUSY = ['sending', 'waiting'];
  return { load, unseen, isBusy: () => loaded !== undefined && (BUSY.includes(loaded.sharing.get().name) || loaded.shelf.isAdding()) };
}
