// What the verifier says of itself in its description. Each tag that a route has is explained here.
import { ACCESS_TAGS, type ApiInfo } from '#server';

export const VERIFIER_INFO: ApiInfo = {
  title: 'healthpass verifier',
  description: 'Says of what a person presents whether it is accepted, and what it shows.',
  version: '0.1.0',
  tags: {
    verifying: 'One verdict on whatever is presented.',
    presentations: 'Sessions of a counter: it asks for a presentation and hears how it came out.',
    openid4vp: 'What wallets call, as OpenID for Verifiable Presentations 1.0 writes it.',
    'vc-api': 'Credentials and presentations of anybody, by the rules of the W3C alone (VC-API).',
    rules: 'Rules that are made here, signed, and passed on.',
    events: 'Events with one entry a person, and the lanes that share who entered.',
    trust: 'By which rules and on whose word.',
    ...ACCESS_TAGS,
    operations: 'How the service is, and what it can do.',
  },
};
