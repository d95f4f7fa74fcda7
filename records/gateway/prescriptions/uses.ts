// What is signed about a use of a prescription, carried to the chain: of two that are sent at once the chain takes one.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { HealthpassError } from '#passport';
import { carry, signerOf } from '#contracts/care/statements.ts';
import type { dispenseRequestSchema, usedSchema, voidRequestSchema } from '#records/model/prescription/wire.ts';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';

type DispenseRequest = z.output<typeof dispenseRequestSchema>;
type VoidRequest = z.output<typeof voidRequestSchema>;
type Used = z.input<typeof usedSchema>;

/** @throws HealthpassError `signature-invalid`, `transaction-failed` with the contract's error (AlreadyDispensed, PrescriptionVoid …), `chain-unavailable` */
export function createUses({ care, relay }: Exchange) {
  async function send(call: Parameters<Exchange['relay']>[0], account: Caller['account'], subject: string, attempt: string): Promise<Used> {
    const id = createHash('sha256').update(`${account}/${subject}/${attempt}`).digest('hex');
    const { hash } = await relay(call, `use/${id}`, { account, pot: 'members' });
    return { transaction: hash as `0x${string}` };
  }
  const assertSigned = (signer: string, { account }: Caller): void => {
    if (signer !== account) throw new HealthpassError('signature-invalid', 'it is signed by somebody else, or something else was signed', { field: 'statement.signature' });
  };
  return {
    async dispense(caller: Caller, { nullifier, attempt, statement: { nonce, deadline, signature } }: DispenseRequest): Promise<Used> {
      const value = { nullifier, pharmacy: caller.account, nonce, deadline };
      assertSigned(signerOf(care, 'Dispense', value, signature), caller);
      return send(carry(care, 'Dispense', value, signature), caller.account, nullifier, attempt);
    },
    async withdraw(caller: Caller, { inner, attempt, statement: { nonce, deadline, signature } }: VoidRequest): Promise<Used> {
      const value = { inner, prescriber: caller.account, nonce, deadline };
      assertSigned(signerOf(care, 'VoidPrescription', value, signature), caller);
      return send(carry(care, 'VoidPrescription', value, signature), caller.account, inner, attempt);
    },
  };
}
