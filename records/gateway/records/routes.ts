// Records over HTTP: members write and read within a relationship, patients add their own and see the whole index.
import { z } from 'zod';
import type { Route } from '#server';
import { newRecordSchema, ownAnswerSchema, ownSchema, readAnswerSchema, readSchema, relationshipId, signedEpochSchema } from '#records/model/exchange/wire.ts';
import { recordIdText } from '#records/model/exchange/wire.ts';
import type { Exchange } from '../exchange.ts';
import { refusingEvenly } from '../refusals.ts';
import { secured } from '../secured.ts';
import type { Owner } from '../relationships/changes.ts';
import { listOwn } from './own.ts';
import { readRecords } from './read.ts';
import { addOwn, writeRecord } from './write.ts';
import { writingKeys } from './writing-keys.ts';

const params = z.object({ id: relationshipId });
const tag = 'records';
const filed = { 201: { description: 'It is filed', schema: z.strictObject({ id: recordIdText }) } };

export function recordRoutes(exchange: Exchange): readonly Route[] {
  return [
    secured(exchange, { as: 'member', may: 'records-write' }, {
      method: 'get', path: '/relationships/:id/writing-keys', summary: 'Give the keys that records of a patient are sealed under, as the patient signed them', tag, params,
      answers: { 200: { description: 'Of the categories that the caller may write', schema: z.strictObject({ epochs: z.array(signedEpochSchema), now: z.int() }) } }, problems: ['record-unknown'],
      run: ({ caller, params: { id } }) => refusingEvenly(() => writingKeys(exchange, caller, id)),
    }),
    secured(exchange, { as: 'member', may: 'records-write' }, {
      method: 'post', path: '/relationships/:id/records', summary: 'File a record for a patient', tag, params, body: { schema: newRecordSchema, maxBytes: 10_000 }, answers: filed,
      problems: ['record-unknown', 'epoch-over', 'not-authorised', 'chunk-unknown', 'chunk-invalid', 'service-unavailable'],
      run: ({ caller, params: { id }, body }) => refusingEvenly(async () => {
        await writeRecord(exchange, caller, id, body);
        return { id: body.id };
      }),
    }),
    secured(exchange, { as: 'member', may: 'records-read' }, {
      method: 'post', path: '/relationships/:id/read', summary: 'Read what the patient allows, for a purpose; the access is entered in the patient’s log', tag, params, body: { schema: readSchema, maxBytes: 20_000 },
      answers: { 200: { description: 'Newest first, with the keys for exactly these', schema: readAnswerSchema } }, problems: ['record-unknown'],
      run: ({ caller, params: { id }, body }) => refusingEvenly(() => readRecords(exchange, caller, id, body)),
    }),
    secured(exchange, { as: 'patient', may: 'records-write' }, {
      method: 'post', path: '/records', summary: 'Add a record of one’s own', tag, body: { schema: newRecordSchema, maxBytes: 10_000 }, answers: filed, problems: ['epoch-over', 'not-authorised', 'chunk-unknown', 'chunk-invalid', 'service-unavailable'],
      async run({ caller, body }) {
        await addOwn(exchange, caller as Owner, body); // a patient, as the route asks for one
        return { id: body.id };
      },
    }),
    secured(exchange, { as: 'patient', may: 'records-read' }, {
      method: 'post', path: '/records/search', summary: 'Look through one’s own index of records', tag, body: { schema: ownSchema, maxBytes: 1_000_000 },
      answers: { 200: { description: 'Newest first', schema: ownAnswerSchema } },
      run: ({ caller, body }) => listOwn(exchange, caller as Owner, body),
    }),
  ];
}
