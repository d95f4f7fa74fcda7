// What the pages about records share: the records app, their words, and the sentences about accesses, each fetched with them.
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { loadAccessWords, type AccessWords } from '#faces/words/accesses/index.ts';
import { plain } from '#faces/words/plain.ts';
import type { Member } from '#records/client/members.ts';
import type { Author } from '#records/model/consent/index.ts';
import type { Category } from '#records/model/record.ts';
import type { Failure } from '#wallet-app/failure.ts';
import type { RecordsApp } from '#wallet-app/records/records-app.ts';
import { useWords, type WalletSpeech } from '../../speech.tsx';
import { useWallet } from '../../wallet-context.tsx';
import { loadRecordsWords, type RecordsWords } from '../../words/records/index.ts';

type Loaded = { readonly app: RecordsApp; readonly r: RecordsWords; readonly a: AccessWords; readonly language: string };
const RecordsContext = createContext<Loaded | undefined>(undefined);

/** Until all is there, what stands around stays; a language that is chosen later replaces the one before when it has come. */
export function RecordsAround({ waiting, failed, children }: { readonly waiting: ComponentChildren; readonly failed: ComponentChildren; readonly children: ComponentChildren }) {
  const { language } = useWords();
  const { records } = useWallet();
  const [loaded, setLoaded] = useState<Loaded>();
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    void (async () => {
      try {
        const [app, r, a] = await Promise.all([records.load(), loadRecordsWords(language), loadAccessWords(language)]);
        if (isCurrent) setLoaded({ app, r, a, language });
      } catch {
        if (isCurrent) setFailed(true);
      }
    })();
    return () => { isCurrent = false; };
  }, [language, records]);
  if (loaded) return <RecordsContext.Provider value={loaded}>{children}</RecordsContext.Provider>;
  return <>{hasFailed ? failed : waiting}</>;
}

function useLoaded(): Loaded {
  const loaded = useContext(RecordsContext);
  if (!loaded) throw new TypeError('there is no RecordsAround around');
  return loaded;
}
export const useRecords = (): RecordsApp => useLoaded().app;

export type RecordsSpeech = Omit<WalletSpeech, 'failure'> & {
  readonly r: RecordsWords;
  readonly a: AccessWords;
  readonly failure: (failure: Failure) => string;
  /** A kind of records as a heading. */
  readonly kindOf: (category: Category) => string;
  /** Why, as a heading. */
  readonly whyOf: (purpose: keyof AccessWords['why']) => string;
  /** A word at the beginning of a line. */
  readonly capital: (text: string) => string;
  readonly listOf: (items: readonly string[]) => string;
  readonly memberOf: (member: Pick<Member, 'name'> | undefined) => string;
  readonly authorOf: (author: Author, known: ReadonlyMap<string, Member>) => string;
};

export function useRecordsWords(): RecordsSpeech {
  const speech = useWords();
  const { r, a } = useLoaded();
  const { language, dates } = speech;
  const capital = (text: string) => text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
  const memberOf = (member: Pick<Member, 'name'> | undefined) => (member ? plain(member.name) : r.access.unnamed);
  return {
    ...speech, r, a, memberOf, capital,
    failure: (failure) => (Object.hasOwn(r.errors, failure.code) ? r.errors[failure.code as keyof RecordsWords['errors']] : speech.failure(failure)), // it has it
    kindOf: (category) => capital(a.what[category]),
    whyOf: (purpose) => capital(a.why[purpose]),
    listOf: (items) => dates.list(items),
    authorOf: (author, known) => (author === 'patient' ? r.says.me : memberOf(known.get(author))),
  };
}

