// What one has prescribed, how often it was dispensed by the chain's word, and withdrawing what was not.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { IssuedPrescription } from '#records/client/prescriptions/prescriber.ts';
import { useDesk, useDoing, useLoad } from '../../desk-context.tsx';
import { Confirm, Loaded } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

const KINDS = { unused: undefined, dispensed: 'good', void: 'warn' } as const;

export function IssuedPage() {
  const { w, say } = useWords();
  const desk = useDesk();
  const list = useLoad(async () => (await desk.urgent.prescriber()).issued(), []);
  const [withdrawing, setWithdrawing] = useState<IssuedPrescription>();
  const [told, setTold] = useState<string>();
  const doing = useDoing();
  const withdraw = async (one: IssuedPrescription) => {
    await (await desk.urgent.prescriber()).withdraw(one.id);
    setWithdrawing(undefined);
    setTold(say(w.issued.withdrawn, { title: one.title }));
    list.reload();
  };
  return (
    <Screen title={w.places.prescriptions}>
      {told !== undefined && <div role="status"><Notice kind="good"><Text>{told}</Text></Notice></div>}
      <Loaded of={list}>{(all) => (all.length === 0 ? <div class="empty"><p class="strong">{w.issued.none}</p></div> : <ul class="cards">{all.map((one) => <One key={one.id} one={one} onWithdraw={() => setWithdrawing(one)} />)}</ul>)}</Loaded>
      {withdrawing && <Confirm title={say(w.issued.withdrawTitle, { title: withdrawing.title })} says={w.issued.withdrawSays} act={w.issued.withdraw} doing={doing} onAct={() => withdraw(withdrawing)} onClose={() => setWithdrawing(undefined)} />}
    </Screen>
  );
}

function One({ one: { title, issuedAt, validUntil, uses }, onWithdraw }: { readonly one: IssuedPrescription; readonly onWithdraw: () => void }) {
  const { w, say, dates } = useWords();
  return (
    <li class="card">
      <h2 class="card-title"><Text>{title}</Text></h2>
      <p class="soft">{say(w.issued.at, { time: dates.dateTime(issuedAt) })}, {say(w.issued.until, { date: dates.date(validUntil) })}</p>
      <ul class="lines">{uses.map(({ number, state }) => <li key={number} class="row-between"><span>{say(w.issued.use, { number: number + 1 })}</span><Tag kind={KINDS[state]}>{w.issued.states[state]}</Tag></li>)}</ul>
      {uses.some(({ state }) => state === 'unused') && <div class="row"><Button kind="secondary" onClick={onWithdraw}>{w.issued.withdraw}</Button></div>}
    </li>
  );
}
