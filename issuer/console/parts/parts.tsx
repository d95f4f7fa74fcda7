// Small parts that many pages of the console use.
import type { ComponentChildren } from 'preact';
import { Button } from '#faces/parts/button.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import type { Problem } from '#faces/staff/problem.ts';
import type { Status, StatusAction } from '../api.ts';
import { now, useProblemWords, useWords, type Doing, type Loading } from '../console.tsx';
import { plain } from '../plain.ts';

/** A text of somebody else's: kept from turning what stands around it, and without anything unseen. */
export const Text = ({ children }: { readonly children: string | undefined }) => <bdi>{plain(children ?? '')}</bdi>;

export function Wrong({ problem, again }: { readonly problem: Problem | undefined; readonly again?: (() => void) | undefined }) {
  const says = useProblemWords();
  const { shared } = useWords();
  if (!problem) return null;
  return (
    <Notice kind="bad" alert>
      <p>{says(problem)}</p>
      {again && <div class="row"><Button kind="secondary" onClick={again}>{shared.tryAgain}</Button></div>}
    </Notice>
  );
}

/** What is loading, what kept it from that, or what came. What came before stays in sight. */
export function Loaded<T>({ of, children }: { readonly of: Loading<T>; readonly children: (value: T) => ComponentChildren }) {
  const { shared } = useWords();
  return (
    <>
      {of.problem && <Wrong problem={of.problem} again={of.reload} />}
      {of.value === undefined ? of.isLoading && <p class="soft loading" role="status">{shared.loading}</p> : children(of.value)}
    </>
  );
}

export const Empty = ({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) => <div class="empty"><p class="strong">{title}</p>{children}</div>;

const STATUS_KINDS = { valid: 'good', suspended: 'warn', revoked: 'bad', expired: undefined, waiting: undefined, unknown: undefined } as const;

export function StatusTag({ status, pending }: { readonly status: Status | undefined; readonly pending?: StatusAction | undefined }) {
  const { w } = useWords();
  if (!status) return null;
  return <span class="tags"><Tag kind={STATUS_KINDS[status]}>{w.statuses[status]}</Tag>{pending && <Tag>{w.pending[pending]}</Tag>}</span>;
}

export function When({ at, short = false }: { readonly at: number; readonly short?: boolean }) {
  const { dates } = useWords();
  return <time class="figures" dateTime={new Date(at * 1000).toISOString()} title={dates.dateTime(at)}>{short ? dates.relative(at, now()) : dates.dateTime(at)}</time>;
}

/** A question before what cannot be taken back; its button says what will happen. */
export function Confirm({ title, says, act, doing, onAct, onClose, children, danger = true, isReady = true }: {
  readonly title: string; readonly says?: ComponentChildren; readonly act: string; readonly doing: Doing; readonly onAct: () => Promise<void>; readonly onClose: () => void;
  readonly children?: ComponentChildren; readonly danger?: boolean; readonly isReady?: boolean;
}) {
  const { shared } = useWords();
  const submit = (event: Event) => {
    event.preventDefault();
    if (isReady) void doing.run(onAct);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        {says !== undefined && <div>{says}</div>}
        {children}
        <Wrong problem={doing.problem} />
        <div class="row">
          <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={doing.busy} disabled={!isReady}>{act}</Button>
          <Button kind="quiet" onClick={onClose}>{shared.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A secret that is shown once, to be copied. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const { w } = useWords();
  return (
    <div class="copy">
      <code class="mono">{text}</code>
      <Button kind="secondary" aria-label={`${w.copy}: ${label}`} onClick={() => void navigator.clipboard.writeText(text)}>{w.copy}</Button>
    </div>
  );
}
