// Certificates on paper, for the staff's pages and programs.
import { z } from 'zod';
import { KINDS, type Kind } from '#passport';
import { route, type Route } from '#server';
import { issueOnPaper, printIssuance, type PaperDeps } from './paper.ts';

const FHIR_MAX_BYTES = 5_000_000;
const PROBLEMS = ['issuer-not-accredited', 'list-full', 'no-trust-data', 'chain-inconsistent', 'sealed-invalid', 'service-unavailable', 'text-too-long'] as const;

const certificate = z.object({
  id: z.string(), issuance: z.string(), kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
  text: z.string().meta({ description: 'For a QR code of level M, 7 cm wide or more; shown once, and kept by nobody' }), validUntil: z.int(),
}).meta({ id: 'PaperCertificate' });
const body = z.strictObject({
  fhir: z.unknown().meta({ description: 'A FHIR R4 Immunization, Observation, Condition or Bundle, as a value or as text' }),
  patient: z.unknown().optional().meta({ description: 'A FHIR Patient, for a resource that comes without one' }),
});
const PAPER = { tag: 'issuing', permission: 'credentials:issue' } as const;

export const paperRoutes = (deps: PaperDeps): Route[] => [
  route({
    ...PAPER, method: 'post', path: '/paper', summary: 'Issue a record as certificates on paper', body: { schema: body, maxBytes: FHIR_MAX_BYTES },
    answers: { 201: { description: 'One for every health event', schema: z.object({ certificates: z.array(certificate), refused: z.array(z.looseObject({})) }) } },
    problems: ['fhir-invalid', 'fhir-unsupported', 'fhir-status', 'fhir-code-unknown', 'fhir-patient-mismatch', 'fhir-no-event', ...PROBLEMS],
    async run({ body: record, principal }) {
      const { certificates, refused } = await issueOnPaper(deps, record, principal);
      return { certificates, refused: [...refused] };
    },
  }),
  route({
    ...PAPER, method: 'post', path: '/issuances/:id/paper', summary: 'Print what was issued', params: z.object({ id: z.string().regex(/^[\x21-\x7e]{1,64}$/) }),
    answers: { 201: { description: 'One more copy, revoked with the rest', schema: certificate } }, problems: ['credential-unknown', 'patient-erased', 'status-conflict', ...PROBLEMS],
    run: ({ params, principal }) => printIssuance(deps, params.id, principal),
  }),
];
