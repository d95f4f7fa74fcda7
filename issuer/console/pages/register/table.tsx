// Certificates as a table for keys: j and k go along it, Enter opens, x chooses.
import { useRef } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Text } from '#faces/parts/text.tsx';
import type { Issuance } from '../../api.ts';
import { useConsole, useWords } from '../../console.tsx';
import { eventOf, kindInWords, nameOf, titleOf } from '../../events.ts';
import { useKeys } from '../../keyboard.ts';
import { StatusTag, When } from '../../parts/parts.tsx';

type Props = { readonly rows: readonly Issuance[]; readonly caption: string; readonly withPerson?: boolean; readonly selected?: ReadonlySet<string>; readonly onSelect?: (id: string) => void };

export function IssuanceTable({ rows, caption, withPerson = true, selected, onSelect }: Props) {
  const { w } = useWords();
  const table = useRef<HTMLTableElement>(null);
  const links = () => [...(table.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
  const at = () => links().findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  const move = (by: number) => {
    const all = links();
    const next = all[Math.min(Math.max(at() + by, 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const choose = () => {
    const row = rows[at()];
    if (row) onSelect?.(row.id);
  };
  useKeys({ j: () => move(1), k: () => move(-1), x: onSelect && choose });
  return (
    <div class="table-frame" role="region" aria-label={caption} tabIndex={0}>
      <table ref={table} class="table">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {onSelect && <th scope="col" class="narrow"><span class="unseen">{w.register.choose}</span></th>}
            {withPerson && <th scope="col">{w.register.person}</th>}
            <th scope="col">{w.register.what}</th>
            <th scope="col" class="wide-only">{w.visit.date}</th>
            <th scope="col" class="wide-only">{w.visit.lot}</th>
            <th scope="col" class="roomy">{w.register.recorded}</th>
            <th scope="col">{w.register.status}</th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={row.id} {...{ row, withPerson }} isSelected={selected?.has(row.id) ?? false} onSelect={onSelect} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ row, withPerson, isSelected, onSelect }: { readonly row: Issuance; readonly withPerson: boolean; readonly isSelected: boolean; readonly onSelect: ((id: string) => void) | undefined }) {
  const { w, say, dates } = useWords();
  const { sentences } = useConsole();
  const event = eventOf(row);
  const title = event ? titleOf(event, sentences) : kindInWords(row.kind, sentences) || w.statuses.unknown;
  const name = nameOf(event?.person) || (row.patient === null ? w.register.erased : '–');
  return (
    <tr data-selected={isSelected || undefined}>
      {onSelect && <td class="narrow"><input type="checkbox" aria-label={say(w.register.chooseOne, { name: `${name}, ${title}` })} checked={isSelected} onChange={() => onSelect(row.id)} /></td>}
      {withPerson && <td><Text>{name}</Text></td>}
      <td><a data-row href={to('register', row.id)}><Text>{title}</Text></a></td>
      <td class="wide-only when figures">{event && dates.date(event.time)}</td>
      <td class="wide-only when"><Text>{event?.lot}</Text></td>
      <td class="roomy"><When at={row.recordedAt} short /></td>
      <td><StatusTag status={row.status} pending={row.pending} /></td>
    </tr>
  );
}
