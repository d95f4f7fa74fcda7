import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCareReader, grant, revoke } from '#contracts/care/index.ts';
import { createConsentChain } from '#records/gateway/relationships/consent-chain.ts';
import { CLEARED_WORD } from '#records/model/consent/index.ts';
import { addressOf, bytes32, startCare, word, type CareSystem } from '../../../contracts/care/system.ts';
import { startProxy, type Proxy } from '../../../contracts/proxy.ts';
import { account, failure } from '../../../contracts/system.ts';

const [owner, other] = [account(1), account(2)];
const ID = bytes32('grant') as never;
let care: CareSystem;
let liar: Proxy;
beforeAll(async () => {
  care = await startCare({ quorum: 1 });
  liar = await startProxy(care.anvil.url);
});
afterAll(async () => {
  await liar?.stop();
  await care?.stop();
});

describe('createConsentChain', () => {
  test('says what counts, and whose grants changed since it was last asked', async () => {
    const chain = createConsentChain(createCareReader({ endpoints: [care.anvil.url], deployment: care.deployment }));
    const now = await care.time();
    expect(await chain.wordOf(addressOf(other), ID)).toBe(CLEARED_WORD);
    await care.send(other, grant(care.deployment, ID, word(now, now + 86_400)));
    expect(await chain.changes()).toEqual([addressOf(other)]);
    expect(await chain.changes()).toEqual([]);
    chain.again(addressOf(other));
    expect(await chain.changes()).toEqual([addressOf(other)]);
    expect([await chain.wordOf(addressOf(other), ID), await chain.nonceOf(addressOf(other)), await chain.delegateOf(addressOf(other), addressOf(owner))]).toEqual([word(now, now + 86_400), 0, { scope: 0, until: 0 }]);
  });

  test('an endpoint that leaves a revocation out is not believed, nor is anything else that the endpoints do not agree on', async () => {
    const chain = createConsentChain(createCareReader({ endpoints: [care.anvil.url, liar.url], deployment: care.deployment }));
    const now = await care.time();
    await care.send(owner, grant(care.deployment, ID, word(now, now + 86_400)));
    expect(await chain.wordOf(addressOf(owner), ID)).toBe(word(now, now + 86_400));
    await chain.changes();
    await care.send(owner, revoke(care.deployment, ID));
    liar.lie = ({ method }, truth) => (method === 'eth_getLogs' ? [] : truth);
    expect(await failure(chain.wordOf(addressOf(owner), ID))).toBe('chain-inconsistent');
    expect(await failure(chain.changes())).toBe('chain-inconsistent');
    liar.lie = (_question, truth) => truth;
    expect(await chain.changes()).toEqual([addressOf(owner)]); // nothing was lost meanwhile
    expect(await chain.wordOf(addressOf(owner), ID)).toBe(CLEARED_WORD);
  });
});
