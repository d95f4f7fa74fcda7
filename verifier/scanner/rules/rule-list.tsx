// All rules that this device knows, where each comes from, and which one is in use.
import { useEffect, useState } from 'preact/hooks';
import { z } from 'zod';
import { to } from '#faces/navigation.ts';
import { ButtonLink } from '#faces/parts/button.tsx';
import { Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useValue } from '#faces/value.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { ruleInWords, titleOf } from '#faces/words/sentences/index.ts';
import type { Policy } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { usePolicies, useRule, useSentences } from '../parts/hooks.ts';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';
import { shelfOf } from './open-shelf.ts';

const listSchema = z.object({ rules: z.array(z.object({ id: z.string(), version: z.int(), retiredAt: z.int().nullable(), shipped: z.boolean() })) });

/** Ids of rules that the service made; undefined while it cannot be asked. */
export function useOwnRules(): readonly string[] | undefined {
  const [own, setOwn] = useState<readonly string[]>();
  useEffect(() => {
    let current = true;
    const load = async () => {
      const { rules } = listSchema.parse(await (await fetch('/rules')).json());
      if (current) setOwn(rules.filter(({ shipped, retiredAt }) => !shipped && retiredAt === null).map(({ id }) => id));
    };
    load().catch(() => undefined);
    return () => { current = false; };
  }, []);
  return own;
}

export function RuleList() {
  const { w: { rules: { list: words } } } = useSpeech<Words>();
  const policies = usePolicies();
  const [own, inUse] = [useOwnRules(), useRule()];
  const taken = useValue(shelfOf(useScanner()));
  const newest = policies.filter(({ id }, i) => policies.findIndex((policy) => policy.id === id) === i);
  const origin = ({ id, root }: Policy) => (own?.includes(id) ? words.own : taken.some(({ policy }) => policy.root === root && policy.id === id) ? words.passedOn : POLICIES.some((policy) => policy.id === id) ? words.shipped : words.own);
  return (
    <Screen title={words.title}>
      <p>{words.text}</p>
      <p class="row"><ButtonLink href={to('rules', 'new')}>{words.create}</ButtonLink><ButtonLink kind="secondary" href={to('rule')}>{words.take}</ButtonLink></p>
      <ul class="cards">
        {newest.map((policy) => <RuleCard key={policy.id} policy={policy} origin={origin(policy)} isInUse={inUse?.id === policy.id} />)}
      </ul>
    </Screen>
  );
}

function RuleCard({ policy, origin, isInUse }: { readonly policy: Policy; readonly origin: string; readonly isInUse: boolean }) {
  const { w: { rules: { list: words } }, say } = useSpeech<Words>();
  const sentences = useSentences();
  if (!sentences) return null;
  return (
    <li class="card">
      <h2 class="card-title"><a href={to('rules', policy.id, String(policy.version))}>{titleOf(policy, sentences)}</a></h2>
      <p>{ruleInWords(policy, sentences).proves}</p>
      <p class="row small">
        {isInUse && <Tag kind="good">{words.inUse}</Tag>}
        <span class="soft">{origin} · {say(words.version, { version: policy.version })} · {say(words.ways, { count: policy.clauses.length })}</span>
      </p>
    </li>
  );
}
