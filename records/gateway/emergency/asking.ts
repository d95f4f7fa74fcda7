// A hospital asks, others approve and pass on their parts, the one that asked opens. The gateway carries what they sign to the chain, and gives out
// sealed parts only to whom the chain names; that it keeps them back is not what protects the patient: alone they open nothing.
import type { z } from 'zod';
import { HealthpassError, isHealthpassError } from '#passport';
import { carry, signerOf } from '#contracts/care/statements.ts';
import { LONGEST_EMERGENCY } from '#records/model/emergency/codes.ts';
import { subjectOf } from '#records/model/emergency/finder.ts';
import { commitmentOf } from '#records/model/emergency/statement.ts';
import type { askSchema, ownAccessSchema, packageSchema, waitingListSchema } from '#records/model/emergency/wire.ts';
import type { CarriedStatement } from '#records/model/exchange/wire.ts';
import type { Queryable } from '#server';
import type { Caller } from '../caller.ts';
import type { PatientId } from '../patient-keys.ts';
import { actorOf } from '../records/place.ts';
import { recordUnknown } from '../unknown.ts';
import type { Case } from './cases.ts';
import { enter, isOver, isWaiting, type Emergencies } from './emergencies.ts';

type Hex = `0x${string}`;
/** Questions for patients who cannot be found, of one institution in an hour: more are guesses. */
const MOST_MISSES = 10;

export type Asking = ReturnType<typeof createAsking>;

export function createAsking(emergencies: Emergencies) {
  const { database, consents, care, careIndex, relay, cases, settings, onChain, notices, now } = emergencies;

  /** That of the institution, or of which the caller is staff. @throws HealthpassError `record-unknown` */
  async function own(on: Queryable, { account, organisation }: Caller, id: Hex, options?: { lock: boolean }): Promise<Case> {
    const one = await cases.find(on, id, options);
    if (!one || one.state === 'failed' || (one.asked.institution !== account && one.asked.institution !== organisation)) throw recordUnknown();
    return one;
  }
  /** One that the hospital holds a part for. @throws HealthpassError `forbidden` for its own question, `record-unknown` */
  async function entrusted(on: Queryable, { account }: Caller, id: Hex): Promise<Case> {
    const one = await cases.find(on, id);
    if (one?.asked.institution === account) throw new HealthpassError('forbidden', 'nobody approves a question of their own', { field: 'id' });
    if (!one || one.state === 'failed' || !(await cases.custodyOf(on, id, account))) throw recordUnknown();
    return one;
  }

  /** Keeps the question, and enters it before anybody learns that there is such a patient. False where nothing is laid ready, or the id is that of another question: both look like a miss, since a hit is told to the patient. */
  async function keep(tx: Queryable, patient: PatientId, caller: Caller, { asked, kept }: Pick<z.output<typeof askSchema>, 'asked' | 'kept'>): Promise<boolean> {
    await consents.lock(tx, patient, 'to decide'); // what is laid ready is not replaced meanwhile: what was asked for under another key could not be opened
    const setting = await settings.find(tx, patient);
    if (!setting) return false;
    const custodians = setting.shares.map(({ custodian }) => custodian);
    if (await cases.add(tx, patient, { asked, kept, head: setting.head.id, custodians })) {
      await enter(emergencies, tx, { patient, id: asked.id, asked, custodians }, 'asked', actorOf(caller), asked.reason);
      return true;
    }
    const one = await cases.find(tx, asked.id);
    return one?.patient === patient && commitmentOf(one.asked) === commitmentOf(asked); // asked once more, after a break
  }

  async function viewOwn(one: Case): Promise<z.input<typeof ownAccessSchema>> {
    const { asked: { salt, key, subject }, kept } = one;
    const view = { ...(await cases.view(database, one)), needed: careIndex.quorum(), kept, salt, key, subject };
    const setting = view.state === 'released' ? await settings.find(database, one.patient) : undefined;
    if (!setting || setting.head.id !== one.head) return view;
    const passed = new Map((await cases.passedOf(database, one)).map((part) => [part.custodian, part.passed]));
    const shares = setting.shares.flatMap(({ custodian, digest }) => (passed.has(custodian) ? [{ custodian, digest, passed: passed.get(custodian)! }] : []));
    return { ...view, opening: { head: setting.head, about: setting.about, categories: setting.categories, shares } };
  }

  return {
    own, viewOwn,
    /**
     * @throws HealthpassError `forbidden`, `request-invalid`, `signature-invalid`, `rate-limited`; `record-unknown` alike for a code that is none, a patient who does not want to be found, two who may be meant, and the id of another question
     */
    async ask(caller: Caller, { asked, finder, statement, kept }: z.output<typeof askSchema>): Promise<void> {
      const { account, roles } = caller;
      const { id, institution, until } = asked;
      const { nonce, deadline, signature } = statement;
      if (institution !== account || !roles.includes('hospital')) throw new HealthpassError('forbidden', 'a hospital asks for itself', { field: 'institution' });
      if (until <= now() || until > now() + LONGEST_EMERGENCY) throw invalid('until', 'it would last for too short or too long a time');
      if (asked.subject !== subjectOf(finder)) throw invalid('subject', 'it is about somebody else than is looked for');
      const value = { id, institution, commitment: commitmentOf(asked), until, nonce, deadline };
      if (signerOf(care, 'OpenEmergency', value, signature) !== account) throw unsigned();
      const isKept = await database.transaction(async (tx) => {
        if ((await cases.lockMisses(tx, account)) >= MOST_MISSES) throw new HealthpassError('rate-limited', 'too many patients were looked for who are not there; try again in an hour', { field: 'finder' });
        const patient = await settings.patientOf(tx, finder);
        if (patient && (await keep(tx, patient, caller, { asked, kept }))) return true;
        await cases.missed(tx, account);
        return false;
      });
      if (!isKept) throw recordUnknown();
      try {
        await relay(carry(care, 'OpenEmergency', value, signature), `emergency/${id}`, { account, pot: 'members' });
      } catch (error) {
        if (isHealthpassError(error) && error.code === 'transaction-failed') await database.transaction(async (tx) => {
          const one = await cases.find(tx, id);
          if (one && (await cases.end(tx, id, 'failed'))) await enter(emergencies, tx, one, 'ended', actorOf(caller));
        });
        throw error;
      }
    },

    async list({ account, organisation, roles }: Caller): Promise<{ readonly accesses: z.input<typeof ownAccessSchema>[]; readonly nonce: number }> {
      const institution = roles.includes('hospital') ? account : organisation ?? account;
      const found = await cases.list(database, { column: 'institution', value: cases.indexOf(institution) }, { more: "AND state <> 'failed'" });
      return { accesses: await Promise.all(found.map(viewOwn)), nonce: await onChain.nonceOf(account) };
    },

    /** What waits for a hospital's approval, and what it approved that still runs. */
    async waiting({ account }: Caller): Promise<z.input<typeof waitingListSchema>> {
      const found = (await cases.list(database, { column: 'custodian', value: cases.indexOf(account) }, { more: "AND state = 'asked'" })).filter(cases.isRunning);
      const waiting = await Promise.all(found.map(async (one) => {
        const [custody, approvals] = [await cases.custodyOf(database, one.id, account), await cases.standingOf(database, one)];
        return { asked: one.asked, askedAt: one.askedAt, approvals: approvals.length, needed: careIndex.quorum(), hasApproved: custody!.approvedAt !== null, hasPassed: custody!.passed !== null }; // listed as one that has custody
      }));
      return { waiting, nonce: await onChain.nonceOf(account) };
    },

    /** @throws HealthpassError `record-unknown`, `forbidden`, `emergency-over`, `signature-invalid`, `transaction-failed` */
    async approve(caller: Caller, id: Hex, { nonce, deadline, signature }: CarriedStatement): Promise<void> {
      const { account } = caller;
      const one = await entrusted(database, caller, id);
      if (!cases.isRunning(one)) throw isOver();
      const value = { id, institution: account, nonce, deadline };
      if (signerOf(care, 'ApproveEmergency', value, signature) !== account) throw unsigned();
      if (!(await onChain.hasApproved(id, account))) await relay(carry(care, 'ApproveEmergency', value, signature), `emergency/${id}/${account}`, { account, pot: 'safety' });
      await database.transaction(async (tx) => {
        if (await cases.approved(tx, id, account)) await enter(emergencies, tx, one, 'approved', actorOf(caller));
      });
    },

    /** The part of a hospital that has approved. @throws HealthpassError `record-unknown`, `emergency-waiting` before it has, `emergency-over` */
    async share(caller: Caller, id: Hex): Promise<z.input<typeof packageSchema>> {
      const one = await entrusted(database, caller, id);
      if (!cases.isRunning(one)) throw isOver();
      if (!(await onChain.hasApproved(id, caller.account))) throw isWaiting();
      const setting = await settings.find(database, one.patient);
      const share = setting?.head.id === one.head ? setting.shares.find(({ custodian }) => custodian === caller.account) : undefined;
      if (!setting || !share) throw isOver();
      return { head: setting.head, share };
    },

    async pass(caller: Caller, id: Hex, passed: string): Promise<void> {
      const one = await entrusted(database, caller, id);
      if (!cases.isRunning(one)) throw isOver();
      if (!(await onChain.hasApproved(id, caller.account))) throw isWaiting();
      await database.transaction(async (tx) => {
        await cases.pass(tx, id, caller.account, passed);
        await notices.add(tx, { kind: 'emergency', patient: one.patient, subject: id, recipient: one.asked.institution, quiet: true });
      });
    },

    /** What the institution sees of its own. That it took what opens the records is entered before it has it. */
    async open(caller: Caller, id: Hex): Promise<z.input<typeof ownAccessSchema>> {
      const one = await own(database, caller, id);
      const view = await viewOwn(one);
      if (view.opening && view.opening.shares.length >= view.opening.head.threshold) {
        await database.transaction(async (tx) => {
          if (!(await cases.opened(tx, id))) return;
          await settings.markUsed(tx, one.patient);
          await enter(emergencies, tx, one, 'opened', actorOf(caller));
        });
        return view;
      }
      const { opening: _, ...waiting } = view; // fewer parts than are needed are of no use, and are kept back
      return waiting;
    },

    async end(caller: Caller, id: Hex): Promise<void> {
      await database.transaction(async (tx) => {
        const one = await own(tx, caller, id, { lock: true });
        if (await cases.end(tx, id)) await enter(emergencies, tx, one, 'ended', actorOf(caller));
      });
    },
  };
}

const invalid = (field: string, message: string) => new HealthpassError('request-invalid', message, { field });
const unsigned = () => new HealthpassError('signature-invalid', 'it is signed by somebody else, or something else was signed', { field: 'statement.signature' });
