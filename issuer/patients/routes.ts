// Patients and the register of what was issued, for the staff of an organisation. Names travel in bodies only: addresses stand in logs.
import { z } from 'zod';
import { encodeHealthEvent, KINDS, type Kind } from '#passport';
import { route, type Route } from '#server';
import type { PatientBook } from './book.ts';
import type { IssuanceRow } from './register.ts';

const seconds = z.int().meta({ description: 'Unix seconds' });
const wholeNumber = (most: number) => z.string().regex(/^\d{1,15}$/).transform(Number).pipe(z.int().max(most));
const cursor = wholeNumber(Number.MAX_SAFE_INTEGER).optional().meta({ description: 'Where an earlier answer ended' });
const limit = wholeNumber(200).pipe(z.int().min(1)).optional().meta({ description: 'How many at most; 50 where it says nothing' });
const id = z.object({ id: z.string().regex(/^[\x21-\x7e]{1,64}$/) });

const person = z.object({ family: z.string(), given: z.array(z.string()), birthDate: z.string().optional() });
const patientAnswer = z.object({ id: z.string(), organisation: z.string(), recordedAt: seconds, issuances: z.int(), person: person.optional() });
const issuanceAnswer = z.object({
  id: z.string(), organisation: z.string(), source: z.string(), recordedAt: seconds, patient: z.string().nullable(), kind: z.string().optional(),
  credentials: z.array(z.object({ id: z.string(), list: z.int(), index: z.int(), issuedAt: seconds })),
});
const nextCursor = z.string().optional().meta({ description: 'What to ask for the next page with; absent after the last' });
const personBody = z.strictObject({ family: z.string().min(1).max(200), given: z.array(z.string().max(200)).min(1).max(20), birthDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) });
const filter = z.strictObject({
  cursor, limit, patient: id.shape.id.optional(), kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]).optional(),
  from: wholeNumber(2 ** 40).optional().meta({ description: 'Recorded then or later, Unix seconds' }), to: wholeNumber(2 ** 40).optional().meta({ description: 'Recorded before' }),
});

export const patientRoutes = (book: PatientBook): Route[] => [
  route({
    method: 'get', path: '/patients', summary: 'Give the patients, newest first', tag: 'patients', permission: 'patients:read',
    query: z.strictObject({ cursor, limit }),
    answers: { 200: { description: 'A page of them', schema: z.object({ patients: z.array(patientAnswer), cursor: nextCursor }) } },
    async run({ query, principal }) {
      const page = await book.patients(principal, query);
      return { patients: page.rows, ...cursorOf(page) };
    },
  }),
  route({
    method: 'post', path: '/patients/search', summary: 'Find a patient by name and birth date', tag: 'patients', permission: 'patients:read',
    body: { schema: personBody },
    answers: { 200: { description: 'Who has exactly this name and birth date; letter case does not count', schema: z.object({ patients: z.array(patientAnswer) }) } },
    run: async ({ body, principal }) => ({ patients: await book.find(principal, body) }),
  }),
  route({
    method: 'get', path: '/patients/:id', summary: 'Give a patient', tag: 'patients', permission: 'patients:read',
    params: id, answers: { 200: { description: 'The patient', schema: patientAnswer } }, problems: ['patient-unknown', 'sealed-invalid'],
    run: ({ params, principal }) => book.patient(principal, params.id),
  }),
  route({
    method: 'delete', path: '/patients/:id', summary: 'Erase a person for good', tag: 'patients', permission: 'patients:erase',
    params: id, answers: { 200: { description: 'How many issuances were about this person; they can still be revoked by their ids', schema: z.object({ issuances: z.int() }) } }, problems: ['patient-unknown'],
    run: async ({ params, principal }) => ({ issuances: await book.erase(params.id, principal) }),
  }),
  route({
    method: 'get', path: '/issuances', summary: 'Give what was issued, newest first', tag: 'patients', permission: 'credentials:read',
    query: filter,
    answers: { 200: { description: 'A page of it; with `kind` a page may be short, or empty, and still have a next one', schema: z.object({ issuances: z.array(issuanceAnswer), cursor: nextCursor }) } },
    async run({ query, principal }) {
      const page = await book.issuances(principal, query);
      return { issuances: page.rows.map(issuanceJson), ...cursorOf(page) };
    },
  }),
  route({
    method: 'get', path: '/issuances/:id', summary: 'Give an issuance with what it attests', tag: 'patients', permission: 'patients:read',
    params: id,
    answers: { 200: { description: 'The issuance; without an event once its person was erased', schema: issuanceAnswer.extend({ event: z.unknown().optional() }) } },
    problems: ['credential-unknown', 'sealed-invalid'],
    async run({ params, principal }) {
      const row = await book.issuance(principal, params.id);
      return { ...issuanceJson(row), ...(row.event ? { event: encodeHealthEvent(row.event) } : {}) };
    },
  }),
];

const issuanceJson = ({ event, ...row }: IssuanceRow): object => ({ ...row, ...(event ? { kind: event.kind } : {}) });
const cursorOf = ({ cursor: at }: { readonly cursor?: number }) => (at === undefined ? {} : { cursor: String(at) });
