// What the issuer says of itself in its description. Each tag that a route has is explained here.
import { ACCESS_TAGS, type ApiInfo } from '#server';

export const ISSUER_INFO: ApiInfo = {
  title: 'healthpass issuer',
  description: 'Issues health credentials, publishes their status, and keeps whose they are sealed, until the person is erased.',
  version: '0.1.0',
  tags: {
    issuing: 'A record becomes credentials.',
    offers: 'Credentials offered to wallets: made, shown, watched, cancelled.',
    openid4vci: 'How wallets get what was offered (OpenID4VCI 1.0).',
    'vc-api': 'Credentials of others’ making, secured in the issuer’s name (W3C VC-API).',
    trust: 'On whose word.',
    status: 'What is revoked, and what anybody may read of it.',
    patients: 'Who was issued what, as long as the person is not erased.',
    campaigns: 'A file of many rows, and what becomes of each.',
    keys: 'Keys that are rotated, and what proves that an older one signed in its time.',
    network: 'Who may issue at all: for the operator of the network, where this machine holds the key of governance.',
    ...ACCESS_TAGS,
    operations: 'How the service is, and what it can do.',
  },
};
