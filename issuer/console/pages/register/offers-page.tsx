// Offers that patients have not taken yet, and those they have: given out anew, or called back.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Checkbox } from '#faces/parts/field.tsx';
import { Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Offer } from '../../api.ts';
import { useConsole, useDoing, useEvery, useLoad, useWords } from '../../console.tsx';
import { kindInWords, nameOf } from '../../events.ts';
import { Empty, Loaded, When, Wrong } from '../../parts/parts.tsx';
import { ENDED } from '../visit/offer.ts';
import type { Made } from '../visit/handout.tsx';

const KINDS = { accepted: 'good', redeemed: 'good', locked: 'bad', failed: 'bad', deleted: 'bad', created: 'warn', fetched: 'warn', cancelled: undefined, expired: undefined } as const;

export function OffersPage() {
  const { w, say } = useWords();
  const { api } = useConsole();
  const [all, setAll] = useState(false);
  const loading = useLoad(() => api.offers.list(all ? 'all' : 'open'), [all]);
  useEvery(5000, loading.reload);
  return (
    <Screen title={w.places.offers} wide>
      <Checkbox label={w.offers.all} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
      <Loaded of={loading}>
        {({ offers, open }) => (
          <>
            <p role="status" class="soft small">{say(w.offers.open, { count: open })}</p>
            {offers.length === 0 ? <Empty title={w.offers.empty} /> : (
              <div class="table-frame" role="region" aria-label={w.places.offers} tabIndex={0}>
                <table class="table">
                  <thead><tr><th scope="col">{w.register.person}</th><th scope="col">{w.register.what}</th><th scope="col">{w.register.recorded}</th><th scope="col">{w.register.status}</th><th scope="col"><span class="unseen">{w.actions}</span></th></tr></thead>
                  <tbody>{offers.map((offer) => <Row key={offer.id} offer={offer} onChange={loading.reload} />)}</tbody>
                </table>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Row({ offer, onChange }: { readonly offer: Offer; readonly onChange: () => void }) {
  const { w } = useWords();
  const { api, drafts, sentences } = useConsole();
  const doing = useDoing();
  const titles = offer.items.map(({ kind }) => kindInWords(kind, sentences));
  const reissue = () => doing.run(async () => {
    await drafts.put('visit-made', { offer: await api.offers.reissue(offer.id), person: offer.person, titles } satisfies Made);
    go(to('visit'));
  });
  const cancel = () => doing.run(async () => {
    await api.offers.cancel(offer.id);
    onChange();
  });
  const isOpen = !ENDED.includes(offer.state) && offer.state !== 'redeemed';
  return (
    <tr>
      <td><Text>{nameOf(offer.person) || '–'}</Text></td><td>{titles.join(', ')}</td><td><When at={offer.createdAt} short /></td>
      <td><Tag kind={KINDS[offer.state]}>{w.handout.states[offer.state]}</Tag></td>
      <td>
        <Wrong failure={doing.failure} />
        <div class="row tight">
          {offer.state !== 'accepted' && offer.state !== 'redeemed' && <Button kind="quiet" busy={doing.busy} onClick={() => void reissue()}>{w.handout.reissue}</Button>}
          {isOpen && <Button kind="quiet" busy={doing.busy} onClick={() => void cancel()}>{w.offers.cancel}</Button>}
        </div>
      </td>
    </tr>
  );
}
