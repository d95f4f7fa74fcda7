// Patients, for the staff of an organisation. Names travel in bodies only: addresses stand in logs.
import { z } from 'zod';
import { route, type Route } from '#server';
import type { PatientBook } from './book.ts';
import { cursor, cursorOf, id, limit, nextCursor, seconds } from './parameters.ts';
import { registerRoutes } from './register-routes.ts';

const person = z.object({ family: z.string(), given: z.array(z.string()), birthDate: z.string().optional() });
const patientAnswer = z.object({ id: z.string(), organisation: z.string(), recordedAt: seconds, issuances: z.int(), person: person.optional() });
const patientList = z.object({ patients: z.array(patientAnswer) });
const birthDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const personBody = z.strictObject({ family: z.string().min(1).max(200), given: z.array(z.string().max(200)).min(1).max(20), birthDate });
const searchBody = z.strictObject({ name: z.string().max(200).optional().meta({ description: 'Beginnings of words of the name, from three letters on; shorter words are whole ones' }), birthDate: birthDate.optional() });
const wholePerson = personBody.refine(({ family, given }) => family.trim() !== '' && given.join('').trim() !== '', { path: ['family'] });

const code = { product: z.int(), disease: z.string(), series: z.int() };
const lastUse = { country: z.string(), performer: z.string().optional(), usedAt: seconds };
const suggestions = z.object({
  products: z.array(z.object({ ...code, ...lastUse, lot: z.string().optional() })), tests: z.array(z.object({ test: z.int(), disease: z.string(), ...lastUse })),
  next: z.array(z.object({ ...code, dose: z.int().meta({ description: 'More than the series: a further dose after it' }), lastAt: seconds })),
});
const PATIENTS = { tag: 'patients', permission: 'patients:read' } as const;

export const patientRoutes = (book: PatientBook): Route[] => [...peopleRoutes(book), ...registerRoutes(book)];

const peopleRoutes = (book: PatientBook): Route[] => [
  route({
    ...PATIENTS, method: 'get', path: '/patients', summary: 'Give the patients, newest first',
    query: z.strictObject({ cursor, limit, order: z.enum(['recorded', 'recent']).optional().meta({ description: '`recent`: who was issued something last, on one page' }) }),
    answers: { 200: { description: 'A page of them', schema: patientList.extend({ cursor: nextCursor }) } },
    async run({ query: { order, ...query }, principal }) {
      if (order === 'recent') return { patients: await book.recent(principal, query.limit ?? 50) };
      const page = await book.patients(principal, query);
      return { patients: page.rows, ...cursorOf(page) };
    },
  }),
  route({
    ...PATIENTS, method: 'post', path: '/patients/search', summary: 'Find patients by name, birth date, or both', body: { schema: z.union([personBody, searchBody]) },
    answers: { 200: { description: 'Who has exactly this name and birth date, letter case aside; or whoever is meant by a part of it, at most 50', schema: patientList } },
    run: async ({ body, principal }) => ({ patients: await ('family' in body ? book.find(principal, body) : book.search(principal, body)) }),
  }),
  route({
    ...PATIENTS, method: 'post', path: '/patients', summary: 'Add a patient', permission: 'patients:write', body: { schema: wholePerson },
    answers: { 201: { description: 'Who it is; nobody is added twice', schema: z.object({ id: z.string(), isNew: z.boolean() }) } },
    run: ({ body, principal }) => book.add(principal, body),
  }),
  route({
    ...PATIENTS, method: 'get', path: '/patients/:id', summary: 'Give a patient',
    params: id, answers: { 200: { description: 'The patient', schema: patientAnswer } }, problems: ['patient-unknown', 'sealed-invalid'],
    run: ({ params, principal }) => book.patient(principal, params.id),
  }),
  route({
    ...PATIENTS, method: 'delete', path: '/patients/:id', summary: 'Erase a person for good', permission: 'patients:erase',
    params: id, answers: { 200: { description: 'How many issuances were about this person; they can still be revoked by their ids', schema: z.object({ issuances: z.int() }) } }, problems: ['patient-unknown'],
    run: async ({ params, principal }) => ({ issuances: await book.erase(params.id, principal) }),
  }),
  route({
    ...PATIENTS, method: 'get', path: '/suggestions', summary: 'Say what a form may be filled with', query: z.strictObject({ patient: id.shape.id.optional() }),
    answers: { 200: { description: 'What was used last, and which doses come next', schema: suggestions } }, problems: ['patient-unknown', 'sealed-invalid'],
    run: ({ query, principal }) => book.suggestions(principal, query.patient),
  }),
];
