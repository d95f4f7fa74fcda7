// Something a person should know, good or bad; and the summary of what is wrong with a form.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSpeech } from '../words/face.tsx';

export type NoticeKind = 'info' | 'good' | 'warn' | 'bad';

/** `alert` interrupts whoever listens, and comes into sight of whoever looks: for what has just gone wrong, perhaps by a button at the other end of the page. */
export function Notice({ kind = 'info', title, alert = false, children }: { readonly kind?: NoticeKind; readonly title?: ComponentChildren; readonly alert?: boolean; readonly children?: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (alert) box.current?.scrollIntoView({ block: 'nearest' }); }, [alert]);
  return (
    <div class="notice" data-kind={kind} role={alert ? 'alert' : undefined} ref={box}>
      {title !== undefined && <p class="notice-title">{title}</p>}
      {children}
    </div>
  );
}

/**
 * What is wrong with a form, each with a link to its field; gets the focus when somebody tried, and never takes it from who mends something.
 * @param tried another value at each attempt
 */
export function ErrorSummary({ errors, tried }: { readonly errors: readonly { readonly field: string; readonly says: string }[]; readonly tried: unknown }) {
  const { shared } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [tried]);
  if (errors.length === 0) return null;
  const goTo = (field: string) => (event: Event) => {
    event.preventDefault();
    document.getElementById(field)?.focus();
  };
  return (
    <div class="notice" data-kind="bad" role="alert" tabIndex={-1} ref={box}>
      <h2 class="notice-title">{shared.errors.title}</h2>
      <ul>{errors.map(({ field, says }) => <li key={field}><a href={`#${field}`} onClick={goTo(field)}>{says}</a></li>)}</ul>
    </div>
  );
}

export const Tag = ({ kind, children }: { readonly kind?: Exclude<NoticeKind, 'info'> | undefined; readonly children: ComponentChildren }) => <span class="tag" data-kind={kind}>{children}</span>;
