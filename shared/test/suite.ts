// test/suite.ts: the whole contract, feature by feature: the spec of the shop.
// Registered once a target by contract.test.ts; the files are named as they read.
import { describe } from 'vitest';
import { catalogContract } from './catalog.contract.ts';
import { couplingContract } from './coupling.contract.ts';
import { frontDoorContract } from './front-door.contract.ts';
import { idempotencyContract } from './idempotency.contract.ts';
import { inventoryContract } from './inventory.contract.ts';
import { notificationsContract } from './notifications.contract.ts';
import { operatingContract } from './operating.contract.ts';
import { ordersContract } from './orders.contract.ts';
import { paymentsContract } from './payments.contract.ts';
import { reportsContract } from './reports.contract.ts';
import type { Subject } from './subject.ts';

/** What holds of every feature, whatever engine stores it. */
export const featureContracts = {
  catalog: catalogContract,
  inventory: inventoryContract,
  orders: ordersContract,
  idempotency: idempotencyContract,
  payments: paymentsContract,
  notifications: notificationsContract,
  reports: reportsContract,
} as const;

/** Registers every test of the contract. The front door comes last, for it is restarted. */
export function wholeContract(subject: Subject): void {
  const all = {
    ...featureContracts,
    coupling: couplingContract,
    operating: operatingContract,
    'front door': frontDoorContract,
  };
  for (const [name, contract] of Object.entries(all)) describe(name, () => contract(subject));
}
