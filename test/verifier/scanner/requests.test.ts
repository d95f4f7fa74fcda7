import { describe, expect, test } from 'vitest';
import { decodeRequestText } from '#formats/rule/index.ts';
import { parsePresentationRequest } from '#wallet';
import { openRequest, type RequestDeps, type Wanted } from '#verifier/scanner/state/requests.ts';

const NOW = 1_800_000_000;
const WANTED: Wanted = { policy: 'eu-travel-2022@1', audience: 'City Hall', event: undefined, match: false };
const CHALLENGE = '07'.repeat(16);
const deps = (post: RequestDeps['post'], posted: unknown[] = []): RequestDeps => ({ post: (path, body) => (posted.push([path, body]), post(path, body)), random: (bytes) => new Uint8Array(bytes).fill(7), now: () => NOW });
const service = async () => ({ request: 'r1', challenge: 'ab'.repeat(16), expiresAt: NOW + 60 });
const gone = () => Promise.reject(new Error('gone'));

describe('openRequest', () => {
  test('asks with a challenge of the service, which wallets read as it is', async () => {
    const { text, asked, source } = await openRequest(WANTED, deps(service));
    expect(parsePresentationRequest(JSON.parse(text), NOW)).toMatchObject({ policy: 'eu-travel-2022@1', audience: 'City Hall', request: 'r1' });
    expect([asked, source]).toEqual([{ audience: 'City Hall', challenge: 'ab'.repeat(16), request: 'r1', event: undefined }, 'service']);
  });

  test('without the service, or with an answer that is none, the challenge is this device’s own', async () => {
    for (const post of [gone, async () => ({ challenge: 'short' }), async () => null]) {
      const { text, asked, expiresAt, source } = await openRequest(WANTED, deps(post));
      expect([asked.challenge, asked.request, expiresAt, source]).toEqual([CHALLENGE, undefined, NOW + 300, 'device']);
      expect(parsePresentationRequest(JSON.parse(text), NOW)).toMatchObject({ policy: 'eu-travel-2022@1' });
    }
  });

  test('where a document or an entry is to be noted here, the service is not asked: it would know neither', async () => {
    const posted: unknown[] = [];
    const event = `Concert ${new Date(NOW * 1000).toISOString().slice(0, 10)}`;
    const withMatch = await openRequest({ ...WANTED, match: true }, deps(service, posted));
    const withEvent = await openRequest({ ...WANTED, event }, deps(service, posted));
    expect([posted, withMatch.source, withEvent.source]).toEqual([[], 'device', 'device']);
    expect(parsePresentationRequest(JSON.parse(withMatch.text), NOW)).toMatchObject({ match: true });
    expect(parsePresentationRequest(JSON.parse(withEvent.text), NOW)).toMatchObject({ scope: { event } });
  });

  test('a rule that wallets do not know goes along, signed, in the densest form', async () => {
    const { text } = await openRequest({ ...WANTED, rule: 'e30.e30.AA' }, deps(gone));
    expect(await decodeRequestText(text)).toMatchObject({ policy: 'eu-travel-2022@1', rule: 'e30.e30.AA' });
  });
});
