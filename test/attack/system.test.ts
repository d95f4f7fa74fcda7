// Attacks on a running system.
import { afterAll, beforeAll, describe } from 'vitest';
import { startNetwork, type Network } from '../journeys/network.ts';
import { describeForgers } from './forgers.ts';
import { describeHttp } from './http.ts';
import { describeRoutes } from './routes.ts';

describe('on one system', () => {
  let network: Network;
  beforeAll(async () => { network = await startNetwork(); });
  afterAll(() => network.stop());
  const of = () => network;

  describeForgers(of);
  describeHttp(of);
  describeRoutes(of);
});
