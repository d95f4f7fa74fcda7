// healthpass staff and client: who may do what at a service, in the operator's name. Invitations and secrets are shown once.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { ROLES } from '#server';
import { text, type Command, type Invocation } from '../command.ts';
import { serviceClient, type ServiceClient } from '../service-client.ts';
import { folderOf } from '../surroundings.ts';

const SERVICE = { service: { type: 'string' } } as const;
const ABOUT_SERVICE = { service: 'issuer, which is the default, or verifier' };
const invitation = z.object({ member: z.string(), link: z.string(), expiresAt: z.int() });
const members = z.array(z.object({ id: z.string(), displayName: z.string(), roles: z.array(z.string()), status: z.string() }));
const client = z.object({ id: z.string(), secret: z.string().optional() });

function serviceOf(options: Invocation['options']): Promise<ServiceClient> {
  const service = text(options, 'service') ?? 'issuer';
  if (service !== 'issuer' && service !== 'verifier') throw new HealthpassError('usage', '--service takes issuer or verifier', { field: '--service' });
  return serviceClient(folderOf(options), service);
}
const needed = (options: Invocation['options'], name: string): string => {
  const value = text(options, name);
  if (value === undefined) throw new HealthpassError('usage', `--${name} is needed`, { field: `--${name}` });
  return value;
};
const words = (list: string): string[] => list.split(',').map((word) => word.trim()).filter(Boolean);

const invite: Command = {
  name: 'staff invite', synopsis: 'staff invite --name NAME --roles ROLE,…', says: 'Invite somebody: prints a link that works once, within three days.', least: 0, most: 0, takes: 'no words besides its options',
  options: { ...SERVICE, name: { type: 'string' }, roles: { type: 'string' } }, about: { ...ABOUT_SERVICE, name: 'shown to colleagues; nothing else is known of a person', roles: `one or several of ${ROLES.join(', ')}` },
  async run({ options, terminal }) {
    const service = await serviceOf(options);
    const made = invitation.parse(await service.post('/staff/members', { displayName: needed(options, 'name'), roles: words(needed(options, 'roles')) }));
    terminal.result(`${made.link}\nThis link lets one person in, once, until ${new Date(made.expiresAt * 1000).toISOString()}. Member ${made.member}.`, made);
    return 0;
  },
};

const list: Command = {
  name: 'staff list', synopsis: 'staff list', says: 'List the members of staff.', least: 0, most: 0, takes: 'no words besides its options', options: SERVICE, about: ABOUT_SERVICE,
  async run({ options, terminal }) {
    const known = members.parse(await (await serviceOf(options)).get('/staff/members'));
    terminal.result(known.map(({ id, displayName, roles, status }) => `${id}  ${status.padEnd(9)}  ${roles.join(', ').padEnd(20)}  ${displayName}`).join('\n') || 'There is nobody.', { members: known });
    return 0;
  },
};

const changes = (['suspend', 'reinstate'] as const).map((action): Command => ({
  name: `staff ${action}`, synopsis: `staff ${action} MEMBER`, says: action === 'suspend' ? 'Suspend a member of staff; sessions end at once.' : 'Let a suspended member in again.',
  least: 1, most: 1, takes: 'the id of a member, as staff list prints it', options: SERVICE, about: ABOUT_SERVICE,
  async run({ positionals: [member], options, terminal }) {
    await (await serviceOf(options)).post(`/staff/members/${encodeURIComponent(member!)}/${action}`, {});
    terminal.result(`${member} is ${action === 'suspend' ? 'suspended' : 'let in again'}.`, { member, action });
    return 0;
  },
}));

const createClient: Command = {
  name: 'client create', synopsis: 'client create --name NAME --permissions PERMISSION,…', says: 'Add a program that may call a service; prints its id and secret.', least: 0, most: 0, takes: 'no words besides its options',
  options: { ...SERVICE, name: { type: 'string' }, permissions: { type: 'string' } }, about: { ...ABOUT_SERVICE, name: 'what it is', permissions: 'what it may do, as docs/access.md names it: credentials:issue,credentials:read' },
  async run({ options, terminal }) {
    const service = await serviceOf(options);
    const made = client.parse(await service.post('/clients', { name: needed(options, 'name'), permissions: words(needed(options, 'permissions')) }));
    terminal.result(`client_id      ${made.id}\nclient_secret  ${made.secret ?? ''}\nThe secret is not shown again. Access tokens: POST /oauth/token.`, made);
    return 0;
  },
};

const revokeClient: Command = {
  name: 'client revoke', synopsis: 'client revoke CLIENT', says: 'Revoke a program with all its secrets and tokens.', least: 1, most: 1, takes: 'the id of a client', options: SERVICE, about: ABOUT_SERVICE,
  async run({ positionals: [id], options, terminal }) {
    await (await serviceOf(options)).remove(`/clients/${encodeURIComponent(id!)}`);
    terminal.result(`${id} is revoked.`, { client: id });
    return 0;
  },
};

const audit: Command = {
  name: 'audit', synopsis: 'audit [--check]', says: 'Show who changed what, newest first, or check that nothing was taken out of the trail.', least: 0, most: 0, takes: 'no words besides its options',
  options: { ...SERVICE, check: { type: 'boolean' } }, about: { ...ABOUT_SERVICE, check: 'go through the chain of entries; ends with 1 when it is broken' },
  async run({ options, terminal }) {
    const service = await serviceOf(options);
    if (options['check'] === true) {
      const verdict = z.looseObject({ intact: z.boolean(), entries: z.int().optional(), digest: z.string().optional(), at: z.int().optional() }).parse(await service.get('/audit/verification'));
      terminal.result(verdict.intact ? `All ${verdict.entries} entries are as they were written. Head: ${verdict.digest}` : `The trail is broken at entry ${verdict.at}.`, verdict);
      return verdict.intact ? 0 : 1;
    }
    const { entries } = z.object({ entries: z.array(z.looseObject({ at: z.int(), actorKind: z.string(), actor: z.string(), action: z.string(), target: z.string(), outcome: z.string() })) }).parse(await service.get('/audit'));
    terminal.result(entries.map(({ at, actorKind, actor, action, target, outcome }) => `${new Date(at * 1000).toISOString()}  ${actorKind} ${actor}  ${action} ${target}${outcome === 'done' ? '' : ` (${outcome})`}`).join('\n'), { entries });
    return 0;
  },
};

export const staffCommands: readonly Command[] = [invite, list, ...changes, createClient, revokeClient, audit];
