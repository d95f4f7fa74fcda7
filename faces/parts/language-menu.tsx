// The choice of language, each named in its own words.
import { useId } from 'preact/hooks';
import { LANGUAGES, type Language } from '#passport';
import { useSpeech } from '../words/face.tsx';
import { LANGUAGE_NAMES } from '../words/language.ts';

export function LanguageMenu() {
  const { language, choose, shared } = useSpeech();
  const id = useId();
  return (
    <div class="language">
      <label class="unseen" for={id}>{shared.language}</label>
      <select id={id} class="select" value={language} onChange={(event) => choose(event.currentTarget.value as Language)}>
        {LANGUAGES.map((each) => <option key={each} value={each} lang={each}>{LANGUAGE_NAMES[each]}</option>)}
      </select>
    </div>
  );
}
