// Small parts that many pages use.
import { useState } from 'preact/hooks';
import { createDoingParts } from '#faces/parts/doing.tsx';
import { TextArea } from '#faces/parts/field.tsx';
import type { Failure } from '../desk/failure.ts';
import { useDoing } from '../desk-context.tsx';
import { useWords } from '../speech.tsx';

export const { Wrong, Loaded, Confirm } = createDoingParts<Failure>(() => useWords().failure);

const REASON_MOST = 500;

/** A refusal, which says why. */
export function AskReason({ title, act, onAct, onClose }: { readonly title: string; readonly act: string; readonly onAct: (reason: string) => Promise<void>; readonly onClose: () => void }) {
  const { w } = useWords();
  const doing = useDoing();
  const [reason, setReason] = useState('');
  const [isWrong, setWrong] = useState(false);
  const submit = async () => {
    if (reason.trim() === '') return setWrong(true);
    await onAct(reason.trim());
  };
  return (
    <Confirm title={title} act={act} doing={doing} onAct={submit} onClose={onClose}>
      <TextArea id="reason" label={w.applications.reason} hint={w.applications.reasonHint} error={isWrong ? w.applications.missing.reason : undefined} maxLength={REASON_MOST} value={reason} onInput={(event) => { setReason(event.currentTarget.value); setWrong(false); }} />
    </Confirm>
  );
}

/** A file to be chosen. */
export function FileField({ id, label, error, accept, onChoose }: { readonly id: string; readonly label: string; readonly error?: string | undefined; readonly accept?: string; readonly onChoose: (file: File | undefined) => void }) {
  return (
    <div class="field" data-wrong={error !== undefined || undefined}>
      <label for={id}>{label}</label>
      {error !== undefined && <div class="error" id={`${id}-error`}>{error}</div>}
      <input id={id} class="input" type="file" accept={accept} aria-describedby={error === undefined ? undefined : `${id}-error`} onChange={(event) => onChoose(event.currentTarget.files?.[0])} />
    </div>
  );
}

/** Gives bytes to the person as a file; they are shared with nobody. */
export function saveFile(bytes: Uint8Array, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' })); // made here, never a shared buffer
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
