// Which keys credentials were bound to, by digest, so that no key serves twice: credentials could be linked by it. The formats of one copy of one
// credential may share a key, as they are one thing to its holder.
import type { Queryable } from '#server';
import { didOfHolder } from '#formats/credential/index.ts';
import type { Securing } from '../store.ts';
import { invalidProof, type ProvenHolder } from './proofs.ts';
import { digestOf } from './secrets.ts';

export type KeyUse = {
  /** One event of one offer. */
  readonly dataset: string;
  readonly form: Securing;
};

const nameOf = ({ key }: ProvenHolder): Uint8Array => digestOf(didOfHolder(key));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The credentials that these holders have a form of already, by their place among `holders`, and which copy each is. */
export async function knownCopies(on: Queryable, holders: readonly ProvenHolder[]): Promise<Map<number, { readonly credential: string; readonly copy: number }>> {
  const names = holders.map(nameOf);
  const rows = await on.query<{ thumbprint: Uint8Array; credential: string; copy: number }>(
    'SELECT thumbprint, credential, copy FROM holder_key JOIN credential ON credential.id = credential WHERE thumbprint = ANY($1::bytea[])', [names]);
  const byName = new Map(rows.map(({ thumbprint, credential, copy }) => [hex(thumbprint), { credential, copy }]));
  return new Map(names.flatMap((name, i) => {
    const known = byName.get(hex(name));
    return known ? [[i, known] as const] : [];
  }));
}

/** Marks keys and commitments as used. @throws ProtocolError `invalid_proof` for one that was used before, elsewhere or for this form */
export async function useKeys(tx: Queryable, { dataset, form }: KeyUse, holders: readonly ProvenHolder[]): Promise<void> {
  const commitments = holders.flatMap(({ commitment }) => (commitment === undefined ? [] : [digestOf(`commitment\0${commitment}`)]));
  for (const name of [...holders.map(nameOf), ...commitments]) {
    const rows = await tx.query(
      `INSERT INTO holder_key (thumbprint, dataset, forms) VALUES ($1, $2, ARRAY[$3::text])
        ON CONFLICT (thumbprint) DO UPDATE SET forms = array_append(holder_key.forms, $3::text) WHERE holder_key.dataset = $2 AND NOT ($3::text = ANY(holder_key.forms))
        RETURNING thumbprint`, [name, dataset, form]);
    if (rows.length === 0) throw invalidProof('a key or commitment was used before, which would link credentials');
  }
}

/** Notes which credential a holder has. @throws ProtocolError `invalid_proof` when his other forms are of another copy */
export async function bindKeys(tx: Queryable, holders: readonly ProvenHolder[], credentials: readonly string[]): Promise<void> {
  for (const [i, holder] of holders.entries()) {
    const rows = await tx.query('UPDATE holder_key SET credential = $2 WHERE thumbprint = $1 AND (credential IS NULL OR credential = $2) RETURNING thumbprint', [nameOf(holder), credentials[i]]);
    if (rows.length === 0) throw invalidProof('keys that have other forms of this credential have to be asked for together');
  }
}
