// Where the journeys of connected care happen: one system that keeps records and logs all that it can, one browser, a patient with a phone, and a
// desk for whoever of the members is needed; what each page is told by the gateway on its own is heard as it comes.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { createClosers, createLog, startTelemetry } from '#server';
import { openCinema, type Cinema } from '../browser/cinema.ts';
import { DESK, openPage, PHONE, type Watched } from '../browser/page.ts';
import { addPasskeys } from '../browser/passkeys.ts';
import { startFaces, type FacesSystem } from '../browser/system.ts';
import { openCareMembers, type CareMember, type CareMembers, type MemberName } from './care-members.ts';
import { memberAt, type MemberDesk } from './care-member.browser.ts';
import { personAt, type Person } from './care-person.browser.ts';

/** Words that stand nowhere else: one for the person, one in each record that is written. */
export const CARE_CANARIES = {
  person: 'Zqpersoncanary', allergy: 'Zqallergycanary', encounter: 'Zqencountercanary', referral: 'Zqreferralcanary', report: 'Zqreportcanary', secret: 'Zqsecretcanary', order: 'Zqordercanary',
  result: '13.9371', later: 'Zqlatercanary', medicine: 'Zqmedicinecanary', dosage: 'Zqdosagecanary', birth: '1961-07-19',
} as const;

export type CareStage = {
  readonly system: FacesSystem;
  readonly cinema: Cinema;
  readonly members: CareMembers;
  readonly phone: Watched;
  readonly person: Person;
  /** Every page that was opened here. */
  readonly seen: readonly Watched[];
  /** A member's console, opened with its key file where it was not yet. */
  readonly desk: (name: MemberName) => Promise<MemberDesk>;
  /** A member as a program. */
  readonly program: (name: MemberName) => Promise<CareMember>;
  readonly open: (url: string, options?: BrowserContextOptions) => Promise<Watched>;
  /** All that the services logged, up to now. */
  readonly logged: () => string;
  /** All that a page was notified of, up to now, without what only keeps the line open; every page, where none is named. */
  readonly notified: (watched?: Watched) => string;
  readonly close: () => Promise<void>;
};

export async function openCareStage(): Promise<CareStage> {
  const closers = createClosers();
  let logged = '';
  const log = createLog({ level: 'debug', part: 'network', write: (line) => (logged += line) });
  const telemetry = await startTelemetry('network', { HEALTHPASS_METRICS_PORT: 0 }, log, closers);
  // A dozen people at one address sign in more often than one address may.
  const starting = startFaces({ records: true, telemetry, environment: { HEALTHPASS_RATE_LIMITS: 'off' }, onTrouble: (says) => log.error(says) });
  const [system, cinema] = await Promise.all([starting, openCinema()]);
  const seen: Watched[] = [];
  const notified = new Map<Watched, string>();
  const open: CareStage['open'] = async (url, options = PHONE) => {
    const watched = await openPage(cinema.browser, 'about:blank', options);
    seen.push(watched);
    await hear(watched.page, (bytes) => notified.set(watched, (notified.get(watched) ?? '') + bytes));
    await addPasskeys(watched.page);
    await watched.page.goto(url);
    return watched;
  };
  const desks = new Map<MemberName, Promise<MemberDesk>>();
  const programs = new Map<MemberName, Promise<CareMember>>();
  const kept = <T>(map: Map<MemberName, Promise<T>>, name: MemberName, make: () => Promise<T>): Promise<T> => {
    if (!map.has(name)) map.set(name, make());
    return map.get(name)!;
  };
  const [members, phone] = await Promise.all([openCareMembers(system), open(system.urls.wallet)]);
  return {
    system, cinema, members, phone, seen, open, person: await personAt(phone.page),
    desk: (name) => kept(desks, name, async () => {
      const watched = await open(`${system.urls.records}#/restore`, DESK);
      return memberAt(watched, { file: members.fileOf(name), passphrase: members.passphrase });
    }),
    program: (name) => kept(programs, name, () => members.open(name)),
    logged: () => logged,
    notified: (watched) => (watched ? (notified.get(watched) ?? '') : [...notified.values()].join('')).replaceAll(/^:.*\n\n/gm, ''),
    async close() {
      await cinema.close();
      await system.stop();
      await closers.stop();
    },
  };
}

/** What a page is told by server-sent notifications, byte for byte. */
async function hear(page: Page, onBytes: (bytes: string) => unknown): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const streams = new Set<string>();
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    if (!response.mimeType.includes('event-stream')) return;
    streams.add(requestId);
    void devtools.send('Network.streamResourceContent', { requestId }).then(({ bufferedData }) => onBytes(Buffer.from(bufferedData, 'base64').toString()), () => {});
  });
  devtools.on('Network.dataReceived', ({ requestId, data }) => { if (streams.has(requestId) && data) onBytes(Buffer.from(data, 'base64').toString()); });
  await devtools.send('Network.enable');
}
