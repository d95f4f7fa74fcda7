// VC-API, issuing side: credentials of others' making, secured under the issuer's name if they have the form of the data model.
import { randomUUID } from 'node:crypto';
import { HealthpassError } from '#passport';
import { assertJsonLd, malformed, parseCredential, isJsonObject, type JsonObject, type ParsedCredential } from '#formats/w3c/index.ts';
import { HTTP_STATUS, type Principal } from '#server';
import type { StatusAction } from '#contracts/status.ts';
import type { IssuerService } from '../service.ts';
import { accreditedLists, issuanceOf, noteIssuance, PURPOSES, reserveEntry, statusOfEntry, wantedPurposes, type EntryDeps } from './entries.ts';
import { issuerOf, parseFormat, secureCredential, type Format, type SecureDeps } from './secure.ts';

export type VcApiDeps = EntryDeps & SecureDeps & Pick<IssuerService, 'changeStatus'>;

export type VcApi = {
  /** The names under which the issuer signs, by the way of securing. */
  readonly issuers: Readonly<Record<Format, string>>;
  /** @throws VcProblem, HealthpassError `issuer-not-accredited`, `list-full` */
  readonly issue: (credential: unknown, options: JsonObject, standard: Format, principal: Principal) => Promise<JsonObject>;
  /** @throws VcProblem, HealthpassError `credential-unknown`, `status-conflict` */
  readonly changeStatus: (request: { credentialId: string; credentialStatus: JsonObject; status: boolean }, principal: Principal) => Promise<void>;
};

export function createVcApi(deps: VcApiDeps): VcApi {
  return {
    issuers: { 'eddsa-rdfc-2022': issuerOf(deps, 'eddsa-rdfc-2022'), 'vc+jwt': issuerOf(deps, 'vc+jwt'), jwt_vc: issuerOf(deps, 'jwt_vc') },
    async issue(credential, options, standard, principal) {
      const format = parseFormat(options, standard);
      // What it is to be is known only with the issuer in it: whoever asks names the issuer, and we put our own name there.
      const parsed = parseCredential(credential);
      const own = parseCredential(withIssuer(parsed.document, issuerOf(deps, format)));
      const lists = await accreditedLists(deps);
      await assertJsonLd(own.document);
      const secured = { ...own, document: await withStatus(deps, own, options['credentialStatus'], lists, principal) };
      return secureCredential(deps, format, secured, new Date(deps.now() * 1000));
    },
    async changeStatus({ credentialId, credentialStatus, status }, principal) {
      await deps.changeStatus(actionOf(credentialStatus['statusPurpose'] ?? 'revocation', status), [issuanceOf(deps.blinding, credentialId, principal)], { principal });
    },
  };
}

/** The issuer that signs: a name that is not ours is replaced by ours, so nothing is ever signed in the name of somebody else. */
function withIssuer(document: JsonObject, issuer: string): JsonObject {
  const named = document['issuer'];
  return { ...document, issuer: isJsonObject(named) ? { ...named, id: issuer } : issuer };
}

/**
 * A credential of data model 2.0 without a status of its own gets an entry of ours, unless the caller does not want one; it needs an id to be found
 * by. The contexts of 1.1 do not define such entries.
 */
async function withStatus(deps: VcApiDeps, { document, version }: ParsedCredential, option: unknown, lists: readonly number[], principal: Principal): Promise<JsonObject> {
  const isAsked = option !== undefined && option !== false && option !== null;
  const purposes = wantedPurposes(option);
  if (isAsked && 'credentialStatus' in document) throw malformed('options.credentialStatus', 'asks for a status beside the one that the credential has');
  if (isAsked && version === '1.1') throw malformed('options.credentialStatus', 'asks for a status that data model 1.1 does not define');
  if ('credentialStatus' in document || purposes.length === 0 || version === '1.1') {
    await noteIssuance(deps, principal);
    return document;
  }
  const id = typeof document['id'] === 'string' ? document['id'] : `urn:uuid:${randomUUID()}`;
  return { ...document, id, credentialStatus: statusOfEntry(deps, await reserveEntry(deps, lists, id, principal), purposes) };
}

/** Revocation is for good, suspension until it is lifted. */
function actionOf(purpose: unknown, status: boolean): StatusAction {
  if (!PURPOSES.some((known) => known === purpose)) throw malformed('credentialStatus.statusPurpose', 'is neither revocation nor suspension');
  if (purpose === 'revocation') {
    if (!status) throw new HealthpassError('status-conflict', 'a revocation cannot be taken back', { field: 'status' });
    return 'revoke';
  }
  return status ? 'suspend' : 'reinstate';
}

/** Codes of errors that a change of status can end with. */
export const STATUS_PROBLEMS = ['credential-unknown', 'status-conflict'] as const satisfies readonly (keyof typeof HTTP_STATUS)[];
