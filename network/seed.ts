// A sample provider that was at work before the newcomer came: on the first start in development, visits of the past weeks are issued through the
// service's own routes, a few revoked, a few offers left to run out, and then dated back in the database. Nobody in it exists, and no wallet holds it.
import { createHolderSigner } from '#formats/credential/index.ts';
import { LIFETIMES, type StatusReason } from '#issuer';
import type { Kind } from '#passport';
import { encodeHolderBinding, type FieldElement } from '#passport';
import type { Database } from '#server';
import { randomInt } from 'node:crypto';
import type { Hono } from 'hono';
import { sampleHistory, type Visit } from './samples/history.ts';
import { sampleImmunization } from './samples/index.ts';

const DAY = 86_400;
const HOUR = 3600;
/** What is taken back of the visits, counted from the oldest, and how many days later. */
const TAKEN_BACK: readonly { readonly visit: number; readonly action: 'revoke' | 'suspend'; readonly reason: StatusReason; readonly after: number }[] = [
  { visit: 6, action: 'revoke', reason: 'issued-in-error', after: 3 }, { visit: 19, action: 'revoke', reason: 'superseded', after: 6 }, { visit: 31, action: 'revoke', reason: 'holder-request', after: 2 },
  { visit: 40, action: 'suspend', reason: 'under-review', after: 1 },
];
const RUN_OUT = [23, 16, 9, 4];

export type SeedDeps = { readonly app: Hono; readonly url: string; readonly token: string; readonly database: Database; readonly now: () => number };
/** An offer that is ready to be taken. `pin`: for the person alone; secret. */
export type SampleOffer = { readonly id: string; readonly link: string; readonly pin: string };

/** Whether anything was ever issued or offered there. */
export const isEmpty = async (database: Database): Promise<boolean> =>
  (await database.query('SELECT 1 FROM issuance UNION ALL SELECT 1 FROM credential LIMIT 1')).length === 0;

/** The past of a sample provider. @returns how many visits it has */
export async function seedPast(deps: SeedDeps): Promise<number> {
  const visits = sampleHistory(deps.now());
  const issued: string[] = [];
  for (const visit of visits) issued.push(await issueVisit(deps, visit));
  await Promise.all(TAKEN_BACK.map(async ({ visit, action, reason }) => ask(deps, `/credentials/${action}`, { ids: [issued[visit]], reason })));
  for (const { visit, action, after } of TAKEN_BACK) await dateChange(deps, issued[visit]!, action, visits[visit]!.daysAgo - after);
  for (const daysAgo of RUN_OUT) await letRunOut(deps, daysAgo);
  return visits.length;
}

/** An offer for a sample patient, open for a day. */
export async function offerSample(deps: SeedDeps): Promise<SampleOffer> {
  const { id, link, txCode } = await ask(deps, '/offers', { fhir: sampleImmunization(deps.now()), expiresIn: DAY }) as { id: string; link: string; txCode: string };
  return { id, link, pin: txCode };
}

/** @returns the id of the issuance */
async function issueVisit(deps: SeedDeps, { record, daysAgo }: Visit): Promise<string> {
  const binding = encodeHolderBinding({ commitment: BigInt(randomInt(2 ** 47)) as FieldElement, key: createHolderSigner().key }); // of nobody's
  const { credentials } = await ask(deps, '/credentials', { fhir: record, bindings: [binding] }) as { credentials: { id: string }[] };
  const [row] = await deps.database.query<{ issuance: string; at: number }>('SELECT issuance, issued_at::int8 AS at FROM credential WHERE id = $1', [credentials[0]!.id]);
  const { issuance, at } = row!; // just issued
  const { kind } = await ask(deps, `/issuances/${issuance}`) as { kind: Kind };
  const back = timeOf(deps, daysAgo);
  await deps.database.transaction(async (tx) => {
    await tx.query('UPDATE credential SET issued_at = $2, valid_until = $3 WHERE issuance = $1', [issuance, back, at + LIFETIMES[kind]]);
    await tx.query('UPDATE issuance SET recorded_at = $2 WHERE id = $1', [issuance, back]);
    await tx.query('UPDATE patient SET recorded_at = least(recorded_at, $2) WHERE id = (SELECT patient FROM issuance WHERE id = $1)', [issuance, back]);
  });
  return issuance;
}

const dateChange = ({ database, ...deps }: SeedDeps, issuance: string, action: string, daysAgo: number) => database.query(
  `UPDATE chain_write SET created_at = $3, done_at = $3 WHERE action = $2 AND id IN (SELECT s.write FROM status_change s JOIN credential c ON c.id = s.credential WHERE c.issuance = $1)`,
  [issuance, action, timeOf(deps, daysAgo)]);

async function letRunOut(deps: SeedDeps, daysAgo: number): Promise<void> {
  const { id } = await ask(deps, '/offers', { fhir: sampleImmunization(deps.now()), expiresIn: 60 }) as { id: string };
  const at = timeOf(deps, daysAgo);
  await deps.database.query('UPDATE offer SET created_at = $2, expires_at = $3 WHERE id = $1', [id, at, at + HOUR]);
  await deps.database.query('UPDATE issuance SET recorded_at = $2 WHERE id IN (SELECT issuance FROM offer_item WHERE offer = $1)', [id, at]);
}

/** About ten in the morning, UTC, so many days ago; never in the future. */
const timeOf = ({ now }: Pick<SeedDeps, 'now'>, daysAgo: number): number => Math.min(Math.floor(now() / DAY - daysAgo) * DAY + 10 * HOUR, now());

/** As a program of the operator's would ask. */
async function ask({ app, url, token }: SeedDeps, path: string, body?: object): Promise<unknown> {
  const response = await app.request(url + path, { method: body ? 'POST' : 'GET', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`the sample cannot be made: ${path.split('/')[1]} answers ${response.status}`);
  return response.json();
}
