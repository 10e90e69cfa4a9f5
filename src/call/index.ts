/** How commands are called: options and words, the help of each, and what is said of a call that cannot be understood. */
export { type Call, type CallSpec, readCall, refuseCall } from './call.ts';
export { BENCH, BENCH_FAULTS, BENCH_SOAK, TEST } from './elsewhere.ts';
