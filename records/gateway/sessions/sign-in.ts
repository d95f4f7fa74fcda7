// Whether an account has signed in to this gateway: a SignIn statement, bound to gateway, account, challenge and its end.
import { isHealthpassError } from '#passport';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain, type Statement } from '#records/model/typed-data.ts';

export function signsIn(statement: Statement<'SignIn'>, signature: string, chainId: number): boolean {
  try {
    return recoverSigner(offChain(chainId), 'SignIn', statement, signature) === statement.account;
  } catch (error) {
    if (isHealthpassError(error)) return false; // no signature at all
    throw error;
  }
}
