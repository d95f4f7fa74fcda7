// One field of a form, as its kind asks for it.
import { useMemo } from 'preact/hooks';
import { Combobox, type ComboboxOption } from '#faces/parts/combobox.tsx';
import { Field as Input, Select, TextArea } from '#faces/parts/field.tsx';
import { useInLanguage } from '#faces/words/in-language.ts';
import { loadSentences, vaccineName } from '#faces/words/sentences/index.ts';
import { PRODUCTS } from '#passport/codes/index.ts';
import { CHOICES, type Fault, type Field, type FieldName, type Values } from '../../desk/writing/fields.ts';
import { TESTS } from '../../desk/writing/codes.ts';
import { today } from '../../parts/day.ts';
import { useWords } from '../../speech.tsx';

export type OneFieldProps = { readonly field: Field; readonly values: Values; readonly fault: Fault | undefined; readonly onChange: (name: FieldName, value: string) => void };

export function OneField({ field, values, fault, onChange }: OneFieldProps) {
  const { w, say, shared } = useWords();
  const { name } = field;
  const value = values[name] ?? '';
  const label = <>{w.fields[name]}{field.optional && <span class="soft regular"> ({shared.optional})</span>}</>;
  const unit = field.kind === 'number' ? (field.unit ?? (name === 'value' && values.test ? TESTS[values.test as keyof typeof TESTS]?.unit : undefined)) : undefined;
  const hint = unit !== undefined ? say(w.hints.unit, { unit }) : name === 'sensitivity' || name === 'code' ? w.hints[name] : undefined;
  const common = { id: name, label, hint, error: fault && w.faults[fault.is] };
  const take = (event: { readonly currentTarget: { readonly value: string } }) => onChange(name, event.currentTarget.value);
  if (name === 'code' && !values.codeSystem) return null; // a code alone says nothing
  switch (field.kind) {
    case 'choice': return (
      <Select {...common} value={value} onChange={take}>
        {field.optional && <option value="">—</option>}
        {CHOICES[field.of].map((code) => <option key={code} value={code}>{(w.choices[field.of] as Readonly<Record<string, string>>)[code]}</option>)}
      </Select>
    );
    case 'day': return <Input {...common} type="date" size="m" max={today()} value={value} onInput={take} />;
    case 'number': return <Input {...common} inputMode="decimal" size="m" value={value} onInput={take} />;
    case 'vaccine': return <Vaccine {...common} value={value} onChange={(chosen) => onChange(name, chosen)} />;
    case 'text': return field.lines ? <div class="wide-field"><TextArea {...common} dir="auto" maxLength={field.most} value={value} onInput={take} /></div> : <Input {...common} dir="auto" maxLength={field.most} value={value} onInput={take} />;
  }
}

const MOST = 10;
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

type VaccineProps = Pick<Parameters<typeof Combobox>[0], 'label' | 'hint' | 'error'> & { readonly id: string; readonly value: string; readonly onChange: (value: string) => void };

/** Vaccines by any of their names, in the words of the language. */
function Vaccine({ value, onChange, ...labels }: VaccineProps) {
  const sentences = useInLanguage(loadSentences);
  const options = useMemo(() => (sentences ? PRODUCTS.map((product): ComboboxOption & { readonly words: string } => {
    const name = vaccineName(product.index, sentences) ?? product.display;
    return { value: String(product.index), label: name, words: folded(`${name} ${product.display} ${product.aliases.map(({ code }) => code).join(' ')}`) };
  }) : []), [sentences]);
  const search = (typed: string) => {
    const words = folded(typed).split(/\s+/).filter(Boolean);
    return options.filter((option) => words.every((word) => option.words.includes(word))).slice(0, MOST);
  };
  return <Combobox {...labels} search={search} value={options.find((option) => option.value === value)} onChoose={(option) => onChange(option?.value ?? '')} />;
}
