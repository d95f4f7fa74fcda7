// A page under watch: what it asked of other origins, what its policy refused, what it wrote to the console and what it threw.
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';

export type Watched = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the page, warnings and errors of its console, refusals of its Content-Security-Policy. */
  readonly complaints: string[];
  /** Origins that the page sent requests to, its own among them. */
  readonly origins: ReadonlySet<string>;
  /** Addresses it asked for, and every line it wrote to the console. */
  readonly told: string[];
};

export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } as const;
export const DESK = { viewport: { width: 1280, height: 800 } } as const;

/** Milliseconds for what a page is waited for: others use the machine too. */
const PATIENCE = 100_000;

export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE);
  const watched = await watch(context, await context.newPage());
  await watched.page.goto(url);
  return watched;
}

/** The browser notes each refusal; that nobody is signed in is what an app of staff asks first. */
const isAnswered = (message: ConsoleMessage): boolean => message.text().startsWith('Failed to load resource') && new URL(message.location().url).pathname === '/staff/me';

export async function watch(context: BrowserContext, page: Page): Promise<Watched> {
  const complaints: string[] = [];
  const origins = new Set<string>();
  const told: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    told.push(message.text());
    if (['error', 'warning'].includes(message.type()) && !isAnswered(message)) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    told.push(request.url());
    if (protocol.startsWith('http')) origins.add(origin);
  });
  return { context, page, complaints, origins, told };
}
