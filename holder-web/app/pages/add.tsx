// Adding a certificate: scan or paste the offer, enter the number, see what it says, accept or not.
import { useEffect, useState } from 'preact/hooks';
import { go, to, type Place } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Field, TextArea } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { recognise } from '#wallet-app/recognise.ts';
import type { Holdings, ReceivingState } from '#wallet-app/states.ts';
import { CardFace } from '../parts/card.tsx';
import { useDraft } from '../parts/draft.ts';
import { nameOnRecord } from '../parts/event-words.ts';
import { Progress, Result } from '../parts/progress.tsx';
import { Scan } from '../parts/scan.tsx';
import { useWords } from '../speech.tsx';
import { usePart, useWallet } from '../wallet-context.tsx';

const linkTo = (offer: string): string => `#/add?offer=${encodeURIComponent(offer)}`;

export function AddPage({ held, place }: { readonly held: Holdings; readonly place: Place }) {
  const { receiving } = useWallet();
  const state = usePart(receiving);
  const offer = place.query.get('offer') ?? undefined;
  // The offer stands in the address, so that locking and loading anew come back to it. What it gave is given once: whoever only looks at another
  // page finds it here again.
  useEffect(() => {
    if (offer !== undefined) void receiving.read(offer);
    return () => { if (receiving.get().name !== 'preview') receiving.close(); };
  }, [offer, receiving]);
  if (offer === undefined && state.name === 'idle') return <Begin />;
  return <Receiving state={state} held={held} onAgain={() => void (offer === undefined ? receiving.close() : receiving.read(offer))} />;
}

function Receiving({ state, held, onAgain }: { readonly state: ReceivingState; readonly held: Holdings; readonly onAgain: () => void }) {
  const { w, say, failure, shared } = useWords();
  switch (state.name) {
    case 'idle': case 'reading': return <Progress title={w.add.title} says={w.add.reading} />;
    case 'fetching': return <Progress title={w.add.title} says={w.add.fetching} />;
    case 'storing': return <Progress title={w.add.title} says={w.add.storing} />;
    case 'offered': return <Offered state={state} />;
    case 'preview': return <Preview state={state} held={held} />;
    case 'added': return <Result kind="good" title={w.add.added} text={say(w.add.addedText, { count: state.credentials.length })}><ButtonLink wide href={to()}>{w.add.see}</ButtonLink></Result>;
    case 'declined': return <Result title={w.add.declined} text={w.add.declinedText}><ButtonLink wide href={to()}>{w.add.see}</ButtonLink></Result>;
    case 'failed': return (
      <Result kind="bad" title={w.add.failed} text={failure(state.failure)}>
        <Button wide onClick={onAgain}>{shared.tryAgain}</Button>
        <ButtonLink wide kind="secondary" href={to('add')}>{w.add.another}</ButtonLink>
      </Result>
    );
  }
}

function Begin() {
  const { w, shared } = useWords();
  const [isScanning, setScanning] = useState(false);
  const [link, setLink, forget] = useDraft('offer');
  const [isUnknown, setUnknown] = useState(false);
  const take = (text: string) => {
    if (recognise(text) !== 'offer') return setUnknown(true);
    forget();
    go(linkTo(text.trim()));
  };
  if (isScanning) {
    return (
      <Screen title={w.add.scan}>
        {isUnknown && <Notice kind="warn" alert>{w.add.unknown}</Notice>}
        <Scan onText={take} />
        <p><Button kind="secondary" wide onClick={() => { setScanning(false); setUnknown(false); }}>{shared.cancel}</Button></p>
      </Screen>
    );
  }
  return (
    <Screen title={w.add.title}>
      <p class="lead">{w.add.lead}</p>
      <Button wide onClick={() => { setScanning(true); setUnknown(false); }}>{w.add.scan}</Button>
      <details class="more" open={link !== ''}>
        <summary>{w.add.paste}</summary>
        <form class="stack" onSubmit={(event) => { event.preventDefault(); take(link); }} noValidate>
          <TextArea id="link" label={w.add.link} hint={w.add.linkHint} rows={4} dir="ltr" spellcheck={false} autocapitalize="none" value={link} error={isUnknown ? w.add.unknown : undefined} onInput={(event) => { setLink(event.currentTarget.value); setUnknown(false); }} />
          <div><Button type="submit" kind="secondary">{w.add.read}</Button></div>
        </form>
      </details>
    </Screen>
  );
}

function Offered({ state }: { readonly state: Extract<ReceivingState, { readonly name: 'offered' }> }) {
  const { w, say, failure } = useWords();
  const { receiving } = useWallet();
  const [pin, setPin] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const isWrong = state.failure?.code === 'pin-wrong';
  const fetchIt = (event: Event) => {
    event.preventDefault();
    if (state.pin && pin.trim() === '') return setEmpty(true);
    setPin('');
    void receiving.fetch(state.pin ? pin.trim() : undefined);
  };
  return (
    <Screen title={state.pin ? w.add.pinTitle : w.add.getTitle}>
      <p class="asker"><bdi>{say(w.add.from, { host: state.host })}</bdi></p>
      <p>{state.pin ? w.add.pinLead : w.add.getLead}</p>
      {state.failure && !isWrong && <Notice kind="bad" alert>{failure(state.failure)}</Notice>}
      <form class="stack-l" onSubmit={fetchIt} noValidate>
        {state.pin && (
          <Field
            id="pin" label={w.add.pin} class="input pin" value={pin} maxLength={state.pin.length ?? 20} inputMode={state.pin.isNumeric ? 'numeric' : 'text'} autocomplete="one-time-code" autocapitalize="none" dir="ltr"
            error={isEmpty ? w.add.pinEmpty : isWrong && state.failure ? failure(state.failure) : undefined} onInput={(event) => { setPin(event.currentTarget.value); setEmpty(false); }}
          />
        )}
        {isWrong && state.failure && <p class="unseen" role="alert">{failure(state.failure)}</p>}
        <div class="actions">
          <Button wide type="submit">{w.add.fetch}</Button>
          <Button wide kind="quiet" onClick={() => void receiving.decline()}>{w.add.decline}</Button>
        </div>
      </form>
    </Screen>
  );
}

function Preview({ state: { person, issuerName, records }, held }: { readonly state: Extract<ReceivingState, { readonly name: 'preview' }>; readonly held: Holdings }) {
  const { w, say } = useWords();
  const { receiving } = useWallet();
  const owner = held.people.find(({ id }) => id === person)?.name ?? '';
  return (
    <Screen title={w.add.preview}>
      <p class="lead">{say(w.add.previewLead, { count: records.length, issuer: issuerName })}</p>
      <ul class="passes">
        {records.map(({ event, validUntil, isKnown }, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- what was offered has no names, and does not change
          <li key={i} class="pass" data-kind={event.kind}>
            <CardFace event={event} issuer={issuerName} validUntil={validUntil} />
            <div class="pass-foot">
              {nameOnRecord(event) !== '' && <span><span class="soft">{w.add.for}</span> <bdi class="strong">{nameOnRecord(event)}</bdi></span>}
              {isKnown && <span class="soft">{w.add.known}</span>}
            </div>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button wide onClick={() => void receiving.accept()}>{held.people.length > 1 && owner !== '' ? say(w.add.acceptFor, { name: owner }) : w.add.accept}</Button>
        <Button wide kind="quiet" onClick={() => void receiving.decline()}>{w.add.decline}</Button>
      </div>
    </Screen>
  );
}
