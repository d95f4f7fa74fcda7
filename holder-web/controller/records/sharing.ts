// Sharing, step by step: who asks and whether they are who they say, what is asked, what the person chooses of it, the yes, and the chain's word for it.
// Nothing is given out before the yes; the asker's own words are shown as theirs and nothing is made of them.
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Asked } from '#records/client/asking.ts';
import type { Relationship } from '#records/client/patient-consents.ts';
import { describePolicy } from '#records/model/consent/index.ts';
import type { Address } from '#records/model/members.ts';
import type { OpenedRecord } from '#records/client/open-record.ts';
import { failureOf } from '../failure.ts';
import { createCell } from '../observable.ts';
import type { Connection } from './connection.ts';
import { consentOf, denialOf, draftFor, draftOf, draftOfPolicy, faultsOf, moreThan, previewOf, widened } from './drafts.ts';
import type { Members } from './members.ts';
import type { RecordsApp } from './records-app.ts';
import type { KnownMember, ShareDraft, SharingState } from './states.ts';

export type SharingDeps = {
  readonly now: () => UnixSeconds;
  /** Waits for the connection that is on its way. @throws HealthpassError why there is none */
  readonly connected: () => Promise<{ readonly connection: Connection; readonly members: Members }>;
  readonly records: () => readonly OpenedRecord[];
  readonly onGranted: () => Promise<void>;
};
type Choosing = Extract<SharingState, { readonly name: 'choosing' }>;
type Shown = Pick<Choosing, 'recipient' | 'asker' | 'terms' | 'expires' | 'changes' | 'already' | 'draft'>;
/** What a yes does besides what is shown. */
type Behind = {
  /** The request that is answered. */
  readonly asked: Asked | undefined;
  /** What says the opposite to the same member: a yes takes back a denial, which would beat it; a denial ends what was permitted. */
  readonly replaced: readonly string[];
};
const NOTHING_BEHIND: Behind = { asked: undefined, replaced: [] };
const UNASKED = { asker: undefined, terms: undefined, expires: undefined, already: undefined } as const;

export function createSharing({ now, connected, records, onGranted }: SharingDeps): RecordsApp['sharing'] & { readonly refresh: () => void } {
  const cell = createCell<SharingState>({ name: 'idle' });
  let behind = NOTHING_BEHIND;
  let stop = new AbortController();

  function choose(shown: Shown): void {
    const { draft, recipient } = shown;
    const faults = faultsOf(draft, now());
    cell.set({ name: 'choosing', ...shown, faults, preview: faults.length === 0 ? previewOf(draft, recipient.address, records(), now()) : undefined });
  }

  /** Each beginning replaces what was there; one that was left meanwhile says nothing more. */
  async function begin(read: () => Promise<Shown & { readonly behind: Behind }>): Promise<void> {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    cell.set({ name: 'reading' });
    try {
      const { behind: found, ...shown } = await read();
      if (signal.aborted) return;
      behind = found;
      choose(shown);
    } catch (error) {
      const failure = failureOf(error, () => cell.set({ name: 'idle' }));
      if (!signal.aborted) cell.set({ name: 'failed', failure });
    }
  }

  async function send({ recipient, draft, changes }: Choosing, { asked, replaced }: Behind): Promise<void> {
    const { signal } = stop;
    cell.set({ name: 'sending', recipient });
    try {
      const { connection: { patient, care } } = await connected();
      const consent = consentOf(draft);
      const relationship = changes === undefined
        ? await patient.createRelationship({ recipient: recipient.address, consent, ...(draft.effect === 'permit' && { card: cardOf(care.card) }), ...(asked && { asked }) })
        : await patient.changeConsent(changes, consent, asked && { asked, card: cardOf(care.card) });
      for (const id of replaced) await patient.revoke(id);
      await wait(relationship, recipient, signal);
    } catch (error) {
      const failure = failureOf(error, () => cell.set({ name: 'idle' }));
      if (!signal.aborted) cell.set({ name: 'failed', failure });
    } finally {
      await onGranted();
    }
  }

  async function wait(relationship: Relationship, recipient: KnownMember, signal: AbortSignal): Promise<void> {
    if (!signal.aborted) cell.set({ name: 'waiting', recipient, since: now(), relationship: relationship.id });
    const { connection: { patient } } = await connected();
    const active = await patient.untilActive(relationship.id, signal);
    if (!signal.aborted) cell.set({ name: 'granted', recipient, relationship: active.id, says: describePolicy(active.policy) });
  }

  return {
    ...cell,
    read: (link) => begin(async () => {
      const { connection: { patient }, members } = await connected();
      const asked = await patient.readAsked(link);
      if (asked.expires <= now()) throw new HealthpassError('offer-over', 'the request is over', { field: 'request' });
      const recipient = await members.verified(asked.recipient);
      const relationships = await patient.relationships();
      const asker = asked.member === asked.recipient ? undefined : await members.verified(asked.member);
      const { terms, expires } = asked;
      const begun = { recipient, asker, terms, expires, behind: { asked, replaced: oppositesOf('permit', relationships, recipient.address, now()) } };
      const standing = standingOf('permit', relationships, recipient.address, now());
      if (!standing) return { ...begun, changes: undefined, already: undefined, draft: draftOf(terms, now()) };
      return { ...begun, changes: standing.id, already: moreThan(standing.policy, terms), draft: widened(standing.policy, terms, now()) };
    }),
    offer: (member, effect = 'permit') => begin(async () => {
      const { connection: { patient }, members } = await connected();
      const relationships = await patient.relationships();
      const standing = standingOf(effect, relationships, member, now());
      const recipient = await members.verified(member);
      const draft = effect === 'deny' ? denialOf(now()) : standing ? draftOfPolicy(standing.policy) : draftFor(recipient.roles.map(({ role }) => role), now());
      return { ...UNASKED, recipient, changes: standing?.id, draft, behind: { asked: undefined, replaced: oppositesOf(effect, relationships, member, now()) } };
    }),
    change: (id) => begin(async () => {
      const { connection: { patient }, members } = await connected();
      const one = (await patient.relationships()).find((each) => each.id === id);
      if (!one) throw new HealthpassError('record-unknown', 'there is no such relationship', { field: 'id' });
      return { ...UNASKED, recipient: await members.verified(one.recipient), changes: id, draft: draftOfPolicy(one.policy), behind: NOTHING_BEHIND };
    }),
    set(change: Partial<ShareDraft>) {
      const state = cell.get();
      if (state.name === 'choosing') choose({ ...state, draft: { ...state.draft, ...change } });
    },
    apart() {
      const state = cell.get();
      if (state.name === 'choosing' && state.already) choose({ ...state, changes: undefined, already: undefined, draft: draftOf(state.terms, now()) });
    },
    async confirm() {
      const state = cell.get();
      if (state.name === 'choosing' && state.faults.length === 0) await send(state, behind);
    },
    close() {
      stop.abort();
      behind = NOTHING_BEHIND;
      cell.set({ name: 'idle' });
    },
    /** Counts anew: the records came meanwhile, or time went by. */
    refresh() {
      const state = cell.get();
      if (state.name === 'choosing') choose(state);
    },
  };
}

const isStanding = ({ recipient, state, policy }: Relationship, member: Address, now: UnixSeconds): boolean => recipient === member && (state === 'active' || state === 'pending') && policy.until > now;
const standingOf = (effect: 'permit' | 'deny', relationships: readonly Relationship[], member: Address, now: UnixSeconds): Relationship | undefined =>
  relationships.find((one) => isStanding(one, member, now) && one.policy.effect === effect);
const oppositesOf = (effect: 'permit' | 'deny', relationships: readonly Relationship[], member: Address, now: UnixSeconds): readonly string[] =>
  relationships.filter((one) => isStanding(one, member, now) && one.policy.effect !== effect).map(({ id }) => id);

const cardOf = ({ name, birthDate }: Connection['care']['card']) => ({ name, ...(birthDate !== undefined && { birthDate }) });

