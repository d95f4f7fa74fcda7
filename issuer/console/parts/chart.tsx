// A plot over time: bars or a line, with title and axes, read point by point with the arrow keys, and as a table for whoever prefers that.
import { useId, useState } from 'preact/hooks';
import { useWords } from '../console.tsx';
import { axisFor, labelled } from './scale.ts';

type Series = { readonly name: string; readonly values: readonly number[]; readonly look: 'one' | 'two' | 'three' };
type Props = { readonly title: string; readonly shape: 'bars' | 'line'; readonly labels: readonly string[]; readonly series: readonly Series[]; readonly total?: string };

const BOX = { width: 560, height: 200, start: 44, end: 8, top: 10, bottom: 26 };
const WIDTH = BOX.width - BOX.start - BOX.end;
const HEIGHT = BOX.height - BOX.top - BOX.bottom;

export function Chart({ title, shape, labels, series, total }: Props) {
  const { w, say, dates } = useWords();
  const id = useId();
  const [at, setAt] = useState<number>();
  const { top, steps } = axisFor(Math.max(0, ...series.flatMap(({ values }) => values)));
  const y = (value: number) => BOX.top + HEIGHT * (1 - value / top);
  const slot = WIDTH / Math.max(labels.length, 1);
  const x = (i: number) => BOX.start + slot * (i + 0.5);
  const reading = (i: number) => `${labels[i]}: ${series.map(({ name, values }) => `${name} ${dates.number(values[i] ?? 0)}`).join(', ')}`;
  const move = (event: KeyboardEvent) => {
    const now = at ?? labels.length;
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: labels.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.min(Math.max(next, 0), labels.length - 1));
  };
  const last = labels.length - 1;
  return (
    <figure class="chart card">
      <figcaption class="row-between"><span class="strong" id={id}>{title}</span>{total !== undefined && <span class="chart-total figures">{total}</span>}</figcaption>
      <div
        class="chart-plot" role="slider" tabIndex={0} aria-labelledby={id} aria-valuemin={0} aria-valuemax={Math.max(last, 0)} aria-valuenow={at ?? Math.max(last, 0)} aria-valuetext={labels.length > 0 ? reading(at ?? last) : w.dashboard.noData}
        onKeyDown={move} onBlur={() => setAt(undefined)}
        onPointerMove={(event) => { const box = event.currentTarget.getBoundingClientRect(); setAt(Math.min(last, Math.max(0, Math.floor((((event.clientX - box.left) / box.width) * BOX.width - BOX.start) / slot)))); }} onPointerLeave={() => setAt(undefined)}
      >
        <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} aria-hidden="true">
          {steps.map((step) => <g key={step} class="chart-step"><line x1={BOX.start} x2={BOX.width - BOX.end} y1={y(step)} y2={y(step)} /><text x={BOX.start - 6} y={y(step) + 4} text-anchor="end">{dates.number(step, { notation: 'compact' })}</text></g>)}
          {at !== undefined && <rect class="chart-at" x={BOX.start + slot * at} y={BOX.top} width={slot} height={HEIGHT} />}
          {series.map((each, s) => (shape === 'bars' ? <Bars key={each.name} {...{ each, x, y }} offset={s} count={series.length} slot={slot} /> : <Line key={each.name} {...{ each, x, y }} />))}
          {labelled(labels.length, 6).map((i) => <text key={i} class="chart-label" x={Math.min(x(i), BOX.width - 30)} y={BOX.height - 8} text-anchor="middle">{labels[i]}</text>)}
        </svg>
      </div>
      <div class="row-between small">
        <ul class="legend row">{series.map(({ name, look }) => <li key={name} data-look={look}>{name}</li>)}</ul>
        <span class="soft figures" aria-hidden="true">{at === undefined ? '\u00a0' : reading(at)}</span>
      </div>
      <details class="more">
        <summary>{say(w.dashboard.asTable, { name: title })}</summary>
        <div class="table-frame short" role="region" aria-label={title} tabIndex={0}>
          <table class="table">
            <thead><tr><th scope="col">{w.visit.date}</th>{series.map(({ name }) => <th key={name} scope="col">{name}</th>)}</tr></thead>
            <tbody>{labels.map((label, i) => <tr key={i}><th scope="row">{label}</th>{series.map(({ name, values }) => <td key={name} class="figures">{dates.number(values[i] ?? 0)}</td>)}</tr>).toReversed()}</tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

type Places = { readonly each: Series; readonly x: (i: number) => number; readonly y: (value: number) => number };

function Bars({ each, x, y, offset, count, slot }: Places & { readonly offset: number; readonly count: number; readonly slot: number }) {
  const width = Math.max(1, (slot * 0.76) / count);
  const path = each.values.map((value, i) => (value === 0 ? '' : `M${(x(i) - (slot * 0.76) / 2 + offset * width).toFixed(1)} ${y(0).toFixed(1)}V${y(value).toFixed(1)}h${width.toFixed(1)}V${y(0).toFixed(1)}z`)).join('');
  return <path class="chart-bars" data-look={each.look} d={path} />;
}

function Line({ each, x, y }: Places) {
  const points = each.values.map((value, i) => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`);
  if (points.length === 0) return null;
  return <path class="chart-line" data-look={each.look} d={`M${points.join('L')}`} />;
}
