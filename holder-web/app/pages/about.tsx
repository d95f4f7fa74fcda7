// What this is, what stays on the device and what leaves it, and how old the data for checking are.
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Holdings } from '#wallet-app/states.ts';
import { useWords } from '../speech.tsx';
import { useNow, useWallet } from '../wallet-context.tsx';

export function AboutPage({ held: { trust } }: { readonly held: Holdings }) {
  const { w, say, dates, failure } = useWords();
  const { holdings } = useWallet();
  const now = useNow();
  const ago = trust.syncedAt === undefined ? '' : dates.relative(Math.min(trust.syncedAt, now), now);
  return (
    <Screen title={w.about.title} back={to('more')}>
      <section class="stack-s"><h2>{w.about.privacy}</h2><p>{w.about.privacyText}</p></section>
      <section class="stack-s"><h2>{w.about.leaves}</h2><p>{w.about.leavesText}</p></section>
      <section class="stack-s"><h2>{w.about.chain}</h2><p>{w.about.chainText}</p></section>
      <section class="stack-s">
        <h2>{w.about.trust}</h2>
        <p>{trust.name === 'none' ? w.about.trustNone : say(trust.name === 'fresh' ? w.about.trustFresh : w.about.trustOld, { ago })}</p>
        {trust.failure && <p class="error">{failure(trust.failure)}</p>}
        <p><Button kind="secondary" busy={trust.isFetching} onClick={() => void holdings.refresh()}>{trust.isFetching ? w.about.fetching : w.about.fetch}</Button></p>
      </section>
      <section class="stack-s"><h2>{w.about.licence}</h2><p>{w.about.licenceText}</p></section>
    </Screen>
  );
}
