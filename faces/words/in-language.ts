// What is fetched in the language of the page: sentences, words of single pages.
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '#passport';
import { useSpeech } from './face.tsx';

/** Until a language has come, the one before stays; one that does not come is English. Undefined until the first is there. `load` is always the same function. */
export function useInLanguage<W>(load: (language: Language) => Promise<W>): W | undefined {
  const { language } = useSpeech();
  const [loaded, setLoaded] = useState<W>();
  useEffect(() => {
    let current = true;
    void (async () => {
      const next = await load(language).catch(() => load('en')).catch(() => undefined);
      if (current && next !== undefined) setLoaded(() => next);
    })();
    return () => { current = false; };
  }, [language, load]);
  return loaded;
}
