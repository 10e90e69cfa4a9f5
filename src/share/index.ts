/** What one client, and all together, may leave behind within an hour. */
export { createShares, type Shares, type Taken, type Taker } from './share.ts';
