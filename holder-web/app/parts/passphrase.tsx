// A passphrase: typed once, readable when asked, because a person who sees what they type makes fewer mistakes than one who types it twice.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { useWords } from '../speech.tsx';

export type PassphraseProps = {
  readonly id: string; readonly value: string; readonly onChange: (value: string) => void; readonly error?: string | undefined;
  readonly isNew?: boolean; readonly label?: string; readonly hint?: string;
};

export function Passphrase({ id, value, onChange, error, isNew = false, label, hint }: PassphraseProps) {
  const { w } = useWords();
  const [isShown, setShown] = useState(false);
  return (
    <div class="stack-s">
      <Field
        id={id} name={id} label={label ?? (isNew ? w.passphrase.new : w.passphrase.label)} hint={hint ?? (isNew ? w.passphrase.hint : undefined)} error={error} type={isShown ? 'text' : 'password'} value={value}
        onInput={(event) => onChange(event.currentTarget.value)} autocomplete={isNew ? 'new-password' : 'current-password'} autocapitalize="none" spellcheck={false} dir="auto"
      />
      <div><Button kind="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>{isShown ? w.passphrase.hide : w.passphrase.show}</Button></div>
    </div>
  );
}
