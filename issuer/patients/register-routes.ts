// The register of what was issued, for the staff of an organisation. What is searched for travels in bodies only: addresses stand in logs.
import { z } from 'zod';
import { encodeHealthEvent, KINDS, type Kind } from '#passport';
import { STATUS_ACTIONS } from '#contracts/status.ts';
import { route, type Principal, type Route } from '#server';
import { STATUS_REASONS } from '../outbox/schema.ts';
import type { PatientBook } from './book.ts';
import type { IssuanceFilter } from './filter.ts';
import type { IssuancePage, IssuanceRow } from './register.ts';
import { cursor, cursorOf, id, limit, nextCursor, seconds, wholeNumber } from './parameters.ts';
import { STANDINGS } from './standing.ts';

const kind = z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]);
const status = z.enum(STANDINGS);
const rowAnswer = z.object({
  id: z.string(), organisation: z.string(), source: z.string(), recordedAt: seconds, patient: z.string().nullable(), kind: z.string().optional(),
  status, statusAt: seconds.optional().meta({ description: 'When it was last changed' }), reason: z.enum(STATUS_REASONS).optional(),
  pending: z.enum(STATUS_ACTIONS).optional().meta({ description: 'A change that is written down and not on chain yet' }), validUntil: seconds.optional(),
  credentials: z.array(z.object({ id: z.string(), list: z.int(), index: z.int(), issuedAt: seconds })),
});
const pageAnswer = (row: z.ZodObject) => z.object({ issuances: z.array(row), cursor: nextCursor, total: z.int().optional().meta({ description: 'Where all could be counted without opening them' }) });
const event = z.unknown().optional().meta({ description: 'What it attests, for those who may read patients; absent once its person was erased' });
const historyAnswer = z.object({
  action: z.enum(STATUS_ACTIONS), at: seconds, state: z.enum(['pending', 'done', 'refused']), reason: z.enum(STATUS_REASONS).optional(), note: z.string().optional(), copies: z.int(), changed: z.boolean(),
});
const query = z.strictObject({
  cursor, limit, patient: id.shape.id.optional(), kind: kind.optional(), status: status.optional(),
  from: wholeNumber(2 ** 40).optional().meta({ description: 'Recorded then or later, Unix seconds' }), to: wholeNumber(2 ** 40).optional().meta({ description: 'Recorded before' }),
});
const time = z.int().min(0).max(2 ** 40).optional();
const searchBody = z.strictObject({
  patient: id.shape.id.optional(), kind: kind.optional(), status: status.optional(), from: time, to: time,
  disease: z.string().regex(/^[1-9]\d{0,18}$/).transform(BigInt).optional().meta({ description: 'SNOMED CT, decimal' }), product: z.int().min(0).max(100_000).optional(),
  lot: z.string().min(1).max(100).optional(), text: z.string().trim().min(2).max(100).optional().meta({ description: 'Part of a name or of a lot, or the beginning of an id' }),
  cursor: cursor, limit: z.int().min(1).max(200).optional(),
});

export const registerRoutes = (book: PatientBook): Route[] => [
  route({
    method: 'get', path: '/issuances', summary: 'Give what was issued, newest first', tag: 'patients', permission: 'credentials:read', query,
    answers: { 200: { description: 'A page of it; with `kind`, or a status that hangs on the time, a page may be short, or empty, and still have a next one', schema: pageAnswer(rowAnswer) } },
    run: async ({ query: filter, principal }) => pageJson(await book.issuances(principal, filter), issuanceJson),
  }),
  route({
    method: 'post', path: '/issuances/search', summary: 'Search what was issued', tag: 'patients', permission: 'credentials:read', body: { schema: searchBody },
    answers: { 200: { description: 'A page of it, as above', schema: pageAnswer(rowAnswer.extend({ event })) } },
    run: async ({ body, principal }) => pageJson(await book.issuances(principal, body satisfies IssuanceFilter), (row) => withEvent(row, principal)),
  }),
  route({
    method: 'get', path: '/issuances/:id', summary: 'Give an issuance with what it attests', tag: 'patients', permission: 'patients:read', params: id,
    answers: { 200: { description: 'The issuance, and what was done to it, newest first', schema: rowAnswer.extend({ event, history: z.array(historyAnswer) }) } },
    problems: ['credential-unknown', 'sealed-invalid'],
    async run({ params, principal }) {
      const row = await book.issuance(principal, params.id);
      return { ...withEvent(row, principal), history: await book.history(row.id) };
    },
  }),
];

const issuanceJson = ({ event: attested, ...row }: IssuanceRow) => ({ ...row, credentials: [...row.credentials], ...(attested && { kind: attested.kind }) });
const withEvent = (row: IssuanceRow, { permissions }: Principal) => ({ ...issuanceJson(row), ...(row.event && permissions.has('patients:read') && { event: encodeHealthEvent(row.event) }) });
const pageJson = <T>(page: IssuancePage, json: (row: IssuanceRow) => T) => ({ issuances: page.rows.map(json), ...cursorOf(page), ...(page.total !== undefined && { total: page.total }) });
