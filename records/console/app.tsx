// Which page is shown: by the door first, then by the place in the address. A place outlives the lock, so that a person goes on where they were.
import { useEffect, useState } from 'preact/hooks';
import { usePlace, type Place } from '#faces/navigation.ts';
import { useValue } from '#faces/value.ts';
import type { Desk } from './desk/create-desk.ts';
import type { DoorState } from './desk/door.ts';
import { DeskContext, useDesk } from './desk-context.tsx';
import { RestorePage, WipePage } from './pages/opening/restore.tsx';
import { UnlockPage, UnusablePage } from './pages/opening/unlock.tsx';
import { WelcomePage } from './pages/opening/welcome.tsx';
import { Shell } from './shell.tsx';
import { Sentencing, useWords } from './speech.tsx';

export function App({ opening }: { readonly opening: Promise<Desk> }) {
  const [desk, setDesk] = useState<Desk>();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => void opening.then((opened) => setDesk(() => opened), setFault), [opening]);
  if (fault !== undefined) throw fault; // to the net around all pages
  return <Sentencing>{desk ? <DeskContext.Provider value={desk}><Door /></DeskContext.Provider> : <Starting />}</Sentencing>;
}

const Starting = () => <main><p class="waiting" role="status">{useWords().w.starting}</p></main>;

function Door() {
  const { door } = useDesk();
  const state = useValue(door.state);
  const place = usePlace();
  useEffect(() => {
    const touch = () => door.touch();
    for (const type of ['pointerdown', 'keydown'] as const) addEventListener(type, touch, { passive: true });
    return () => { for (const type of ['pointerdown', 'keydown'] as const) removeEventListener(type, touch); };
  }, [door]);
  if (state.name === 'open') return <Shell />;
  if (state.name === 'starting') return <Starting />;
  return <main class="front"><Closed state={state} place={place} /></main>;
}

function Closed({ state, place }: { readonly state: Exclude<DoorState, { readonly name: 'open' | 'starting' }>; readonly place: Place }) {
  const [first] = place.path;
  if (first === 'restore' && (state.name === 'none' || state.name === 'creating')) return <RestorePage />;
  if (first === 'wipe' && state.name !== 'none' && state.name !== 'creating') return <WipePage />;
  switch (state.name) {
    case 'none': case 'creating': return <WelcomePage door={state} place={place} />;
    case 'locked': case 'unlocking': return <UnlockPage door={state} />;
    case 'unusable': case 'unreadable': return <UnusablePage door={state} />;
  }
}
