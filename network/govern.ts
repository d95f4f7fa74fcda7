// What governance does for services that run by themselves, from a terminal or a container:
//   node network/govern.ts deploy                            the contracts, unless HEALTHPASS_DEPLOYMENT says where they are; those of care as well, where HEALTHPASS_CARE_DEPLOYMENT names a file
//   node network/govern.ts accredit FILE --name N --by B     an issuer, from its accreditation-request.json; waits until there is one
//   node network/govern.ts list                              the issuers that the registry has, and how they stand
//   node network/govern.ts suspend|reinstate|remove ISSUER   one of them, by its number; removing is for good
//   node network/govern.ts appoint BODY ROLE,ROLE            a body, by its address, for the roles that it decides about; `none` dismisses it
//   node network/govern.ts gateway FILE                      gives a gateway of records its role, from its role-request.json; waits until there is one
// On a development chain, accounts get money from nowhere.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { JsonRpcProvider, Wallet } from 'ethers';
import { z } from 'zod';
import { HealthpassError, parseFieldElement, standingOf } from '#passport';
import { addIssuer, connect, createChainIndex, createFileJournal, createSender, deploySystem, reinstateIssuer, removeIssuer, suspendIssuer, type Deployment } from '#contracts';
import { readDeployment, readFileIfThere, readJsonFile, runProgram, secretFile, writeFileAtomic } from '#server';
import { GOVERNANCE_VARIABLES } from './config.ts';
import { careRequestSchema, createCareGovernance } from './govern-care.ts';
import { fund } from './governance.ts';

const LOOK_EVERY = 1000;
const requestSchema = z.object({ did: z.string(), identity: z.string().regex(/^0x[0-9a-fA-F]{40}$/), claimsKey: z.object({ x: z.string(), y: z.string() }) });

const CHANGES = { suspend: suspendIssuer, reinstate: reinstateIssuer, remove: removeIssuer };
const isChange = (command: string | undefined): command is keyof typeof CHANGES => command !== undefined && command in CHANGES;

/** Which chain an endpoint serves; asked once. */
async function chainOf(url: string): Promise<JsonRpcProvider> {
  const asking = new JsonRpcProvider(url);
  try {
    return connect(url, Number(await asking.send('eth_chainId', [])));
  } finally {
    asking.destroy();
  }
}

await runProgram(process, { name: 'governance', variables: GOVERNANCE_VARIABLES, level: 'info' }, async ({ config, log, closers, stopping }) => {
  const { positionals: [command, file, roles], values } = parseArgs({
    args: process.argv.slice(2), allowPositionals: true, options: { name: { type: 'string' }, by: { type: 'string' }, lists: { type: 'string', default: '1' } },
  });
  const { HEALTHPASS_GOVERNANCE_DATA: data, HEALTHPASS_DEPLOYMENT: deploymentFile } = config;
  const provider = await chainOf(config.HEALTHPASS_RPC[0]!); // the schema demands one
  closers.add(() => provider.destroy());
  const wallet = new Wallet(`0x${Buffer.from(await secretFile(join(data, 'key.hex'))).toString('hex')}`, provider);
  const pay = async (address: string) => { if (config.HEALTHPASS_MODE === 'development') await fund(provider, address); };
  await pay(wallet.address);

  async function deploy(): Promise<void> {
    if (await readFileIfThere(deploymentFile)) return log.info('the contracts are deployed already');
    const deployment = await deploySystem(wallet, { governance: wallet.address });
    await writeFileAtomic(deploymentFile, `${JSON.stringify(deployment, null, 2)}\n`);
    log.info('the contracts are deployed');
  }
  const care = createCareGovernance({ file: config.HEALTHPASS_CARE_DEPLOYMENT, provider, wallet, journal: join(data, 'care.journal'), pay, log });

  const senderOf = (deployment: Deployment) => createSender({
    provider, chain: deployment.contracts.IssuerRegistry, wallet: { address: wallet.address, signTransaction: (tx) => wallet.signTransaction(tx) }, journal: createFileJournal(join(data, 'transactions.journal')),
  });

  async function issuers() {
    const index = createChainIndex({ endpoints: config.HEALTHPASS_RPC, deployment: await readDeployment(deploymentFile) });
    await index.sync(stopping);
    return index.snapshot().issuers;
  }
  async function list(): Promise<void> {
    for (const issuer of await issuers()) process.stdout.write(`${[issuer.id, standingOf(issuer), issuer.did, issuer.name, issuer.accreditedBy].join('\t')}\n`);
  }
  /** Each time it is told, as somebody may be suspended twice. The contract refuses what the standing does not allow. */
  async function change(what: keyof typeof CHANGES, id: number): Promise<void> {
    if (!(await issuers()).some((issuer) => issuer.id === id)) throw new HealthpassError('request-invalid', 'the registry has no such issuer', { field: 'ISSUER' });
    const deployment = await readDeployment(deploymentFile);
    await senderOf(deployment).send(CHANGES[what](deployment, id), { id: `${what}:${id}:${Date.now()}` });
    log.info('the standing of the issuer is changed');
  }

  async function accredit(from: string, { name, by, lists }: { name: string; by: string; lists: number }): Promise<void> {
    const request = await untilThere(from, requestSchema);
    await pay(request.identity);
    const deployment = await readDeployment(deploymentFile);
    const sender = senderOf(deployment);
    const claimsKey = { x: parseFieldElement(request.claimsKey.x), y: parseFieldElement(request.claimsKey.y) };
    await sender.send(addIssuer(deployment, { identity: request.identity, claimsKey, name, accreditedBy: by, lists }), { id: `accredit:${request.identity}` });
    log.info('the issuer is accredited');
  }

  async function untilThere<T extends z.ZodType>(from: string, schema: T): Promise<z.output<T>> {
    for (;;) {
      const json = await readJsonFile(from);
      const parsed = schema.safeParse(json);
      if (parsed.success) return parsed.data;
      if (json !== undefined) throw new HealthpassError('request-invalid', 'the file is no request of this kind', { field: 'FILE' });
      if (stopping.aborted) throw new HealthpassError('cancelled', 'told to stop while waiting', { field: 'signal' });
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
  }

  if (command === 'deploy' && file === undefined) await deploy().then(care.deploy);
  else if (command === 'accredit' && file !== undefined && values.name && values.by) await accredit(file, { name: values.name, by: values.by, lists: Number(values.lists) });
  else if (command === 'list' && file === undefined) await list();
  else if (isChange(command) && /^\d{1,9}$/.test(file ?? '')) await change(command, Number(file));
  else if (command === 'appoint' && file !== undefined && roles !== undefined) await care.appoint(file, roles);
  else if (command === 'gateway' && file !== undefined) await care.admit(await untilThere(file, careRequestSchema));
  else throw new HealthpassError('usage', 'deploy | accredit FILE --name NAME --by WHO [--lists N] | list | suspend | reinstate | remove ISSUER | appoint BODY ROLES | gateway FILE', { field: 'command' });
  await closers.stop();
  process.exit(0);
});
