/** Work that comes again and again: each job on one node at a time, and none waits for another. */
export { createJobs, type Job, type Jobs } from './jobs.ts';
export { type JobState, readJobs } from './state.ts';
