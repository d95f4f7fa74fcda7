import fc from 'fast-check';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { SigningKey, TypedDataEncoder, Wallet, verifyTypedData } from 'ethers';
import { describe, expect, test } from 'vitest';
import { createSigner, recoverSigner, statementDigest } from '#records/model/signing.ts';
import { TYPES, offChain, onChain, type Statement, type StatementName } from '#records/model/typed-data.ts';
import type { Address } from '#records/model/members.ts';

const KEY = hexToBytes('4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318');
const signer = createSigner(KEY);
const DOMAINS = [offChain(31337), onChain('ConsentRegistry', 1, `0x${'c'.repeat(40)}` as Address)] as const;
const NAMES = Object.keys(TYPES) as StatementName[];

const hex = (size: number) => fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => `0x${bytesToHex(bytes)}`);
function arbitraryField(type: string): fc.Arbitrary<unknown> {
  const size = Number(/\d+$/.exec(type)?.[0]);
  if (type === 'address') return hex(20);
  if (type === 'bool') return fc.boolean();
  if (type === 'string') return fc.string({ unit: 'grapheme' });
  return type.startsWith('uint') ? fc.bigInt(0n, (1n << BigInt(size)) - 1n) : hex(size);
}
const statement = <Name extends StatementName>(name: Name) => fc.record(Object.fromEntries(TYPES[name].map((field) => [field.name, arbitraryField(field.type)]))) as fc.Arbitrary<Statement<Name>>;
const withTypes = (name: StatementName) => ({ [name]: TYPES[name].map((field) => ({ ...field })) });

const GRANT: Statement<'Grant'> = { owner: signer.address, id: `0x${'1'.repeat(64)}`, word: `0x${'2'.repeat(64)}`, nonce: 0, deadline: 2_000_000_000 };
const invalid = expect.objectContaining({ code: 'request-invalid' });

describe('createSigner', () => {
  test('signs every kind of statement as ethers does, byte for byte', () => {
    const wallet = new SigningKey(KEY);
    for (const name of NAMES) {
      fc.assert(fc.property(fc.constantFrom(...DOMAINS), statement(name), (domain, value) => {
        expect(`0x${bytesToHex(statementDigest(domain, name, value))}`).toBe(TypedDataEncoder.hash(domain, withTypes(name), value));
        expect(signer.sign(domain, name, value)).toBe(wallet.sign(statementDigest(domain, name, value)).serialized);
      }), { numRuns: 8 });
    }
  });

  test('has the address that the key has elsewhere, in lower case', () => {
    expect(signer.address).toBe(new Wallet(`0x${bytesToHex(KEY)}`).address.toLowerCase());
  });

  test('keeps the key it was given, whatever becomes of the array', () => {
    const key = Uint8Array.from(KEY);
    const other = createSigner(key);
    key.fill(1);
    expect(other.sign(DOMAINS[0], 'Grant', GRANT)).toBe(signer.sign(DOMAINS[0], 'Grant', GRANT));
  });

  test.each([['zero', new Uint8Array(32)], ['too short', KEY.subarray(1)], ['the order of the curve', hexToBytes('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141')]])('refuses a key that is none: %s', (_what, key) => {
    expect(() => createSigner(key)).toThrow(TypeError);
  });

  test.each([
    ['a number beyond its field', { deadline: 2 ** 40 }], ['a negative number', { nonce: -1 }], ['a fraction', { nonce: 0.5 }], ['a number that doubles cannot hold', { nonce: 2 ** 53 }],
    ['an address in upper case', { owner: `0x${'A'.repeat(40)}` }], ['bytes that are too few', { id: '0x11' }], ['no value', { word: undefined }],
  ])('refuses %s', (_what, wrong) => {
    expect(() => signer.sign(DOMAINS[1], 'Grant', { ...GRANT, ...wrong } as Statement<'Grant'>)).toThrow(invalid);
  });

  test('refuses text that is no Unicode, which others would sign as if it were', () => {
    expect(() => signer.sign(DOMAINS[0], 'DeriveKeys', { purpose: '\ud800', version: 1 })).toThrow(invalid);
  });
});

describe('recoverSigner', () => {
  const signature = signer.sign(DOMAINS[1], 'Grant', GRANT);

  test('finds who signed, as ethers does', () => {
    expect(recoverSigner(DOMAINS[1], 'Grant', GRANT, signature)).toBe(signer.address);
    expect(verifyTypedData(DOMAINS[1], withTypes('Grant'), GRANT, signature).toLowerCase()).toBe(signer.address);
  });

  test('a statement for another contract, another chain or with another word is somebody else\'s', () => {
    for (const [domain, value] of [
      [{ ...DOMAINS[1], verifyingContract: `0x${'d'.repeat(40)}` as Address }, GRANT], [{ ...DOMAINS[1], chainId: 2 }, GRANT], [DOMAINS[1], { ...GRANT, word: `0x${'3'.repeat(64)}` as const }],
    ] as const) expect(recoverSigner(domain, 'Grant', value, signature)).not.toBe(signer.address);
  });

  test('the other signature that anybody can make of one is refused', () => {
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const s = (order - BigInt(`0x${signature.slice(66, 130)}`)).toString(16).padStart(64, '0');
    const twin = `${signature.slice(0, 66)}${s}${signature.endsWith('1b') ? '1c' : '1b'}`;
    expect(() => recoverSigner(DOMAINS[1], 'Grant', GRANT, twin)).toThrow(invalid);
  });

  test.each([
    ['empty', '0x'], ['one byte short', signature.slice(0, -2)], ['in upper case', signature.toUpperCase().replace('0X', '0x')], ['with v of 0', `${signature.slice(0, -2)}00`],
    ['with r of 0', `0x${'0'.repeat(64)}${signature.slice(66)}`], ['with r of no point', `0x${'0'.repeat(63)}5${signature.slice(66)}`], ['with r beyond the order', `0x${'f'.repeat(64)}${signature.slice(66)}`],
  ])('a malformed signature is refused: %s', (_what, wrong) => {
    expect(() => recoverSigner(DOMAINS[1], 'Grant', GRANT, wrong)).toThrow(invalid);
  });
});

describe('recoverSigner of somebody who is expected', () => {
  const [domain] = DOMAINS;
  const signed = Array.from({ length: 12 }, (_, nonce) => {
    const value: Statement<'Grant'> = { ...GRANT, nonce };
    return { value, signature: signer.sign(domain, 'Grant', value) };
  });
  const recovered = (...given: Parameters<typeof recoverSigner<'Grant'>>) => {
    try {
      return recoverSigner(...given);
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  test('is the same as of anybody, the first time and when the signer is known', () => {
    for (const { value, signature } of [...signed, ...signed]) expect(recoverSigner(domain, 'Grant', value, signature, signer.address)).toBe(signer.address);
  });

  test('a signer who is known is told from whoever changed a bit of the signature, or of what was signed', () => {
    fc.assert(fc.property(fc.constantFrom(...signed), fc.nat(129), fc.integer({ min: 1, max: 15 }), fc.boolean(), ({ value, signature }, at, bits, isValue) => {
      const digit = (Number.parseInt(signature[2 + at]!, 16) ^ bits).toString(16);
      const given = isValue ? { ...value, nonce: Number(value.nonce) + 100 + at } : value;
      const wrong = isValue ? signature : `${signature.slice(0, 2 + at)}${digit}${signature.slice(3 + at)}`;
      const outcome = recovered(domain, 'Grant', given, wrong, signer.address);
      expect(outcome).not.toBe(signer.address);
      expect(outcome).toBe(recovered(domain, 'Grant', given, wrong));
    }), { numRuns: 60 });
  });

  test('what another signed is not taken for the one who is expected, nor the other way about', () => {
    const other = createSigner(hexToBytes('8f2a55949038a9610f50fb23b5883af3b4ecb3c3bb792cbcefbd1542c692be63'));
    for (const { value, signature } of signed) {
      expect(recoverSigner(domain, 'Grant', value, other.sign(domain, 'Grant', value), signer.address)).toBe(other.address);
      expect(recoverSigner(domain, 'Grant', value, signature, other.address)).toBe(signer.address);
    }
  });
});
