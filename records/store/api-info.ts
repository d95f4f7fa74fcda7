// What the storage says of itself in its description. Each tag that a route has is explained here.
import type { ApiInfo } from '#server';

export const STORE_INFO: ApiInfo = {
  title: 'healthpass storage',
  description: 'Ciphertexts at Swarm addresses, by routes of Ethereum Swarm Bee: its clients work with it. It takes a postage batch and asks for none; what Bee adds by itself (encryption, redundancy, access control) it refuses.',
  version: '0.1.0',
  tags: {
    operations: 'How the service is, and what it can do.',
    bytes: 'Data of any length, as a tree of chunks.',
    chunks: 'Single chunks, by their content or by their owner.',
  },
};
