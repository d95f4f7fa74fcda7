// What pages show of loading and doing: what went wrong in words, what came, and the question before what matters.
import type { ComponentChildren } from 'preact';
import type { Doing, Loading } from '../doing.ts';
import { useSpeech } from '../words/face.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';

type ConfirmProps<F> = {
  readonly title: string; readonly says?: ComponentChildren; readonly act: string; readonly doing: Doing<F>; readonly onAct: () => Promise<void>; readonly onClose: () => void;
  readonly children?: ComponentChildren; readonly danger?: boolean; readonly isReady?: boolean;
};

/** @param useFailureWords what a person can do about a failure, in a sentence */
export function createDoingParts<F>(useFailureWords: () => (failure: F) => string) {
  function Wrong({ failure, again }: { readonly failure: F | undefined; readonly again?: (() => void) | undefined }) {
    const says = useFailureWords();
    const { shared } = useSpeech();
    if (!failure) return null;
    return (
      <Notice kind="bad" alert>
        <p>{says(failure)}</p>
        {again && <div class="row"><Button kind="secondary" onClick={again}>{shared.tryAgain}</Button></div>}
      </Notice>
    );
  }

  /** What is loading, what kept it from that, or what came. What came before stays in sight. */
  function Loaded<T>({ of, children }: { readonly of: Loading<T, F>; readonly children: (value: T) => ComponentChildren }) {
    const { shared } = useSpeech();
    return (
      <>
        {of.failure && <Wrong failure={of.failure} again={of.reload} />}
        {of.value === undefined ? of.isLoading && <p class="soft loading" role="status">{shared.loading}</p> : children(of.value)}
      </>
    );
  }

  /** A question before what matters or cannot be taken back; its button says what will happen. */
  function Confirm({ title, says, act, doing, onAct, onClose, children, danger = true, isReady = true }: ConfirmProps<F>) {
    const { shared } = useSpeech();
    const submit = (event: Event) => {
      event.preventDefault();
      if (isReady) void doing.run(onAct);
    };
    return (
      <Dialog title={title} onClose={onClose}>
        <form class="stack" onSubmit={submit} noValidate>
          {says !== undefined && <div>{says}</div>}
          {children}
          <Wrong failure={doing.failure} />
          <div class="row">
            <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={doing.busy} disabled={!isReady}>{act}</Button>
            <Button kind="quiet" onClick={onClose}>{shared.cancel}</Button>
          </div>
        </form>
      </Dialog>
    );
  }

  return { Wrong, Loaded, Confirm };
}
