// What each act in care costs, on a real chain. Part of the table that `node test/contracts/gas.ts` writes.
import type { TransactionReceipt } from 'ethers';
import { appendAnchor, approveEmergency, dispense, grant, grantRole, openEmergency, revoke, setSuspended, voidPrescription } from '#contracts/care/index.ts';
import { CARE_CONTRACTS } from '#records/model/typed-data.ts';
import { account } from '../system.ts';
import type { GasRow } from '../gas.ts';
import { addressOf, bytes32, FAR, GOVERNANCE, somebody, startCare, word, type CareSystem } from './system.ts';

/** Times that do not depend on the clock: zeros in what is sent are cheaper. */
const FIRST_BLOCK = 1_795_305_600;
const UNTIL = FIRST_BLOCK + 86_400;

export async function measureCare(): Promise<GasRow[]> {
  const care = await startCare({ timestamp: FIRST_BLOCK, quorum: 1 });
  try {
    return [...await deployments(care), ...await consents(care), ...await institutions(care)];
  } finally {
    await care.stop();
  }
}

const rowsOf = (rows: GasRow[]) => async (what: string, sent: Promise<TransactionReceipt>) => void rows.push({ what, gas: Number((await sent).gasUsed) });

const deployments = ({ provider, deployment }: CareSystem): Promise<GasRow[]> =>
  Promise.all(CARE_CONTRACTS.map(async (name, i) => ({ what: `deploy ${name}`, gas: Number((await provider.getBlock(deployment.block + i))!.gasUsed) })));

async function consents(care: CareSystem): Promise<GasRow[]> {
  const rows: GasRow[] = [];
  const row = rowsOf(rows);
  const { deployment } = care;
  const [owner, id, signer, delegate] = [account(1), bytes32('relationship'), somebody('patient'), somebody('delegate')];
  await row('grant a consent', care.send(owner, grant(deployment, id, word(FIRST_BLOCK, UNTIL, 'first'))));
  await row('change a consent', care.send(owner, grant(deployment, id, word(FIRST_BLOCK, UNTIL, 'second'))));
  await row('revoke a consent', care.send(owner, revoke(deployment, id)));
  await row('grant a consent by signature', care.relay(signer, 'Grant', { owner: signer.address, id, word: word(FIRST_BLOCK, UNTIL, 'first') }));
  await row('change a consent by signature', care.relay(signer, 'Grant', { owner: signer.address, id, word: word(FIRST_BLOCK, UNTIL, 'second') }));
  await row('revoke a consent by signature', care.relay(signer, 'Revoke', { owner: signer.address, id }));
  await row('appoint a delegate by signature', care.relay(signer, 'SetDelegate', { owner: signer.address, delegate: delegate.address, scope: 3, until: FAR }));
  return rows;
}

async function institutions(care: CareSystem): Promise<GasRow[]> {
  const rows: GasRow[] = [];
  const row = rowsOf(rows);
  const { deployment } = care;
  const [gateway, hospital, other, pharmacy, doctor] = [account(2), account(3), account(4), account(5), somebody('doctor')];
  const body = somebody('body');
  await care.body(body.address, ['doctor', 'hospital']);
  await row('grant a role by signature', care.relay(body, 'GrantRole', { member: doctor.address, role: 1, organisation: addressOf(hospital), until: FAR }));
  await row('suspend a member by signature', care.relay(body, 'SuspendMember', { member: doctor.address, suspended: true }));
  await row('reinstate a member', care.send(GOVERNANCE, setSuspended(deployment, doctor.address, false)));
  await row('grant a role', care.send(GOVERNANCE, grantRole(deployment, { member: addressOf(gateway), role: 'gateway', until: FAR })));
  await care.member(addressOf(hospital), 'hospital');
  await care.member(addressOf(other), 'hospital');
  await care.member(addressOf(pharmacy), 'pharmacy');
  await row('anchor the first root of accesses', care.send(gateway, appendAnchor(deployment, 1, bytes32('root 1'))));
  await row('anchor another root of accesses', care.send(gateway, appendAnchor(deployment, 2, bytes32('root 2'))));
  await row('open an emergency', care.send(hospital, openEmergency(deployment, bytes32('emergency'), bytes32('why'), UNTIL)));
  await row('approve an emergency', care.send(other, approveEmergency(deployment, bytes32('emergency'))));
  await row('review an emergency by signature', care.relay(body, 'ReviewEmergency', { id: bytes32('emergency'), body: body.address, finding: bytes32('finding') }));
  await row('dispense a prescription', care.send(pharmacy, dispense(deployment, bytes32('prescription'))));
  await row('withdraw a prescription', care.send(hospital, voidPrescription(deployment, bytes32('withdrawn'))));
  return rows;
}
