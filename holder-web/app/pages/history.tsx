// What was shown to whom, as this device remembers it; erasable.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { titleOf } from '#faces/words/sentences/index.ts';
import type { Showing } from '#wallet/records.ts';
import type { Holdings } from '#wallet-app/states.ts';
import { Confirm } from '../parts/confirm.tsx';
import { labelOfShown } from '../parts/event-words.ts';
import { useWords, type WalletSpeech } from '../speech.tsx';
import { useWallet } from '../wallet-context.tsx';

export function HistoryPage({ held }: { readonly held: Holdings }) {
  const { w } = useWords();
  const { holdings } = useWallet();
  const [showings, setShowings] = useState<readonly Showing[]>();
  const [isAsking, setAsking] = useState(false);
  const read = async () => setShowings(await holdings.history());
  useEffect(() => void read(), [held]);
  const erase = async () => {
    setAsking(false);
    await holdings.eraseHistory();
    await read();
  };
  return (
    <Screen title={w.history.title} back={to('more')}>
      <p>{w.history.lead}</p>
      {showings?.length === 0 && <div class="empty"><h2>{w.history.empty}</h2><p>{w.history.emptyText}</p></div>}
      {showings && showings.length > 0 && (
        <>
          <ol class="lines">{showings.map((showing) => <Line key={`${showing.at}${showing.form}${showing.policy ?? ''}`} showing={showing} held={held} />)}</ol>
          <p><Button kind="secondary" onClick={() => setAsking(true)}>{w.history.erase}</Button></p>
        </>
      )}
      {isAsking && <Confirm title={w.history.eraseTitle} text={w.history.eraseText} yes={w.history.erase} onYes={() => void erase()} onNo={() => setAsking(false)} />}
    </Screen>
  );
}

function Line({ showing, held }: { readonly showing: Showing; readonly held: Holdings }) {
  const speech = useWords();
  const { w, say, dates } = speech;
  return (
    <li class="stack-s">
      <p class="row-between"><span class="strong">{whatOf(showing, held, speech)}</span><span class="soft small figures">{dates.dateTime(showing.at)}</span></p>
      <p class="soft">{say(w.history.to, { who: showing.audience ?? w.history.unknown })}</p>
      {showing.disclosed.length > 0 && <p class="soft">{say(w.history.shown, { items: dates.list(showing.disclosed.map((name) => labelOfShown(name, speech))) })}</p>}
      {showing.match && <p class="soft">{w.history.document}</p>}
    </li>
  );
}

function whatOf({ form, policy }: Showing, { rules }: Holdings, { w, say, sentences }: WalletSpeech): string {
  if (form !== 'pass') return form === 'vp-jwt' ? w.history.whole : w.history.certificate;
  const known = rules.find((rule) => rule.policy.id === policy?.split('@')[0]);
  return say(w.history.pass, { rule: known ? titleOf(known.policy, sentences) : (policy ?? '') });
}
