// experiments/findings.ts: the predictions of the blast-radius experiment, each held against the run.
// Called by blast-radius.ts. Nothing here knows a shape: a shape's processes say what it predicts.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import type { CrashResult, Finding, TargetResult } from './result.ts';

/** A feature counts as untouched up to this share of requests not ok: 1 %. */
export const UNTOUCHED_RATIO = 0.01;
/** A feature counts as down when at least half of its requests fail while the process is away. */
const DOWN_RATIO = 0.5;

/** Whether a feature noticed the crash at all. */
export function isTouched(crash: CrashResult, feature: Feature): boolean {
  const { sent, notOk } = crash.cells[feature];
  return notOk > UNTOUCHED_RATIO * sent;
}

/** How much of the shop a crash of one feature's code touched, 0–1, on average over all crashes. */
export function blastRadius(target: TargetResult): number {
  const ofFeatures = target.crashes.filter(({ component }) => isFeature(component));
  const touched = ofFeatures.map(
    (crash) => features.filter((name) => isTouched(crash, name)).length,
  );
  return touched.reduce((sum, count) => sum + count, 0) / (touched.length * features.length);
}

/** The predictions that apply to a run with these targets. */
export function findingsOf(targets: readonly TargetResult[]): Finding[] {
  return targets.flatMap((target) => [
    ...(target.processes.length === 1 ? oneProcess(target) : manyProcesses(target)),
    ordersFinding(target),
  ]);
}

/** k/S for one process: whatever crashes, everything is in it. */
function oneProcess(target: TargetResult): Finding[] {
  const worst = target.crashes.map((crash) => ({
    crash,
    least: Math.min(...features.map((name) => shareAway(crash, name))),
  }));
  const least = Math.min(...worst.map((row) => row.least));
  return [
    {
      prediction: `${target.name}: whichever feature crashes, all six are down until the restart`,
      measured: `${touchedOf(target)} touched; least hit: ${percent(least)} of its requests lost`,
      held: least >= DOWN_RATIO && blastRadius(target) === 1,
    },
  ];
}

function manyProcesses(target: TargetResult): Finding[] {
  const findings: Finding[] = [];
  const payments = target.crashes.find(({ component }) => component === 'payments');
  if (payments) {
    const { sent, notOk } = payments.cells.catalog;
    findings.push({
      prediction: `${target.name}: with payments crashed, browsing loses at most 1 %`,
      measured: `${notOk} of ${sent} catalog requests lost`,
      held: !isTouched(payments, 'catalog'),
    });
  }
  findings.push({
    prediction: `${target.name}: a crash touches its own feature, and the checkout where it needs it`,
    measured: `${touchedOf(target)} touched`,
    held: strays(target).length === 0,
  });
  const door = target.crashes.find(({ component }) => !isFeature(component));
  if (door) {
    const hit = features.filter((name) => isTouched(door, name)).length;
    findings.push({
      prediction: `${target.name}: the ${door.component} is a single point of failure`,
      measured: `${hit} of ${features.length} features touched`,
      held: hit === features.length,
    });
  }
  return findings;
}

function ordersFinding(target: TargetResult): Finding {
  const { acknowledged, lost, halfDone } = target.orders;
  return {
    prediction: `${target.name}: no acknowledged order is lost, none stays half done`,
    measured: `${acknowledged} acknowledged, ${lost} lost, ${halfDone} half done`,
    held: lost === 0 && halfDone === 0,
  };
}

/** What the checkout calls before it answers. */
const checkoutNeeds: readonly string[] = ['catalog', 'inventory', 'payments'];

/** Features hit by a crash that should not have reached them. */
function strays(target: TargetResult): Feature[] {
  return target.crashes
    .filter(({ component }) => isFeature(component))
    .flatMap((crash) =>
      features.filter((name) => isTouched(crash, name) && !mayTouch(crash.component, name)),
    );
}

function mayTouch(crashed: string, feature: Feature): boolean {
  return crashed === feature || (feature === 'orders' && checkoutNeeds.includes(crashed));
}

function touchedOf(target: TargetResult): string {
  const crashes = target.crashes.filter(({ component }) => isFeature(component));
  const touched = crashes.map((crash) => features.filter((name) => isTouched(crash, name)).length);
  const sum = touched.reduce((total, count) => total + count, 0);
  return `${sum} of ${crashes.length * features.length} cells`;
}

/** Share of a feature's requests lost, over the whole window scaled to the time away. */
function shareAway(crash: CrashResult, feature: Feature): number {
  const { sent, notOk } = crash.cells[feature];
  if (crash.diedAtMs === null || sent === 0) return 0;
  const windowMs = crash.windowEndMs - crash.windowStartMs;
  const awayMs = (crash.readyAtMs ?? crash.windowEndMs) - crash.diedAtMs;
  return Math.min(1, notOk / (sent * (awayMs / windowMs)));
}

const isFeature = (component: string) => (features as readonly string[]).includes(component);
export const percent = (share: number) => `${Math.round(share * 100)} %`;
