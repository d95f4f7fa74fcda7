// What pages say: the words of this app, and what a person can do about a failure, in the language of the page.
import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '#passport';
import { useSpeech, type Speech } from '#faces/words/face.tsx';
import { useInLanguage } from '#faces/words/in-language.ts';
import type { ErrorWords } from '#faces/words/sentences/types.ts';
import type { Failure } from './desk/failure.ts';
import type { Words } from './words/index.ts';

const ERRORS = {
  en: () => import('#faces/words/sentences/en/errors.ts'), es: () => import('#faces/words/sentences/es/errors.ts'), fr: () => import('#faces/words/sentences/fr/errors.ts'),
  de: () => import('#faces/words/sentences/de/errors.ts'), ar: () => import('#faces/words/sentences/ar/errors.ts'), hi: () => import('#faces/words/sentences/hi/errors.ts'),
} as const satisfies Readonly<Record<Language, () => Promise<{ readonly errors: ErrorWords }>>>;

const loadErrors = async (language: Language): Promise<ErrorWords> => (await ERRORS[language]()).errors;

const ErrorsContext = createContext<ErrorWords | undefined>(undefined);

/** Until the sentences of a language are there, those before stay; until the first are, nothing is shown. */
export function Sentencing({ children }: { readonly children: ComponentChildren }) {
  const errors = useInLanguage(loadErrors);
  return errors ? <ErrorsContext.Provider value={errors}>{children}</ErrorsContext.Provider> : null;
}

export type DeskSpeech = Speech<Words> & { /** What a person can do about a failure. */ readonly failure: (failure: Failure) => string };

export function useWords(): DeskSpeech {
  const speech = useSpeech<Words>();
  const errors = useContext(ErrorsContext);
  if (!errors) throw new TypeError('there is no Sentencing around');
  const own: Readonly<Record<string, string>> = speech.w.errors;
  const failure = ({ code, field }: Failure): string => {
    if (code === 'wallet-locked' && field === 'passphrase') return speech.w.passphrase.wrong;
    return own[code] ?? (Object.hasOwn(errors, code) ? errors[code as keyof ErrorWords] : errors.unexpected);
  };
  return { ...speech, failure };
}
