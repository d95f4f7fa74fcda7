// The three stores that a Veramo agent asks for, over one sealed store. Values are read as they were written: what is not ours does not open.
import type { IIdentifier, IKey, ManagedKeyInfo } from '@veramo/core';
import type { AbstractDIDStore } from '@veramo/did-manager';
import type { AbstractKeyStore, AbstractPrivateKeyStore, ImportablePrivateKey, ManagedPrivateKey } from '@veramo/key-manager';
import { HealthpassError } from '#passport';
import type { SealedStore } from './sealed.ts';

const missing = (what: string) => new HealthpassError('key-unknown', `the key store has no such ${what}`);

export function createPrivateKeyStore(store: SealedStore): AbstractPrivateKeyStore {
  return {
    async importKey(key: ImportablePrivateKey) {
      if (!key.alias) throw missing('name for a private key');
      const managed: ManagedPrivateKey = { alias: key.alias, privateKeyHex: key.privateKeyHex, type: key.type };
      await store.set(`private-key/${key.alias}`, managed);
      return managed;
    },
    async getKey({ alias }) {
      const key = await store.get(`private-key/${alias}`);
      if (!key) throw missing('private key');
      return key as ManagedPrivateKey; // importKey wrote it
    },
    deleteKey: async ({ alias }) => (await store.delete(`private-key/${alias}`), true),
    listKeys: async () => await store.all('private-key') as ManagedPrivateKey[], // importKey wrote them
  };
}

export function createPublicKeyStore(store: SealedStore): AbstractKeyStore {
  return {
    async importKey(key: Partial<IKey>) {
      await store.set(`key/${key.kid}`, publicPart(key));
      return true;
    },
    async getKey({ kid }) {
      const key = await store.get(`key/${kid}`);
      if (!key) throw missing('key');
      return key as IKey; // importKey wrote it
    },
    deleteKey: async ({ kid }) => (await store.delete(`key/${kid}`), true),
    listKeys: async () => await store.all('key') as ManagedKeyInfo[], // importKey wrote them
  };
}

/** Of identifiers there is one, the issuer's; it is found by DID or alias. */
export function createDidStore(store: SealedStore): AbstractDIDStore {
  const all = async () => await store.all('did') as IIdentifier[]; // importDID wrote them
  return {
    async importDID(identifier: IIdentifier) {
      await store.set(`did/${identifier.did}`, { ...identifier, keys: identifier.keys.map(publicPart) });
      return true;
    },
    async getDID(query: { did?: string; alias?: string }) {
      const found = query.did === undefined ? (await all()).find(({ alias }) => alias === query.alias) : await store.get(`did/${query.did}`);
      if (!found) throw missing('DID');
      return found as IIdentifier; // importDID wrote it
    },
    deleteDID: async ({ did }) => (await store.delete(`did/${did}`), true),
    async listDIDs({ alias, provider }) {
      return (await all()).filter((one) => (alias === undefined || one.alias === alias) && (provider === undefined || one.provider === provider));
    },
  };
}

/** Secrets stand in the store of private keys alone. */
function publicPart<T extends Partial<IKey>>(key: T): Omit<T, 'privateKeyHex'> {
  const { privateKeyHex: _secret, ...rest } = key;
  return rest;
}
