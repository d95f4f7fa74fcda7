// What a person fills in: a label, a hint if one is needed, and after an attempt what is wrong, tied together for whoever listens instead of looks.
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

// Preact ties the attributes of an input to its type; a part that takes the type from outside has to leave that to its caller.
type InputType = 'text' | 'password' | 'date' | 'number' | 'search' | 'url' | 'email' | 'tel' | 'time' | 'datetime-local';
export type Labelled = { readonly label: ComponentChildren; readonly hint?: ComponentChildren; readonly error?: string | undefined };
type Wired = { readonly id: string; readonly 'aria-describedby': string | undefined; readonly 'aria-invalid': 'true' | undefined };

/** Any control with its label, its hint and what is wrong. */
export function Wrapped({ label, hint, error, id, children }: Labelled & { readonly id: string; readonly children: (wired: Wired) => ComponentChildren }) {
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field" data-wrong={error !== undefined || undefined}>
      <label for={id}>{label}</label>
      {hint !== undefined && <div class="hint" id={`${id}-hint`}>{hint}</div>}
      {error !== undefined && <div class="error" id={`${id}-error`}>{error}</div>}
      {children({ id, 'aria-describedby': described, 'aria-invalid': error !== undefined ? 'true' : undefined })}
    </div>
  );
}

export function Field({ label, hint, error, size, ...input }: Labelled & { readonly size?: 's' | 'm' } & Omit<JSX.IntrinsicElements['input'], 'label' | 'size' | 'role' | 'type'> & { readonly type?: InputType }) {
  const own = useId();
  return (
    <Wrapped {...{ label, hint, error }} id={String(input.id ?? own)}>
      {(wired) => <input class="input" autocomplete="off" data-size={size} {...(input as JSX.IntrinsicElements['input'])} {...wired} />}
    </Wrapped>
  );
}

export function TextArea({ label, hint, error, ...input }: Labelled & Omit<JSX.IntrinsicElements['textarea'], 'label' | 'role'>) {
  const own = useId();
  return (
    <Wrapped {...{ label, hint, error }} id={String(input.id ?? own)}>
      {(wired) => <textarea class="textarea" {...input} {...wired} />}
    </Wrapped>
  );
}

export function Select({ label, hint, error, children, ...input }: Labelled & Omit<JSX.IntrinsicElements['select'], 'label' | 'role'>) {
  const own = useId();
  return (
    <Wrapped {...{ label, hint, error }} id={String(input.id ?? own)}>
      {(wired) => <select class="select" {...input} {...wired}>{children}</select>}
    </Wrapped>
  );
}

export type Option<V extends string> = { readonly value: V; readonly label: ComponentChildren; readonly hint?: ComponentChildren };

/** One of a few. */
export function Radios<V extends string>({ legend, hint, error, name, options, value, onChoose }: {
  readonly legend: ComponentChildren; readonly hint?: ComponentChildren; readonly error?: string | undefined; readonly name: string;
  readonly options: readonly Option<V>[]; readonly value: V | undefined; readonly onChoose: (value: V) => void;
}) {
  const id = useId();
  return (
    <fieldset class="field" data-wrong={error !== undefined || undefined} aria-describedby={error !== undefined ? `${id}-error` : undefined}>
      <legend>{legend}</legend>
      {hint !== undefined && <div class="hint">{hint}</div>}
      {error !== undefined && <div class="error" id={`${id}-error`}>{error}</div>}
      <div class="choices">
        {options.map((option) => (
          <label key={option.value} class="choice">
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChoose(option.value)} />
            <span>{option.label}</span>
            {option.hint !== undefined && <span class="hint">{option.hint}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export const Checkbox = ({ label, hint, ...input }: { readonly label: ComponentChildren; readonly hint?: ComponentChildren } & Omit<JSX.IntrinsicElements['input'], 'label' | 'type' | 'role'>) => (
  <label class="choice">
    <input {...input} type="checkbox" />
    <span>{label}</span>
    {hint !== undefined && <span class="hint">{hint}</span>}
  </label>
);
