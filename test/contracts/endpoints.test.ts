import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AbiCoder, id, toBeHex, zeroPadValue } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createChainIndex, suspendIssuer, REGISTRY_TREE_CONTRACT, STATUS_REGISTRY, ISSUER_REGISTRY } from '#contracts';
import { setKeyCall } from '#contracts/did/index.ts';
import { entryStatus, statusRoot } from '#passport';
import { account, claimsKey, failure, GOVERNANCE, startSystem, type System } from './system.ts';
import { Refuses, startProxy, type Lie, type Proxy, type Question } from './proxy.ts';

type Log = { address: string; topics: string[]; data: string; blockNumber: string; blockHash: string; logIndex: string; removed?: boolean };
type Block = { number: string; hash: string; parentHash: string; timestamp: string };

const issuer = account(1);
const DEAD = 'http://127.0.0.1:9';
let system: System;
let proxy: Proxy;
let second: Proxy;

beforeAll(async () => {
  system = await startSystem();
  await system.accredit(issuer, { key: claimsKey(7), lists: 2 });
  await system.change(issuer, 'suspend', 1, [5]);
  await system.mine(6);
  await system.change(issuer, 'revoke', 2, [9]);
  proxy = await startProxy(system.anvil.url);
  second = await startProxy(system.anvil.url);
});
afterEach(() => {
  proxy.lie = second.lie = (_question, truth) => truth;
});
afterAll(async () => {
  await proxy?.stop();
  await second?.stop();
  await system?.stop();
});

const indexOn = (endpoints: string[], options: { quorum?: number; timeout?: number } = {}) => createChainIndex({ endpoints, deployment: system.deployment, keys: false, ...options });
/** What syncing through a lying endpoint alone ends in. */
const lying = async (lie: Lie) => {
  proxy.lie = lie;
  const index = indexOn([proxy.url]);
  const outcome = await failure(index.sync());
  if (outcome !== 'no failure') expect(await failure(Promise.resolve().then(() => index.snapshot()))).toBe('no-trust-data');
  return outcome;
};
const aboutLogs = (change: (logs: Log[]) => unknown): Lie => ({ method, params }, truth) =>
  (method === 'eth_getLogs' && isOurs(params) ? change(structuredClone(truth) as Log[]) : truth);
const isOurs = (params: readonly unknown[]) => Array.isArray((params[0] as { address: unknown }).address);
const aboutBlocks = (change: (block: Block, tag: string) => unknown): Lie => ({ method, params }, truth) =>
  (method === 'eth_getBlockByNumber' ? change(structuredClone(truth) as Block, String(params[0])) : truth);
const topic = (name: string) => [STATUS_REGISTRY, REGISTRY_TREE_CONTRACT, ISSUER_REGISTRY].map((contract) => contract.getEvent(name)?.topicHash).find(Boolean)!;
const list = (number: number) => zeroPadValue(toBeHex(number), 32);

/** A log put after the last true one, in the same block. */
const invented = (logs: Log[], contract: 'StatusRegistry' | 'IssuerRegistry' | 'RegistryTree', topics: string[], types: string[], values: unknown[]): Log[] => {
  const last = logs.at(-1);
  if (!last) return logs;
  const forged = { ...last, address: system.deployment.contracts[contract], topics, data: AbiCoder.defaultAbiCoder().encode(types, values), logIndex: toBeHex(Number(last.logIndex) + 1) };
  return [...logs, forged];
};
const CHANGES = '(uint256 word, uint256 mask)[]';

describe('a lying endpoint', () => {
  test('tells the truth when it does not lie', async () => {
    expect(await lying((_question, truth) => truth)).toBe('no failure');
  });

  const omissions = ['Revoked', 'Suspended', 'LeafSet', 'RootSet', 'IssuerAdded', 'KeySet', 'StandingSet', 'ListAssigned'];
  test.each(omissions)('that leaves out %s events is found out', async (name) => {
    expect(await lying(aboutLogs((logs) => logs.filter((log) => log.topics[0] !== topic(name))))).toBe('chain-inconsistent');
  });

  test('that leaves out a whole transaction is found out, the newest and an older one', async () => {
    expect(await lying(aboutLogs((logs) => logs.filter((log) => log.blockNumber !== logs.at(-1)!.blockNumber)))).toBe('chain-inconsistent');
    expect(await lying(aboutLogs((logs) => logs.filter((log) => log.topics[0] !== topic('Suspended') && log.blockNumber !== '0x9')))).toBe('chain-inconsistent');
    expect(await lying(aboutLogs(() => []))).toBe('chain-inconsistent');
  });

  test('that invents a reinstatement, its root worked out well, is found out', async () => {
    const root = statusRoot(new Map());
    const forge = aboutLogs((logs) => invented(logs, 'StatusRegistry', [topic('Reinstated'), list(1)], ['uint256', CHANGES], [root, [[0, 1n << 5n]]]));
    expect(await lying(forge)).toBe('chain-inconsistent');
  });

  test('that invents a revocation, its root worked out well, is found out', async () => {
    const root = statusRoot(new Map([[0, (1n << 5n) | 1n]]));
    expect(await lying(aboutLogs((logs) => invented(logs, 'StatusRegistry', [topic('Revoked'), list(1)], ['uint256', CHANGES], [root, [[0, 1n]]])))).toBe('chain-inconsistent');
  });

  test('that invents an accreditation, a key, a suspension or a root is found out', async () => {
    const key = claimsKey(99);
    const forgeries: ((logs: Log[]) => Log[])[] = [
      (logs) => invented(logs, 'IssuerRegistry', [topic('KeySet'), list(1)], ['uint256', 'uint256'], [key.x, key.y]),
      (logs) => invented(logs, 'IssuerRegistry', [topic('StandingSet'), list(1)], ['uint8'], [2]),
      (logs) => invented(logs, 'IssuerRegistry', [topic('StandingSet'), list(1)], ['uint8'], [9]),
      (logs) => invented(logs, 'IssuerRegistry', [topic('ListAssigned'), list(1), list(3)], [], []),
      (logs) => invented(logs, 'RegistryTree', [topic('LeafSet'), list(0)], ['uint256'], [1]),
      (logs) => invented(logs, 'RegistryTree', [topic('RootSet'), list(1), list(4)], ['uint64'], [1]),
    ];
    for (const forge of forgeries) expect(await lying(aboutLogs(forge))).toBe('chain-inconsistent');
  });

  test('that gives logs no form that ours can have is found out', async () => {
    const edits: ((log: Log) => void)[] = [
      (log) => { log.address = DEAD; }, (log) => { log.address = system.deployment.contracts.PassVerifier; }, (log) => { log.topics = []; },
      (log) => { log.topics[0] = id('Other()'); }, (log) => { log.topics.push(log.topics[0]!, log.topics[0]!, log.topics[0]!); }, (log) => { log.data = '0x0'; },
      (log) => { log.data = `0x${'ff'.repeat(96)}`; }, (log) => { log.data = `0x${'00'.repeat(600_000)}`; }, (log) => { log.blockNumber = '0x0'; },
      (log) => { log.blockNumber = '0xffffff'; }, (log) => { log.blockNumber = 'latest'; }, (log) => { log.blockHash = `0x${'12'.repeat(32)}`; },
      (log) => { log.logIndex = '-1'; }, (log) => { log.removed = true; }, (log) => { log.topics = 'none' as unknown as string[]; },
    ];
    for (const edit of edits) {
      expect(await lying(aboutLogs((logs) => {
        if (logs[0]) edit(logs[0]);
        return logs;
      })), edit.toString()).toBe('chain-inconsistent');
    }
    for (const value of ['text', 7, { length: 3 }, [null], [[]], ['log']]) expect(await lying(aboutLogs(() => value))).toBe('chain-inconsistent');
    expect(await lying(aboutLogs((logs) => logs.toReversed()))).toBe('chain-inconsistent');
    expect(await lying(aboutLogs((logs) => logs.flatMap((log) => [log, log])))).toBe('chain-inconsistent');
  });

  test('that gives blocks no form, another number or another time is found out', async () => {
    const changes: ((block: Block, tag: string) => unknown)[] = [
      () => 'block', () => ({}), (block) => ({ ...block, hash: '0x12' }), (block) => ({ ...block, timestamp: '-1' }), (block) => ({ ...block, number: '0x7fffffffffffffff' }),
      (block, tag) => (tag.startsWith('0x') ? { ...block, number: '0x1' } : block),
      (block, tag) => (tag.startsWith('0x') ? { ...block, timestamp: toBeHex(Number(block.timestamp) + 1) } : block),
      (block, tag) => (tag.startsWith('0x') ? { ...block, hash: `0x${'12'.repeat(32)}` } : block),
    ];
    for (const change of changes) expect(await lying(aboutBlocks(change)), change.toString()).toMatch(/^chain-(inconsistent|unavailable)$/);
    expect(await lying(aboutBlocks((block, tag) => (tag.startsWith('0x') ? { ...block, parentHash: `0x${'12'.repeat(32)}` } : block)))).toBe('chain-unavailable');
  });

  test('of another chain is found out', async () => {
    expect(await lying(({ method }, truth) => (method === 'eth_chainId' ? '0x1' : truth))).toBe('chain-inconsistent');
  });

  test('that leaves out events of a DID costs that issuer its keys, and nobody else anything', async () => {
    const key = { type: 'secp256k1', publicKey: account(7).publicKey.slice(2) } as const;
    const registry = system.deployment.contracts.EthereumDIDRegistry;
    await system.send(issuer, setKeyCall(registry, issuer.address, key, 1_000_000));
    await system.accredit(account(2), { key: claimsKey(8) });
    await system.mine(2);
    const index = createChainIndex({ endpoints: [proxy.url], deployment: system.deployment });
    await index.sync();
    expect(index.snapshot().issuers.map(({ keys }) => keys?.length)).toEqual([1, 0]);
    proxy.lie = ({ method, params }, truth) => (method === 'eth_getLogs' && !isOurs(params) ? [] : truth);
    const deceived = createChainIndex({ endpoints: [proxy.url], deployment: system.deployment });
    await deceived.sync();
    expect(deceived.snapshot().issuers.map(({ keys }) => keys?.length)).toEqual([undefined, 0]);
  });

  test('that says that nothing is final yet makes nothing valid', async () => {
    proxy.lie = aboutBlocks((block, tag) => (tag === 'finalized' ? null : block));
    const index = indexOn([proxy.url]);
    await index.sync();
    expect(index.snapshot().roots.some(({ final }) => final)).toBe(false);
    expect(index.snapshot().lists).toEqual([]);
  });

  test('that is stuck in the past shows it by its time', async () => {
    const old = await system.provider.getBlock(9);
    proxy.lie = ({ method, params }, truth) => {
      const [tag] = params as [string];
      if (method !== 'eth_getBlockByNumber' || tag.startsWith('0x')) return truth;
      return { number: '0x9', hash: old!.hash, parentHash: old!.parentHash, timestamp: toBeHex(old!.timestamp) };
    };
    const index = indexOn([proxy.url]);
    await index.sync();
    expect(index.snapshot().latest).toMatchObject({ number: 9, time: old!.timestamp });
    expect(entryStatus(index.snapshot(), 1, 5)).toBe('suspended');
  });
});

describe('several endpoints', () => {
  test('that are a few blocks behind on the same chain change nothing', async () => {
    const index = indexOn([proxy.url]);
    await index.sync();
    const before = index.snapshot();
    const tag = toBeHex(before.latest.number - 1).replace(/^0x0+/, '0x');
    const block = await system.provider.send('eth_getBlockByNumber', [tag, false]) as Block;
    proxy.lie = aboutBlocks((truth, asked) => (asked === 'latest' ? block : truth));
    expect((await index.sync()).latest.number).toBe(before.latest.number);
    expect(index.snapshot()).toBe(before);
  });

  test('one dead of three does not matter, two do', async () => {
    await indexOn([DEAD, proxy.url, system.anvil.url]).sync();
    expect(await failure(indexOn([DEAD, 'http://127.0.0.1:10', system.anvil.url]).sync())).toBe('chain-unavailable');
  });

  test('one liar of three is outvoted', async () => {
    proxy.lie = aboutLogs((logs) => logs.filter((log) => log.topics[0] !== topic('Suspended')));
    const index = indexOn([proxy.url, second.url, system.anvil.url]);
    await index.sync();
    expect(entryStatus(index.snapshot(), 1, 5)).toBe('suspended');
  });

  test('one liar of two stops everything', async () => {
    proxy.lie = aboutBlocks((block, tag) => (tag.startsWith('0x') ? { ...block, hash: `0x${'12'.repeat(32)}` } : block));
    expect(await failure(indexOn([proxy.url, system.anvil.url]).sync())).toBe('chain-inconsistent');
  });

  test('one that never answers delays nothing for ever', async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => { silent.listen(0, '127.0.0.1', resolve); });
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await indexOn([url, proxy.url, system.anvil.url], { timeout: 60_000 }).sync();
    expect(await failure(indexOn([url], { timeout: 200 }).sync())).toBe('chain-unavailable');
    const abort = new AbortController();
    const pending = failure(indexOn([url], { timeout: 60_000 }).sync(abort.signal));
    abort.abort();
    expect(await pending).toBe('chain-unavailable');
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  test('a quorum that cannot be is a mistake in the configuration', async () => {
    for (const [endpoints, quorum] of [[[], 1], [[DEAD], 2], [[DEAD], 0], [[DEAD, DEAD], 2]] as const) {
      expect(await failure(Promise.resolve().then(() => indexOn([...endpoints], { quorum })))).toBe('configuration-invalid endpoints');
    }
  });
});

describe('an endpoint in trouble', () => {
  test('that refuses wide ranges is asked for narrower ones', async () => {
    await system.mine(400);
    proxy.asked.length = 0;
    proxy.lie = ({ method, params }: Question, truth) => {
      const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock: string; toBlock: string };
      if (method === 'eth_getLogs' && Number(toBlock) - Number(fromBlock) > 50) throw new Refuses();
      return truth;
    };
    const index = indexOn([proxy.url]);
    await index.sync();
    expect(entryStatus(index.snapshot(), 2, 9)).toBe('revoked');
    expect(proxy.asked.filter(({ method }) => method === 'eth_getLogs').length).toBeLessThan(40);
  });

  test.each([
    ['an error page', 500, '<html>'], ['a plea to slow down', 429, ''], ['no JSON', 200, '<html>'], ['an empty answer', 200, ''], ['an answer to something else', 200, '[{"id":99,"result":1}]'],
    ['one answer for many', 200, '{"result":"0x1"}'], ['JSON without end', 200, '['.repeat(100_000)], ['a redirect', 302, ''],
  ])('that gives %s is unavailable, and what was known stays', async (_name, code, body) => {
    const server = createServer((_request, response) => void response.writeHead(code, { location: system.anvil.url }).end(body));
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    expect(await failure(indexOn([`http://127.0.0.1:${(server.address() as AddressInfo).port}`]).sync())).toBe('chain-unavailable');
    await new Promise((resolve) => server.close(resolve));
  });

  test('that sends without end is cut off', async () => {
    const chunk = Buffer.alloc(1 << 20, 0x20);
    const server = createServer((_request, response) => {
      const more = () => { while (!response.destroyed && response.write(chunk)); };
      response.on('drain', more);
      more();
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    expect(await failure(indexOn([`http://127.0.0.1:${(server.address() as AddressInfo).port}`]).sync())).toBe('chain-unavailable');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('what was known stays through an outage and grows old, and following goes on afterwards', async () => {
    const index = indexOn([proxy.url]);
    await index.sync();
    const before = index.snapshot();
    const abort = new AbortController();
    const errors: unknown[] = [];
    proxy.lie = () => { throw new Refuses(); };
    const synced = new Promise<void>((resolve) => {
      void index.follow({
        interval: 10, signal: abort.signal, onSync: () => resolve(),
        onError: (error) => {
          errors.push(error);
          proxy.lie = (_question, truth) => truth;
        },
      });
    });
    await system.send(GOVERNANCE, suspendIssuer(system.deployment, 1));
    await synced;
    abort.abort();
    expect(errors.length).toBeGreaterThan(0);
    expect(before.issuers[0]!.latestStatus).toBe('active');
    await index.sync();
    expect(index.snapshot().issuers[0]!.latestStatus).toBe('suspended');
  });
});
