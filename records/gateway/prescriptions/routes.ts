// Prescriptions over HTTP: prescribers leave and withdraw, patients take and hand over, pharmacies dispense.
import { z } from 'zod';
import type { Route } from '#server';
import { bytes32Text } from '#records/model/exchange/wire.ts';
import { deskSchema, dispenseRequestSchema, handoverSchema, issuedSchema, mailSchema, newPrescriptionSchema, prescriptionsSchema, usedSchema, voidRequestSchema } from '#records/model/prescription/wire.ts';
import type { Exchange } from '../exchange.ts';
import { refusingEvenly } from '../refusals.ts';
import type { Owner } from '../relationships/changes.ts';
import { secured, unsecured } from '../secured.ts';
import type { createDesks } from './desks.ts';
import { createPrescriptions, MOST_ISSUED } from './prescriptions.ts';
import { createUses } from './uses.ts';

const params = z.object({ id: bytes32Text });
const tag = 'prescriptions';
const done = { 204: { description: 'Done' } };
const asPatient = { as: 'patient', may: 'share' } as const;
const prescribes = { as: 'member', may: 'prescribe' } as const;
const dispenses = { as: 'member', may: 'dispense' } as const;
const LETTER = { schema: handoverSchema, maxBytes: 90_000 };
const used = { 200: { description: 'The chain has it', schema: usedSchema } };

export const prescriptionRoutes = (exchange: Exchange, desks: ReturnType<typeof createDesks>): readonly Route[] => [...heldRoutes(exchange), ...deskRoutes(exchange, desks), ...useRoutes(exchange)];

function heldRoutes(exchange: Exchange): readonly Route[] {
  const prescriptions = createPrescriptions(exchange);
  return [
    secured(exchange, prescribes, {
      method: 'post', path: '/relationships/:id/prescriptions', summary: 'Leave a prescription for a patient, sealed to that patient', tag, params, body: { schema: newPrescriptionSchema, maxBytes: 100_000 }, answers: done, problems: ['record-unknown', 'service-unavailable'],
      run: ({ caller, params: { id }, body }) => refusingEvenly(() => prescriptions.leave(caller, id, body)),
    }),
    secured(exchange, prescribes, {
      method: 'get', path: '/prescriptions/issued', summary: 'List what the caller prescribed, sealed to the caller', tag,
      query: z.object({ after: bytes32Text.optional().meta({ description: 'What a page said is next' }), limit: z.string().regex(/^\d{1,3}$/).transform(Number).refine((number) => number >= 1 && number <= MOST_ISSUED).optional() }),
      answers: { 200: { description: 'Newest first', schema: issuedSchema } },
      run: ({ caller, query }) => prescriptions.issued(caller, query),
    }),
    secured(exchange, asPatient, { method: 'get', path: '/prescriptions', summary: 'List a patient’s prescriptions, sealed to the patient', tag, answers: { 200: { description: 'Newest first', schema: prescriptionsSchema } }, run: ({ caller }) => prescriptions.held(caller as Owner) }), // a patient, as the route asks for one
    secured(exchange, asPatient, { method: 'delete', path: '/prescriptions/:id', summary: 'Throw a prescription away', tag, params, answers: done, run: ({ caller, params: { id } }) => prescriptions.remove(caller as Owner, id) }),
  ];
}

function deskRoutes(exchange: Exchange, desks: ReturnType<typeof createDesks>): readonly Route[] {
  const closed = ['record-unknown'] as const;
  return [
    secured(exchange, dispenses, {
      method: 'post', path: '/pharmacy-desks', summary: 'Open a desk that a patient can hand a prescription over at', tag, body: { schema: deskSchema, maxBytes: 2000 }, answers: done, problems: ['signature-invalid', 'service-unavailable'],
      run: ({ caller, body }) => desks.open(caller, body),
    }),
    unsecured({
      method: 'get', path: '/pharmacy-desks/:id', summary: 'Show whoever has the link whose desk it is', tag, params, answers: { 200: { description: 'As the pharmacy signed it', schema: deskSchema } }, problems: [...closed],
      run: ({ params: { id } }) => refusingEvenly(() => desks.show(id)),
    }),
    unsecured({
      method: 'post', path: '/pharmacy-desks/:id/letter', summary: 'Hand a prescription over, sealed to the pharmacy; nobody has to say who', tag, params, body: LETTER, answers: done, problems: [...closed],
      run: ({ params: { id }, body }) => refusingEvenly(() => desks.handOver(id, body.sealed)),
    }),
    secured(exchange, dispenses, {
      method: 'get', path: '/pharmacy-desks/:id/letter', summary: 'Give a pharmacy what was handed over', tag, params, answers: { 200: { description: 'Nothing yet, or a letter', schema: mailSchema } }, problems: [...closed],
      run: ({ caller, params: { id } }) => refusingEvenly(() => desks.handed(caller, id)),
    }),
    secured(exchange, dispenses, {
      method: 'post', path: '/pharmacy-desks/:id/reply', summary: 'Say to the patient what came of it; the letter is deleted', tag, params, body: LETTER, answers: done, problems: [...closed],
      run: ({ caller, params: { id }, body }) => refusingEvenly(() => desks.reply(caller, id, body.sealed)),
    }),
    unsecured({
      method: 'get', path: '/pharmacy-desks/:id/reply', summary: 'Give whoever has the link the reply, sealed to whoever handed over', tag, params, answers: { 200: { description: 'Nothing yet, or a letter', schema: mailSchema } }, problems: [...closed],
      run: ({ params: { id } }) => refusingEvenly(() => desks.replied(id)),
    }),
    secured(exchange, dispenses, { method: 'delete', path: '/pharmacy-desks/:id', summary: 'Close a desk, with all that lies there', tag, params, answers: done, run: ({ caller, params: { id } }) => desks.close(caller, id) }),
  ];
}

function useRoutes(exchange: Exchange): readonly Route[] {
  const uses = createUses(exchange);
  const problems = ['signature-invalid', 'transaction-failed', 'chain-unavailable', 'rate-limited'] as const;
  const maxBytes = 3000;
  return [
    secured(exchange, dispenses, { method: 'post', path: '/prescriptions/dispenses', summary: 'Carry a Dispense to the chain, which takes each use once', tag, body: { schema: dispenseRequestSchema, maxBytes }, answers: used, problems: [...problems], run: ({ caller, body: request }) => uses.dispense(caller, request) }),
    secured(exchange, prescribes, { method: 'post', path: '/prescriptions/voids', summary: 'Carry a VoidPrescription to the chain: that use is dispensed nowhere any more', tag, body: { schema: voidRequestSchema, maxBytes }, answers: used, problems: [...problems], run: ({ caller, body: request }) => uses.withdraw(caller, request) }),
  ];
}
