// How old the data are that verdicts rest on, and whatever keeps this device from deciding. Always in sight.
import type { Policy } from '#passport';
import { useSpeech } from '#faces/words/face.tsx';
import { TRUST_AGE } from '#verifier/checks/limits.ts';
import { useScanner } from '../scanner-context.tsx';
import type { TrustReport } from '../trust/report.ts';
import { useValue } from '#faces/value.ts';
import type { Words } from '../words/index.ts';
import { useNow, usePolicies, useRule } from './hooks.ts';

type Kind = 'good' | 'warn' | 'bad';

/** The strictest of the rules that may be asked. */
const limitOf = (policies: readonly Policy[]): number => Math.min(TRUST_AGE, ...policies.map(({ freshness }) => freshness.trust));

export function FreshnessLine() {
  const { w, say, dates } = useSpeech<Words>();
  const { report } = useValue(useScanner().known);
  const now = useNow();
  const [rule, policies] = [useRule(), usePolicies()];
  const { kind, text } = lineOf(report, now, limitOf(rule ? [rule] : policies), { w: w.freshness, say: (line, age, minutes) => say(line, { age: age === undefined ? '' : dates.relative(age, now), minutes: minutes ?? 0 }) });
  return (
    <p class="freshness" data-kind={kind} role="status" aria-label={w.freshness.label}>
      <span class="freshness-mark" aria-hidden="true" />
      {report.connection === 'offline' && <strong>{w.freshness.offline} · </strong>}
      <span>{text}</span>
    </p>
  );
}

type Say = { readonly w: Words['freshness']; readonly say: (line: string, age?: number, minutes?: number) => string };

function lineOf({ data, clock, finalizedAt }: TrustReport, now: number, limit: number, { w, say }: Say): { readonly kind: Kind; readonly text: string } {
  if (clock.name === 'wrong') {
    const minutes = Math.max(1, Math.round(Math.abs(clock.ahead ?? 0) / 60));
    return { kind: 'bad', text: clock.ahead === undefined ? w.clockTurned : say(clock.ahead > 0 ? w.clockAhead : w.clockBehind, undefined, minutes) };
  }
  if (data === 'refused') return { kind: 'bad', text: w.refused };
  if (finalizedAt === undefined) return data === 'loading' ? { kind: 'warn', text: w.loading } : { kind: 'bad', text: w.none };
  const age = now - finalizedAt;
  if (age > limit) return { kind: 'bad', text: say(w.stale, finalizedAt) };
  return { kind: age > limit / 2 ? 'warn' : 'good', text: say(w.of, finalizedAt) };
}
