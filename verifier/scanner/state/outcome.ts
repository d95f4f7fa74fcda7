// What a judgement looks and sounds like. A certificate that is shown openly where no rule is asked is genuine, and that is all: it may be a positive
// test. Nobody is waved through by it.
import type { Verdict } from '#passport';
import type { Judgement } from '../engine/messages.ts';

type Judged = Pick<Extract<Judgement, { name: 'verdict' }>, 'verdict' | 'asking'>;

export const isGenuineOnly = ({ verdict, asking }: Judged): boolean => verdict.outcome === 'accepted' && verdict.shown.form !== 'pass' && asking.policy === undefined;

export const outcomeOf = (judged: Judged): Verdict['outcome'] => (isGenuineOnly(judged) ? 'undecided' : judged.verdict.outcome);
