// The expectations of the W3C's test suites, and of the specifications beyond them, against the services over HTTP. One system for all.
import { afterAll, beforeAll, describe } from 'vitest';
import { describeHealthCredentials } from './health-credentials.ts';
import { describeNoFetching } from './no-fetching.ts';
import { startServices, type Services } from './services.ts';
import { describeDidResolution } from './did-resolution.ts';
import { describeTokenStatusList } from './token-status-list.ts';
import { describeBitstring } from './w3c-bitstring.ts';
import { describeDataModel } from './w3c-data-model.ts';
import { describeEddsa } from './w3c-eddsa.ts';
import { describeEnveloped } from './w3c-enveloped.ts';
import { describeIssuer } from './w3c-issuer.ts';
import { describePresentations } from './w3c-presentations.ts';
import { describeVerifier } from './w3c-verifier.ts';

describe('on one system', () => {
  let services: Services;
  beforeAll(async () => { services = await startServices(); }, 60_000);
  afterAll(() => services.stop());
  const of = () => services;

  describeDataModel(of);
  describeIssuer(of);
  describeVerifier(of);
  describeEddsa(of);
  describeEnveloped(of);
  describePresentations(of);
  describeNoFetching(of);
  describeBitstring(of);
  describeTokenStatusList(of);
  describeDidResolution(of);
  describeHealthCredentials(of);
});
