// The patients who share with this member: the list, requests to others, and what is told of them while the page is open.
import type { MemberClient, MemberRelationship } from '#records/client/member.ts';
import type { AskedTerms } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import { createValue, type Followed } from '#faces/value.ts';
import { failureOf, type Failure } from './failure.ts';
import type { Gateway, Signed } from './gateway.ts';
import type { Ask, Kept } from './kept.ts';
import type { OpenMember } from './open-member.ts';

export type Patient = MemberRelationship;
export type AskTerms = AskedTerms;

/** Of an emergency that this member asked, or holds a part for; of the counter of a pharmacy. */
export type News = 'emergency' | 'letter';

export type PatientsState =
  | { readonly name: 'closed' }
  | { readonly name: 'loading' }
  | { readonly name: 'failed'; readonly failure: Failure }
  | { readonly name: 'here'; readonly patients: readonly Patient[] };

export type Patients = ReturnType<typeof createPatients>;

export function createPatients({ gateway, kept, openMember }: { readonly gateway: Gateway; readonly kept: Kept; readonly openMember: OpenMember }) {
  const state = createValue<PatientsState>({ name: 'closed' });
  const listeners = new Set<(relationship: string) => void>();
  const news = new Set<(kind: News) => void>();
  let opened: { readonly signed: Signed; readonly member: Promise<MemberClient> } | undefined;

  /** One client for as long as the same keys are signed in. */
  function member(): Promise<MemberClient> {
    const signed = gateway.inside();
    if (opened?.signed !== signed) opened = { signed, member: openMember(signed) };
    opened.member.catch(() => { opened = undefined; });
    return opened.member;
  }

  async function load(): Promise<void> {
    try {
      state.set({ name: 'here', patients: await (await member()).relationships() });
    } catch (error) {
      const failure = failureOf(error);
      if (state.get().name !== 'here') state.set({ name: 'failed', failure });
    }
  }

  async function begin(signed: Signed): Promise<void> {
    state.set({ name: 'loading' });
    await load();
    const client = await member().catch(() => undefined);
    await client?.listen({}, ({ kind, relationship }) => {
      if (kind === 'records' && relationship !== undefined) for (const listener of listeners) listener(relationship);
      else if (kind === 'emergency' || kind === 'letter') for (const listener of news) listener(kind);
      else void load();
    }, signed.ended).catch((error: unknown) => void failureOf(error));
  }

  gateway.state.subscribe((now) => {
    if (now.name === 'in' && now.signed.roles.length > 0) void begin(now.signed);
    else if (now.name !== 'signing-in') {
      opened = undefined;
      state.set({ name: 'closed' });
    }
  });

  return {
    state: state as Followed<PatientsState>,
    member, load,
    /** Told that something was written, by the relationship. */
    onRecords: (listener: (relationship: string) => void) => void listeners.add(listener),
    /** Told that there is something to look at, until the function that is given back is called. */
    onNews(listener: (kind: News) => void): () => void {
      news.add(listener);
      return () => void news.delete(listener);
    },
    find: (id: string): Patient | undefined => {
      const now = state.get();
      return now.name === 'here' ? now.patients.find((each) => each.id === id) : undefined;
    },
    /** @param recipient the member, or the organisation that it acts for */
    async ask(terms: AskTerms, recipient?: Address): Promise<Ask> {
      const { id, link, expires } = await (await member()).ask(terms, recipient === undefined ? {} : { recipient });
      const ask = { id, link, expiresAt: expires };
      await kept.putAsk(ask);
      return ask;
    },
    asks: kept.asks,
  };
}
