// `@context`: an ordered set that starts with the base context; what follows is URLs of contexts known here, or contexts in place.
import { isKnownContext, VC_1, VC_2 } from '../contexts.ts';
import { isJsonObject } from '../json-object.ts';
import { malformed, VcProblem } from '../problem.ts';
import { assertUrl } from './values.ts';

export type ModelVersion = '1.1' | '2.0';
const MOST_CONTEXTS = 16;

/** @returns the data model that the base context names @throws VcProblem */
export function assertContexts(value: unknown): ModelVersion {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_CONTEXTS) throw malformed('@context', 'is no ordered set');
  const [base, ...more] = value as unknown[];
  const version = base === VC_2 ? '2.0' : base === VC_1 ? '1.1' : undefined;
  if (!version) throw malformed('@context', 'does not start with a base context of verifiable credentials');
  for (const context of more) {
    if (isJsonObject(context)) continue;
    assertUrl(context, '@context');
    if (!isKnownContext(context)) throw new VcProblem('PARSING_ERROR', '@context names a context that is not known here');
  }
  return version;
}
