// Printing: a health event as a certificate for paper, which nobody's device holds. docs/decisions/paper.md
import { randomUUID } from 'node:crypto';
import { encodePaper } from '#formats/paper/index.ts';
import { parseFhir, type FhirRefusal } from '#formats/fhir/index.ts';
import { HealthpassError, type HealthEvent, type Kind, type UnixSeconds } from '#passport';
import { recordAudit, type Principal, type Queryable } from '#server';
import type { SecureRequest } from '../issue.ts';
import { LIFETIMES } from '../lifetimes.ts';
import type { IssuerService } from '../service.ts';

export type PaperDeps = Pick<IssuerService, 'secure' | 'patients' | 'now'>;
export type Certificate = {
  readonly id: string;
  readonly issuance: string;
  readonly kind: Kind;
  /** What the code holds; nobody keeps it. */
  readonly text: string;
  readonly validUntil: UnixSeconds;
};

/** Issues the events of a record onto paper alone. @throws HealthpassError `fhir-…`, `issuer-not-accredited`, `list-full` */
export async function issueOnPaper({ secure, patients, now }: PaperDeps, { fhir, patient }: { readonly fhir: unknown; readonly patient?: unknown }, principal: Principal): Promise<{ certificates: Certificate[]; refused: readonly FhirRefusal[] }> {
  const at = now();
  const { events, refused } = parseFhir(fhir, { now: at, patient });
  const requests = events.map(({ event }) => ({ ...requestFor(randomUUID(), event, at), isNew: true }));
  const made = await secure(requests, async (tx) => {
    await patients.recordAll(tx, requests.map(({ issuance, event }) => ({ issuance, event, organisation: principal.organisation, source: 'paper' })));
    for (const { issuance } of requests) await recordAudit(tx, principal, { action: 'credential.issue', target: issuance, detail: { format: 'paper' } }, at);
  });
  return { certificates: await Promise.all(requests.map((request, i) => certificate(request, made[i]![0]!))), refused };
}

/**
 * Prints one more copy of what was issued, under the same issuance: it is revoked with the rest.
 * @throws HealthpassError `credential-unknown`, `patient-erased`, `status-conflict` (revoked, or suspended for now)
 */
export async function printIssuance({ secure, patients, now }: PaperDeps, id: string, principal: Principal): Promise<Certificate> {
  const { event, status } = await patients.issuance(principal, id);
  if (!event) throw erased();
  if (status === 'revoked' || status === 'suspended') throw new HealthpassError('status-conflict', 'what is revoked or suspended is not printed', { field: 'id' });
  const at = now();
  const request = requestFor(id, event, at);
  const [copies] = await secure([request], async (tx) => {
    await assertThere(tx, id);
    await recordAudit(tx, principal, { action: 'credential.print', target: id }, at);
  });
  return certificate(request, copies![0]!);
}

const requestFor = (issuance: string, event: HealthEvent, at: number): SecureRequest =>
  ({ issuance, event, forms: ['paper'], holders: [{}], validUntil: (at + LIFETIMES[event.kind]) as UnixSeconds });

const certificate = async ({ issuance, event, validUntil }: SecureRequest, { id, paper }: { readonly id: string; readonly paper?: string }): Promise<Certificate> =>
  ({ id, issuance, kind: event.kind, text: await encodePaper(paper!), validUntil }); // it was asked for

/** Holds the person until the copy is written down. */
async function assertThere(tx: Queryable, issuance: string): Promise<void> {
  const rows = await tx.query('SELECT 1 FROM patient WHERE id = (SELECT patient FROM issuance WHERE id = $1) FOR KEY SHARE', [issuance]);
  if (rows.length === 0) throw erased();
}

const erased = () => new HealthpassError('patient-erased', 'the person whom this is about was erased', { field: 'issuance' });
