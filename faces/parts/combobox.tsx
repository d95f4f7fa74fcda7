// One of many, found by typing (the combobox pattern of ARIA 1.2): arrows move, Enter takes, Escape leaves.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useSpeech } from '../words/face.tsx';
import { Wrapped, type Labelled } from './field.tsx';

export type ComboboxOption = { readonly value: string; readonly label: string; readonly hint?: string | undefined };

export type ComboboxProps = Labelled & {
  readonly id?: string;
  /** The best first; at most as many as a person would read. */
  readonly search: (typed: string) => readonly ComboboxOption[];
  readonly value: ComboboxOption | undefined;
  readonly onChoose: (option: ComboboxOption | undefined) => void;
  /** Told what is typed, for options that have to be fetched. */
  readonly onType?: ((typed: string) => void) | undefined;
};

export function Combobox({ label, hint, error, id: given, search, value, onChoose, onType }: ComboboxProps) {
  const { shared, say } = useSpeech();
  const own = useId();
  const id = given ?? own;
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const options = typed === undefined ? [] : search(typed);
  const isOpen = typed !== undefined;
  const input = useRef<HTMLInputElement>(null);
  const chosen = value?.label ?? '';
  // A value that comes while the field has the focus is typed over as one that was there before it: nothing is typed behind it.
  useLayoutEffect(() => {
    if (!isOpen && document.activeElement === input.current) input.current?.select();
  }, [chosen]);
  const take = (option: ComboboxOption | undefined) => {
    setTyped(undefined);
    if (option) onChoose(option);
  };
  const move = (by: number) => {
    setTyped(typed ?? '');
    setActive((now) => (isOpen && options.length > 0 ? (now + by + options.length) % options.length : 0));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && isOpen && options[active]) take(options[active]);
    else if (event.key === 'Escape' && isOpen) setTyped(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <Wrapped {...{ label, hint, error, id }}>
      {(wired) => (
        <>
          <div class="combobox">
            <input
              ref={input} class="input" role="combobox" autocomplete="off" spellcheck={false} aria-autocomplete="list" aria-expanded={isOpen} aria-controls={`${id}-list`}
              aria-activedescendant={isOpen && options[active] ? `${id}-${active}` : undefined} {...wired}
              value={typed ?? chosen}
              onInput={(event) => { setTyped(event.currentTarget.value); setActive(0); onType?.(event.currentTarget.value); if (event.currentTarget.value === '') onChoose(undefined); }}
              onFocus={(event) => event.currentTarget.select()}
              onKeyDown={onKeyDown} onBlur={() => setTyped(undefined)}
            />
            <ul id={`${id}-list`} class="combobox-list" role="listbox" aria-label={typeof label === 'string' ? label : undefined} hidden={!isOpen || options.length === 0}>
              {options.map((option, i) => (
                <li key={option.value} id={`${id}-${i}`} class="combobox-option" role="option" aria-selected={i === active} onMouseDown={(event) => { event.preventDefault(); take(option); }}>
                  {option.label}{option.hint !== undefined && <span class="hint"> {option.hint}</span>}
                </li>
              ))}
            </ul>
          </div>
          <div class="unseen" role="status">{isOpen && (options.length === 0 ? shared.choices.none : say(shared.choices.count, { count: options.length }))}</div>
        </>
      )}
    </Wrapped>
  );
}
