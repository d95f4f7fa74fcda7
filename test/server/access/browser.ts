// A real Chromium with an authenticator in software, spoken to by its own protocol (CDP).
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const CHROMIUM = '/usr/bin/chromium';
type Message = { readonly id?: number; readonly method?: string; readonly params?: Record<string, unknown>; readonly result?: Record<string, unknown>; readonly error?: { readonly message: string } };

/** The browser listens before it has its page. */
async function firstPage(host: string): Promise<string> {
  for (;;) {
    const targets = (await (await fetch(`http://${host}/json/list`)).json()) as { type: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ type }) => type === 'page');
    if (page) return page.webSocketDebuggerUrl;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function openBrowser() {
  const profile = await mkdtemp(join(tmpdir(), 'healthpass-chromium-'));
  const child = spawn(CHROMIUM, [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank',
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error('chromium ended')));
  });
  const socket = new WebSocket(await firstPage(new URL(address).host));
  await new Promise((resolve) => { socket.addEventListener('open', resolve); });
  const waiting = new Map<number, (message: Message) => void>();
  const events: Message[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id === undefined) events.push(message);
    else waiting.get(message.id)?.(message);
  });
  let last = 0;
  const send = (method: string, params: object = {}) => new Promise<Record<string, unknown>>((resolve, reject) => {
    const id = ++last;
    waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result!)));
    socket.send(JSON.stringify({ id, method, params }));
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network', 'WebAuthn']) await send(`${domain}.enable`);
  await send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });

  /** The value of an expression in the page. */
  const evaluate = async (expression: string): Promise<unknown> =>
    ((await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as { result: { value?: unknown } }).result.value;
  return {
    send,
    evaluate,
    /** What the page complained about: blocked by its policy, thrown. */
    complaints: () => events.filter(({ method }) => method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown').map(({ params }) => JSON.stringify(params)),
    async open(url: string): Promise<void> {
      await send('Page.navigate', { url: 'about:blank' });
      await send('Page.navigate', { url });
      for (let tries = 0; tries < 1200 && (await evaluate('document.readyState')) !== 'complete'; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    /** Waits until an expression is what it should be, or for a minute. */
    async until(expression: string, wanted: (value: unknown) => boolean): Promise<unknown> {
      for (let tries = 0; tries < 1200; tries++) {
        const value = await evaluate(expression);
        if (wanted(value)) return value;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return evaluate(expression);
    },
    async close(): Promise<void> {
      socket.close();
      child.kill('SIGKILL');
      await new Promise((resolve) => { child.once('exit', resolve); });
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
