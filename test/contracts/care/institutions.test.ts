import { concat, keccak256 } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  appendAnchor, appointBody, approveEmergency, dispense, grantRole, NOBODY, openEmergency, reviewEmergency, rolesToMask, setSuspended, voidPrescription, withdrawRole,
} from '#contracts/care/index.ts';
import { account, failure } from '../system.ts';
import { addressOf, bytes32, FAR, GOVERNANCE, RELAYER, signerOfAccount, somebody, startCare, type CareSystem } from './system.ts';
import { roleBit, type Address, type Role } from '#records/model/members.ts';

const DAY = 86_400;
const chamber = somebody('chamber of physicians');
const [chamberAccount, clinic, gateway] = [account(1), account(2), account(3)];
let care: CareSystem;
let now: number;
beforeAll(async () => {
  care = await startCare({ quorum: 2 });
  now = await care.time();
  await care.body(chamber.address, ['doctor', 'hospital', 'nurse']);
  await care.body(addressOf(chamberAccount), ['pharmacy', 'laboratory']);
  await care.member(addressOf(clinic), 'hospital');
});
afterAll(() => care?.stop());

const hasRole = (member: Address, role: Role) => care.view('RoleRegistry', 'hasRole', member, roleBit(role));
const approved = (member: Address, role: Role, organisation: Address = NOBODY) => care.relay(chamber, 'GrantRole', { member, role: roleBit(role), organisation, until: FAR });

describe('roles', () => {
  const doctor = somebody('doctor');

  test('a body grants its own by a signature that anybody carries', async () => {
    await approved(doctor.address, 'doctor', addressOf(clinic));
    expect(await hasRole(doctor.address, 'doctor')).toBe('true');
    expect(await care.view('RoleRegistry', 'termsOf', doctor.address, roleBit('doctor'))).toBe(`${addressOf(clinic)},${FAR}`);
    expect(await failure(approved(doctor.address, 'pharmacy'))).toBe('transaction-failed NotResponsible');
    expect(await failure(care.relay(doctor, 'GrantRole', { member: doctor.address, role: roleBit('nurse'), organisation: NOBODY, until: FAR }))).toBe('transaction-failed NotResponsible');
  });

  test('nobody is made a patient on chain, and no body makes gateways', async () => {
    expect(await failure(care.send(GOVERNANCE, grantRole(care.deployment, { member: doctor.address, role: 'patient', until: FAR })))).toBe('transaction-failed PatientsStayOffChain');
    expect(await failure(approved(doctor.address, 'gateway'))).toBe('transaction-failed NotResponsible');
    expect(await failure(care.send(GOVERNANCE, appointBody(care.deployment, doctor.address, ['gateway'])))).toBe('transaction-failed RolesNotForBodies');
  });

  test('suspension takes effect at once, for roles of the body that suspends', async () => {
    const both = somebody('doctor with a pharmacy');
    await approved(both.address, 'doctor');
    await care.send(chamberAccount, grantRole(care.deployment, { member: both.address, role: 'pharmacy', until: FAR }));
    await care.relay(chamber, 'SuspendMember', { member: both.address, suspended: true });
    expect([await hasRole(both.address, 'doctor'), await hasRole(both.address, 'pharmacy')]).toEqual(['false', 'true']);
    await care.send(chamberAccount, setSuspended(care.deployment, both.address, false));
    expect(await hasRole(both.address, 'doctor')).toBe('false');
    await care.relay(chamber, 'SuspendMember', { member: both.address, suspended: false });
    expect(await hasRole(both.address, 'doctor')).toBe('true');
  });

  test('what governance suspends no body reinstates', async () => {
    await care.send(GOVERNANCE, setSuspended(care.deployment, doctor.address, true));
    await care.relay(chamber, 'SuspendMember', { member: doctor.address, suspended: false });
    expect(await hasRole(doctor.address, 'doctor')).toBe('false');
    await care.send(GOVERNANCE, setSuspended(care.deployment, doctor.address, false));
    expect(await hasRole(doctor.address, 'doctor')).toBe('true');
  });

  test('a role ends with its time, and when it is withdrawn', async () => {
    const locum = somebody('locum');
    await care.relay(chamber, 'GrantRole', { member: locum.address, role: roleBit('doctor'), organisation: NOBODY, until: (await care.time()) + 60 });
    expect(await hasRole(locum.address, 'doctor')).toBe('true');
    await care.wait(60);
    expect(await hasRole(locum.address, 'doctor')).toBe('false');
    await care.relay(chamber, 'WithdrawRole', { member: locum.address, role: roleBit('doctor') });
    expect(await care.view('RoleRegistry', 'memberOf', locum.address)).toBe('0,0');
    expect(await failure(care.send(GOVERNANCE, withdrawRole(care.deployment, locum.address, 'doctor')))).toBe('transaction-failed RoleNotHeld');
  });

  test('a body that was dismissed decides nothing', async () => {
    const former = account(6);
    await care.body(addressOf(former), ['researcher']);
    expect(await care.view('RoleRegistry', 'bodyRoles', former.address)).toBe(String(rolesToMask(['researcher'])));
    await care.body(addressOf(former), []);
    expect(await failure(care.send(former, grantRole(care.deployment, { member: doctor.address, role: 'researcher', until: FAR })))).toBe('transaction-failed NotResponsible');
  });
});

describe('AccessLog', () => {
  test('a gateway appends in order; nothing is written over', async () => {
    expect(await failure(care.send(gateway, appendAnchor(care.deployment, 1, bytes32('root 1'))))).toBe('transaction-failed NotGateway');
    await care.member(addressOf(gateway), 'gateway');
    await care.send(gateway, appendAnchor(care.deployment, 1, bytes32('root 1')));
    for (const sequence of [0, 1, 3]) expect(await failure(care.send(gateway, appendAnchor(care.deployment, sequence, bytes32('other'))))).toBe('transaction-failed WrongSequence');
    await care.send(gateway, appendAnchor(care.deployment, 2, bytes32('root 2')));
    expect(await care.view('AccessLog', 'rootOf', gateway.address, 1)).toBe(bytes32('root 1'));
    await care.send(GOVERNANCE, setSuspended(care.deployment, addressOf(gateway), true));
    expect(await failure(care.send(gateway, appendAnchor(care.deployment, 3, bytes32('root 3'))))).toBe('transaction-failed NotGateway');
  });
});

describe('EmergencyAccess', () => {
  const others = ['second', 'third', 'fourth'].map((name) => somebody(`${name} hospital`));
  const [second, third, fourth] = [others[0]!, others[1]!, others[2]!];
  const id = bytes32('emergency');
  const released = () => care.view('EmergencyAccess', 'isReleased', id);

  test('is released by other hospitals, each once, and ends with its review', async () => {
    for (const { address } of others) await approved(address, 'hospital');
    expect(await failure(care.send(clinic, openEmergency(care.deployment, id, bytes32('why'), now + 4 * DAY)))).toBe('transaction-failed UntilInvalid');
    await care.send(clinic, openEmergency(care.deployment, id, bytes32('why'), (await care.time()) + DAY));
    expect(await failure(care.send(clinic, openEmergency(care.deployment, id, bytes32('again'), now + DAY)))).toBe('transaction-failed IdTaken');
    expect(await failure(care.send(clinic, approveEmergency(care.deployment, id)))).toBe('transaction-failed OwnEmergency');
    await care.relay(second, 'ApproveEmergency', { id, institution: second.address });
    expect(await failure(care.relay(second, 'ApproveEmergency', { id, institution: second.address }))).toBe('transaction-failed AlreadyApproved');
    expect(await failure(care.relay(second, 'ApproveEmergency', { id, institution: third.address }))).toBe('transaction-failed WrongSigner');
    expect(await released()).toBe('false');
    expect(await failure(care.relay(chamber, 'ReviewEmergency', { id, body: chamber.address, finding: bytes32('too early') }))).toBe('transaction-failed NotReviewable');
    await care.relay(third, 'ApproveEmergency', { id, institution: third.address });
    expect(await released()).toBe('true');
    await care.send(GOVERNANCE, setSuspended(care.deployment, addressOf(clinic), true));
    expect(await released()).toBe('false');
    await care.send(GOVERNANCE, setSuspended(care.deployment, addressOf(clinic), false));
    await care.send(GOVERNANCE, setSuspended(care.deployment, second.address, true));
    expect(await released()).toBe('false');
    await care.relay(fourth, 'ApproveEmergency', { id, institution: fourth.address });
    expect(await released()).toBe('true');
    await care.send(GOVERNANCE, setSuspended(care.deployment, second.address, false));
    expect(await failure(care.send(clinic, reviewEmergency(care.deployment, id, bytes32('all well'))))).toBe('transaction-failed NotBody');
    await care.relay(chamber, 'ReviewEmergency', { id, body: chamber.address, finding: bytes32('finding') });
    expect(await released()).toBe('false');
    expect(await failure(care.relay(third, 'ApproveEmergency', { id, institution: third.address }))).toBe('transaction-failed EmergencyOver');
  });

  test('nobody approves what is over', async () => {
    const late = bytes32('late');
    await care.relay(second, 'OpenEmergency', { id: late, institution: second.address, commitment: bytes32('why'), until: (await care.time()) + 60 });
    await care.wait(60);
    expect(await failure(care.relay(third, 'ApproveEmergency', { id: late, institution: third.address }))).toBe('transaction-failed EmergencyOver');
    await care.relay(chamber, 'ReviewEmergency', { id: late, body: chamber.address, finding: bytes32('never used') });
  });
});

describe('DispenseRegistry', () => {
  const pharmacy = account(5);
  const doctor = somebody('prescriber');
  const inner = bytes32('prescription');
  const nullifierOf = (prescriber: Address, of: string) => keccak256(concat([prescriber, of])) as `0x${string}`;
  const nullifier = nullifierOf(doctor.address, inner);

  test('a prescription is dispensed once, at whichever pharmacy', async () => {
    const other = somebody('other pharmacy');
    for (const member of [addressOf(pharmacy), other.address]) await care.send(chamberAccount, grantRole(care.deployment, { member, role: 'pharmacy', until: FAR }));
    await care.send(pharmacy, dispense(care.deployment, nullifier));
    expect(await failure(care.send(pharmacy, dispense(care.deployment, nullifier)))).toBe('transaction-failed AlreadyDispensed');
    expect(await failure(care.relay(other, 'Dispense', { nullifier, pharmacy: other.address }))).toBe('transaction-failed AlreadyDispensed');
    expect(await care.view('DispenseRegistry', 'useOf', nullifier)).toBe(`1,${addressOf(pharmacy)}`);
    expect(await failure(care.send(RELAYER, dispense(care.deployment, bytes32('other'))))).toBe('transaction-failed NotPharmacy');
  });

  test('one that was withdrawn is not dispensed, and one that was dispensed not withdrawn', async () => {
    const withdrawn = bytes32('withdrawn');
    await approved(doctor.address, 'doctor');
    expect(await failure(care.send(pharmacy, voidPrescription(care.deployment, withdrawn)))).toBe('transaction-failed NotPrescriber');
    await care.relay(doctor, 'VoidPrescription', { inner: withdrawn, prescriber: doctor.address });
    expect(await failure(care.relay(signerOfAccount(5), 'Dispense', { nullifier: nullifierOf(doctor.address, withdrawn), pharmacy: addressOf(pharmacy) }))).toBe('transaction-failed PrescriptionVoid');
    expect(await failure(care.relay(doctor, 'VoidPrescription', { inner, prescriber: doctor.address }))).toBe('transaction-failed AlreadyDispensed');
  });

  test('a prescription withdrawn by another doctor who knows all of it is dispensed all the same', async () => {
    const [colleague, known] = [somebody('colleague'), bytes32('known to others')];
    await approved(colleague.address, 'doctor');
    await care.relay(colleague, 'VoidPrescription', { inner: known, prescriber: colleague.address }); // of no prescription
    await care.send(clinic, voidPrescription(care.deployment, nullifierOf(doctor.address, known))); // nor by its nullifier
    expect(await care.view('DispenseRegistry', 'useOf', nullifierOf(doctor.address, known))).toBe(`0,${NOBODY}`);
    await care.send(pharmacy, dispense(care.deployment, nullifierOf(doctor.address, known)));
  });
});
