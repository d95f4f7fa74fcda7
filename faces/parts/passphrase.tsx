// A passphrase: typed once, readable when asked, because a person who sees what they type makes fewer mistakes than one who types it twice.
import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Field } from './field.tsx';

export type PassphraseWords = { readonly label: string; readonly new: string; readonly hint: string; readonly empty: string; readonly wrong: string; readonly show: string; readonly hide: string };
export type PassphraseProps = {
  readonly id: string; readonly value: string; readonly onChange: (value: string) => void; readonly error?: string | undefined;
  readonly isNew?: boolean; readonly label?: string; readonly hint?: string;
};

export function PassphraseField({ id, value, onChange, error, isNew = false, label, hint, words }: PassphraseProps & { readonly words: PassphraseWords }) {
  const [isShown, setShown] = useState(false);
  return (
    <div class="stack-s">
      <Field
        id={id} name={id} label={label ?? (isNew ? words.new : words.label)} hint={hint ?? (isNew ? words.hint : undefined)} error={error} type={isShown ? 'text' : 'password'} value={value}
        onInput={(event) => onChange(event.currentTarget.value)} autocomplete={isNew ? 'new-password' : 'current-password'} autocapitalize="none" spellcheck={false} dir="auto"
      />
      <div><Button kind="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>{isShown ? words.hide : words.show}</Button></div>
    </div>
  );
}
