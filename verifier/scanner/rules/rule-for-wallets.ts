// A rule of this venue's own, signed, for wallets that have never heard of it: as it was passed on to this device, or as the service signs it.
import { z } from 'zod';
import type { Policy } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import type { Shelf } from './shelf.ts';

const answerSchema = z.object({ signed: z.object({ did: z.string().optional() }) });

/** The JWS; undefined for rules that every wallet comes with, and where nobody can be asked. */
export async function ruleForWallets({ id, version, root }: Policy, shelf: Pick<Shelf, 'get'>): Promise<string | undefined> {
  if (POLICIES.some((policy) => policy.id === id && policy.version === version && policy.root === root)) return undefined;
  const taken = shelf.get().find(({ policy }) => policy.id === id && policy.version === version && policy.root === root);
  if (taken) return taken.jws;
  const response = await fetch(`/rules/${id}/${version}`).catch(() => undefined);
  const answer = response?.ok ? answerSchema.safeParse(await response.json().catch(() => undefined)) : undefined;
  return answer?.data?.signed.did;
}
