// The part of the wallet about records: opened, begun, or told why not; then the page of the place.
import { useEffect } from 'preact/hooks';
import type { Place } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Holdings } from '#wallet-app/states.ts';
import { useWords } from '../../speech.tsx';
import { useOnline, usePart } from '../../wallet-context.tsx';
import { AccessPage, RelationshipPage } from './access.tsx';
import { BeginPage } from './begin.tsx';
import { Alarm } from './alarm.tsx';
import { RecordsAround, useRecords, useRecordsWords } from './context.tsx';
import { EmergencyPage } from './emergency.tsx';
import { EntryPage } from './entry.tsx';
import { LeavePage } from './leave.tsx';
import { ListPage } from './list.tsx';
import { LookedPage } from './looked.tsx';
import { HandOverPage, PrescriptionsPage } from './prescriptions.tsx';
import { GuardPage } from './guard.tsx';
import { RecoverPage } from './recover.tsx';
import { SettingsPage } from './settings.tsx';
import { SharePage } from './share.tsx';
import { TakePage } from './take.tsx';
import { TrustedPage } from './trusted.tsx';
import { WritePage } from './write.tsx';

export function RecordsSection({ held, place }: { readonly held: Holdings; readonly place: Place }) {
  const { w, shared } = useWords();
  const standing = (says: string, role: 'status' | 'alert') => <Screen title={w.places.records}><p role={role}>{says}</p></Screen>;
  return <RecordsAround waiting={standing(shared.loading, 'status')} failed={standing(shared.errors.offline, 'alert')}><Gate held={held} place={place} /></RecordsAround>;
}

function Gate({ held, place }: { readonly held: Holdings; readonly place: Place }) {
  const { r, w, failure, shared } = useRecordsWords();
  const app = useRecords();
  const state = usePart(app.state);
  const isOnline = useOnline();
  useEffect(() => { if (isOnline) void app.state.retry(); }, [isOnline, app]); // does nothing where nothing failed
  switch (state.name) {
    case 'closed': case 'opening': return <Screen title={w.places.records}><p role="status">{r.opening}</p></Screen>;
    case 'unavailable': return <Screen title={r.begin.unavailable}><p>{r.begin.unavailableText}</p></Screen>;
    case 'absent': case 'beginning': return place.path[0] === 'recover' ? <RecoverPage held={held} /> : <BeginPage state={state} held={held} />;
    case 'failed': return (
      <Screen title={w.places.records}>
        <Notice kind="bad" alert title={r.failed}>{failure(state.failure)}</Notice>
        <p><Button onClick={() => void app.state.retry()}>{shared.tryAgain}</Button></p>
      </Screen>
    );
    case 'open': return <><Alarm key={state.person} recovery={state.recovery} /><Page place={place} /></>;
  }
}

function Page({ place: { path: [first, second, third], query } }: { readonly place: Place }) {
  switch (first) {
    case 'share': return <SharePage key={`${second ?? ''}${third ?? ''}${query.get('request') ?? ''}`} way={second} id={third} />;
    case 'access': return second === undefined ? <AccessPage /> : <RelationshipPage id={second} />;
    case 'looked': return <LookedPage />;
    case 'card': return second === 'leave' ? <LeavePage /> : <SettingsPage />;
    case 'trusted': return <TrustedPage second={second} third={third} />;
    case 'guard': return <GuardPage key={query.get('recovery') ?? ''} />;
    case 'emergency': return <EmergencyPage />;
    case 'prescriptions': return <PrescriptionsPage />;
    case 'prescription': return <HandOverPage key={query.get('request') ?? ''} />;
    default:
      if (second === 'entry') return <EntryPage id={third ?? ''} />;
      if (second === 'write') return <WritePage kind={third} />;
      return second === 'take' ? <TakePage /> : <ListPage />;
  }
}
