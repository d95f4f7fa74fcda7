// What `npm start` reads from its environment.
import { z } from 'zod';
import { ISSUER_VARIABLES } from '#issuer/config.ts';
import { RECORDS_VARIABLES } from '#records/gateway/config.ts';
import { STORE_VARIABLES } from '#records/store/config.ts';
import type { Variables } from '#server';
import { COMMON, SECRETS, STAND_ALONE, httpUrl, httpUrls, meaning, oneOf, portNumber } from '#server/variables.ts';
import { VERIFIER_VARIABLES } from '#verifier/config.ts';

const CARE_DEPLOYMENT = meaning(z.string().optional(), 'file that says where the contracts of care are, as `care-deployment.json` in the data folder; governance writes it', 'the gateway needs it; the others do without records');
const WALLET_PORT = meaning(portNumber().default(4300), 'port of the wallet’s pages; 0 takes any', '4300');

export const NETWORK_VARIABLES = {
  config: z.object({
    ...COMMON,
    HEALTHPASS_DATA: meaning(z.string().optional(), 'data folder of the network (`--data` goes before it)', '`.data` in the project'),
    HEALTHPASS_RPC_PORT: meaning(portNumber().default(8545), 'port of the chain; 0 takes any', '8545'),
    HEALTHPASS_ISSUER_PORT: ISSUER_VARIABLES.config.shape.HEALTHPASS_ISSUER_PORT,
    HEALTHPASS_WALLET_PORT: WALLET_PORT,
    HEALTHPASS_VERIFIER_PORT: VERIFIER_VARIABLES.config.shape.HEALTHPASS_VERIFIER_PORT,
    HEALTHPASS_STORAGE_PORT: STORE_VARIABLES.config.shape.HEALTHPASS_STORAGE_PORT,
    HEALTHPASS_RECORDS_PORT: RECORDS_VARIABLES.config.shape.HEALTHPASS_RECORDS_PORT,
    HEALTHPASS_RECORDS: meaning(oneOf('on', 'off').default('on'), '`off` leaves out the storage and the gateway of records: the passport alone', '`on`'),
    HEALTHPASS_SAMPLES: meaning(oneOf('on', 'off').default('on'), 'in development, whether the sample provider has a past on its first start, and an offer that waits on each, and whether there are sample members of the records', '`on`'),
  }),
  secrets: z.object(SECRETS),
};

/** What `network/wallet.ts` reads. */
export const WALLET_VARIABLES = {
  config: z.object({
    ...COMMON,
    HEALTHPASS_LISTEN: STAND_ALONE.HEALTHPASS_LISTEN,
    HEALTHPASS_HOSTS: STAND_ALONE.HEALTHPASS_HOSTS,
    HEALTHPASS_TRUSTED_PROXIES: STAND_ALONE.HEALTHPASS_TRUSTED_PROXIES,
    HEALTHPASS_DRAIN: STAND_ALONE.HEALTHPASS_DRAIN,
    HEALTHPASS_WALLET_PORT: WALLET_PORT,
    HEALTHPASS_WALLET_URL: meaning(httpUrl().optional(), 'URL under which people open the wallet', 'production needs an https URL'),
    HEALTHPASS_WALLET_MIRRORS: meaning(httpUrls().refine((urls) => urls.length > 0, 'names no service'), 'URLs, separated by commas, of services that give wallets the trust bundle and the rules; wallets check what they get', 'needed'),
    HEALTHPASS_WALLET_AUTHORITIES: meaning(z.string().optional(), 'file of certificates, PEM, that those of verifiers have to lead to before the wallet shows their names', 'no verifier can ask by OpenID4VP'),
    HEALTHPASS_WALLET_RECORDS: meaning(httpUrl().optional(), 'URL of the gateway at which people keep and share records', 'the wallet has no records'),
    HEALTHPASS_WALLET_NODE: meaning(httpUrl().optional(), 'JSON-RPC URL of a node that only services reach: the site lets pages read the chain there, at `/rpc`', 'wallets read the chain at `HEALTHPASS_WALLET_RPC`'),
    HEALTHPASS_WALLET_RPC: meaning(httpUrls().default([]), 'JSON-RPC URLs, separated by commas, at which wallets read the chain to check the gateway of records', '`/rpc` of the site where there is `HEALTHPASS_WALLET_NODE`'),
    HEALTHPASS_CARE_DEPLOYMENT: CARE_DEPLOYMENT,
    HEALTHPASS_WALLET_APP: meaning(z.string().default('.build/faces/wallet'), 'folder of the built wallet (`npm run build`)', '`.build/faces/wallet`'),
  }),
  secrets: z.object({}),
};

/** What `network/govern.ts` reads. */
export const GOVERNANCE_VARIABLES = {
  config: z.object({
    ...COMMON,
    HEALTHPASS_RPC: STAND_ALONE.HEALTHPASS_RPC,
    HEALTHPASS_DEPLOYMENT: STAND_ALONE.HEALTHPASS_DEPLOYMENT,
    HEALTHPASS_CARE_DEPLOYMENT: CARE_DEPLOYMENT,
    HEALTHPASS_GOVERNANCE_DATA: meaning(z.string().default('.data/governance'), 'folder of governance’s key and journal', '`.data/governance`'),
  }),
  secrets: z.object({}),
};

/** Programs by the name that the documentation gives them. */
export const PROGRAMS: Readonly<Record<string, Variables>> = {
  'npm start': NETWORK_VARIABLES, 'issuer/main.ts': ISSUER_VARIABLES, 'verifier/main.ts': VERIFIER_VARIABLES, 'network/wallet.ts': WALLET_VARIABLES, 'records/store/main.ts': STORE_VARIABLES, 'records/gateway/main.ts': RECORDS_VARIABLES, 'network/govern.ts': GOVERNANCE_VARIABLES,
};

/** Variables that no service reads, with who does. */
export const OTHER_VARIABLES: Readonly<Record<string, { readonly by: string; readonly description: string; readonly otherwise: string }>> = {
  CHROMIUM_PATH: { by: 'tests', description: 'Chromium or Chrome for the browser tests', otherwise: 'the system’s, else the one of the npm package; where neither starts, those tests skip' },
  HEALTHPASS_DATA: { by: '`healthpass`', description: 'data folder of the network (`--data` goes before it)', otherwise: '`.data` in the project' },
  HEALTHPASS_PASSPHRASE: { by: '`healthpass`', description: 'passphrase of the wallet, 8 to 1,024 characters', otherwise: 'key file in the wallet’s folder' },
  HEALTHPASS_VECTORS: { by: 'tests', description: 'folder of the public test vectors; tests that need them skip without', otherwise: '`../shared/vectors`' },
  TEST_DATABASE_URL: { by: 'tests', description: 'PostgreSQL on which the database tests run besides; each test file makes a schema and drops it', otherwise: 'those tests skip' },
};
