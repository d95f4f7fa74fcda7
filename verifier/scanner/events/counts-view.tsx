// How many entered: one number, bars over time, and the lanes. The bars say the same as the table that is read aloud.
import { Notice } from '#faces/parts/notice.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import type { Words } from '../words/index.ts';
import type { Counts } from './service.ts';

/** Bars that are shown: five hours of steps of five minutes. */
const BARS = 60;
const HEIGHT = 40;

export function CountsView({ counts, capacity }: { readonly counts: Counts; readonly capacity: number | null }) {
  const { w: { rules: { events: words } }, say, dates } = useSpeech<Words>();
  const { entries, doubles, lanes } = counts;
  return (
    <section class="stack" aria-label={words.entries}>
      <p class="figure" role="status">{say(words.entered, { count: entries })}{capacity !== null && ` ${say(words.of, { capacity })}`}</p>
      {capacity !== null && entries >= capacity && <Notice kind="warn" title={words.full} alert />}
      {doubles > 0 && <Notice kind="warn" title={say(words.doubles, { count: doubles })}><p>{words.doublesText}</p></Notice>}
      {counts.steps.length > 0 && <OverTime counts={counts} />}
      <h2>{words.lanes}</h2>
      {lanes.length === 0 ? <p class="soft">{words.noLane}</p> : (
        <div class="scrolls" role="group" aria-label={words.lanes} tabIndex={0}> {/* oxlint-disable-line jsx_a11y/no-noninteractive-tabindex */}
          <table class="figures">
            <thead><tr><th scope="col">{words.lane}</th><th scope="col">{words.entries}</th><th scope="col">{words.heard}</th></tr></thead>
            <tbody>{lanes.map((lane) => <tr key={lane.name}><th scope="row">{lane.name === '' ? words.service : lane.name}</th><td>{dates.number(lane.entries)}</td><td>{dates.time(lane.seenAt)}</td></tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function OverTime({ counts: { steps, step } }: { readonly counts: Counts }) {
  const { w: { rules: { events: words } }, dates } = useSpeech<Words>();
  const end = steps.at(-1)!.at; // shown where there are steps only
  const first = Math.max(steps[0]!.at, end - (BARS - 1) * step);
  const bars = Array.from({ length: (end - first) / step + 1 }, (_, i) => steps.find(({ at }) => at === first + i * step)?.entries ?? 0);
  const most = Math.max(...bars, 1);
  const label = `${words.overTime}: ${dates.time(first)} – ${dates.time(end + step)}`;
  return (
    <figure class="stack-s">
      <svg class="bars" viewBox={`0 0 ${BARS} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`${label}. ${dates.list(bars.map((entries) => dates.number(entries)))}`}>
        {bars.map((entries, i) => <rect key={first + i * step} x={i + 0.1} width={0.8} y={HEIGHT - (HEIGHT * entries) / most} height={(HEIGHT * entries) / most} />)}
      </svg>
      <figcaption class="soft small">{label}</figcaption>
    </figure>
  );
}
