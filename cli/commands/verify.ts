// healthpass verify: the verdict on a text, a file, an image or standard input. Exit 0 accepted, 1 refused, 2 undecided, 3 unreadable.
import { existsSync } from 'node:fs';
import { HealthpassError, isHealthpassError, PASS_PREFIX, REASONS, type Shown, type Verdict } from '#passport';
import { parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import type { DataFolder } from '#network/folder.ts';
import { describeVerdict } from '#verifier';
import { createAnchorBook, verifyText, type Ask, type TextContext, type VerifierContext } from '#verifier/checks/index.ts';
import { text, type Command, type Invocation } from '../command.ts';
import { eventOf, notedEvents } from '../events.ts';
import { issuerClient } from '../issuer-client.ts';
import { isPng, readCode } from '../read-image.ts';
import { folderOf, knownTrust, now, policies, proofVerifier, readInput, type KnownTrust } from '../surroundings.ts';
import { ago, at } from '../terminal.ts';
import { challengeOf } from './present.ts';

const EXIT = { accepted: 0, refused: 1, undecided: 2 } as const;
const INPUT_MAX_BYTES = 16_000_000;

export const verify: Command = {
  name: 'verify', synopsis: 'verify TEXT|FILE|PNG|- [--policy P]', says: 'Check a pass, a credential or a presentation. Exit 0 accepted, 1 refused, 2 undecided, 3 unreadable.',
  least: 1, most: 1, takes: 'one text, file, PNG image, or - for standard input',
  options: {
    policy: { type: 'string' }, scope: { type: 'string' }, audience: { type: 'string' }, challenge: { type: 'string' },
    family: { type: 'string' }, given: { type: 'string' }, birth: { type: 'string' },
    'max-root-age': { type: 'string' }, 'max-code-age': { type: 'string' }, at: { type: 'string' }, offline: { type: 'boolean' },
  },
  about: {
    policy: `the rule that is asked: ${policies.map(({ id }) => id).join(', ')}`, scope: 'name of the event that each person enters once', audience: 'our own name, as the request gave it',
    challenge: 'hex of the challenge that was asked', family: 'family name on the document, with --given and --birth', given: 'given names on the document', birth: 'birth date on the document, YYYY-MM-DD',
    'max-root-age': 'seconds that replaced trust data may count at most; the policy may say less', 'max-code-age': 'seconds that a code may be old at most', at: 'verify as of this time (Unix seconds or ISO 8601)', offline: 'use what was kept of the chain',
  },
  async run({ positionals, options, terminal }) {
    const [ask, now, limits] = [askOf(options), timeOf(text(options, 'at')), limitsOf(options)];
    const presented = await readPresented(positionals[0]!);
    const folder = folderOf(options);
    const known = await knownTrust(folder, { offline: options['offline'] === true });
    const anchors = createAnchorBook((root) => anchorOf(folder, root));
    const context: TextContext = { trust: known?.trust, policies, proofs: await proofVerifier(), now, limits, ...(known?.source === 'chain' ? { anchors } : {}) };
    const verdict = await verifyAsAsked(presented, ask, context, () => notedEvents(folder));
    terminal.result(sayVerdict(verdict, known), { ...describeVerdict(verdict), source: known?.source });
    return EXIT[verdict.outcome];
  },
};

/** Undefined when the issuer has no such anchor; it rejects when the issuer is out of reach. */
async function anchorOf(folder: DataFolder, root: string): Promise<unknown> {
  const issuer = await issuerClient(folder);
  return issuer.get(`/anchors/${root}`).catch((error: unknown) => {
    if (isHealthpassError(error) && error.field === 'issuer') throw error;
    return undefined;
  });
}

/** Where no scope was named, a pass that carries the mark of an entry is tried against the events of this counter. */
async function verifyAsAsked(presented: string, ask: Ask, context: TextContext, events: () => ReturnType<typeof notedEvents>): Promise<Verdict> {
  const verdict = await verifyText(presented, ask, context);
  if (ask.scope || ask.audience !== undefined || verdict.outcome !== 'refused' || !['audience-wrong', 'scope-unasked'].includes(verdict.reason)) return verdict;
  for (const { audience, event } of await events()) {
    const again = await verifyText(presented, { ...ask, audience, scope: { verifier: audience, event } }, context);
    if (again.outcome === 'accepted' || (again.outcome === 'refused' && !['audience-wrong', 'scope-missing', 'proof-invalid'].includes(again.reason))) return again;
  }
  return verdict;
}

/** The text itself, or what a file or image holds. */
async function readPresented(argument: string): Promise<string> {
  const looksLikeText = argument.startsWith(PASS_PREFIX) || /^[\w-]{8,}\.[\w-]+\.[\w~.-]*$/.test(argument);
  if (argument !== '-' && looksLikeText && !(argument.length < 250 && existsSync(argument))) return argument;
  if (argument !== '-' && !existsSync(argument)) throw new HealthpassError('text-malformed', 'this is no pass or credential, and no file of that name is here', { field: 'text' });
  const bytes = await readInput(argument, INPUT_MAX_BYTES);
  if (isPng(bytes)) return readCode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    throw new HealthpassError('text-malformed', 'the input is neither text nor a PNG image', { field: 'input' });
  }
}

function askOf(options: Invocation['options']): Ask {
  const [scope, audience, family, given, birth] = ['scope', 'audience', 'family', 'given', 'birth'].map((name) => text(options, name));
  const event = scope === undefined ? undefined : eventOf(scope, audience, now());
  if ((family ?? given) !== undefined && birth === undefined) throw new HealthpassError('usage', 'a match takes --family, --given and --birth', { field: '--birth' });
  return {
    policy: text(options, 'policy'), audience: event?.audience ?? audience, challenge: challengeOf(text(options, 'challenge')),
    ...(event ? { scope: { verifier: event.audience, event: event.event } } : {}),
    ...(birth === undefined ? {} : { match: { nameDigest: nameDigest({ family: family ?? '', given: given?.split(' ') ?? [] }), birthDate: parseBirthDate(birth, { now: now() }) } }),
  };
}

function limitsOf(options: Invocation['options']): VerifierContext['limits'] {
  const seconds = (name: string) => {
    const value = text(options, name);
    if (value === undefined) return undefined;
    if (!/^\d{1,9}$/.test(value)) throw new HealthpassError('usage', `--${name} takes seconds`, { field: `--${name}` });
    return Number(value);
  };
  return { root: seconds('max-root-age'), code: seconds('max-code-age') };
}

function timeOf(given: string | undefined): VerifierContext['now'] {
  if (given === undefined) return now();
  const seconds = /^\d{1,11}$/.test(given) ? Number(given) : Math.floor(Date.parse(given) / 1000);
  if (!Number.isFinite(seconds)) throw new HealthpassError('usage', '--at takes Unix seconds or an ISO 8601 time', { field: '--at' });
  return seconds as VerifierContext['now'];
}

function sayVerdict(verdict: Verdict, known: KnownTrust | undefined): string {
  const age = verdict.freshness ? `Trust data read ${ago(now() - verdict.freshness.syncedAt)}${known?.source === 'bundle' ? ', kept from then' : ''}.` : 'No trust data.';
  if (verdict.outcome === 'accepted') return [`ACCEPTED  ${sayShown(verdict.shown)}`, age].join('\n');
  const { says, next } = REASONS[verdict.reason];
  return [`${verdict.outcome.toUpperCase()}  ${says} (${verdict.reason})`, next, age].join('\n');
}

function sayShown(shown: Shown): string {
  switch (shown.form) {
    case 'pass': return `${policies.find(({ id }) => id === shown.policy)?.title.en ?? shown.policy}, until ${at(shown.windowEnd)}${shown.scope ? `, first entry to be noted for ${shown.scope}` : ''}${shown.matched ? ', matches the document' : ''}`;
    case 'vp-jwt': return `${shown.credentials.length} presented: ${shown.credentials.map(sayShown).join('; ')}`;
    default: return `credential of ${shown.issuerName}${shown.holderBound ? ', shown by its holder' : ', holder not checked'}: ${JSON.stringify(shown.claims)}`;
  }
}
