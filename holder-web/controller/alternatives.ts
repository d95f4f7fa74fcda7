// What a verifier's request could be answered with, as whole answers: each what one required combination of its queries takes. The one that
// shows least stands first, and what a careful person would want to know is flagged.
import { PASS_FORMAT, type DcqlQuery } from '#formats/openid4vp/index.ts';
import { disclosableClaims } from '#formats/sd-jwt-vc/index.ts';
import { ID_CLAIM } from '#formats/sd-jwt-vc/text.ts';
import type { Policy, TrustState, UnixSeconds } from '#passport';
import { fitPolicy, type FitReport } from '#wallet/fit.ts';
import type { Choice } from '#wallet/openid4vp/index.ts';
import type { HeldCredential } from '#wallet/records.ts';
import { cardOf } from './cards.ts';
import type { Answer, Flag } from './states.ts';

export type AnswerContext = {
  readonly person: string;
  readonly held: readonly HeldCredential[];
  readonly policies: readonly Policy[];
  readonly trust: TrustState | undefined;
  readonly now: UnixSeconds;
};

/** More are no choice but a flood, whoever makes them up. */
const MOST = 12;
/** Claims by which a person is known. */
const IDENTITY = ['family_name', 'given_name', 'birthdate'];

export function alternativesOf(query: DcqlQuery, choices: readonly Choice[], context: AnswerContext): Answer[][] {
  const byQuery = Map.groupBy(choices, (choice) => choice.query);
  const combinations = idsOf(query).map((ids) => [...new Set(ids)]).filter((ids) => ids.every((id) => byQuery.has(id)));
  const whole = combinations.flatMap((ids) => product(ids.map((id) => byQuery.get(id)!))); // they all have some
  const answers = unique(whole).slice(0, 10 * MOST).map((alternative) => alternative.map((choice) => answerOf(choice, context)));
  answers.sort((a, b) => weight(a) - weight(b));
  const hasLess = (answer: Answer, i: number) => i > 0 && weight([answer]) > 0 && weight(answers[0]!) === 0;
  return answers.slice(0, MOST).map((alternative, i) => alternative.map((answer) => (hasLess(answer, i) ? { ...answer, flags: [...answer.flags, 'more-than-needed' as const] } : answer)));
}

/** What stands in the way of the rules that were asked for. */
export const missingOf = (query: DcqlQuery, { held, policies, trust, now }: AnswerContext): FitReport[] => query.credentials.flatMap((asked) => (asked.format !== PASS_FORMAT ? []
  : asked.meta.policies.flatMap((name) => {
    const policy = policies.find(({ id, version }) => name === id || name === `${id}@${version}`);
    return policy ? [fitPolicy(held, policy, { trust, now, match: asked.meta.match })] : [];
  })));

/** Ids of queries that are answered together: an option of each required set; all of them where there are no sets. */
function idsOf({ credentials, credential_sets: sets }: DcqlQuery): string[][] {
  if (!sets) return [credentials.map(({ id }) => id)];
  return product(sets.filter(({ required }) => required).map(({ options }) => options)).map((chosen) => chosen.flat());
}

/** One of each. Grows no further than is shown. */
function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((one) => list.map((item) => [...one, item])).slice(0, 100 * MOST), [[]]);
}

const unique = (alternatives: readonly Choice[][]): Choice[][] => [...new Map(alternatives.map((choices) => [JSON.stringify(choices), choices])).values()];

function answerOf(choice: Choice, { held, policies, person, trust, now }: AnswerContext): Answer {
  if (choice.form === 'pass') {
    const [id, version] = choice.policy.split('@');
    const policy = policies.filter((known) => known.id === id && (version === undefined || known.version === Number(version))).toSorted((a, b) => b.version - a.version)[0];
    return { choice, policy, card: undefined, shows: {}, flags: [] };
  }
  const credential = held.find(({ issued }) => issued.id === choice.credential)!; // choices are of what is held
  const { [ID_CLAIM]: _id, ...all } = disclosableClaims(credential.issued.sdJwtVc); // its id says nothing to a person
  const names = choice.form === 'vp-jwt' ? Object.keys(all) : choice.disclose;
  const flags: Flag[] = [];
  if (choice.form === 'vp-jwt' || Object.keys(all).every((name) => names.includes(name))) flags.push('whole-record');
  if (names.some((name) => IDENTITY.includes(name))) flags.push('identity');
  return { choice, policy: undefined, card: cardOf(person, credential, trust, now), shows: Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))), flags };
}

/** How much is shown: a pass shows nothing of a record; a whole one weighs more than its claims, for it can be passed on with its signature. */
const weight = (alternative: readonly Answer[]): number =>
  alternative.reduce((sum, { choice, shows }) => sum + (choice.form === 'pass' ? 0 : Object.keys(shows).length + (choice.form === 'vp-jwt' ? 1.5 : 1)), 0);
