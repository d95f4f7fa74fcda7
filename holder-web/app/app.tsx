// Which page is shown: by the door first, then by the place in the address. A place outlives the lock, so that a person goes on where they were.
import { useEffect, useState } from 'preact/hooks';
import { to, usePlace, type Place } from '#faces/navigation.ts';
import { createLazy } from '#faces/parts/lazy.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { DoorState, Holdings } from '#wallet-app/states.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';
import { Faults } from './parts/faults.tsx';
import { HomePage } from './pages/home.tsx';
import { UnlockPage, UnusablePage } from './pages/unlock.tsx';
import { WelcomePage } from './pages/welcome.tsx';
import { RECORDS_PLACES, Shell } from './shell.tsx';
import { Sentencing, useWords } from './speech.tsx';
import { useHoldings, usePart, useWallet, WalletContext } from './wallet-context.tsx';

const AboutPage = createLazy(async () => (await import('./pages/about.tsx')).AboutPage);
const AddPage = createLazy(async () => (await import('./pages/add.tsx')).AddPage);
const BackupPage = createLazy(async () => (await import('./pages/backup.tsx')).BackupPage);
const HistoryPage = createLazy(async () => (await import('./pages/history.tsx')).HistoryPage);
const MorePage = createLazy(async () => (await import('./pages/more.tsx')).MorePage);
const PeoplePage = createLazy(async () => (await import('./pages/people.tsx')).PeoplePage);
const RecordPage = createLazy(async () => (await import('./pages/record.tsx')).RecordPage);
const RecordsSection = createLazy(async () => (await import('./pages/records/section.tsx')).RecordsSection);
const RestorePage = createLazy(async () => (await import('./pages/backup.tsx')).RestorePage);
const SecurityPage = createLazy(async () => (await import('./pages/security.tsx')).SecurityPage);
const ShowPage = createLazy(async () => (await import('./pages/show.tsx')).ShowPage);
const WipePage = createLazy(async () => (await import('./pages/wipe.tsx')).WipePage);

export function App({ opening }: { readonly opening: Promise<WalletApp> }) {
  const [wallet, setWallet] = useState<WalletApp>();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => void opening.then((opened) => setWallet(() => opened), setFault), [opening]);
  if (fault !== undefined) throw fault; // to the net around all pages
  return <Sentencing>{wallet ? <WalletContext.Provider value={wallet}><Faults /><Door /></WalletContext.Provider> : <Starting />}</Sentencing>;
}

const Starting = () => <main><p class="waiting" role="status">{useWords().w.unlock.start}</p></main>;

function Door() {
  const { door } = useWallet();
  const state = usePart(door);
  const place = usePlace();
  useEffect(() => {
    const touch = () => door.touch();
    for (const type of ['pointerdown', 'keydown'] as const) addEventListener(type, touch, { passive: true });
    return () => {
      for (const type of ['pointerdown', 'keydown'] as const) removeEventListener(type, touch);
    };
  }, [door]);
  const [first] = place.path;
  // A backup is restored into an open wallet or into a new one, which opens meanwhile: one page through all of it.
  if (first === 'restore' && ['none', 'creating', 'open'].includes(state.name)) return <main><RestorePage back={state.name === 'open' ? to('backup') : to()} /></main>;
  if (state.name === 'open') return <Open place={place} />;
  if (state.name === 'starting') return <Starting />;
  if (first === 'wipe' && state.name !== 'none' && state.name !== 'creating') return <main><WipePage isOpen={false} /></main>;
  return <main><Closed state={state} place={place} /></main>;
}

function Closed({ state, place }: { readonly state: Exclude<DoorState, { readonly name: 'open' | 'starting' }>; readonly place: Place }) {
  switch (state.name) {
    case 'none': case 'creating': return <WelcomePage door={state} place={place} />;
    case 'locked': case 'unlocking': return <UnlockPage door={state} />;
    case 'unusable': case 'unreadable': return <UnusablePage door={state} />;
  }
}

function Open({ place }: { readonly place: Place }) {
  const held = useHoldings();
  const { w, shared } = useWords();
  if (!held) return <main><Screen title={w.home.title}><p role="status">{shared.loading}</p></Screen></main>;
  return <Shell held={held} first={place.path[0]}><Page held={held} place={place} /></Shell>;
}

/** A page begins anew when its place does. */
function Page({ held, place }: { readonly held: Holdings; readonly place: Place }) {
  const [first, second] = place.path;
  if (first !== undefined && RECORDS_PLACES.includes(first)) return <RecordsSection held={held} place={place} />;
  switch (first) {
    case 'about': return <AboutPage held={held} />;
    case 'add': return <AddPage held={held} place={place} />;
    case 'backup': return <BackupPage />;
    case 'history': return <HistoryPage held={held} />;
    case 'more': return <MorePage />;
    case 'people': return <PeoplePage held={held} />;
    case 'record': return <RecordPage held={held} id={second ?? ''} />;
    case 'security': return <SecurityPage />;
    case 'rule': case 'show': return <ShowPage held={held} place={place} />;
    case 'wipe': return <WipePage isOpen />;
    default: return <HomePage held={held} />;
  }
}
