// Delegates over HTTP. A delegate signs in with an account of its own, one for each relationship, as its address stands on chain.
import { z } from 'zod';
import { appointmentSchema, delegatedConsentSchema, delegatedRevocationSchema, delegationSchema, mandateSchema } from '#records/model/exchange/delegates.ts';
import { relationshipId } from '#records/model/exchange/wire.ts';
import { openExchange } from '../exchange.ts';
import type { Part } from '../part.ts';
import { refusingEvenly } from '../refusals.ts';
import type { Owner } from '../relationships/changes.ts';
import { secured } from '../secured.ts';
import { createDelegates } from './delegates.ts';
import { DELEGATE_MIGRATIONS } from './migration.ts';

const tag = 'delegates';
const params = z.object({ id: relationshipId });
const asPatient = { as: 'patient', may: 'share' } as const;

export const DELEGATES_PART: Part = {
  name: 'delegates',
  tags: { [tag]: 'Others act for a patient in a relationship, within a scope and for a time.' },
  migrations: DELEGATE_MIGRATIONS,
  open(deps) {
    const delegates = createDelegates(openExchange(deps));
    return { routes: [
      secured(deps, asPatient, {
        method: 'post', path: '/relationships/:id/delegates', summary: 'Name a delegate of a relationship, or dismiss one', tag, params, body: { schema: appointmentSchema, maxBytes: 5000 }, answers: { 204: { description: 'It is so' } },
        problems: ['record-unknown', 'consent-conflict', 'not-authorised', 'transaction-failed'],
        run: ({ caller, params: { id }, body }) => refusingEvenly(() => delegates.appoint(caller as Owner, id, body)), // a patient, as the route asks for one
      }),
      secured(deps, asPatient, {
        method: 'get', path: '/delegations', summary: 'Show a patient who acts where', tag, answers: { 200: { description: 'Those whose time is not over', schema: z.strictObject({ delegations: z.array(delegationSchema) }) } },
        run: async ({ caller }) => ({ delegations: await delegates.given(caller as Owner) }),
      }),
      secured(deps, {}, {
        method: 'get', path: '/delegations/received', summary: 'Show a delegate where it may act', tag, answers: { 200: { description: 'Its mandates', schema: z.strictObject({ mandates: z.array(mandateSchema) }) } },
        run: async ({ caller }) => ({ mandates: await delegates.received(caller) }),
      }),
      secured(deps, {}, {
        method: 'put', path: '/delegations/:id/consent', summary: 'Change a consent for a patient; keys follow when the patient’s wallet looks', tag, params, body: { schema: delegatedConsentSchema, maxBytes: 200_000 }, answers: { 204: { description: 'It counts' } },
        problems: ['record-unknown', 'consent-conflict', 'consent-over', 'not-authorised', 'policy-invalid', 'transaction-failed'],
        run: ({ caller, params: { id }, body }) => refusingEvenly(() => delegates.amend(caller, id, body)),
      }),
      secured(deps, {}, {
        method: 'post', path: '/delegations/:id/revocation', summary: 'End a relationship for a patient, at once', tag, params, body: { schema: delegatedRevocationSchema, maxBytes: 5000 }, answers: { 204: { description: 'It has ended' } },
        problems: ['record-unknown', 'consent-conflict', 'consent-over', 'not-authorised', 'transaction-failed'],
        run: ({ caller, params: { id }, body }) => refusingEvenly(() => delegates.revoke(caller, id, body.statement)),
      }),
    ] };
  },
};
