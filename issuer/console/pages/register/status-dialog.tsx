// Revoking, suspending, reinstating: how many, whether it can be taken back, and why.
import { useState } from 'preact/hooks';
import { Select, TextArea } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import type { Status, StatusAction } from '../../api.ts';
import { useConsole, useDoing, useWords } from '../../console.tsx';
import { Confirm } from '../../parts/parts.tsx';

export const REASONS = ['issued-in-error', 'data-wrong', 'superseded', 'holder-request', 'fraud', 'key-compromise', 'under-review', 'review-closed', 'unspecified'] as const;
export type Reason = (typeof REASONS)[number];
const USUAL: Readonly<Record<StatusAction, Reason>> = { revoke: 'issued-in-error', suspend: 'under-review', reinstate: 'review-closed' };

/** What can still be done to a certificate. One that nobody has taken is an offer: it is cancelled there. */
export const POSSIBLE: Readonly<Record<Status, readonly StatusAction[]>> = { valid: ['suspend', 'revoke'], suspended: ['reinstate', 'revoke'], expired: ['revoke'], revoked: [], waiting: [], unknown: [] };

type Props = { readonly action: StatusAction; readonly ids: readonly string[]; /** Whether all are of one person: a note is about one. */ readonly onePerson: boolean; readonly onDone: () => void; readonly onClose: () => void };

export function StatusDialog({ action, ids, onePerson, onDone, onClose }: Props) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [reason, setReason] = useState<Reason>(USUAL[action]);
  const [note, setNote] = useState('');
  // The same request again, after a broken line, is the same change.
  const [key] = useState(() => crypto.randomUUID());
  const count = ids.length;
  const words = w.status[action];
  const act = async () => {
    await api.issuances.change(action, ids, reason, note.trim() === '' ? undefined : note.trim(), key);
    onDone();
  };
  return (
    <Confirm title={say(words.act, { count })} act={say(words.act, { count })} danger={action === 'revoke'} {...{ doing, onClose }} onAct={act}>
      {action === 'revoke' ? <Notice kind="bad">{words.says}</Notice> : <p>{words.says}</p>}
      <Select label={w.status.reason} value={reason} onChange={(event) => setReason(event.currentTarget.value as Reason)}>
        {REASONS.map((each) => <option key={each} value={each}>{w.reasons[each]}</option>)}
      </Select>
      {onePerson && <TextArea label={w.status.note} hint={w.status.noteHint} maxLength={500} rows={2} value={note} onInput={(event) => setNote(event.currentTarget.value)} />}
      {doing.busy && <p role="status" class="soft">{w.status.writing}</p>}
    </Confirm>
  );
}
