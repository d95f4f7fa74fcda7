// Small parts that many pages of the console use.
import type { ComponentChildren } from 'preact';
import { secondsNow } from '#faces/device.ts';
import { Button } from '#faces/parts/button.tsx';
import { createDoingParts } from '#faces/parts/doing.tsx';
import { Tag } from '#faces/parts/notice.tsx';
import type { Problem } from '#faces/staff/problem.ts';
import type { Status, StatusAction } from '../api.ts';
import { useProblemWords, useWords } from '../console.tsx';

export const { Wrong, Loaded, Confirm } = createDoingParts<Problem>(useProblemWords);

export const Empty = ({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) => <div class="empty"><p class="strong">{title}</p>{children}</div>;

const STATUS_KINDS = { valid: 'good', suspended: 'warn', revoked: 'bad', expired: undefined, waiting: undefined, unknown: undefined } as const;

export function StatusTag({ status, pending }: { readonly status: Status | undefined; readonly pending?: StatusAction | undefined }) {
  const { w } = useWords();
  if (!status) return null;
  return <span class="tags"><Tag kind={STATUS_KINDS[status]}>{w.statuses[status]}</Tag>{pending && <Tag>{w.pending[pending]}</Tag>}</span>;
}

export function When({ at, short = false }: { readonly at: number; readonly short?: boolean }) {
  const { dates } = useWords();
  return <time class="figures" dateTime={new Date(at * 1000).toISOString()} title={dates.dateTime(at)}>{short ? dates.relative(at, secondsNow()) : dates.dateTime(at)}</time>;
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
