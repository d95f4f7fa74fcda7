// The parts of records that stand beside each other, at the top of each.
import { to } from '#faces/navigation.ts';
import { usePart } from '../../wallet-context.tsx';
import { useRecords, useRecordsWords } from './context.tsx';

export function Tabs({ here }: { readonly here: 'records' | 'access' | 'looked' | 'more' }) {
  const { r, say } = useRecordsWords();
  const { unseen } = useRecords();
  const count = usePart(unseen);
  const places = { records: to('records'), access: to('access'), looked: to('looked'), more: to('card') } as const;
  return (
    <nav class="tabs" aria-label={r.tabs.name}>
      <ul class="tabs-list">
        {(['records', 'access', 'looked', 'more'] as const).map((name) => (
          <li key={name}>
            <a href={places[name]} aria-current={name === here ? 'page' : undefined}>
              {r.tabs[name]}{name === 'looked' && count > 0 && <> <span class="count"><span aria-hidden="true">{count}</span><span class="unseen">{say(r.looked.newCount, { count })}</span></span></>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
