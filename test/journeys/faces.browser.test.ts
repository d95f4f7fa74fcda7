// The three apps together, in one browser and on one system: the story, what goes wrong on the way, everybody's ways to use it; and that nothing
// of a patient stands anywhere in clear afterwards.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { hasChromium } from '../browser/faces.ts';
import { shot } from '../browser/screenshot.ts';
import { keptBy } from '../browser/traces.ts';
import { describeEverybody } from './faces-everybody.browser.ts';
import { CANARIES, openStage, type Stage } from './faces-stage.browser.ts';
import { describeRevocation, describeStory } from './faces-story.browser.ts';
import { describeTrouble } from './faces-trouble.browser.ts';

vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(!hasChromium)('the three apps', () => {
  let stage: Stage;
  beforeAll(async () => { stage = await openStage(); });
  afterAll(() => stage?.close());
  beforeEach(({ onTestFailed }) => onTestFailed(async () => {
    for (const [i, { page }] of stage.seen.entries()) if (!page.isClosed()) await shot(page, `failed/${i}`);
  }));
  const of = () => stage;

  describeStory(of);
  describeTrouble(of);
  describeEverybody(of);
  describeRevocation(of);

  test('nothing of the patient went into an address, a console, or what browsers keep in clear', async () => {
    const open = stage.seen.filter(({ page }) => !page.isClosed());
    expect(open.length).toBeGreaterThan(1);
    for (const { told } of stage.seen) expect(CANARIES.filter((canary) => told.join('\n').toLowerCase().includes(canary))).toEqual([]);
    for (const { page, context } of open) {
      const traces = `${await keptBy(page)} ${JSON.stringify(await context.cookies())}`.toLowerCase();
      expect(CANARIES.filter((canary) => traces.includes(canary))).toEqual([]);
    }
  });

  test('no page asked anybody but the services, or complained', () => {
    const { endpoints, urls } = stage.system;
    const own = new Set([...Object.values(endpoints), ...Object.values(urls)].flatMap((url) => [new URL(url).origin, new URL(url).origin.replace('127.0.0.1', 'localhost')]));
    for (const { origins, complaints } of stage.seen) {
      expect([...origins].filter((origin) => !own.has(origin))).toEqual([]);
      // What a browser writes about requests that are answered with an error, or find no network, is no complaint of a page.
      expect(complaints.filter((complaint) => !/Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(complaint))).toEqual([]);
    }
  });
});
