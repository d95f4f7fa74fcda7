// Shows what is inside to those who are signed in, and the way in to everybody else. Over a page whose session ended it asks again, and keeps the page.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { LanguageMenu } from '../parts/language-menu.tsx';
import { Notice } from '../parts/notice.tsx';
import { Screen } from '../parts/screen.tsx';
import { useSpeech } from '../words/face.tsx';
import type { Problem } from './problem.ts';
import type { Me, Staff, StaffState } from './staff.ts';

export function useStaff(staff: Staff): StaffState {
  const [state, set] = useState(staff.get);
  useEffect(() => (set(staff.get()), staff.subscribe(set)), [staff]);
  return state;
}

type GateProps = { readonly staff: Staff; readonly title: string; readonly children: (me: Me) => ComponentChildren };

export function StaffGate({ staff, title, children }: GateProps) {
  const state = useStaff(staff);
  const { shared } = useSpeech();
  if (state.name === 'starting') return <main class="column"><p class="screen" role="status">{shared.loading}</p></main>;
  if (state.name === 'signed-in') {
    return (
      <>
        {children(state.me)}
        {state.asks !== undefined && <Asking staff={staff} asks={state.asks} failure={state.failure} name={state.me.displayName} />}
      </>
    );
  }
  return <SignIn staff={staff} title={title} state={state} />;
}

function SignIn({ staff, title, state }: { readonly staff: Staff; readonly title: string; readonly state: Extract<StaffState, { name: 'signed-out' | 'unreachable' }> }) {
  const { shared } = useSpeech();
  const [busy, press] = useBusy();
  const { staff: words } = shared;
  return (
    <main class="sign-in">
      <Screen title={title}>
        {state.name === 'unreachable' && <Notice kind="bad" alert>{words.unreachable}</Notice>}
        {!staff.isSupported() && <Notice kind="bad" alert>{words.noPasskeys}</Notice>}
        {state.name === 'signed-out' && <Failure failure={state.failure} />}
        <p>{words.says}</p>
        <div class="row">
          {state.name === 'unreachable'
            ? <Button busy={busy} onClick={press(staff.load)}>{shared.tryAgain}</Button>
            : <Button busy={busy} onClick={press(staff.signIn)}>{words.signIn}</Button>}
        </div>
        <p class="soft small">{words.help}</p>
        <LanguageMenu />
      </Screen>
    </main>
  );
}

/** `sign-in`: nothing behind it can be read by whoever stands before an unattended screen. */
function Asking({ staff, asks, failure, name }: { readonly staff: Staff; readonly asks: 'sign-in' | 'step-up'; readonly failure: Problem | undefined; readonly name: string }) {
  const { shared, say } = useSpeech();
  const [busy, press] = useBusy();
  const { staff: words } = shared;
  const isOver = asks === 'sign-in';
  return (
    <div class={isOver ? 'covering' : undefined}>
      <Dialog title={isOver ? words.over : words.confirm} onClose={isOver ? () => {} : staff.leave}>
        <p>{isOver ? say(words.overSays, { name }) : words.confirmSays}</p>
        <Failure failure={failure} />
        <div class="row">
          <Button busy={busy} onClick={press(isOver ? staff.signIn : staff.stepUp)}>{isOver ? words.signIn : words.confirmNow}</Button>
          {isOver ? <Button kind="quiet" onClick={() => void staff.signOut()}>{words.signOut}</Button> : <Button kind="quiet" onClick={staff.leave}>{shared.cancel}</Button>}
        </div>
      </Dialog>
    </div>
  );
}

function Failure({ failure }: { readonly failure: Problem | undefined }) {
  const { shared: { staff: words, errors } } = useSpeech();
  if (!failure) return null;
  const says = failure.code === 'passkey-refused' ? words.refused : failure.code === 'not-authorised' ? words.unknown : failure.code === 'offline' ? errors.offline : failure.code === 'rate-limited' ? words.tooOften : errors.unexpected;
  return <Notice kind="bad" alert>{says}</Notice>;
}

function useBusy(): [boolean, (work: () => Promise<void>) => () => void] {
  const [busy, setBusy] = useState(false);
  return [busy, (work) => () => {
    setBusy(true);
    void work().finally(() => setBusy(false));
  }];
}
