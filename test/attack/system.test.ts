// Attacks on a running system.
import { afterAll, beforeAll, describe } from 'vitest';
import { startNetwork, type Network } from '../journeys/network.ts';
import { describeForgers } from './forgers.ts';
import { describeHttp } from './http.ts';
import { describeRoutes } from './routes.ts';

describe('on one system', () => {
  let network: Network;
  // Trying every door of a service takes more refusals than one address has in a minute.
  beforeAll(async () => { network = await startNetwork({ environment: { HEALTHPASS_RATE_LIMITS: 'off' } }); });
  afterAll(() => network.stop());
  const of = () => network;

  describeForgers(of);
  describeHttp(of);
  describeRoutes(of);
});
