// What receiving takes, loaded when it is first done: it stays out of the first load of the pages.
export { isTaken, openOffer, readOffer } from '#wallet/openid4vci/index.ts';
