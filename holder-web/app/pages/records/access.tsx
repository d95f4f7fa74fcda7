// Who may see: everybody who was ever allowed or denied something, what it says, and ending it.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { AccessStanding, AccessView } from '#wallet-app/records/states.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useNow, usePart } from '../../wallet-context.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { rolesInWords } from './member.tsx';
import { PolicyText } from './policy-words.tsx';
import { Tabs } from './tabs.tsx';

const GROUPS = { now: ['active', 'ending', 'pending'], never: ['never'], ended: ['ended', 'failed'] } as const satisfies Readonly<Record<string, readonly AccessStanding[]>>;
const KINDS: Readonly<Partial<Record<AccessStanding, 'good' | 'warn' | 'bad'>>> = { active: 'good', ending: 'warn', pending: 'warn', failed: 'bad' };

export function AccessPage() {
  const { r, shared, failure } = useRecordsWords();
  const { value: views, failure: failed } = usePart(useRecords().access);
  return (
    <Screen title={r.access.title}>
      <Tabs here="access" />
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {!views && !failed && <p role="status">{shared.loading}</p>}
      {views?.length === 0 && <div class="empty"><h2>{r.access.empty}</h2><p>{r.access.emptyText}</p></div>}
      {views && (['now', 'never', 'ended'] as const).map((group) => <Group key={group} name={group} views={views.filter(({ standing }) => (GROUPS[group] as readonly AccessStanding[]).includes(standing))} />)}
      <p><ButtonLink wide href={to('share')}>{r.access.share}</ButtonLink></p>
    </Screen>
  );
}

function Group({ name, views }: { readonly name: keyof typeof GROUPS; readonly views: readonly AccessView[] }) {
  const { r } = useRecordsWords();
  if (views.length === 0) return null;
  return (
    <section class="stack-s" aria-labelledby={`access-${name}`}>
      <h2 id={`access-${name}`}>{r.access.groups[name]}</h2>
      <ul class="links">{views.map((view) => <li key={view.relationship.id}><AccessLink view={view} /></li>)}</ul>
    </section>
  );
}

function AccessLink({ view: { relationship: { id, policy }, member, standing } }: { readonly view: AccessView }) {
  const speech = useRecordsWords();
  const { r, say, dates, memberOf } = speech;
  return (
    <a href={to('access', id)}>
      <span><span class="strong"><Text>{memberOf(member)}</Text></span>{member && <><br /><span class="small soft">{rolesInWords(member, speech)}</span></>}</span>
      <span class="row access-state"><Tag kind={KINDS[standing]}>{r.access.standing[standing]}</Tag>{standing !== 'ended' && standing !== 'failed' && <span class="small soft figures">{say(r.access.until, { date: dates.date(policy.until) })}</span>}</span>
    </a>
  );
}

export function RelationshipPage({ id }: { readonly id: string }) {
  const { r, shared } = useRecordsWords();
  const { value: views } = usePart(useRecords().access);
  const view = views?.find(({ relationship }) => relationship.id === id);
  if (!view) return <Screen title={r.access.title} back={to('access')}><p role="status">{views ? r.access.gone : shared.loading}</p></Screen>;
  return <One view={view} />;
}

function One({ view: { relationship, member, standing, says } }: { readonly view: AccessView }) {
  const { r, say, dates, memberOf, failure } = useRecordsWords();
  const { access, shelf } = useRecords();
  const now = useNow();
  const [failed, attempt] = useAttempt();
  const [step, setStep] = useState<'still' | 'asking' | 'ending' | 'ended'>('still');
  const who = memberOf(member);
  const isOver = standing === 'ended' || standing === 'failed';
  const authors = usePart(shelf).value?.authors;
  const end = async () => {
    setStep('ending');
    setStep((await attempt(() => access.revoke(relationship.id))) ? 'ended' : 'still');
  };
  const isDenial = says.effect === 'deny';
  return (
    <Screen title={who} tab={r.access.title} back={to('access')}>
      <p class="row"><Tag kind={KINDS[standing]}>{r.access.standing[standing]}</Tag><span class="small soft">{say(r.access.since, { date: dates.date(relationship.createdAt) })}</span></p>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {step === 'ended' && !isDenial && <div role="status"><Notice kind="good">{r.access.revoked}</Notice></div>}
      <div class="panel stack-s">{isOver && <p class="soft small">{r.access.was}</p>}<PolicyText says={says} who={who} isPast={isOver} {...(authors && { known: authors })} now={now} /></div>
      {relationship.missing.length > 0 && !isOver && <p class="soft">{say(r.access.waiting, { count: relationship.missing.length })}</p>}
      {!isOver && (
        <div class="actions">
          {!isDenial && <ButtonLink wide kind="secondary" href={to('share', 'change', relationship.id)}>{r.access.change}</ButtonLink>}
          <Button wide kind={isDenial ? 'secondary' : 'danger'} busy={step === 'ending'} onClick={() => setStep('asking')}>{step === 'ending' ? r.access.revoking : isDenial ? r.access.lift : r.access.revoke}</Button>
        </div>
      )}
      {isOver && <p><ButtonLink wide kind="secondary" href={to('share', 'with', relationship.recipient)}>{say(r.share.offers, { who })}</ButtonLink></p>}
      {!isDenial && <p><a class="danger-link" href={to('share', 'never', relationship.recipient)}>{r.share.never}</a></p>}
      {step === 'asking' && <Confirm title={isDenial ? say(r.access.liftTitle, { who }) : say(r.access.revokeTitle, { who })} text={isDenial ? r.access.liftText : say(r.access.revokeText, { who })} yes={isDenial ? r.access.lift : r.access.revoke} onYes={() => void end()} onNo={() => setStep('still')} />}
    </Screen>
  );
}
