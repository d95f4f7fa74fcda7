// What VC-API endpoints answer when a credential is at fault: problem details of the W3C's kinds, with status 400.
import type { Context } from 'hono';
import { z } from 'zod';
import { isVcProblem } from '#formats/w3c/index.ts';

export const vcProblemSchema = z.object({ type: z.string(), title: z.string(), detail: z.string() })
  .meta({ id: 'VcProblem', description: 'Problem details (RFC 9457) of a kind that VC Data Model, Data Integrity or Bitstring Status List defines' });

/** Options of a request: what is not known is ignored, as VC-API asks for. */
export const vcApiObject = z.record(z.string(), z.unknown());
export const VC_API_MAX_BYTES = 500_000;

/** Runs what may find fault with a credential. */
export async function answerVcApi(context: Context, run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (!isVcProblem(error)) throw error;
    return context.json({ ...error.details, status: 400 }, 400, { 'content-type': 'application/problem+json' });
  }
}
