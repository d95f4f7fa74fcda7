// A code of this counter that people scan with their wallet: who asks, for what, and a challenge that one pass answers, once.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import { ruleInWords, titleOf } from '#faces/words/sentences/index.ts';
import { useNow, useRule, useSentences } from '../parts/hooks.ts';
import { ObstacleLine } from '../parts/obstacle-line.tsx';
import { Viewfinder } from '../parts/viewfinder.tsx';
import { useScanner } from '../scanner-context.tsx';
import { isEventWithDay } from '../state/event-name.ts';
import { openRequest, type OpenRequest, type RequestDeps } from '../state/requests.ts';
import { post } from '../state/service.ts';
import { useValue } from '#faces/value.ts';
import type { Words } from '../words/index.ts';

export function AskPage() {
  const { w } = useSpeech<Words>();
  const { venue } = useValue(useScanner().settings);
  const rule = useRule();
  const missing = !rule ? w.ask.needsRule : venue.trim() === '' ? w.ask.needsVenue : undefined;
  return (
    <Screen title={w.ask.title} wide>
      {missing === undefined ? <Asking /> : <Notice kind="warn" title={missing}><p><ButtonLink href={to('settings')}>{w.ask.toSettings}</ButtonLink></p></Notice>}
    </Screen>
  );
}

function Asking() {
  const { w, say, dates } = useSpeech<Words>();
  const { rule, sentences, open, renew } = useOpenRequest();
  if (!open || !rule || !sentences) return null;
  const { match, event } = open.wanted;
  return (
    <div class="ask">
      <div class="stack">
        <Code text={open.request.text} name={say(w.ask.code, { rule: titleOf(rule, sentences) })} />
        <p class="row-between"><span>{say(w.ask.until, { time: dates.time(open.request.expiresAt) })}</span><Button kind="secondary" onClick={renew}>{w.ask.renew}</Button></p>
        <p class="soft small">{open.request.source === 'service' ? w.ask.online : w.ask.local}</p>
      </div>
      <div class="stack">
        <p>{w.ask.text}</p>
        <div><h2>{w.ask.proves}</h2><p>{ruleInWords(rule, sentences, { match, once: event !== undefined }).proves}</p></div>
        <Viewfinder />
        <p class="soft small">{w.ask.camera}</p>
        <ObstacleLine />
      </div>
    </div>
  );
}

const DEPS: RequestDeps = { post, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)), now: () => Math.floor(Date.now() / 1000) };

type Opened = { readonly request: OpenRequest; readonly wanted: { readonly match: boolean; readonly event: string | undefined } };

/** One that is open, and anew when it is answered, runs out, or asks something else. */
function useOpenRequest() {
  const scanner = useScanner();
  const { settings, screen, asked } = scanner;
  const { venue, event, match } = useValue(settings);
  const shown = useValue(screen);
  const [rule, sentences, now] = [useRule(), useSentences(), useNow()];
  const [open, setOpen] = useState<Opened>();
  const [turn, setTurn] = useState(0);
  const renew = () => setTurn((count) => count + 1);
  const [answered, setAnswered] = useState(0);
  useEffect(() => {
    if (shown.name === 'judged' && shown.judgement.verdict.outcome === 'accepted') setAnswered(shown.judgement.id);
  }, [shown]);
  const isOver = open !== undefined && now >= open.request.expiresAt;
  const policy = rule && `${rule.id}@${rule.version}`;
  const once = event !== undefined && isEventWithDay(event) ? event : undefined;
  useEffect(() => {
    if (policy === undefined || !rule) return undefined;
    let current = true;
    const ask = async () => {
      const [{ ruleForWallets }, { shelfOf }] = await Promise.all([import('../rules/rule-for-wallets.ts'), import('../rules/open-shelf.ts')]);
      const signed = await ruleForWallets(rule, shelfOf(scanner));
      const request = await openRequest({ policy, audience: venue.trim(), event: once, match, rule: signed }, DEPS);
      if (!current) return;
      setOpen({ request, wanted: { match, event: once } });
      asked.set(request.asked);
    };
    void ask();
    return () => { current = false; };
  }, [policy, venue, once, match, turn, isOver, answered]);
  useEffect(() => () => asked.set(undefined), []);
  return { rule, sentences, open, renew };
}
