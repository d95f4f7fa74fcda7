// What passes between patients, their delegates and the gateway.
import { z } from 'zod';
import { MANDATE_SCOPES } from '../consent/mandate.ts';
import { addressText, bytes32Text, relationshipId, statementSchema, unixSeconds } from './wire.ts';

const scopeText = z.array(z.enum(MANDATE_SCOPES)).max(2);

/** Without a scope the delegate is dismissed. */
export const appointmentSchema = z.strictObject({ delegate: addressText, scope: scopeText, until: unixSeconds, statement: statementSchema });
export const delegationSchema = z.strictObject({ relationship: relationshipId, delegate: addressText, scope: scopeText, until: unixSeconds });
export type Delegation = z.infer<typeof delegationSchema>;

export const mandateSchema = z.strictObject({
  relationship: relationshipId, owner: addressText, recipient: addressText, grant: bytes32Text, policy: z.looseObject({}), scope: scopeText, until: unixSeconds,
  nonce: z.int().meta({ description: 'Of the delegate’s own next statement' }), now: unixSeconds,
});
export type MandateReceived = z.infer<typeof mandateSchema>;

export const delegatedConsentSchema = z.strictObject({ consent: z.looseObject({ resourceType: z.literal('Consent') }), salt: bytes32Text, statement: statementSchema });
export const delegatedRevocationSchema = z.strictObject({ statement: statementSchema });
