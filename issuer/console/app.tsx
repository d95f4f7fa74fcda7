// The console: for those who are signed in, with the words that codes have in their language.
import { useMemo } from 'preact/hooks';
import { StaffGate } from '#faces/staff/gate.tsx';
import { createStaff, type Me } from '#faces/staff/staff.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { useInLanguage } from '#faces/words/in-language.ts';
import { loadSentences } from '#faces/words/sentences/index.ts';
import { createApi } from './api.ts';
import { ConsoleContext, type Console } from './console.tsx';
import { createDrafts, forgetDrafts } from './drafts.ts';
import { Shell } from './shell.tsx';
import type { Words } from './words/index.ts';

const staff = createStaff({ onLeave: forgetDrafts });

export function App() {
  const { w } = useSpeech<Words>();
  return <StaffGate staff={staff} title={w.name}>{(me) => <SignedIn key={me.id} me={me} />}</StaffGate>;
}

function SignedIn({ me }: { readonly me: Me }) {
  const { shared } = useSpeech<Words>();
  const sentences = useInLanguage(loadSentences);
  const drafts = useMemo(() => createDrafts(me.id), [me.id]);
  const value = useMemo<Console | undefined>(() => sentences && {
    staff, api: createApi(staff), me, drafts, sentences, may: (permission) => me.permissions.includes(permission),
  }, [me, sentences, drafts]);
  if (!value) return <p class="column" role="status">{shared.loading}</p>;
  return <ConsoleContext.Provider value={value}><Shell /></ConsoleContext.Provider>;
}
