// A member of the directory, found by name.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Combobox } from '#faces/parts/combobox.tsx';
import { plain } from '#faces/words/plain.ts';
import type { MemberEntry } from '#records/client/membership.ts';
import type { Role } from '#records/model/members.ts';
import { useDesk } from '../desk-context.tsx';
import { useWords } from '../speech.tsx';

export type MemberFieldProps = { readonly id: string; readonly label: ComponentChildren; readonly hint?: string | undefined; readonly error?: string | undefined; readonly roles: readonly Role[]; readonly value: MemberEntry | undefined; readonly onChoose: (member: MemberEntry | undefined) => void };

/** Milliseconds after the last key before the directory is asked. */
const PAUSE = 150;

export function MemberField({ id, label, hint, error, roles, value, onChoose }: MemberFieldProps) {
  const { w } = useWords();
  const desk = useDesk();
  const [found, setFound] = useState<readonly MemberEntry[]>([]);
  const [typed, setTyped] = useState('');
  const asked = useRef(0);
  useEffect(() => {
    const round = ++asked.current;
    const timer = setTimeout(() => void (async () => {
      const members = await desk.membership.find(typed, roles).catch(() => []);
      if (asked.current === round) setFound(members);
    })(), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, roles.join()]);
  const option = (member: MemberEntry) => ({ value: member.address, label: plain(member.name), hint: member.roles.map(({ role }) => w.roles[role]).join(', ') });
  return (
    <Combobox
      {...{ id, label, hint, error }} value={value && option(value)} onType={setTyped} search={() => found.map(option)}
      onChoose={(chosen) => onChoose(chosen && found.find(({ address }) => address === chosen.value))}
    />
  );
}
