// The wallet as an app: its parts, put together. Whatever one of them writes, the others and other tabs see.
import { makeBackup } from '#wallet/backup.ts';
import type { Wallet } from '#wallet/wallet.ts';
import { createAnswering } from './answering.ts';
import { createDoor } from './door.ts';
import { createHoldings } from './holdings.ts';
import { createKeys } from './keys.ts';
import { createMaking } from './making.ts';
import type { WalletPlatform } from './platform.ts';
import { createRecordsDoor } from './records-door.ts';
import { createReceiving } from './receiving.ts';
import { createRestoring } from './restoring.ts';
import { createShowing } from './showing.ts';
import { createTrustKeeper } from './trust-keeper.ts';
import type { WalletApp } from './wallet-app.ts';

/** Seconds for which a record that was given is kept from being lost to the time without use. */
const PREVIEW_SECONDS = 600;

export async function createWalletApp(platform: WalletPlatform): Promise<WalletApp> {
  const { now, tabs } = platform;
  const door = createDoor(platform);
  const making = createMaking(platform, { door, onMade: () => void written() });
  const keeper = createTrustKeeper(platform, { isShowing: () => isShowing(), onChange: () => making.startSoon() });
  const holdings = createHoldings(platform, { door, keeper, onChange: () => making.startSoon() });
  const person = (): string => holdings.get()?.person.id ?? '';

  async function written(): Promise<void> {
    tabs.tell('changed');
    await holdings.reload();
  }
  const onWritten = async () => {
    await written();
    making.startSoon();
  };
  const receiving = createReceiving(platform, { door, keeper, person, onWritten });
  const showing = createShowing(platform, { door, making, person, onWritten });
  const answering = createAnswering(platform, { door, making, person, onWritten });
  const restoring = createRestoring(platform, { door, onWritten });

  const records = createRecordsDoor(platform, { door, holdings, onWritten: () => void written() });

  const isShowing = () => !['idle', 'failed', 'over', 'nothing-fits'].includes(showing.get().name) || !['idle', 'failed', 'sent', 'declined'].includes(answering.get().name);
  let previewedAt: number | undefined;
  receiving.subscribe(({ name }) => void (previewedAt = name === 'preview' ? (previewedAt ?? now()) : undefined));
  door.keepOpenWhile(() => showing.get().name === 'shown' || showing.get().name === 'making' || answering.get().name === 'sending' || records.isBusy()
    || ['fetching', 'storing'].includes(receiving.get().name) || (previewedAt !== undefined && now() - previewedAt < PREVIEW_SECONDS));
  door.session.subscribe((session) => {
    if (session) void keeper.begin(session);
  });

  const wallet = (): Wallet => {
    const session = door.session.get();
    if (!session) throw new TypeError('the wallet is not open');
    return session.wallet;
  };
  await door.start();
  return {
    door, holdings, making, receiving, showing, answering, restoring,
    keys: createKeys(platform, wallet),
    makeBackup: (passphrase) => makeBackup(wallet(), passphrase, now(), platform.passphraseCost),
    records,
    isBusy: () => isShowing() || records.isBusy() || making.get().name === 'making' || ['fetching', 'preview', 'storing'].includes(receiving.get().name) || restoring.get().name === 'storing',
  };
}
