// scenarios/names.ts: what the scenarios are called.
// Apart from scenarios.ts, so that whoever only names one does not load them all.

export const scenarioNames = ['browse', 'checkout', 'mixed'] as const;
export type ScenarioName = (typeof scenarioNames)[number];
