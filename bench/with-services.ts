// The services in a process of their own, for as long as a measurement takes.
import { fork } from 'node:child_process';
import type { Services } from './services-process.ts';

export async function withServices<T>(measure: (services: Services) => Promise<T>): Promise<T> {
  const process = fork(new URL('./services-process.ts', import.meta.url));
  try {
    const services = await new Promise<Services>((resolve, reject) => {
      process.once('message', (message) => resolve(message as Services)); // services-process.ts sends nothing else
      process.once('exit', (code) => reject(new Error(`the services ended with ${code} before they were up`)));
    });
    return await measure(services);
  } finally {
    if (process.connected) process.send('stop');
    if (process.exitCode === null) await new Promise((resolve) => process.once('exit', resolve));
  }
}
