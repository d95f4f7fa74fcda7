// What pages say: the words of this app, and the sentences about rules, misses and errors in the language of the page.
import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { useSpeech, type Speech } from '#faces/words/face.tsx';
import { useInLanguage } from '#faces/words/in-language.ts';
import { errorInWords, loadSentences, type Sentences } from '#faces/words/sentences/index.ts';
import type { Failure } from '#wallet-app/failure.ts';
import type { Words } from './words/index.ts';

const SentencesContext = createContext<Sentences | undefined>(undefined);

/** Until the sentences of a language are there, those before stay; until the first are, nothing is shown. */
export function Sentencing({ children }: { readonly children: ComponentChildren }) {
  const sentences = useInLanguage(loadSentences);
  return sentences ? <SentencesContext.Provider value={sentences}>{children}</SentencesContext.Provider> : null;
}

export type WalletSpeech = Speech<Words> & {
  readonly sentences: Sentences;
  /** What a person can do about a failure. */
  readonly failure: (failure: Failure) => string;
};

export function useWords(): WalletSpeech {
  const speech = useSpeech<Words>();
  const sentences = useContext(SentencesContext);
  if (!sentences) throw new TypeError('there is no Sentencing around');
  return { ...speech, sentences, failure: (failure) => failureInWords(failure, speech, sentences) };
}

function failureInWords({ code, field, attemptsLeft }: Failure, { w, say }: Speech<Words>, sentences: Sentences): string {
  if (code === 'pin-wrong' && attemptsLeft !== undefined) return say(w.add.attempts, { count: attemptsLeft });
  if (code === 'wallet-locked' && field === 'passphrase') return w.passphrase.wrong;
  const own: Readonly<Record<string, string>> = w.errors;
  return own[code] ?? errorInWords(code, sentences);
}
