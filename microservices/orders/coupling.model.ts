// orders/coupling.model.ts: the row of the table settings that says how followers are told.
// Called by coupling.ts and wiring.ts.
import type { Coupling } from '@lab/shared/contract/couplings.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';

/** @returns undefined until somebody has switched it */
export async function findCoupling(db: Queries): Promise<Coupling | undefined> {
  const sql = "SELECT value FROM settings WHERE name = 'coupling'";
  return (await db.get<{ value: Coupling }>(sql))?.value;
}

export async function storeCoupling(db: Queries, coupling: Coupling): Promise<void> {
  await db.run(
    `INSERT INTO settings (name, value) VALUES ('coupling', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [coupling],
  );
}
