import { describe, expect, test } from 'vitest';
import { CARE_INTERFACES, careDomain, carry, contractOf, parseCareDeployment, signerOf, type CarriedName } from '#contracts/care/index.ts';
import { CARE_CONTRACTS, TYPES, type Statement } from '#records/model/typed-data.ts';
import { bytes32, somebody } from './system.ts';

const contracts = Object.fromEntries(CARE_CONTRACTS.map((name, i) => [name, `0x${'Ab'.repeat(19)}0${i}`]));
const GIVEN = { chainId: 31337, block: 7, contracts };
const deployment = parseCareDeployment(GIVEN);

describe('parseCareDeployment', () => {
  test('takes addresses however they are written, and nothing that was not asked for', () => {
    expect(parseCareDeployment(JSON.parse(JSON.stringify({ ...GIVEN, note: 'more' })))).toEqual(deployment);
    expect(deployment.contracts.RoleRegistry).toBe(`0x${'ab'.repeat(19)}00`);
    expect(careDomain(deployment, 'AccessLog')).toEqual({ name: 'healthpass AccessLog', version: '1', chainId: 31337, verifyingContract: `0x${'ab'.repeat(19)}02` });
  });

  test.each([
    ['care', null], ['care.chainId', { ...GIVEN, chainId: 0 }], ['care.block', { ...GIVEN, block: -1 }], ['care.contracts', { ...GIVEN, contracts: [] }],
    ['care.contracts.DispenseRegistry', { ...GIVEN, contracts: { ...contracts, DispenseRegistry: '0x12' } }], ['care.contracts.AccessLog', { ...GIVEN, contracts: { ...contracts, AccessLog: undefined } }],
  ])('names what is wrong: %s', (field, input) => {
    expect(() => parseCareDeployment(input)).toThrow(expect.objectContaining({ code: 'configuration-invalid', field }));
  });
});

describe('carry', () => {
  const NAMES: readonly CarriedName[] = [
    'GrantRole', 'SuspendMember', 'WithdrawRole', 'Grant', 'Revoke', 'SetDelegate', 'OpenEmergency', 'ApproveEmergency', 'ReviewEmergency', 'Dispense', 'VoidPrescription',
  ];
  const { address } = somebody('signer');
  const sample = { address, bool: true, bytes32: bytes32('value'), uint8: 2, uint40: 1_900_000_000, uint256: 7n } as const;

  test.each(NAMES)('%s: every field gets to the function that acts on it, under the name that was signed', (name) => {
    const value = Object.fromEntries(TYPES[name].map((field) => [field.name, sample[field.type]])) as Statement<typeof name>;
    const signature = somebody('signer').sign(careDomain(deployment, contractOf(name)), name, value);
    expect(signerOf(deployment, name, value, signature)).toBe(address);
    const { to, data } = carry(deployment, name, value, signature);
    expect(to).toBe(deployment.contracts[contractOf(name)]);
    const call = CARE_INTERFACES[contractOf(name)].parseTransaction({ data })!;
    expect(call.fragment.inputs.map((input) => `${input.type} ${input.name}`)).toEqual([...TYPES[name].map((field) => `${field.type} ${field.name}`), 'bytes signature']);
    expect(call.args.map((argument) => String(argument).toLowerCase())).toEqual([...TYPES[name].map((field) => String(sample[field.type])), signature]);
  });
});
