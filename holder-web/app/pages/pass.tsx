// One pass: what is asked, what is shown and what stays secret; then the code, or why there is none and what would give one.
import { useEffect } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Checkbox } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { reportInWords, ruleInWords, titleOf } from '#faces/words/sentences/index.ts';
import type { FitReport } from '#wallet/fit.ts';
import type { PresentationRequest } from '#wallet/request.ts';
import type { Holdings, ShowingState } from '#wallet-app/states.ts';
import { Progress, Result } from '../parts/progress.tsx';
import { useWords } from '../speech.tsx';
import { usePart, useWallet } from '../wallet-context.tsx';
import { ShownPage } from './shown.tsx';

export function PassPage({ request, held }: { readonly request: PresentationRequest | string; readonly held: Holdings }) {
  const { showing } = useWallet();
  const state = usePart(showing);
  useEffect(() => {
    void showing.ask(request);
    return () => showing.close();
  }, [held.person.id]); // the request is the key of this page
  return <Showing state={state} held={held} onAsk={() => void showing.ask(request)} />;
}

function Showing({ state, held, onAsk }: { readonly state: ShowingState; readonly held: Holdings; readonly onAsk: () => void }) {
  const { w, sentences, failure, shared } = useWords();
  const { showing } = useWallet();
  switch (state.name) {
    case 'idle': return <Progress title={w.show.title} says={w.show.reading} />;
    case 'asked': return <Asked state={state} held={held} />;
    case 'making': return (
      <Progress title={w.show.making} says={w.show.steps[state.step]}>
        <p>{w.show.makingText}</p>
        <p><Button kind="secondary" wide onClick={() => { showing.close(); go(to('show')); }}>{shared.cancel}</Button></p>
      </Progress>
    );
    case 'shown': return <ShownPage state={state} onDone={() => { showing.close(); go(to('show')); }} />;
    case 'over': return (
      <Result title={w.show.over} text={w.show.overText}>
        <Button wide onClick={onAsk}>{w.show.again}</Button>
        <ButtonLink wide kind="quiet" href={to('show')}>{w.show.back}</ButtonLink>
      </Result>
    );
    case 'nothing-fits': return <NothingFits report={state.report} title={titleOf(state.report.policy, sentences)} />;
    case 'failed': return (
      <Result kind="bad" title={w.show.failed} text={failure(state.failure)}>
        <Button wide onClick={onAsk}>{shared.tryAgain}</Button>
        <ButtonLink wide kind="quiet" href={to('show')}>{w.show.back}</ButtonLink>
      </Result>
    );
  }
}

/** A rule that came along with the question is told apart from those that the wallet knows: somebody wrote it. */
function MadeBy({ rule: { signer, known } }: { readonly rule: NonNullable<Extract<ShowingState, { readonly name: 'asked' }>['rule']> }) {
  const { w, say } = useWords();
  const name = signer.by === 'certificate' ? signer.name : undefined;
  return known && name !== undefined ? <Notice>{say(w.show.madeBy, { who: name })}</Notice> : <Notice kind="warn">{w.show.madeByUnknown}</Notice>;
}

function Asked({ state: { request, policy, isReady, rule: own }, held }: { readonly state: Extract<ShowingState, { readonly name: 'asked' }>; readonly held: Holdings }) {
  const { w, say, sentences } = useWords();
  const { showing, holdings } = useWallet();
  const words = ruleInWords(policy, sentences, { match: request.match, once: request.scope !== undefined });
  const rule = held.rules.find((each) => each.policy.id === policy.id);
  return (
    <Screen title={titleOf(policy, sentences)} tab={w.show.title} back={to('show')}>
      {request.audience !== undefined && <p class="asker">{say(w.show.asks, { who: request.audience })}</p>}
      {own && <MadeBy rule={own} />}
      <div class="saying">
        <Sign path="M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6" />
        <div class="stack-s"><p class="lead">{words.proves}</p>{words.extras.map((extra) => <p key={extra} class="strong">{extra}</p>)}</div>
        <Sign path="M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3" />
        <p>{words.secret}</p>
      </div>
      <div class="actions" data-stick><Button wide onClick={() => void showing.show()}>{isReady ? w.show.start : w.show.startMaking}</Button></div>
      <details class="more">
        <summary>{w.show.ways}</summary>
        <ul>{words.ways.map((way) => <li key={way}>{way}</li>)}</ul>
      </details>
      {rule && <Checkbox label={w.show.favourite} hint={w.show.favouriteHint} checked={rule.isFavourite} onChange={(event) => void holdings.setFavourite(policy.id, event.currentTarget.checked)} />}
    </Screen>
  );
}

const Sign = ({ path }: { readonly path: string }) => <svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>;

export function NothingFits({ report, title }: { readonly report: FitReport; readonly title: string }) {
  const { w } = useWords();
  return (
    <Screen title={w.show.none} back={to('show')}>
      <p class="asker">{title}</p>
      <Why report={report} />
      <div class="actions">
        <ButtonLink wide href={to('add')}>{w.home.emptyAdd}</ButtonLink>
        <ButtonLink wide kind="quiet" href={to('show')}>{w.show.back}</ButtonLink>
      </div>
    </Screen>
  );
}

export function Why({ report }: { readonly report: FitReport }) {
  const { sentences } = useWords();
  const words = reportInWords(report, sentences);
  if (!words) return null;
  return (
    <div class="stack">
      <p class="lead">{words.headline}</p>
      {words.reasons.length > 0 && <ul>{words.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>}
      {words.fitsFrom !== undefined && <p class="strong">{words.fitsFrom}</p>}
      {words.needed !== undefined && <p>{words.needed}</p>}
    </div>
  );
}
