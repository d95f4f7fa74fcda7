import { beforeAll, describe, expect, test } from 'vitest';
import { accountKey, readingKeys, sealingKeys } from '#records/model/keys/derive.ts';
import { forwardShare, joinRoot, openShare, parseBackup, receiveShare, splitRoot, type Backup } from '#records/model/keys/guardians.ts';
import { createRoot } from '#records/model/keys/root.ts';

const invalid = expect.objectContaining({ code: 'share-invalid' });
const root = createRoot();
const guardians = Array.from({ length: 3 }, () => {
  const own = createRoot();
  return { guardian: accountKey(own).address, keys: readingKeys(own), key: readingKeys(own).publicKey };
});
const [first, second, third] = guardians as [typeof guardians[0], typeof guardians[0], typeof guardians[0]];
let backup: Backup;
let shares: Uint8Array[];

beforeAll(async () => {
  backup = await splitRoot(root, guardians, 2);
  shares = await Promise.all(guardians.map(({ keys, guardian }) => openShare(keys, backup, guardian)));
});

describe('joinRoot', () => {
  test('any two of three guardians give the root back to new keys', async () => {
    const successor = sealingKeys(createRoot());
    const received = await Promise.all([first, third].map(async ({ keys, guardian }) => {
      const share = await openShare(keys, backup, guardian);
      return receiveShare(successor, await forwardShare(share, successor.publicKey, backup, guardian), backup, guardian);
    }));
    expect(await joinRoot(parseBackup(JSON.parse(JSON.stringify(backup))), received)).toEqual(root);
  });

  test('one guardian alone, or one twice, is not enough', async () => {
    await expect(joinRoot(backup, [shares[0]!])).rejects.toEqual(invalid);
    await expect(joinRoot(backup, [shares[0]!, shares[0]!])).rejects.toEqual(invalid);
  });

  test('a wrong guardian share is noticed and does not become a wrong root', async () => {
    const wrong = shares[1]!.slice();
    wrong[3]! ^= 1;
    await expect(joinRoot(backup, [shares[0]!, wrong])).rejects.toEqual(invalid);
    const forwarded = await forwardShare(wrong, first.keys.publicKey, backup, second.guardian);
    await expect(receiveShare(first.keys, forwarded, backup, second.guardian)).rejects.toEqual(invalid);
  });

  test('digests that a liar wrote do not bring in another root', async () => {
    const other = await splitRoot(createRoot(), guardians, 2);
    const theirs = await Promise.all([first, second].map(({ keys, guardian }) => openShare(keys, other, guardian)));
    await expect(joinRoot({ ...other, digest: backup.digest }, theirs)).rejects.toEqual(invalid);
  });
});

describe('openShare', () => {
  test('a guardian opens only its own', async () => {
    await expect(openShare(second.keys, backup, first.guardian)).rejects.toEqual(expect.objectContaining({ code: 'sealed-invalid' }));
    await expect(openShare(first.keys, backup, accountKey(root).address)).rejects.toEqual(invalid);
  });

  test('a share that was forwarded for another backup is refused', async () => {
    const forwarded = await forwardShare(shares[0]!, second.keys.publicKey, { id: '0'.repeat(32) }, first.guardian);
    await expect(receiveShare(second.keys, forwarded, backup, first.guardian)).rejects.toEqual(expect.objectContaining({ code: 'sealed-invalid' }));
  });
});

describe('parseBackup', () => {
  test('a backup that asks for more guardians than there are is none', async () => {
    await expect(splitRoot(root, guardians, 4)).rejects.toEqual(invalid);
    await expect(splitRoot(root, guardians, 1)).rejects.toEqual(invalid);
    expect(() => parseBackup({ ...backup, threshold: 4 })).toThrow(invalid);
    expect(() => parseBackup({ ...backup, shares: [backup.shares[0], backup.shares[0]] })).toThrow(invalid);
    expect(() => parseBackup('{}')).toThrow(invalid);
  });
});
