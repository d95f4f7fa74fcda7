// Emergencies over HTTP: patients lay ready, hospitals ask and approve, bodies review.
import { z } from 'zod';
import type { Route } from '#server';
import {
  accessesSchema, askSchema, emergencyAnswerSchema, emergencyReadSchema, newSettingSchema, ownAccessSchema, packageSchema, passSchema, reviewableSchema, reviewRequestSchema, settingAnswerSchema, waitingListSchema, wrapsSchema,
} from '#records/model/emergency/wire.ts';
import { bytes32Text, statementSchema } from '#records/model/exchange/wire.ts';
import type { Owner } from '../relationships/changes.ts';
import { refusingEvenly } from '../refusals.ts';
import { secured } from '../secured.ts';
import { createAsking, type Asking } from './asking.ts';
import type { Emergencies } from './emergencies.ts';
import { createOwnEmergency } from './own.ts';
import { readInEmergency } from './read.ts';
import { createReviewing } from './review.ts';
import { createUnknownPatients } from './unknown-patients.ts';

const params = z.object({ id: bytes32Text });
const tag = 'emergency';
const done = { 204: { description: 'Done' } };
const asPatient = { as: 'patient', may: 'share' } as const;
const asks = { as: 'member', may: 'emergency-ask' } as const;
const approves = { as: 'member', may: 'emergency-approve' } as const;

export function emergencyRoutes(emergencies: Emergencies): readonly Route[] {
  const asking = createAsking(emergencies);
  return [...patientRoutes(emergencies), ...custodianRoutes(emergencies, asking), ...bodyRoutes(emergencies), ...unknownRoutes(emergencies), ...institutionRoutes(emergencies, asking)];
}

function patientRoutes(emergencies: Emergencies): readonly Route[] {
  const own = createOwnEmergency(emergencies);
  const view = async (caller: Owner): Promise<z.input<typeof settingAnswerSchema>> => {
    const setting = await own.setting(caller);
    return setting ? { setting } : {};
  };
  const shown = { 200: { description: 'What is laid ready', schema: settingAnswerSchema } };
  return [
    secured(emergencies, asPatient, { method: 'get', path: '/emergency-setting', summary: 'Show a patient what is laid ready for an emergency', tag, answers: shown, run: ({ caller }) => view(caller as Owner) }), // a patient, as the route asks for one
    secured(emergencies, asPatient, {
      method: 'put', path: '/emergency-setting', summary: 'Lay ready what hospitals can open together; what was laid ready before ends', tag, body: { schema: newSettingSchema, maxBytes: 500_000 }, answers: shown, problems: ['consent-conflict'],
      async run({ caller, body }) {
        await own.replace(caller as Owner, body);
        return view(caller as Owner);
      },
    }),
    secured(emergencies, asPatient, { method: 'delete', path: '/emergency-setting', summary: 'Lay nothing ready any more', tag, answers: done, run: ({ caller }) => own.remove(caller as Owner) }),
    secured(emergencies, asPatient, {
      method: 'post', path: '/emergency-setting/wraps', summary: 'Add keys of new epochs to what is laid ready', tag, body: { schema: wrapsSchema, maxBytes: 300_000 }, answers: done, problems: ['consent-conflict'],
      run: ({ caller, body }) => own.wrap(caller as Owner, body),
    }),
    secured(emergencies, asPatient, { method: 'get', path: '/emergency-accesses', summary: 'Show a patient who asked in an emergency, and what came of it', tag, answers: { 200: { description: 'Newest first', schema: accessesSchema } }, run: ({ caller }) => own.accesses(caller as Owner) }),
    secured(emergencies, asPatient, {
      method: 'post', path: '/emergency-accesses/:id/end', summary: 'End an access to one’s own records', tag, params, answers: done, problems: ['record-unknown'],
      run: ({ caller, params: { id } }) => refusingEvenly(() => own.stop(caller as Owner, id)),
    }),
  ];
}

function custodianRoutes(emergencies: Emergencies, asking: Asking): readonly Route[] {
  return [
    secured(emergencies, approves, { method: 'get', path: '/emergencies/waiting', summary: 'List what waits for the approval of a hospital', tag, answers: { 200: { description: 'Nothing of the patients is in it', schema: waitingListSchema } }, run: ({ caller }) => asking.waiting(caller) }),
    secured(emergencies, approves, {
      method: 'post', path: '/emergencies/:id/approvals', summary: 'Approve, with an ApproveEmergency that the hospital signed', tag, params, body: { schema: statementSchema, maxBytes: 2000 }, answers: done,
      problems: ['record-unknown', 'emergency-over', 'signature-invalid', 'transaction-failed', 'chain-unavailable'],
      run: ({ caller, params: { id }, body }) => refusingEvenly(() => asking.approve(caller, id, body)),
    }),
    secured(emergencies, approves, {
      method: 'get', path: '/emergencies/:id/share', summary: 'Give a hospital that approved the part that it keeps', tag, params, answers: { 200: { description: 'Sealed to the hospital', schema: packageSchema } },
      problems: ['record-unknown', 'emergency-waiting', 'emergency-over', 'chain-unavailable'], run: ({ caller, params: { id } }) => refusingEvenly(() => asking.share(caller, id)),
    }),
    secured(emergencies, approves, {
      method: 'post', path: '/emergencies/:id/share', summary: 'Pass a part on, sealed to whoever asked', tag, params, body: { schema: passSchema, maxBytes: 2000 }, answers: done,
      problems: ['record-unknown', 'emergency-waiting', 'emergency-over', 'chain-unavailable'], run: ({ caller, params: { id }, body }) => refusingEvenly(() => asking.pass(caller, id, body.passed)),
    }),
  ];
}

function bodyRoutes(emergencies: Emergencies): readonly Route[] {
  const reviewing = createReviewing(emergencies);
  return [
    secured(emergencies, { as: 'body' }, { method: 'get', path: '/emergencies/reviews', summary: 'List accesses for the body that is responsible for hospitals', tag, answers: { 200: { description: 'Newest first', schema: reviewableSchema } }, run: ({ caller }) => reviewing.list(caller) }),
    secured(emergencies, { as: 'body' }, {
      method: 'post', path: '/emergencies/:id/review', summary: 'Say what a review found, with a ReviewEmergency that the body signed; the access ends', tag, params, body: { schema: reviewRequestSchema, maxBytes: 3000 }, answers: done,
      problems: ['record-unknown', 'signature-invalid', 'transaction-failed', 'chain-unavailable'], run: ({ caller, params: { id }, body }) => refusingEvenly(() => reviewing.review(caller, id, body)),
    }),
  ];
}

function unknownRoutes(emergencies: Emergencies): readonly Route[] {
  const unknown = createUnknownPatients(emergencies);
  const keptSchema = z.strictObject({ id: bytes32Text, sealed: z.string().min(40).max(4000).regex(/^[A-Za-z0-9_-]+$/) });
  return [
    secured(emergencies, asks, { method: 'post', path: '/unknown-patients', summary: 'Keep the root of a patient whom nobody knows, sealed to the hospital', tag, body: { schema: keptSchema, maxBytes: 6000 }, answers: done, run: ({ caller, body }) => unknown.add(caller, body) }),
    secured(emergencies, asks, {
      method: 'get', path: '/unknown-patients', summary: 'List those of the caller’s hospital', tag, answers: { 200: { description: 'Newest first', schema: z.strictObject({ unknown: z.array(keptSchema.extend({ since: z.int() })) }) } },
      run: async ({ caller }) => ({ unknown: await unknown.list(caller) }),
    }),
    secured(emergencies, asks, { method: 'delete', path: '/unknown-patients/:id', summary: 'Forget one, when what was written was handed over', tag, params, answers: done, run: ({ caller, params: { id } }) => unknown.remove(caller, id) }),
  ];
}

function institutionRoutes(emergencies: Emergencies, asking: Asking): readonly Route[] {
  return [
    secured(emergencies, asks, {
      method: 'post', path: '/emergencies', summary: 'Ask for the records of somebody in an emergency, with an OpenEmergency that the hospital signed', tag, body: { schema: askSchema, maxBytes: 6000 },
      answers: { 204: { description: 'The patient is told; other hospitals can approve' } }, problems: ['record-unknown', 'signature-invalid', 'rate-limited', 'transaction-failed', 'chain-unavailable'],
      run: ({ caller, body }) => refusingEvenly(() => asking.ask(caller, body)),
    }),
    secured(emergencies, asks, {
      method: 'get', path: '/emergencies', summary: 'List what the caller’s hospital asked', tag, answers: { 200: { description: 'Newest first', schema: z.strictObject({ accesses: z.array(ownAccessSchema), nonce: z.int() }) } },
      async run({ caller }) {
        const { accesses, nonce } = await asking.list(caller);
        return { accesses: accesses.map((access) => ({ ...access, opening: undefined })), nonce }; // what opens is given one by one, and entered
      },
    }),
    secured(emergencies, asks, {
      method: 'get', path: '/emergencies/:id', summary: 'Show the hospital how far it is, with what opens the records once enough have approved', tag, params, answers: { 200: { description: 'The access', schema: ownAccessSchema } },
      problems: ['record-unknown', 'chain-unavailable'], run: ({ caller, params: { id } }) => refusingEvenly(() => asking.open(caller, id)),
    }),
    secured(emergencies, asks, {
      method: 'post', path: '/emergencies/:id/read', summary: 'Read what the patient laid ready; the access is entered in the patient’s log', tag, params, body: { schema: emergencyReadSchema, maxBytes: 20_000 },
      answers: { 200: { description: 'Newest first, with the keys for exactly these', schema: emergencyAnswerSchema } }, problems: ['record-unknown', 'emergency-waiting', 'emergency-over', 'chain-unavailable'],
      run: ({ caller, params: { id }, body }) => refusingEvenly(() => readInEmergency(emergencies, asking, caller, id, body)),
    }),
    secured(emergencies, asks, { method: 'post', path: '/emergencies/:id/end', summary: 'End an access that is not needed any more', tag, params, answers: done, problems: ['record-unknown'], run: ({ caller, params: { id } }) => refusingEvenly(() => asking.end(caller, id)) }),
  ];
}
