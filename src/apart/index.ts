/** Work that must not harm or hold up the office: processes of their own, with limits. */
export { BusyError, processorOf, programIn, Workshop } from './workshop.ts';
