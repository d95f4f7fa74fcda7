// Applications over HTTP: made by anybody who has signed in, confirmed by organisations, decided by bodies.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { wholeNumberText, type Route } from '#server';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { ORGANISATIONS, type Address } from '#records/model/members.ts';
import type { Caller } from '../caller.ts';
import type { GatewayDeps } from '../deps.ts';
import { secured } from '../secured.ts';
import type { Application, Applications, ReadingKey } from './applications.ts';
import type { Deciding } from './deciding.ts';
import type { Staff } from './staff.ts';
import { applicationRequest, applicationSchema, confirmationRequest, decisionRequest, outcomeSchema } from './schemas.ts';

const byId = z.object({ id: z.uuid() });

export function applicationRoutes(deps: GatewayDeps, applications: Applications, deciding: Deciding, staff: Staff): readonly Route[] {
  const { roles, config, now } = deps;
  return [
    secured(deps, {}, {
      method: 'post', path: '/applications', summary: 'Apply for a role', tag: 'membership', limit: 'sign-in', body: { schema: applicationRequest, maxBytes: 20_000 },
      answers: { 201: { description: 'The application', schema: applicationSchema } }, problems: ['application-conflict', 'signature-invalid', 'member-unknown'],
      async run({ caller, body: { role, organisation, ...details } }) {
        if (caller.patient !== undefined) throw new HealthpassError('forbidden', 'a patient’s account never stands on chain; a member has one of its own', { field: 'account' });
        assertOwnKey(caller.account, details.readingKey, config.chainId, now());
        if (organisation !== undefined) assertOrganisation(organisation, role);
        return applications.add({ account: caller.account, ...details }, role, organisation);
      },
    }),
    secured(deps, {}, {
      method: 'get', path: '/applications', summary: 'List the applications that wait for the caller: a body, or an organisation that is named', tag: 'membership',
      query: z.strictObject({ after: wholeNumberText.optional() }),
      answers: { 200: { description: 'The oldest first, a page of them; the next page begins after the last number', schema: z.array(applicationSchema) } },
      run: ({ caller, query }) => applications.waiting(caller.decides, caller.account, query.after ?? 0),
    }),
    secured(deps, {}, {
      method: 'delete', path: '/applications/:id', summary: 'Take an application back', tag: 'membership', params: byId,
      answers: { 204: { description: 'It is gone' } }, problems: ['application-unknown'],
      run: ({ caller, params }) => applications.withdraw(params.id, caller.account),
    }),
    secured(deps, { as: 'member' }, {
      method: 'post', path: '/applications/:id/confirmation', summary: 'Say, as the organisation that is named, whether the person acts for it', tag: 'membership',
      params: byId, body: { schema: confirmationRequest, maxBytes: 4000 }, answers: { 204: { description: 'Noted' } }, problems: ['application-unknown', 'application-conflict', 'signature-invalid'],
      async run({ caller, params, body }) {
        const application = await ofOrganisation(caller, params.id);
        if (!body.confirmed) return applications.move(deps.database, application, 'refused', { reason: body.reason, evidence: undefined });
        await deps.database.transaction(async (tx) => {
          await staff.confirm(tx, caller.account, application.account, body);
          await applications.move(tx, application, 'deciding');
        });
        await staff.refresh();
      },
    }),
    secured(deps, { as: 'body' }, {
      method: 'post', path: '/applications/:id/decision', summary: 'Decide: with a GrantRole that the body signed, or with the reason of a refusal', tag: 'membership',
      params: byId, body: { schema: decisionRequest, maxBytes: 4000 }, answers: { 200: { description: 'What came of it', schema: outcomeSchema } }, problems: ['application-unknown', 'application-conflict', 'signature-invalid'],
      async run({ caller, params, body }) {
        const application = await applications.find(params.id);
        if (!caller.decides.includes(application.role)) throw new HealthpassError('application-unknown', 'there is no such application for this account', { field: 'id' });
        if (application.state !== 'deciding') throw new HealthpassError('application-conflict', 'the application does not wait for a decision', { field: 'state' });
        if (body.decision === 'accepted') return deciding.accept(caller, application, body);
        await deciding.refuse(caller, application, body.reason);
        return { outcome: 'done' };
      },
    }),
  ];

  /** @throws HealthpassError `request-invalid` (organisations act for themselves), `member-unknown` */
  function assertOrganisation(organisation: Address, role: Application['role']): void {
    if (ORGANISATIONS.includes(role)) throw new HealthpassError('request-invalid', 'an organisation acts for itself', { field: 'organisation' });
    if (!roles.standing(organisation, now()).roles.some((held) => ORGANISATIONS.includes(held))) throw new HealthpassError('member-unknown', 'there is no such organisation', { field: 'organisation' });
  }

  async function ofOrganisation({ account }: Caller, id: string): Promise<Application> {
    const application = await applications.find(id);
    if (application.organisation !== account) throw new HealthpassError('application-unknown', 'there is no such application for this account', { field: 'id' });
    if (application.state !== 'confirming') throw new HealthpassError('application-conflict', 'the application does not wait for the organisation', { field: 'state' });
    return application;
  }
}

/** Seconds by which the clock of a member may be ahead. */
const CLOCK_TOLERANCE = 300;

/** Others will seal to this key: only the member may say that it is its own. @throws HealthpassError `request-invalid`, `signature-invalid` */
export function assertOwnKey(member: Address, { key, since, signature }: ReadingKey, chainId: number, now: number): void {
  if (since > now + CLOCK_TOLERANCE) throw new HealthpassError('request-invalid', 'the reading key is of the future', { field: 'readingKey.since' });
  if (recoverSigner(offChain(chainId), 'ReadingKey', { member, key, since }, signature) !== member) throw new HealthpassError('signature-invalid', 'the reading key was not signed by this account', { field: 'readingKey.signature' });
}
