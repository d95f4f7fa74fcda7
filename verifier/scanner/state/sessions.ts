// A session of OpenID4VP at the service: what is asked, and what it says of how it goes.
import { FORMS } from '#formats/credential/index.ts';
import { REASONS, verdictFor, type Kind, type Policy, type Reason, type Verdict } from '#passport';

const PERSON = ['family_name', 'given_name', 'birthdate'];
/** What a rule looks at, by kind of event. */
const FACTS: Readonly<Record<Kind, readonly string[]>> = {
  vaccination: ['disease', 'product', 'dose_number', 'series_doses', 'occurred'], test: ['disease', 'test', 'result', 'occurred'], recovery: ['disease', 'occurred'],
};

const KINDS = Object.keys(FACTS) as readonly Kind[]; // its keys are the kinds

export type SessionAsk = 'rule' | 'certificate';

/** The body of POST /presentations: alternatives, any of which answers. A certificate has to show whatever the rule looks at. */
export function askBody(wanted: SessionAsk, rule: Policy | undefined): unknown {
  if (!rule) return { ask: [{ vct: KINDS.map((kind) => FORMS[kind].vct), claims: [...PERSON, 'occurred'] }] };
  const policy = `${rule.id}@${rule.version}`;
  const kinds = KINDS.filter((kind) => rule.clauses.some((clause) => clause.kind === undefined || clause.kind === kind));
  const certificates = kinds.map((kind) => ({ vct: FORMS[kind].vct, claims: [...PERSON, ...FACTS[kind]], policy }));
  return { ask: wanted === 'rule' ? [{ policy }, ...certificates] : certificates };
}

export type SessionView = {
  readonly status: 'open' | 'answered' | 'declined' | 'expired';
  readonly opened: boolean;
  readonly result?: { readonly outcome?: string; readonly reason?: string; readonly credentials?: Readonly<Record<string, readonly { readonly outcome?: string }[]>> };
};

/** The verdict on the whole answer; what was shown is that of the first credential that was accepted. */
export function verdictOf({ result }: SessionView): Verdict {
  const accepted = Object.values(result?.credentials ?? {}).flat().find(({ outcome }) => outcome === 'accepted');
  if (result?.outcome === 'accepted' && accepted) return accepted as unknown as Extract<Verdict, { outcome: 'accepted' }>; // the service keeps to its description
  return verdictFor(result?.reason !== undefined && Object.hasOwn(REASONS, result.reason) ? (result.reason as Reason) : 'query-unsatisfied');
}
