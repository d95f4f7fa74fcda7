// How a certificate stands: a shape, a word, and how old that knowledge is. Never colour alone.
import { Mark } from '#faces/parts/mark.tsx';
import type { Card } from '#wallet-app/states.ts';
import { useWords } from '../speech.tsx';
import { useNow } from '../wallet-context.tsx';

type Look = { readonly kind: 'good' | 'warn' | 'bad'; readonly word: 'valid' | 'revoked' | 'suspended' | 'expired' | 'unknown' | 'expiring' | 'issuer' };

export function lookOf({ standing, alert }: Card): Look {
  if (standing.status === 'revoked') return { kind: 'bad', word: 'revoked' };
  if (standing.issuer === 'removed' || standing.issuer === 'suspended') return { kind: 'bad', word: 'issuer' };
  if (standing.status === 'suspended') return { kind: 'warn', word: 'suspended' };
  if (standing.status === 'expired') return { kind: 'bad', word: 'expired' };
  if (standing.status === 'unknown' || standing.issuer === 'unknown') return { kind: 'warn', word: 'unknown' };
  return alert?.kind === 'expiring' ? { kind: 'warn', word: 'expiring' } : { kind: 'good', word: 'valid' };
}

export function Status({ card }: { readonly card: Card }) {
  const { w, say, dates } = useWords();
  const now = useNow();
  const look = lookOf(card);
  const checked = card.standing.asOf?.syncedAt;
  return (
    <span class="status" data-kind={look.kind}>
      <Mark kind={look.kind} />
      <span class="strong">{w.status[look.word]}</span>
      <span class="soft small">{checked === undefined ? w.card.never : say(w.card.checked, { ago: dates.relative(Math.min(checked, now), now) })}</span>
    </span>
  );
}
