/** The program on each terminal: so far its own pages for steps at a device, which the office must not serve. */
export { OUTCOMES, type Outcome } from './eid/workflow.ts';
export { type DeviceServer, type DeviceServerSettings, startDeviceServer } from './server.ts';
