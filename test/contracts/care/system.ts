// The care contracts on a chain of their own for one test file, and the people who act on them.
import { getBytes, hexlify, keccak256, toUtf8Bytes, type HDNodeWallet, type JsonRpcProvider, type TransactionReceipt } from 'ethers';
import { connect, createMemoryJournal, createSender, deployCare, startAnvil, type Anvil, type AnvilOptions, type Call, type CareOptions, type Sender } from '#contracts';
import { appointBody, careCall, CARE_INTERFACES, carry, contractOf, domainOf, grantRole, type CareDeployment, type CarriedName } from '#contracts/care/index.ts';
import { isAddress, type Address, type Role } from '#records/model/members.ts';
import { createSigner, type Signer } from '#records/model/signing.ts';
import type { CareContract, Statement } from '#records/model/typed-data.ts';
import { account } from '../system.ts';

export const GOVERNANCE = account(0);
export const RELAYER = account(9);

export const bytes32 = (text: string) => keccak256(toUtf8Bytes(text)) as `0x${string}`;
/** Somebody who signs and has no ether, from a word, so that failures can be repeated. */
export const somebody = (word: string): Signer => createSigner(getBytes(bytes32(`somebody ${word}`)));
export const addressOf = (wallet: HDNodeWallet): Address => asAddress(wallet.address.toLowerCase());
/** The one who signs with the key of a funded account. */
export const signerOfAccount = (index: number): Signer => createSigner(getBytes(account(index).privateKey));

/** A grant: times in Unix seconds, and a digest from a word. */
export const word = (from: number, until: number, policy = 'policy'): `0x${string}` =>
  `0x${from.toString(16).padStart(10, '0')}${until.toString(16).padStart(10, '0')}${bytes32(policy).slice(2, 46)}`;

type WithoutNonce<Name extends CarriedName> = Omit<Statement<Name>, 'nonce' | 'deadline'>;

export type CareSystem = {
  readonly anvil: Anvil;
  readonly provider: JsonRpcProvider;
  readonly deployment: CareDeployment;
  readonly send: (wallet: HDNodeWallet, call: Call) => Promise<TransactionReceipt>;
  /** Signs with the nonce that the contract expects, and has the relayer carry it. */
  readonly relay: <Name extends CarriedName>(signer: Signer, name: Name, value: WithoutNonce<Name>) => Promise<TransactionReceipt>;
  readonly sign: <Name extends CarriedName>(signer: Signer, name: Name, value: WithoutNonce<Name>) => Promise<{ readonly value: Statement<Name>; readonly signature: string }>;
  /** A view, its one result as text, or all of them as an array of texts. */
  readonly view: (contract: CareContract, method: string, ...values: readonly unknown[]) => Promise<string>;
  /** A member with a role, by governance. */
  readonly member: (member: Address, role: Role, organisation?: Address) => Promise<void>;
  readonly body: (body: Address, roles: readonly Role[]) => Promise<void>;
  /** Time of the newest block. */
  readonly time: () => Promise<number>;
  readonly wait: (seconds: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const FAR = 4_000_000_000;

export async function startCare(options: CareOptions & AnvilOptions = {}): Promise<CareSystem> {
  const anvil = await startAnvil(options);
  const provider = connect(anvil.url, anvil.chainId);
  const deployment = await deployCare(account(8).connect(provider), { governance: GOVERNANCE.address, ...options });
  const senders = new Map<string, Sender>();
  let calls = 0;
  const send = async (wallet: HDNodeWallet, call: Call) => {
    const sender = senders.get(wallet.address) ?? createSender({ provider, wallet, journal: createMemoryJournal(), poll: 20 });
    senders.set(wallet.address, sender);
    return sender.send(call, { id: `call ${calls++}` });
  };
  const view: CareSystem['view'] = async (contract, method, ...values) => {
    const data = await provider.call(careCall(deployment, contract, method, values));
    return String(CARE_INTERFACES[contract].decodeFunctionResult(method, data)).toLowerCase();
  };
  const sign: CareSystem['sign'] = async (signer, name, given) => {
    const nonce = BigInt(await view(contractOf(name), 'nonces', signer.address));
    const value = { ...given, nonce, deadline: FAR } as unknown as Statement<typeof name>; // the fields that were left out
    return { value, signature: signer.sign(domainOf(deployment, name), name, value) };
  };
  return {
    anvil, provider, deployment, send, view, sign,
    async relay(signer, name, given) {
      const { value, signature } = await sign(signer, name, given);
      return send(RELAYER, carry(deployment, name, value, signature));
    },
    async member(member, role, organisation) {
      await send(GOVERNANCE, grantRole(deployment, { member, role, until: FAR, ...(organisation && { organisation }) }));
    },
    body: async (body, roles) => void await send(GOVERNANCE, appointBody(deployment, body, roles)),
    async time() {
      return (await provider.getBlock('latest'))!.timestamp; // there is one
    },
    async wait(seconds) {
      await provider.send('evm_increaseTime', [seconds]);
      await provider.send('anvil_mine', ['0x1']);
    },
    async stop() {
      provider.destroy();
      await anvil.stop();
    },
  };
}

function asAddress(text: string): Address {
  if (!isAddress(text)) throw new TypeError('no address');
  return text;
}

/** The other signature that anybody can make of one: s as the order less s, v as the other one. */
export function withHighS(signature: string): string {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const bytes = getBytes(signature);
  const s = (order - BigInt(hexlify(bytes.subarray(32, 64)))).toString(16).padStart(64, '0');
  return `${hexlify(bytes.subarray(0, 32))}${s}${bytes[64] === 27 ? '1c' : '1b'}`;
}
