// A pharmacy's counter: a code for the patient, a verdict that nobody overlooks, and the medicine only after the register has taken it.
import { useEffect, useState } from 'preact/hooks';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Mark } from '#faces/parts/mark.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Dispensed, Handed, ShownDesk } from '#records/client/prescriptions/pharmacy.ts';
import type { FhirResource } from '#records/model/fhir/index.ts';
import type { PrescriptionRefusal, VerifiedUse } from '#records/model/prescription/verify.ts';
import { failureOf, type Failure } from '../../desk/failure.ts';
import { factsOf } from '../../desk/facts.ts';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { Name } from '../../parts/name.tsx';
import { Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { FactText, titleInWords } from '../record/read-parts.tsx';

export function CounterPage() {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [shown, setShown] = useState<ShownDesk>();
  const show = () => doing.run(async () => setShown(await (await desk.urgent.pharmacy()).show()));
  const next = async () => {
    if (shown) void desk.urgent.pharmacy().then((pharmacy) => pharmacy.close(shown)).catch((error: unknown) => void failureOf(error)); // its time ends it too
    setShown(undefined);
  };
  return (
    <Screen title={w.places.counter} wide>
      {shown ? <AtDesk key={shown.id} shown={shown} onNext={() => void next()} /> : (
        <>
          <p>{w.counter.lead}</p>
          <Wrong failure={doing.failure} />
          <div class="row"><Button busy={doing.busy} onClick={() => void show()}>{w.counter.show}</Button></div>
        </>
      )}
    </Screen>
  );
}

type Waiting = { readonly name: 'waiting' } | { readonly name: 'over' } | { readonly name: 'failed'; readonly failure: Failure } | { readonly name: 'here'; readonly handed: Handed };

function AtDesk({ shown, onNext }: { readonly shown: ShownDesk; readonly onNext: () => void }) {
  const { w } = useWords();
  const desk = useDesk();
  const [state, setState] = useState<Waiting>({ name: 'waiting' });
  const [round, again] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    void (async () => {
      try {
        const handed = await (await desk.urgent.pharmacy()).receive(shown, stop.signal);
        if (!stop.signal.aborted) setState({ name: 'here', handed });
      } catch (error) {
        const failure = failureOf(error);
        if (!stop.signal.aborted) setState(failure.code === 'record-unknown' ? { name: 'over' } : { name: 'failed', failure });
      }
    })();
    return () => stop.abort();
  }, [shown.id, round]);
  const retry = () => {
    setState({ name: 'waiting' });
    again((count) => count + 1);
  };
  return (
    <>
      {state.name === 'waiting' && (
        <>
          <p>{w.counter.lead}</p>
          <div class="ask-code"><Code text={shown.link} name={w.counter.code} level="L" /></div>
          <p role="status" class="soft">{w.counter.waits}</p>
          <div class="row"><ButtonLink kind="secondary" href={shown.link} target="_blank" rel="noreferrer">{w.counter.openWallet}</ButtonLink></div>
        </>
      )}
      {state.name === 'over' && <p role="status">{w.counter.over}</p>}
      {state.name === 'failed' && <Wrong failure={state.failure} again={retry} />}
      {state.name === 'here' && <Judged shown={shown} handed={state.handed} />}
      <div class="row"><Button kind="secondary" onClick={onNext}>{w.counter.next}</Button></div>
    </>
  );
}

/** Colour, word and shape say the same. */
function Verdict({ kind, title, says }: { readonly kind: 'good' | 'warn' | 'bad'; readonly title: string; readonly says: string }) {
  return <div class="judgement" data-kind={kind} role={kind === 'good' ? 'status' : 'alert'}><Mark kind={kind} /><div><p class="judgement-word">{title}</p><p>{says}</p></div></div>;
}

function Judged({ shown, handed }: { readonly shown: ShownDesk; readonly handed: Handed }) {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [outcome, setOutcome] = useState<Dispensed>();
  const { verdict } = handed;
  const dispense = () => doing.run(async () => setOutcome(await (await desk.urgent.pharmacy()).dispense(shown, handed)));
  const refused = (reason: PrescriptionRefusal) => <Verdict kind="bad" title={w.counter.refused} says={w.counter.reasons[reason]} />;
  if (outcome?.outcome === 'refused') return refused(outcome.reason);
  if (verdict.outcome === 'refused') return <>{refused(verdict.reason)}<Tell shown={shown} handed={handed} /></>;
  return (
    <>
      {outcome ? <Verdict kind="good" title={w.counter.dispensed} says={outcome.isWritten ? w.counter.written : w.counter.given} />
        : doing.failure ? <><Verdict kind="warn" title={w.counter.unknown} says={w.counter.unknownSays} /><Wrong failure={doing.failure} again={() => void dispense()} /></>
          : <Verdict kind="warn" title={w.counter.verified} says={w.counter.verifiedSays} />}
      <What verdict={verdict} handed={handed} />
      {!outcome && !doing.failure && <div class="row"><Button busy={doing.busy} onClick={() => void dispense()}>{doing.busy ? w.counter.dispensing : w.counter.dispense}</Button></div>}
    </>
  );
}

function Tell({ shown, handed }: { readonly shown: ShownDesk; readonly handed: Handed }) {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [isTold, setTold] = useState(false);
  const tell = () => doing.run(async () => {
    await (await desk.urgent.pharmacy()).refuse(shown, handed);
    setTold(true);
  });
  return isTold ? <p role="status">{w.counter.told}</p> : <><Wrong failure={doing.failure} /><div class="row"><Button kind="secondary" busy={doing.busy} onClick={() => void tell()}>{w.counter.tell}</Button></div></>;
}

function What({ verdict: { prescription, number }, handed: { person } }: { readonly verdict: VerifiedUse; readonly handed: Handed }) {
  const { w, say, dates } = useWords();
  const quantity = quantityOf(prescription.resource);
  return (
    <section class="stack-s">
      <h2><Text>{titleInWords(prescription.resource)}</Text></h2>
      <dl class="facts">
        <dt>{w.counter.person}</dt><dd>{person ? <><Text>{person.name}</Text>{person.birthDate !== undefined && <> · {say(w.counter.born, { date: dates.day(person.birthDate) })}</>}</> : w.counter.nameless}</dd>
        <dt>{w.counter.prescriber}</dt><dd><Name of={prescription.prescriber} /></dd>
        <dt>{w.counter.until}</dt><dd>{dates.date(prescription.validUntil)}</dd>
        {quantity !== undefined && <><dt>{w.prescribe.quantity}</dt><dd><Text>{quantity}</Text></dd></>}
        {factsOf(prescription.resource).filter(({ name }) => name !== 'status').map((fact) => <div key={fact.name} class="fact"><dt>{w.facts[fact.name]}</dt><dd>{fact.says.map((text) => <p key={text} class="fact-text"><FactText fact={fact} text={text} /></p>)}</dd></div>)}
      </dl>
      <p class="strong">{say(w.counter.use, { number: number + 1, all: prescription.uses.length })}</p>
    </section>
  );
}

/** What is to be handed out each time. */
function quantityOf({ dispenseRequest }: FhirResource): string | undefined {
  const { quantity } = (dispenseRequest ?? {}) as { readonly quantity?: { readonly value?: number; readonly unit?: string } }; // a valid MedicationRequest
  return quantity?.value === undefined ? undefined : `${String(quantity.value)} ${quantity.unit ?? ''}`.trim();
}
