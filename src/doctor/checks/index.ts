/** Everything that is looked at, in the order in which it is shown. */
import type { Check } from '../check.ts';
import { address } from './address.ts';
import { audit } from './audit.ts';
import { backups } from './backups.ts';
import { bundid } from './bundid.ts';
import { cardTerminals } from './card-terminals.ts';
import { clock } from './clock.ts';
import { database } from './database.ts';
import { deliveries } from './deliveries.ts';
import { disk } from './disk.ts';
import { fitConnect } from './fit-connect.ts';
import { jobs } from './jobs.ts';
import { keys } from './keys.ts';
import { payPage } from './pay-page.ts';
import { payments } from './payments.ts';
import { settings } from './settings.ts';
import { staff } from './staff.ts';

export const CHECKS: readonly Check[] = [
  ...[settings, database, keys, disk, clock, address],
  ...[staff, bundid, fitConnect, cardTerminals, payPage],
  ...[deliveries, payments, jobs, audit, backups],
];
