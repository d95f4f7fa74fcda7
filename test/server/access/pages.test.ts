// The pages for staff in a real browser: a passkey made and used, under a policy that allows no script but ours and no text to become markup.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS_MIGRATIONS, type Database } from '#server';
import { CHROMIUM, openBrowser } from './browser.ts';
import { openClinic, type Clinic } from './clinic.ts';
import { openEmptyDatabase } from '../empty-database.ts';

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  let database: Database;
  let clinic: Clinic;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  const status = 'document.querySelector("[role=status]").textContent';
  const press = () => browser.evaluate('document.querySelector("button").click()');
  const signedIn = async () => browser.until(status, (text) => String(text).startsWith('Signed in'));
  beforeAll(async () => {
    database = await openEmptyDatabase(ACCESS_MIGRATIONS);
    clinic = await openClinic(database);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await clinic.stop();
    await database.close();
  });

  test('the first admin joins by the link, signs out, and signs in again', async () => {
    const { link } = (await clinic.access.inviteFirstAdmin())!;
    await browser.open(link);
    await press();
    expect(await signedIn()).toBe('Signed in as Administrator (admin).');
    expect(await browser.evaluate('location.href')).toBe(`${clinic.origin}/staff/sign-in`);
    expect(await browser.evaluate('document.cookie')).toBe('');
    expect(await browser.evaluate('fetch("/staff/sign-out", { method: "POST" }).then(({ status }) => status)')).toBe(403);
    expect(await browser.evaluate('fetch("/staff/sign-out", { method: "POST", headers: { "healthpass-csrf": "1" } }).then(({ status }) => status)')).toBe(204);
    await browser.open(`${clinic.origin}/staff/sign-in`);
    await press();
    expect(await signedIn()).toBe('Signed in as Administrator (admin).');
    expect(browser.complaints().filter((said) => !/403|favicon/.test(said))).toEqual([]);
  });

  test('who joins goes on to the pages of the service, with the roles that a first admin has there', async () => {
    const own = await openEmptyDatabase(ACCESS_MIGRATIONS);
    const served = await openClinic(own, { home: '/console/', firstRoles: ['admin', 'clinician', 'operator'] });
    await browser.open((await served.access.inviteFirstAdmin())!.link);
    await press();
    expect(await browser.until('location.pathname', (path) => path === '/console/')).toBe('/console/');
    expect(await browser.evaluate('history.length > 0 && location.hash')).toBe('');
    expect((await served.asOperator('GET', '/staff/members')).body).toMatchObject([{ status: 'active', roles: ['admin', 'clinician', 'operator'] }]);
    await served.stop();
    await own.close();
  });

  test('a name of markup is shown as text', async () => {
    const { body } = await clinic.asOperator('POST', '/staff/members', { displayName: '<img src=x onerror=alert(1)>', roles: ['clinician'] });
    await browser.open(String(body['link']));
    await press();
    expect(await signedIn()).toBe('Signed in as <img src=x onerror=alert(1)> (clinician).');
    expect(await browser.evaluate('document.images.length')).toBe(0);
  });

  test('an invitation that is used up says so', async () => {
    await browser.open(`${clinic.origin}/staff/join#${'a'.repeat(43)}`);
    await press();
    expect(await browser.until(status, (text) => String(text).includes('invitation'))).toBe('the invitation is unknown, used or over');
  });

  test('injected script, and markup from text are refused by the browser', async () => {
    await browser.open(`${clinic.origin}/staff/sign-in`);
    const refused = (code: string) => browser.evaluate(`(() => { try { ${code}; return 'done'; } catch (error) { return error.name; } })()`);
    expect(await refused('document.body.innerHTML = "<b>x</b>"')).toBe('TypeError');
    expect(await refused('const script = document.createElement("script"); script.text = "window.ran = 1"; document.body.append(script)')).toBe('TypeError');
    expect(await browser.evaluate('typeof window.ran')).toBe('undefined');
    expect(await browser.evaluate('fetch("https://example.org").then(() => "done", (error) => error.name)')).toBe('TypeError');
  });

  test('a page of another origin on this machine can neither read nor change anything with the cookie of who is signed in', async () => {
    const foreign = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><body>'));
    await new Promise<void>((resolve) => { foreign.listen(0, '127.0.0.1', resolve); });
    await browser.open(`http://localhost:${(foreign.address() as AddressInfo).port}/`);
    const attempt = (path: string, init: string) => browser.evaluate(`fetch("${clinic.origin}${path}", ${init}).then(({ status, type }) => [status, type], (error) => error.name)`);
    expect(await attempt('/staff/me', '{ credentials: "include" }')).toBe('TypeError');
    expect(await attempt('/may/credentials:issue', '{ method: "POST", credentials: "include", headers: { "healthpass-csrf": "1" } }')).toBe('TypeError');
    const before = await database.query('SELECT id FROM audit');
    await attempt('/may/credentials:issue', '{ method: "POST", credentials: "include", mode: "no-cors" }');
    expect(await database.query('SELECT id FROM audit')).toHaveLength(before.length);
    await browser.evaluate(`new Promise((resolve) => { const frame = document.createElement('iframe'); frame.onload = () => resolve(1); frame.src = '${clinic.origin}/staff/sign-in'; document.body.append(frame); })`);
    expect(browser.complaints().filter((said) => said.includes('frame-ancestors'))).not.toEqual([]);
    foreign.closeAllConnections();
    foreign.close();
  });
});
