// Members ask for access: they sign what they ask for, and show the link, or its code, to the patient.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import type { Route } from '#server';
import { askedSchema, askSchema, bytes32Text } from '#records/model/exchange/wire.ts';
import { termsDigest } from '#records/model/exchange/terms.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import type { Exchange } from '../exchange.ts';
import { refusingEvenly } from '../refusals.ts';
import { secured, unsecured } from '../secured.ts';
import { MOST_LIFETIME } from './requests.ts';

const keptSchema = askedSchema.extend({ answered: bytes32Text.optional().meta({ description: 'The relationship that came of it' }) });

export function requestRoutes(exchange: Exchange): readonly Route[] {
  const { requests, config, now } = exchange;
  return [
    secured(exchange, { as: 'member', may: 'records-read' }, {
      method: 'post', path: '/requests', summary: 'Ask a patient, whoever gets the link, for access', tag: 'sharing',
      body: { schema: askSchema, maxBytes: 20_000 },
      answers: { 201: { description: 'It is open', schema: z.strictObject({ id: bytes32Text, expires: z.int() }) } }, problems: ['not-authorised', 'service-unavailable'],
      async run({ caller, body }) {
        const { id, terms, expires, signature, recipient } = body;
        if (recipient !== caller.account && recipient !== caller.organisation) throw new HealthpassError('forbidden', 'the recipient is somebody else', { field: 'recipient' });
        if (expires <= now() || expires > now() + MOST_LIFETIME) throw new HealthpassError('request-invalid', 'it would be open for too short or too long a time', { field: 'expires' });
        if (recoverSigner(offChain(config.chainId), 'AccessRequest', { id, member: caller.account, terms: termsDigest(recipient, terms), expires }, signature) !== caller.account) {
          throw new HealthpassError('not-authorised', 'it is signed by somebody else, or something else was signed', { field: 'signature' });
        }
        await requests.add({ ...body, member: caller.account });
        return { id, expires };
      },
    }),
    secured(exchange, { as: 'member' }, {
      method: 'get', path: '/requests', summary: 'List what the caller has asked for', tag: 'sharing',
      answers: { 200: { description: 'Open and answered ones', schema: z.strictObject({ requests: z.array(keptSchema) }) } },
      run: async ({ caller }) => ({ requests: await requests.list(caller.account) }),
    }),
    unsecured({
      method: 'get', path: '/requests/:id', summary: 'Show whoever has the link what is asked, and by whom', tag: 'sharing', params: z.object({ id: bytes32Text }),
      answers: { 200: { description: 'The request, as the member signed it', schema: askedSchema } }, problems: ['record-unknown'],
      run: ({ params }) => refusingEvenly(async () => {
        const { answered: _, ...asked } = await requests.find(params.id);
        return asked;
      }),
    }),
  ];
}
