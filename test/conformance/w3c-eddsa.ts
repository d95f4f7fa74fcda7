// Proof sets and chains (Data Integrity 1.0, 2.1.1 and 2.1.2): others may sign besides the issuer, and a proof may be over an earlier one.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { generate } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import jsigs from 'jsonld-signatures';
import { describe, expect, test } from 'vitest';
import { loadDocument } from '#formats/w3c/contexts.ts';
import { createProofPerson } from './parties.ts';
import { credential, issued, problemsIn, verify, type Json, type Services } from './services.ts';

type Proven = Json & { proof: Json | Json[] };

export function describeEddsa(of: () => Services): void {
  /** Somebody adds a proof, over the document alone or over the document with an earlier proof in it. */
  async function countersign(document: Json, { after }: { after?: Json } = {}): Promise<Proven> {
    const seed = new Uint8Array(32).fill(11);
    const { publicKeyMultibase } = await generate({ seed });
    const did = `did:key:${publicKeyMultibase}`;
    const pair = await generate({ seed, id: `${did}#${publicKeyMultibase}`, controller: did });
    const suite = Object.assign(new DataIntegrityProof({ signer: pair.signer(), cryptosuite }), after ? { proof: { previousProof: after['id'] } } : {});
    const { proof: earlier, ...bare } = document as Proven;
    const { proof } = await jsigs.sign({ ...structuredClone(bare), ...(after ? { proof: [after] } : {}) }, { suite: after ? over(suite, after) : suite, purpose: new jsigs.purposes.AssertionProofPurpose(), documentLoader: loadDocument }) as Proven;
    return { ...bare, proof: [...[earlier ?? []].flat(), [proof].flat().at(-1)!] };
  }
  /** The library leaves earlier proofs out of what it signs; a chain is signed with them. */
  function over(suite: object, after: Json): object {
    const plain = DataIntegrityProof.prototype.createVerifyData;
    return Object.assign(suite, { createVerifyData: (options: Parameters<typeof plain>[0]) => plain.call(suite, { ...options, document: { ...options.document, proof: [after] } }) });
  }

  describe('several proofs', () => {
    test('hold together where one is the issuer’s', async () => {
      expect((await verify(of(), await countersign(await issued(of(), credential())))).body).toMatchObject({ verified: true });
    });

    test('do not stand for the issuer’s, whoever else has signed', async () => {
      const { proof: _proof, ...bare } = await issued(of(), credential());
      expect(problemsIn(await verify(of(), await countersign(bare)))).toEqual(['PROOF_VERIFICATION_ERROR']);
    });

    test('are refused where one does not hold, although the issuer’s does', async () => {
      const made = await countersign(await issued(of(), credential()));
      const [first, second] = made.proof as [Json, Json];
      expect(problemsIn(await verify(of(), { ...made, proof: [first, { ...second, created: '2020-01-01T00:00:00Z' }] }))).toEqual(['PROOF_VERIFICATION_ERROR']);
    });

    test('in a chain are over the earlier ones, which cannot be taken out or changed', async () => {
      const id = 'urn:uuid:3f3ac1b4-7a3c-4f0e-9d44-0d6f2f6c1c02';
      const document = await (await createProofPerson()).issue({}, { id }) as Proven;
      const first = document.proof as Json;
      const chain = await countersign(document, { after: first });
      expect((await verify(of(), chain)).body).toMatchObject({ verified: true });
      const second = [chain.proof].flat().at(-1)!;
      const otherFirst = (await (await createProofPerson()).issue({ name: 'Other' }, { id }) as Proven).proof as Json;
      for (const proof of [[second], [otherFirst, second], [{ ...first, id: 'urn:uuid:other' }, second]]) expect(problemsIn(await verify(of(), { ...chain, proof }))).toEqual(['PROOF_VERIFICATION_ERROR']);
    });
  });
}
