// What several pages follow: the time, the rule in force, and the sentences of the language.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useInLanguage } from '#faces/words/in-language.ts';
import { loadSentences, type Sentences } from '#faces/words/sentences/index.ts';
import { parsePolicy, type Policy } from '#passport';
import { useScanner } from '../scanner-context.tsx';
import { useValue } from '#faces/value.ts';

const TICK = 5000;

/** Unix seconds, anew every few. */
export function useNow(): number {
  const read = () => Math.floor(Date.now() / 1000);
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), TICK);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Undefined until they are there. */
export const useSentences = (): Sentences | undefined => useInLanguage(loadSentences);

/** All that are known, newest version of each first. */
export function usePolicies(): readonly Policy[] {
  const { policies } = useValue(useScanner().known);
  return useMemo(() => policies.map(parsePolicy).toSorted((a, b) => a.id.localeCompare(b.id) || b.version - a.version), [policies]);
}

/** The one that is asked here; undefined where any will do, or the one chosen is not known. */
export function useRule(): Policy | undefined {
  const { rule } = useValue(useScanner().settings);
  const policies = usePolicies();
  return policies.find(({ id, version }) => rule === id || rule === `${id}@${version}`);
}
