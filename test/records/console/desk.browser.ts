// A records console for browser tests: a gateway on a real chain that serves it, and people who come to it with keys of their own.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { appointBody } from '#contracts/care/roles.ts';
import { buildFaces, buildFolder } from '#faces/build/index.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { createGatewayClient } from '#records/client/http.ts';
import type { PublicConfig } from '#records/client/config.ts';
import type { PatientEmergencyDeps } from '#records/client/emergency/patient.ts';
import { createPatient, type PatientClient } from '#records/client/patient.ts';
import { accountKey } from '#records/model/keys/derive.ts';
import { createRoot } from '#records/model/keys/root.ts';
import { ROLES_OF_BODIES, type Address } from '#records/model/members.ts';
import { createSigner } from '#records/model/signing.ts';
import { chainDoor } from '#network/chain-door.ts';
import { builtSites, createRouter, freePort, listen, NO_ACCESS, openLimiter } from '#server';
import { launchChromium } from '../../browser/chromium.ts';
import { DESK, openPage, type Watched } from '../../browser/page.ts';
import { addPasskeys } from '../../browser/passkeys.ts';
import { wordsOf } from '../../browser/words.ts';
import { createExchangeScene, type ExchangeScene } from '../exchange/scene.ts';
import { openEmptyDatabase } from '../../server/empty-database.ts';

export const words = await wordsOf('records');
const PASSPHRASE = 'correct horse battery';
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

export async function apply(page: Page, role: keyof typeof words.roles, name: string, organisation?: string): Promise<void> {
  await page.getByRole('radio', { name: words.roles[role] }).check();
  await page.locator('#name').fill(name);
  if (organisation !== undefined) {
    await page.locator('#organisation').fill(organisation);
    await page.getByRole('option', { name: organisation }).click();
  }
  await page.locator('#country').selectOption('DE');
  await page.locator('#licence').fill('123-456');
  await button(page, words.apply.send).click();
}

export const go = (page: Page, place: keyof typeof words.places) => page.getByRole('navigation', { name: words.menu }).getByRole('link', { name: words.places[place], exact: true }).click();

type Joining = 'doctor' | 'laboratory' | 'hospital' | 'pharmacy';
export type RecordsDesk = {
  readonly scene: ExchangeScene;
  readonly browser: Browser;
  readonly url: string;
  /** Somebody with new keys, who comes to the page of roles. */
  readonly person: (way: 'passkey' | 'passphrase', options?: BrowserContextOptions) => Promise<Watched>;
  /** The same, who has applied for a role in the page and was accepted by a body elsewhere. */
  readonly member: (role: Joining, name: string, options?: BrowserContextOptions) => Promise<Watched & { readonly account: Address }>;
  /** A patient with a wallet, at this gateway. */
  readonly patient: () => Promise<PatientClient>;
  /** What a wallet's clients are made of, for a new patient at this gateway. */
  readonly wallet: () => Promise<PatientEmergencyDeps & { readonly config: Omit<PublicConfig, 'bodies'> }>;
  /** Governance appoints whoever stands at this page for every role. */
  readonly appoint: (page: Page) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function openRecordsDesk(): Promise<RecordsDesk> {
  await buildFaces(['records']);
  const database = await openEmptyDatabase(RECORDS_MIGRATIONS);
  const doors: (() => Promise<void>)[] = [];
  const pagesRpc = async (node: string) => {
    const door = await listen(createRouter([chainDoor(node)], { info: { title: 'chain', version: '1', description: 'A door to the chain', tags: { wallet: 'Reading' } }, access: NO_ACCESS, limiter: openLimiter('off', database) }), await freePort(0));
    doors.push(() => door.stop(0));
    return `${door.url}/rpc`;
  };
  const scene = await createExchangeScene(database, { pagesRpc, sites: builtSites({ base: '/console', folder: buildFolder('records'), surface: 'holder-app' }) });
  const [{ stop, url: address }, browser] = await Promise.all([listen(scene.records.app, await freePort(0)), launchChromium()]);
  const url = `${address.replace('127.0.0.1', 'localhost')}/console/`; // passkeys belong to a name
  const accountOn = async (page: Page): Promise<Address> => (await page.locator('.mono', { hasText: '0x' }).textContent()) as Address;
  const gateway = createGatewayClient({ url: new URL('..', url).href, fetch: (to, init) => fetch(to, init as RequestInit) }); // its bodies are texts

  async function person(way: 'passkey' | 'passphrase', options: BrowserContextOptions = DESK): Promise<Watched> {
    const watched = await openPage(browser, 'about:blank', options);
    const { page } = watched;
    if (way === 'passkey') await addPasskeys(page);
    await page.goto(url);
    await page.getByRole('link', { name: words.welcome.start }).click();
    if (way === 'passphrase') {
      await page.locator('#passphrase').or(button(page, words.welcome.passphraseInstead)).first().waitFor();
      if (await button(page, words.welcome.passphraseInstead).isVisible()) await button(page, words.welcome.passphraseInstead).click();
      await page.locator('#passphrase').fill(PASSPHRASE);
    }
    await button(page, way === 'passkey' ? words.welcome.passkey : words.welcome.create).click();
    await heading(page, words.places.membership).waitFor();
    return watched;
  }

  async function accept(member: Address, role: Joining): Promise<void> {
    const token = await scene.bodyToken();
    const waiting = (await scene.call('GET', '/applications', undefined, token)).body as unknown as { readonly id: string; readonly account: Address }[];
    const { status } = await scene.call('POST', `/applications/${waiting.find(({ account }) => account === member)!.id}/decision`, await scene.acceptance({ member, role, nonce: await scene.nonceOf(token) }), token);
    if (status !== 200) throw new Error(`the decision was answered ${status}`);
  }

  async function wallet() {
    const root = createRoot();
    const token = await scene.tokenOf(createSigner(Buffer.from(accountKey(root).secretKey.slice(2), 'hex')));
    await scene.call('POST', '/patients', {}, token);
    return { ...scene.surroundings(token), gateway: gateway.as(token), root };
  }

  return {
    scene, browser, url, person,
    async member(role, name, options) {
      const watched = await person('passkey', options);
      await apply(watched.page, role, name);
      await watched.page.getByText(words.standing.waiting).waitFor();
      const account = await accountOn(watched.page);
      await accept(account, role);
      await watched.page.getByRole('link', { name: words.places.patients }).waitFor();
      return { ...watched, account };
    },
    wallet,
    patient: async () => createPatient(await wallet()),
    async appoint(page) {
      const account = await accountOn(page);
      await scene.governance.send(appointBody(scene.care, account, ROLES_OF_BODIES), { id: account });
      await scene.watch.sync();
    },
    async stop() {
      await browser.close();
      await stop(0);
      for (const close of doors) await close();
      await scene.stop();
      await database.close();
    },
  };
}
