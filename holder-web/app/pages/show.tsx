// Showing: the code of a place is scanned, or a rule is picked; what comes of it is shown by the pages for passes and for answers.
import { useState } from 'preact/hooks';
import { go, to, type Place } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { titleOf } from '#faces/words/sentences/index.ts';
import { recognise } from '#wallet-app/recognise.ts';
import type { Holdings, RuleView } from '#wallet-app/states.ts';
import { Result } from '../parts/progress.tsx';
import { Scan } from '../parts/scan.tsx';
import { useWords } from '../speech.tsx';
import { AnswerPage } from './answer.tsx';
import { Making } from './making.tsx';
import { PassPage } from './pass.tsx';

export function ShowPage({ held, place }: { readonly held: Holdings; readonly place: Place }) {
  const [first, policy] = place.path;
  // `#/rule?t=` is what a venue's link leads to, wherever it was opened.
  const request = place.query.get(first === 'rule' ? 't' : 'request') ?? undefined;
  if (request !== undefined) {
    const what = recognise(request);
    if (what === 'request') return <AnswerPage link={request} />;
    return what === 'venue' ? <PassPage key={request} request={request} held={held} /> : <Unknown />;
  }
  if (policy === 'scan') return <ScanPage />;
  return policy === undefined ? <Choose held={held} /> : <PassPage key={policy} request={{ policy }} held={held} />;
}

const Unknown = () => {
  const { w } = useWords();
  return <Result kind="warn" title={w.show.failed} text={w.show.unknownCode}><ButtonLink wide href={to('show')}>{w.show.back}</ButtonLink></Result>;
};

function Choose({ held }: { readonly held: Holdings }) {
  const { w } = useWords();
  const favourites = held.rules.filter(({ isFavourite }) => isFavourite);
  const others = held.rules.filter(({ isFavourite }) => !isFavourite);
  return (
    <Screen title={w.show.title}>
      <p class="lead">{w.show.lead}</p>
      <ButtonLink wide href={to('show', 'scan')}>{w.show.scan}</ButtonLink>
      {held.rules.length === 0 && <Notice kind="warn">{w.show.noRules}</Notice>}
      <Rules title={w.show.favourites} rules={favourites} />
      <Rules title={favourites.length > 0 ? w.show.others : w.show.rules} rules={others} />
      <Making />
    </Screen>
  );
}

function Rules({ title, rules }: { readonly title: string; readonly rules: readonly RuleView[] }) {
  const { sentences } = useWords();
  if (rules.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{title}</h2>
      <ul class="links">
        {rules.map((rule) => <li key={rule.policy.id}><a href={to('show', rule.policy.id)}><span class="strong">{titleOf(rule.policy, sentences)}</span><Fits rule={rule} /></a></li>)}
      </ul>
    </section>
  );
}

function Fits({ rule: { report, ready } }: { readonly rule: RuleView }) {
  const { w, say, dates } = useWords();
  if (ready > 0) return <Tag kind="good">{w.show.ready}</Tag>;
  if (report.fits.length > 0) return <span class="soft small">{w.show.fits}</span>;
  return <span class="soft small">{report.fitsFrom === undefined ? w.show.fitsNot : say(w.show.from, { date: dates.date(report.fitsFrom) })}</span>;
}

function ScanPage() {
  const { w, shared } = useWords();
  const [isUnknown, setUnknown] = useState(false);
  const take = (text: string) => {
    const what = recognise(text);
    if (what === 'offer') go(`#/add?offer=${encodeURIComponent(text.trim())}`, { replace: true });
    else if (what === 'request' || what === 'venue') go(`#/show?request=${encodeURIComponent(text.trim())}`, { replace: true });
    else setUnknown(true);
  };
  return (
    <Screen title={w.show.scanTitle}>
      {isUnknown && <Notice kind="warn" alert>{w.show.unknownCode}</Notice>}
      <Scan onText={take} />
      <div class="actions">
        <ButtonLink wide kind="secondary" href={to('show')}>{w.show.chooseRule}</ButtonLink>
        <Button wide kind="quiet" onClick={() => history.back()}>{shared.cancel}</Button>
      </div>
    </Screen>
  );
}
