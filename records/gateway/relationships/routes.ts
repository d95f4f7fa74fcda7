// Relationships over HTTP: patients make, change and end them; members see those that they are in.
import { z } from 'zod';
import type { Route } from '#server';
import { changedConsentSchema, consentsSchema, epochsChangeSchema, newRelationshipSchema, receivedPageSchema, recordWrapsSchema, relationshipId, revocationSchema } from '#records/model/exchange/wire.ts';
import type { Exchange } from '../exchange.ts';
import { refusingEvenly } from '../refusals.ts';
import { secured } from '../secured.ts';
import { createChanges, type Owner } from './changes.ts';
import { MOST_RECEIVED, viewConsents, viewReceived } from './views.ts';

/** A change of keys for every relationship of a patient who has hundreds. */
const MOST_BYTES = 8_000_000;
const params = z.object({ id: relationshipId });
const asPatient = { as: 'patient', may: 'share' } as const;

export function relationshipRoutes(exchange: Exchange): readonly Route[] {
  const changes = createChanges(exchange);
  const tag = 'sharing';
  const shown = { 200: { description: 'All consents as they stand then', schema: consentsSchema } };
  const view = (caller: Owner) => viewConsents(exchange, caller);
  return [
    secured(exchange, asPatient, {
      method: 'get', path: '/relationships', summary: 'Show a patient the relationships and the epochs of their keys', tag, answers: shown,
      run: ({ caller }) => view(caller as Owner), // a patient, as the route asks for one
    }),
    secured(exchange, asPatient, {
      method: 'post', path: '/relationships', summary: 'Begin a relationship: consent, grant, keys and card at once', tag, body: { schema: newRelationshipSchema, maxBytes: MOST_BYTES },
      answers: { 201: shown[200] }, problems: ['consent-conflict', 'not-authorised', 'policy-invalid', 'fhir-invalid', 'fhir-unsupported', 'transaction-failed', 'service-unavailable'],
      async run({ caller, body }) {
        await changes.create(caller as Owner, body);
        return view(caller as Owner);
      },
    }),
    secured(exchange, asPatient, {
      method: 'put', path: '/relationships/:id/consent', summary: 'Change what a relationship allows', tag, params, body: { schema: changedConsentSchema, maxBytes: MOST_BYTES }, answers: shown,
      problems: ['record-unknown', 'consent-conflict', 'consent-over', 'not-authorised', 'policy-invalid', 'fhir-invalid', 'fhir-unsupported', 'transaction-failed'],
      run: ({ caller, params: { id }, body }) => refusingEvenly(async () => {
        await changes.amend(caller as Owner, id, body);
        return view(caller as Owner);
      }),
    }),
    secured(exchange, asPatient, {
      method: 'post', path: '/relationships/:id/revocation', summary: 'End a relationship, at once', tag, params, body: { schema: revocationSchema, maxBytes: MOST_BYTES }, answers: shown,
      problems: ['record-unknown', 'consent-conflict', 'consent-over', 'not-authorised', 'transaction-failed'],
      run: ({ caller, params: { id }, body }) => refusingEvenly(async () => {
        await changes.revoke(caller as Owner, id, body);
        return view(caller as Owner);
      }),
    }),
    secured(exchange, asPatient, {
      method: 'post', path: '/epochs', summary: 'Publish new keys of categories, wrapped for whoever may read them', tag, body: { schema: epochsChangeSchema, maxBytes: MOST_BYTES }, answers: shown, problems: ['consent-conflict', 'not-authorised'],
      async run({ caller, body }) {
        await changes.publish(caller as Owner, body);
        return view(caller as Owner);
      },
    }),
    secured(exchange, asPatient, {
      method: 'post', path: '/relationships/:id/wraps', summary: 'Add keys of records that came after a narrow consent', tag, params, body: { schema: recordWrapsSchema, maxBytes: MOST_BYTES },
      answers: { 204: { description: 'They are kept' } }, problems: ['record-unknown', 'consent-conflict'],
      run: ({ caller, params: { id }, body }) => refusingEvenly(() => changes.wrap(caller as Owner, id, body)),
    }),
    secured(exchange, { as: 'member' }, {
      method: 'get', path: '/relationships/received', summary: 'Show a member the relationships that it is in, or its organisation; all or one', tag,
      query: z.object({ id: relationshipId.optional(), after: relationshipId.optional().meta({ description: 'What a page said is next' }), limit: z.string().regex(/^\d{1,3}$/).transform(Number).refine((number) => number >= 1 && number <= MOST_RECEIVED).optional() }),
      answers: { 200: { description: 'Those that stand, or wait for the chain; the newest first', schema: receivedPageSchema } },
      run: ({ caller, query }) => viewReceived(exchange, caller, query),
    }),
  ];
}

