// The lot: typed, or taken from the code on the package, by a scanner that types or by the camera. The package says the product too, once it has
// been used here with one.
import { useRef } from 'preact/hooks';
import { Field } from '#faces/parts/field.tsx';
import { useWords } from '../../console.tsx';
import { productOf, readPackage } from '../../gs1.ts';
import { ScanPackage } from './scan-package.tsx';
import type { VisitForm } from './form.ts';

type Props = { readonly form: VisitForm; readonly onChange: (change: Partial<VisitForm>) => void; readonly error: string | undefined };

export function packageChange(text: string): Partial<VisitForm> | undefined {
  const found = readPackage(text);
  if (!found) return undefined;
  const product = productOf(found.gtin);
  return { gtin: found.gtin, lot: found.lot ?? '', expires: found.expires ?? '', ...(product !== undefined && { product }) };
}

export function LotField({ form, onChange, error }: Props) {
  const { w, dates, say } = useWords();
  const typed = useRef('');
  const take = (text: string): boolean => {
    const change = packageChange(text);
    if (change) onChange(change);
    return change !== undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const input = event.currentTarget as HTMLInputElement; // of the field it is given to
    // Scanners type the group separator as Ctrl+], which a field would not take.
    if (event.ctrlKey && (event.key === ']' || event.code === 'BracketRight')) {
      event.preventDefault();
      typed.current = `${input.value}\x1d`;
      onChange({ lot: typed.current });
    } else if (event.key === 'Enter' && take(input.value)) event.preventDefault();
  };
  return (
    <div class="lot">
      <Field
        id="lot" label={w.visit.lot} error={error} maxLength={200} spellcheck={false} value={form.lot} onKeyDown={onKeyDown}
        hint={form.expires === '' ? undefined : say(w.visit.expires, { date: dates.day(form.expires) })}
        onInput={(event) => onChange({ lot: event.currentTarget.value, expires: '', gtin: '' })} onBlur={(event) => void take(event.currentTarget.value)}
      />
      <ScanPackage onText={take} />
    </div>
  );
}
