// Guardians and recoveries over HTTP. Guardians are whoever has an account: family, friends, a hospital.
import { z } from 'zod';
import { askedRecoverySchema, entrustedSchema, guardiansSchema, newBackupSchema, newRecoverySchema, recoverySchema, releaseSchema } from '#records/model/exchange/guardians.ts';
import { bytes32Text } from '#records/model/exchange/wire.ts';
import { openExchange } from '../exchange.ts';
import type { Part } from '../part.ts';
import { refusingEvenly } from '../refusals.ts';
import type { Owner } from '../relationships/changes.ts';
import { secured } from '../secured.ts';
import { createGuardians } from './guardians.ts';
import { GUARDIAN_MIGRATIONS } from './migration.ts';

const tag = 'guardians';
const params = z.object({ id: bytes32Text });
const asPatient = { as: 'patient', may: 'share' } as const;

export const GUARDIANS_PART: Part = {
  name: 'guardians',
  tags: { [tag]: 'Shares of a patient’s keys, kept by people of the patient’s choice, for a device that is lost.' },
  migrations: GUARDIAN_MIGRATIONS,
  open(deps) {
    const guardians = createGuardians(openExchange(deps));
    return { routes: [
      secured(deps, asPatient, {
        method: 'get', path: '/guardians', summary: 'Show a patient who guards the keys, and whether somebody recovers them', tag, answers: { 200: { description: 'The choice as it stands', schema: guardiansSchema } },
        run: ({ caller }) => guardians.view(caller as Owner), // a patient, as the route asks for one
      }),
      secured(deps, asPatient, {
        method: 'post', path: '/guardian-shares', summary: 'Entrust guardians with shares, each sealed to one; an earlier choice ends', tag, body: { schema: newBackupSchema, maxBytes: 50_000 },
        answers: { 204: { description: 'They are kept' } }, problems: ['consent-conflict'],
        run: ({ caller, body: { backup, notes } }) => guardians.entrust(caller as Owner, backup, notes),
      }),
      secured(deps, {}, {
        method: 'get', path: '/guardian-shares', summary: 'Show a guardian the shares that it keeps', tag, answers: { 200: { description: 'Its own, and no others', schema: z.strictObject({ shares: z.array(entrustedSchema) }) } },
        run: async ({ caller }) => ({ shares: await guardians.entrusted(caller) }),
      }),
      secured(deps, {}, {
        method: 'post', path: '/recoveries', summary: 'Begin to recover an account on a new device', tag, body: { schema: newRecoverySchema, maxBytes: 1000 }, answers: { 204: { description: 'Guardians can release their shares' } },
        problems: ['service-unavailable', 'consent-conflict'],
        run: ({ caller, body: { id, key } }) => guardians.ask(caller, id, key),
      }),
      secured(deps, {}, {
        method: 'get', path: '/recoveries/:id', summary: 'Tell the new device how far it is, and give it the shares in the end', tag, params, answers: { 200: { description: 'How far it is', schema: recoverySchema } }, problems: ['record-unknown'],
        run: ({ caller, params: { id } }) => refusingEvenly(() => guardians.progress(caller, id)),
      }),
      secured(deps, {}, {
        method: 'get', path: '/recoveries/:id/asked', summary: 'Show a guardian which key a recovery seals to', tag, params, answers: { 200: { description: 'To compare with what the person shows', schema: askedRecoverySchema } }, problems: ['record-unknown'],
        run: ({ caller, params: { id } }) => refusingEvenly(() => guardians.asked(caller, id)),
      }),
      secured(deps, {}, {
        method: 'post', path: '/recoveries/:id/shares', summary: 'Release a share to a recovery; the patient is told and has three days to object', tag, params, body: { schema: releaseSchema, maxBytes: 2000 },
        answers: { 204: { description: 'It waits' } }, problems: ['record-unknown'],
        run: ({ caller, params: { id }, body }) => refusingEvenly(() => guardians.release(caller, id, body.backup, body.sealed)),
      }),
      secured(deps, asPatient, {
        method: 'delete', path: '/recoveries/:id', summary: 'Object to a recovery of one’s account', tag, params, answers: { 204: { description: 'It is over' } }, problems: ['record-unknown'],
        run: ({ caller, params: { id } }) => refusingEvenly(() => guardians.object(caller as Owner, id)),
      }),
    ] };
  },
};
