// Somebody asks by OpenID4VP: who, what for, and every whole answer that could be given. Nothing is chosen before the person does.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Radios } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { ruleInWords, titleOf } from '#faces/words/sentences/index.ts';
import type { Answer, AnsweringState } from '#wallet-app/states.ts';
import { detailsOf, fieldsByShownName, titleOfEvent } from '../parts/event-words.ts';
import { Progress, Result } from '../parts/progress.tsx';
import { useWords, type WalletSpeech } from '../speech.tsx';
import { usePart, useWallet } from '../wallet-context.tsx';
import { Why } from './pass.tsx';

export function AnswerPage({ link }: { readonly link: string }) {
  const { answering } = useWallet();
  const state = usePart(answering);
  const [who, setWho] = useState('');
  useEffect(() => {
    void answering.read(link);
    return () => answering.close();
  }, [link, answering]);
  const speech = useWords();
  const { w, say, failure, shared } = speech;
  if (state.name === 'asked' && who !== nameOfAsker(state.asker, speech)) setWho(nameOfAsker(state.asker, speech));
  switch (state.name) {
    case 'idle': case 'reading': return <Progress title={w.answer.title} says={w.show.reading} />;
    case 'asked': return <Asked state={state} />;
    case 'sending': return <Progress title={w.answer.sending} says={w.show.steps[state.step]}><p><Button wide kind="secondary" onClick={() => answering.close()}>{shared.cancel}</Button></p></Progress>;
    case 'sent': return <Sent who={who} redirectUri={state.redirectUri} />;
    case 'declined': return <Result title={w.answer.declined} text={w.answer.declinedText}><ButtonLink wide href={to()}>{w.add.see}</ButtonLink></Result>;
    case 'failed': return (
      <Result kind="bad" title={w.answer.failed} text={failure(state.failure)}>
        <Button wide onClick={() => void answering.read(link)}>{shared.tryAgain}</Button>
        <ButtonLink wide kind="quiet" href={to('show')}>{w.show.back}</ButtonLink>
      </Result>
    );
  }
  return <Progress title={say(w.answer.title)} says={w.show.reading} />;
}

const nameOfAsker = (asker: Extract<AnsweringState, { readonly name: 'asked' }>['asker'], { w }: WalletSpeech): string =>
  (asker.by === 'certificate' ? asker.name : w.answer.unknownAsker);

function Sent({ who, redirectUri }: { readonly who: string; readonly redirectUri: string | undefined }) {
  const { w, say } = useWords();
  return (
    <Result kind="good" title={w.answer.sent} text={say(w.answer.sentText, { who })}>
      {redirectUri !== undefined && <ButtonLink wide href={redirectUri} rel="noreferrer">{say(w.answer.next, { host: new URL(redirectUri).host })}</ButtonLink>}
      <ButtonLink wide kind={redirectUri === undefined ? 'primary' : 'quiet'} href={to()}>{w.add.see}</ButtonLink>
    </Result>
  );
}

function Asked({ state }: { readonly state: Extract<AnsweringState, { readonly name: 'asked' }> }) {
  const speech = useWords();
  const { w, say, dates } = speech;
  const { answering } = useWallet();
  const [chosen, setChosen] = useState<string>();
  const [isMissing, setMissing] = useState(false);
  const alternative = chosen === undefined ? undefined : state.alternatives[Number(chosen)];
  const send = () => {
    if (!alternative) return setMissing(true);
    void answering.send(alternative);
  };
  return (
    <Screen title={w.answer.title}>
      <div class="asker"><p>{say(w.answer.asks, { who: nameOfAsker(state.asker, speech) })}</p>{state.asker.by === 'certificate' && <p class="soft small" dir="ltr">{state.asker.hosts.join(', ')}</p>}</div>
      {state.purpose !== undefined && <p>{say(w.answer.purpose, { purpose: state.purpose })}</p>}
      {state.flags.map((flag) => <Notice key={flag} kind="warn">{w.answer.flags[flag]}</Notice>)}
      {state.alternatives.length === 0 ? (
        <section class="stack"><h2>{w.answer.missing}</h2>{state.missing.map((report) => <Why key={report.policy.id} report={report} />)}</section>
      ) : (
        <Radios
          legend={w.answer.choose} name="alternative" value={chosen} error={isMissing ? w.answer.chooseFirst : undefined} onChoose={(value) => { setChosen(value); setMissing(false); }}
          options={state.alternatives.map((answers, i) => ({ value: String(i), label: <Answers answers={answers} />, hint: i === 0 && state.alternatives.length > 1 ? w.answer.least : undefined }))}
        />
      )}
      <div class="actions">
        {state.alternatives.length > 0 && <Button wide onClick={send}>{w.answer.send}</Button>}
        <Button wide kind="secondary" onClick={() => void answering.decline()}>{w.answer.refuse}</Button>
      </div>
      <p class="soft">{say(w.answer.until, { time: dates.time(state.expiresAt) })}</p>
    </Screen>
  );
}

const Answers = ({ answers }: { readonly answers: readonly Answer[] }) => <div class="stack-s answer">{answers.map((answer) => <OneAnswer key={answer.choice.query} answer={answer} />)}</div>;

function OneAnswer({ answer: { choice, policy, card, shows, flags } }: { readonly answer: Answer }) {
  const speech = useWords();
  const { w, say, sentences } = speech;
  const what = card ? titleOfEvent(card.event, speech) : '';
  return (
    <div class="stack-s">
      <p class="strong">{policy ? say(w.answer.pass, { rule: titleOf(policy, sentences) }) : say(choice.form === 'vp-jwt' ? w.answer.whole : w.answer.certificate, { what })}</p>
      {policy && <p>{ruleInWords(policy, sentences).proves}</p>}
      {card && <dl class="facts lines">{detailsOf(card.event, speech, choice.form === 'vp-jwt' ? undefined : fieldsByShownName(Object.keys(shows))).map(({ name, label, value }) => <div key={name}><dt>{label}</dt><dd><bdi>{value}</bdi></dd></div>)}</dl>}
      {flags.map((flag) => <p key={flag} class="flag">{w.answer.flags[flag]}</p>)}
    </div>
  );
}
