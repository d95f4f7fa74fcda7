// Whole stories on one system: a real chain with the real contracts, real proofs, the services over HTTP.
import { afterAll, beforeAll, describe } from 'vitest';
import { startNetwork, type Network } from './network.ts';
import { describeErasure } from './erasure.ts';
import { describeOffers } from './offers.ts';
import { describeOffline } from './offline.ts';
import { describeOpenForms } from './open-forms.ts';
import { describeOpenId4vp } from './openid4vp.ts';
import { describePasses } from './passes.ts';
import { describePatients, describePolicies } from './policies.ts';
import { describeRevocation } from './revocation.ts';
import { describeRotation } from './rotation.ts';
import { describeStandAlone } from './stand-alone.ts';
import { describeStanding } from './standing.ts';

describe('on one system', () => {
  let network: Network;
  beforeAll(async () => { network = await startNetwork(); });
  afterAll(() => network.stop());
  const of = () => network;

  describePasses(of);
  describePolicies(of);
  describePatients(of);
  describeOpenForms(of);
  describeOpenId4vp(of);
  describeOffers(of);
  describeRevocation(of);
  describeErasure(of);
  describeOffline(of);
  describeRotation(of);
  describeStandAlone(of);
  describeStanding(of); // the last: it ends with the issuer removed
});
