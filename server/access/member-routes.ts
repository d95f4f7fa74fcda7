// What admins do with the people of their own organisation, and the operator with those of all.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import type { Queryable } from '../database/database.ts';
import { route, type Route } from '../http/route.ts';
import type { Principal } from './access.ts';
import { recordAudit } from './audit.ts';
import { joinLink, organisationOf, type AccessParts } from './parts.ts';
import { ROLES } from './roles.ts';

const id = z.object({ id: z.uuid() });
const name = z.string().trim().min(1).max(100).regex(/^[^\p{C}]*$/u).meta({ description: 'Shown to colleagues; nothing else is known of a person' });
const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length).transform((given) => [...new Set(given)]);
const organisationName = z.string().regex(/^[a-z0-9-]{1,64}$/);
const organisation = organisationName.optional().meta({ description: 'For the operator; people act on their own' });
const which = z.strictObject({ organisation });
const member = z.object({ id: z.string(), displayName: z.string(), roles: z.array(z.enum(ROLES)), status: z.enum(['invited', 'active', 'suspended']), createdAt: z.int() }).meta({ id: 'Member', description: 'A member of staff' });
const invited = z.object({ member: z.string(), invitation: z.string(), link: z.string(), expiresAt: z.int() }).meta({ id: 'Invitation', description: 'Works once; shown once' });
const done = { 204: { description: 'Done' } };
const managing = { tag: 'staff', permission: 'staff:manage' } as const;

export function memberRoutes({ database, members, sessions, relyingParty, organisation: standard, now }: AccessParts): Route[] {
  /** A change and its entry in the audit table, in the organisation that it is about. */
  const change = <T>(principal: Principal, asked: string | undefined, action: string, work: (tx: Queryable, organisation: string) => Promise<{ target: string; value?: T }>): Promise<T | undefined> =>
    database.transaction(async (tx) => {
      const organisation = organisationOf(principal, asked, standard.id);
      const { target, value } = await work(tx, organisation);
      await recordAudit(tx, { ...principal, organisation }, { action, target }, now());
      return value;
    });
  const invite = async (tx: Queryable, organisation: string, target: string) => {
    const { code, expiresAt } = await members.invite(tx, organisation, target);
    return { member: target, invitation: code, link: joinLink(relyingParty.origin, code), expiresAt };
  };
  /** Nobody changes what he himself may do; another admin does. */
  const assertOther = (principal: Principal, target: string) => {
    if (principal.id === target) throw new HealthpassError('status-conflict', 'nobody does this to himself', { field: 'id' });
  };

  return [
    route({
      ...managing, method: 'post', path: '/staff/organisations', summary: 'Add an organisation', body: { schema: z.strictObject({ id: organisationName, name }) }, answers: { 201: { description: 'It is there', schema: z.object({ id: z.string() }) } },
      problems: ['forbidden', 'status-conflict'],
      async run({ body, principal }) {
        if (principal.kind !== 'operator') throw new HealthpassError('forbidden', 'only the operator adds organisations', { field: 'permission' });
        return change(principal, body.id, 'organisation.create', async (tx) => {
          const added = await tx.query('INSERT INTO access_organisation (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id', [body.id, body.name, now()]);
          if (added.length === 0) throw new HealthpassError('status-conflict', 'there is such an organisation', { field: 'id' });
          return { target: body.id, value: { id: body.id } };
        });
      },
    }),
    route({
      ...managing, method: 'get', path: '/staff/members', summary: 'List the members of staff', query: which, answers: { 200: { description: 'All of the organisation', schema: z.array(member) } },
      run: async ({ query, principal }) => (await members.list(database, organisationOf(principal, query.organisation, standard.id))).map(({ organisation: _own, ...shown }) => shown),
    }),
    route({
      ...managing, method: 'post', path: '/staff/members', summary: 'Invite somebody', body: { schema: z.strictObject({ displayName: name, roles, organisation }) }, answers: { 201: { description: 'The invitation', schema: invited } },
      run: ({ body, principal }) => change(principal, body.organisation, 'member.create', async (tx, organisation) => {
        if ((await tx.query('SELECT id FROM access_organisation WHERE id = $1', [organisation])).length === 0) throw new HealthpassError('request-invalid', 'there is no such organisation', { field: 'organisation' });
        const target = await members.create(tx, organisation, body.displayName, body.roles);
        return { target, value: await invite(tx, organisation, target) };
      }),
    }),
    route({
      ...managing, method: 'post', path: '/staff/members/:id/invitations', summary: 'Invite a member anew, who lost a passkey or the invitation', params: id, query: which, answers: { 201: { description: 'The invitation', schema: invited } },
      problems: ['status-conflict'],
      run: ({ params, query, principal }) => change(principal, query.organisation, 'member.invite', async (tx, organisation) => ({ target: params.id, value: await invite(tx, organisation, params.id) })),
    }),
    route({
      ...managing, method: 'put', path: '/staff/members/:id/roles', summary: 'Give a member other roles; sessions end', params: id, body: { schema: z.strictObject({ roles, organisation }) }, answers: done, problems: ['status-conflict'],
      async run({ params, body, principal }) {
        assertOther(principal, params.id);
        await change(principal, body.organisation, 'member.set-roles', async (tx, organisation) => {
          await members.setRoles(tx, organisation, params.id, body.roles);
          await sessions.endAll(tx, params.id);
          return { target: params.id };
        });
      },
    }),
    route({
      ...managing, method: 'post', path: '/staff/members/:id/suspend', summary: 'Suspend a member; sessions and invitations end', params: id, query: which, answers: done, problems: ['status-conflict'],
      async run({ params, query, principal }) {
        assertOther(principal, params.id);
        await change(principal, query.organisation, 'member.suspend', async (tx, organisation) => {
          await members.suspend(tx, organisation, params.id);
          await sessions.endAll(tx, params.id);
          return { target: params.id };
        });
      },
    }),
    route({
      ...managing, method: 'post', path: '/staff/members/:id/reinstate', summary: 'Let a suspended member in again', params: id, query: which, answers: done, problems: ['status-conflict'],
      async run({ params, query, principal }) {
        await change(principal, query.organisation, 'member.reinstate', async (tx, organisation) => {
          await members.reinstate(tx, organisation, params.id);
          return { target: params.id };
        });
      },
    }),
  ];
}
