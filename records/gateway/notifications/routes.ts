// Notifications as server-sent events. Each is decided anew for whoever listens; the stream ends with the session, a suspension, or a relationship that it rests on.
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { nameOfError, type Route } from '#server';
import { purposeText, relationshipId } from '#records/model/exchange/wire.ts';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import { refusingEvenly } from '../refusals.ts';
import { findPlace } from '../records/place.ts';
import { isLive } from '../relationships/relationship.ts';
import { recordUnknown } from '../unknown.ts';
import { secured } from '../secured.ts';
import { isOver, tell, type Listening, type Told } from './audience.ts';
import { createHub } from './hub.ts';
import type { KeptNotice } from './notices.ts';

/** Milliseconds. Between two looks at what is new; at the session while nothing is; until a comment keeps the line open. */
export type StreamTimes = { readonly poll: number; readonly check: number; readonly heartbeat: number };
const TIMES: StreamTimes = { poll: 300, check: 1000, heartbeat: 15_000 };
/** Of one account; of one process; and of these, of accounts that neither the chain nor a member knows, as anybody can open any number of. */
const [MOST_OF_ONE, MOST_STREAMS, MOST_OF_STRANGERS] = [5, 1000, 200];

const querySchema = z.object({ relationship: relationshipId.optional(), purpose: purposeText.default('TREAT') });

export function notificationRoutes(exchange: Exchange, times: StreamTimes = TIMES): readonly Route[] {
  const { notices, onTrouble } = exchange;
  const hub = createHub(notices, times.poll, () => onTrouble('notices cannot be read'));
  const open = new Map<string, number>();
  let [streams, strangers] = [0, 0];

  /** @throws HealthpassError `service-unavailable` */
  async function enter({ account, ...caller }: Caller): Promise<() => void> {
    const stranger = (await isStranger(exchange, caller)) ? 1 : 0;
    const own = open.get(account) ?? 0;
    if (own >= MOST_OF_ONE || streams >= MOST_STREAMS || (stranger === 1 && strangers >= MOST_OF_STRANGERS)) throw new HealthpassError('service-unavailable', 'too many streams are open', { field: 'notifications' });
    open.set(account, own + 1);
    streams++;
    strangers += stranger;
    return () => {
      streams--;
      strangers -= stranger;
      const left = open.get(account)! - 1; // entered
      if (left === 0) open.delete(account);
      else open.set(account, left);
    };
  }

  return [
    secured(exchange, {}, {
      method: 'get', path: '/notifications', summary: 'Tell what is new as it comes', tag: 'notifications', query: querySchema,
      answers: { 200: { description: 'Server-sent events', mediaType: 'text/event-stream' } }, problems: ['record-unknown', 'service-unavailable'],
      run: ({ caller, query, context }) => refusingEvenly(async () => {
        if (query.relationship !== undefined) await assertOwn(exchange, caller, query.relationship);
        return stream(context, exchange, caller, query, { hub, times, leave: await enter(caller) });
      }),
    }),
  ];
}

/** No member, and no patient of whom a consent has stood on chain. */
const isStranger = async ({ database, consents }: Exchange, { roles, decides, patient }: Pick<Caller, 'roles' | 'decides' | 'patient'>): Promise<boolean> =>
  decides.length === 0 && roles.every((role) => role === 'patient') && !(patient && (await consents.read(database, patient)).relationships.some(({ standing }) => standing !== undefined));

/** @throws HealthpassError `record-unknown` */
const assertOwn = (exchange: Exchange, caller: Caller, id: NonNullable<Listening['relationship']>): Promise<void> => exchange.database.transaction(async (tx) => {
  if (caller.patient && (await exchange.consents.read(tx, caller.patient)).find(id)) return;
  const { one } = await findPlace(exchange, tx, id, caller);
  if (!isLive(one, exchange.now())) throw recordUnknown();
});

type Streaming = { readonly hub: ReturnType<typeof createHub>; readonly times: StreamTimes; readonly leave: () => void };

function stream(context: Context, exchange: Exchange, caller: Caller, listening: Listening, { hub, times, leave }: Streaming): Response {
  const { notices, sealer, recheck, stopping, onTrouble } = exchange;
  const audiences = [...(caller.patient ? [notices.ofPatient(caller.patient)] : []), notices.ofRecipient(caller.account), ...(caller.organisation ? [notices.ofRecipient(caller.organisation)] : [])];
  // The number of a notice would tell how many others got: who listens is given it sealed.
  const place = `notice-place/${caller.account}`;
  const encode = async (id: number) => Buffer.from(await sealer.seal(place, String(id).padStart(15, '0'))).toString('base64url');
  const seenLast = async (): Promise<number | undefined> => {
    const given = context.req.header('last-event-id');
    return given === undefined ? undefined : sealer.open(place, new Uint8Array(Buffer.from(given, 'base64url'))).then(Number, () => undefined);
  };
  return streamSSE(context, async (events) => {
    const waiting: KeptNotice[] = [];
    const wake = { up: () => {} };
    const stop = hub.listen(audiences, (notice) => {
      waiting.push(notice);
      wake.up();
    });
    /** True where the stream ends with it. */
    const say = async ({ event, ends }: Told, id: number): Promise<boolean> => {
      await events.writeSSE({ event: 'notice', id: await encode(id), data: JSON.stringify(event) });
      return ends;
    };
    try {
      const [last, newest] = [await seenLast(), await notices.last()];
      // By its own number, not by the highest: one of a lower number may come to light after one of a higher.
      const heard = await notices.known(last ?? newest);
      let lastId = last ?? newest;
      if (last !== undefined) {
        const missed: KeptNotice[] = [];
        for await (const notice of notices.after(audiences, last)) missed.push(notice);
        waiting.unshift(...missed);
      }
      await events.write(': \n\n'); // the line is open
      const goesOn = () => !events.aborted && stopping?.aborted !== true;
      for (let quiet = 0; goesOn();) {
        const current = await recheck(caller);
        if (!current || current.patient !== caller.patient || current.organisation !== caller.organisation) return; // what is for whom was found when it was opened
        for (let notice = waiting.shift(); notice; notice = waiting.shift()) {
          if (heard.has(notice.id)) continue;
          heard.add(notice.id);
          lastId = Math.max(lastId, notice.id);
          const told = await tell(exchange, current, notice, listening);
          if (told && (await say(told, lastId))) return;
        }
        if (listening.relationship !== undefined && (await isOver(exchange, current, listening.relationship))) {
          await say({ event: { kind: 'over', relationship: listening.relationship }, ends: true }, lastId);
          return;
        }
        if (quiet >= times.heartbeat) {
          await events.write(': \n\n');
          quiet = 0;
        }
        await Promise.race([events.sleep(times.check), new Promise<void>((resolve) => { wake.up = resolve; })]);
        quiet += times.check;
      }
    } catch (error) {
      onTrouble(`a stream of notices broke off (${nameOfError(error)})`); // the library would write the message into the stream
    } finally {
      stop();
      leave();
    }
  });
}
