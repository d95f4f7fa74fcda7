// How things stand: what was issued and revoked over time, which offers wait, and how far the chain is behind.
import { useState } from 'preact/hooks';
import { secondsNow } from '#faces/device.ts';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { errorInWords } from '#faces/words/sentences/index.ts';
import type { Statistics } from '../../api.ts';
import { useConsole, useEvery, useLoad, useWords } from '../../console.tsx';
import { Chart } from '../../parts/chart.tsx';
import { ether, isLow } from '../../parts/gas.ts';
import { Empty, Loaded } from '../../parts/parts.tsx';

const DAY = 86_400;
const SPANS = { day: { seconds: DAY, step: 'hour' }, month: { seconds: 30 * DAY, step: 'day' }, year: { seconds: 365 * DAY, step: 'day' } } as const;
type Span = keyof typeof SPANS;
/** Seconds after which a write that waits, or a chain that stands still, is something to see to. */
const SLOW = 300;

export function DashboardPage() {
  const { w } = useWords();
  const { api } = useConsole();
  const [span, setSpan] = useState<Span>('month');
  const { seconds, step } = SPANS[span];
  const loading = useLoad((signal) => api.statistics(secondsNow() - seconds, secondsNow(), step, signal), [span]);
  useEvery(15_000, loading.reload);
  return (
    <Screen title={w.places.dashboard} wide>
      <fieldset class="segments">
        <legend class="unseen">{w.dashboard.span}</legend>
        {(Object.keys(SPANS) as Span[]).map((each) => <label key={each}><input type="radio" name="span" checked={each === span} onChange={() => setSpan(each)} /><span>{w.dashboard.spans[each]}</span></label>)}
      </fieldset>
      <Loaded of={loading}>{(statistics) => <Numbers statistics={statistics} />}</Loaded>
    </Screen>
  );
}

function Numbers({ statistics: { now: current, series, step, chain, gas } }: { readonly statistics: Statistics }) {
  const { w, dates, say, language } = useWords();
  const { may, sentences } = useConsole();
  const labelOf = new Intl.DateTimeFormat(new Intl.Locale(language, { numberingSystem: 'latn' }).toString(), step === 'hour' ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' });
  const labels = series.map(({ at }) => labelOf.format(at * 1000));
  const sum = (name: 'issued' | 'revoked') => dates.number(series.reduce((total, point) => total + point[name], 0));
  const lag = chain.headAt === undefined ? undefined : Math.max(0, secondsNow() - chain.headAt);
  const balance = ether(gas?.balance);
  const tiles: readonly (readonly [string, string, boolean?])[] = [
    [w.dashboard.issued, dates.number(current.issued)], [w.dashboard.outstanding, dates.number(current.outstanding)], [w.dashboard.suspended, dates.number(current.suspended)], [w.dashboard.revoked, dates.number(current.revoked)],
    [w.dashboard.patients, dates.number(current.patients)],
  ];
  const isNew = current.issued === 0 && series.every(({ issued, offered }) => issued === 0 && offered === 0);
  return (
    <>
      {chain.trouble && <Notice kind="bad" title={w.dashboard.trouble} alert><p>{errorInWords(chain.trouble.split(' ')[0], sentences)}</p></Notice>}
      {!chain.trouble && chain.oldestSeconds > SLOW && <Notice kind="warn"><p>{say(w.dashboard.slow, { count: chain.pending })}</p></Notice>}
      {isLow(gas) && <Notice kind="warn"><p>{say(w.keys.lowGas, { count: gas!.writes! })}</p></Notice>}
      {isNew && <Empty title={w.dashboard.empty}>{may('credentials:issue') && <p><a class="button" href="#/visit">{w.places.visit}</a></p>}</Empty>}
      <dl class="numbers">{tiles.map(([name, value]) => <div key={name}><dt>{name}</dt><dd class="figures">{value}</dd></div>)}</dl>
      <div class="charts">
        <Chart title={w.dashboard.issued} shape="bars" labels={labels} series={[{ name: w.dashboard.issued, values: series.map(({ issued }) => issued), look: 'one' }]} total={sum('issued')} />
        <Chart title={w.dashboard.changes} shape="bars" labels={labels} total={sum('revoked')}
          series={[{ name: w.dashboard.revoked, values: series.map(({ revoked }) => revoked), look: 'three' }, { name: w.dashboard.suspended, values: series.map(({ suspended }) => suspended), look: 'two' }]} />
        <Chart title={w.dashboard.outstanding} shape="line" labels={labels} series={[{ name: w.dashboard.outstanding, values: [...series.map(({ outstanding }) => outstanding).slice(0, -1), current.outstanding], look: 'one' }]} total={dates.number(current.outstanding)} />
        <section class="card stack-s">
          <h2 class="card-title">{w.dashboard.chain}</h2>
          <dl class="facts">
            {lag !== undefined && <><dt>{w.dashboard.lag}</dt><dd>{dates.relative(chain.headAt!, secondsNow())}{lag > SLOW && <> · <span class="error">{w.dashboard.stands}</span></>}</dd></>}
            {chain.head !== undefined && <><dt>{w.dashboard.block}</dt><dd class="figures">{dates.number(chain.head)}{chain.finalized !== undefined && <span class="soft"> ({say(w.dashboard.final, { block: chain.finalized })})</span>}</dd></>}
            <dt>{w.dashboard.waiting}</dt><dd class="figures">{dates.number(chain.pending)}</dd>
            <dt>{w.dashboard.writer}</dt><dd>{w.writers[chain.writer as keyof typeof w.writers] ?? chain.writer}</dd>
            {balance !== undefined && <><dt>{w.keys.balance}</dt><dd class="figures">{dates.number(balance, { maximumFractionDigits: 4 })} ETH{gas?.writes !== undefined && <span class="soft"> · {say(w.keys.writes, { count: gas.writes })}</span>}</dd></>}
          </dl>
          {may('audit:read') && <p><a href="#/keys">{w.places.keys}</a></p>}
        </section>
      </div>
    </>
  );
}
