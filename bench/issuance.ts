// Issue: a FHIR Immunization becomes three securings under one status entry, written down; beside it Veramo alone, which makes the VC-JWT of
// the same facts and nothing else. The issuer's core without HTTP, its database in memory.
import { createSdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { createVcJwt, type CredentialAgent } from '#formats/vc-jwt/index.ts';
import { parseFhir } from '#formats/fhir/index.ts';
import { issue } from '#issuer';
import { sampleImmunization } from '#network/samples/index.ts';
import { hashClaims, signClaims, type HolderBinding, type IssuedCredential, type UnixSeconds } from '#passport';
import { OPERATOR } from '#server';
import { createBindings } from '#wallet';
import { medians, type Row, type Timing } from './measure.ts';
import type { Scene } from './scene.ts';

const ROUNDS = 9;
const EACH = 10;
const GROUP = 'issue';
const PARTS = 'issue: where the time goes';

type Steps = Record<string, () => unknown>;

export async function issuanceRows(scene: Scene): Promise<Row[]> {
  const { issuer, now } = scene;
  const fhir = sampleImmunization(now());
  const [binding] = await createBindings(scene.wallet, 1, now());
  const bindings = [binding!];
  const asked: Parameters<CredentialAgent['createVerifiableCredential']>[0][] = [];
  const spying: CredentialAgent = { createVerifiableCredential: (args) => (asked.push(args), issuer.agent.createVerifiableCredential(args)) };
  const { credentials } = await issue({ ...issuer, agent: spying }, { fhir, bindings }, OPERATOR);
  const whole = 'three securings, from FHIR to database';
  const alone = 'Veramo alone, createVerifiableCredential';
  const steps = await stepsOf(scene, fhir, binding!, credentials[0]!);
  const times = await medians(mapped({
    [whole]: () => issue(issuer, { fhir, bindings }, OPERATOR),
    [alone]: () => issuer.agent.createVerifiableCredential(structuredClone(asked[0]!)),
    ...steps,
  }, (step) => async () => {
    for (let i = 0; i < EACH; i++) await step();
  }), ROUNDS, mapped({ [whole]: 0, [alone]: 0, ...steps }, () => EACH));
  const parts = Object.keys(steps).reduce((sum, name) => sum + times[name]!.cpu, 0);
  return [
    ...[whole, alone].flatMap((name) => speed(name, times[name]!)),
    { group: GROUP, name: 'CPU of three securings, in that of Veramo alone', value: times[whole]!.cpu / times[alone]!.cpu, unit: 'x' },
    ...Object.keys(steps).map((name): Row => ({ group: PARTS, name, value: times[name]!.cpu, unit: 'ms CPU' })),
    { group: PARTS, name: 'the rest', value: times[whole]!.cpu - parts, unit: 'ms CPU', note: 'each part above was measured alone, in warm caches' },
  ];
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

const speed = (name: string, { cpu, wall }: Timing): Row[] => [
  { group: GROUP, name, value: cpu, unit: 'ms CPU', note: `${wall.toFixed(2)} ms wall` },
  { group: GROUP, name: `${name}: in a second of one core`, value: 1000 / cpu, unit: 'credentials' },
];

/** The parts of one issuance, each as the issuer does it. */
async function stepsOf({ issuer, now }: Scene, fhir: unknown, binding: HolderBinding, made: IssuedCredential): Promise<Steps> {
  const { event } = parseFhir(fhir, { now: now() }).events[0]!;
  const { list, index } = made.claims;
  const keys = await issuer.signingKeys();
  const claimsKey = await issuer.claimsKey();
  const options = {
    event, id: made.id, issuer: issuer.did, holderKey: binding.key, issuedAt: now(), validUntil: (now() + 86_400) as UnixSeconds,
    status: { chainId: issuer.chainId, contract: issuer.statusRegistry, list, index, url: issuer.listUrl(list) },
  };
  const message = hashClaims(made.claims);
  const digest = new Uint8Array(32);
  let written = 0;
  return {
    'reading FHIR': () => parseFhir(fhir, { now: now() }),
    'VC-JWT (Veramo, ES256K) and reading it back': () => createVcJwt(issuer.agent, keys.vc, options),
    'SD-JWT VC (ES256) and reading it back': () => createSdJwtVc(keys.sd, options),
    'hash of the claims (Poseidon of 16)': () => hashClaims(made.claims),
    'claims signature (EdDSA on BabyJubJub)': () => signClaims(message, claimsKey),
    'database (entries, records)': async () => {
      await issuer.store.taken(list, [1, 2, 3, 4, 5, 6]);
      // In a list that is nobody's, so that no entry is met twice.
      const id = `bench-${written}`;
      await issuer.store.remember([{
        id, issuance: id, copy: 0, list: list + 1, index: written++, issuedAt: now(),
        securings: [{ form: 'vc-jwt', digest }, { form: 'sd-jwt-vc', digest }, { form: 'claims', message: `${message}` }],
      }]);
    },
  };
}
