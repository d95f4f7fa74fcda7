// While something takes a moment, and what came of it.
import type { ComponentChildren } from 'preact';
import { Mark } from '#faces/parts/mark.tsx';
import { Screen } from '#faces/parts/screen.tsx';

/** Without `value` nobody knows how far it is. */
export const Progress = ({ title, says, value, children }: { readonly title: string; readonly says: string; readonly value?: number | undefined; readonly children?: ComponentChildren }) => (
  <Screen title={title}>
    <div class="progress-place">
      <p role="status">{says}</p>
      <progress class="progress" aria-label={says} max={1} value={value} />
    </div>
    {children}
  </Screen>
);

export const Result = ({ kind, title, text, children }: { readonly kind?: 'good' | 'bad' | 'warn'; readonly title: string; readonly text?: ComponentChildren; readonly children?: ComponentChildren }) => (
  <Screen title={title}>
    <div class="result" role="status">
      {kind && <span class="result-mark" data-kind={kind}><Mark kind={kind} /></span>}
      {text !== undefined && <p class="lead">{text}</p>}
    </div>
    <div class="actions">{children}</div>
  </Screen>
);
