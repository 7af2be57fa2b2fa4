// experiments/findings.ts: the predictions of the blast-radius experiment, each held against the run.
// Called by blast-radius.ts. Nothing here knows a shape: a shape's processes say what it predicts.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import type { CrashResult, Finding, TargetResult } from './result.ts';

/** A feature counts as untouched up to this share of requests not ok: 1 %. */
export const UNTOUCHED_RATIO = 0.01;
/**
 * A feature counts as down when at least half of its requests fail while the process is away.
 * Not all: the harness sees a process ready some ms after its customers do.
 */
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
  const shares = features.map((name) => shareAway(target, name));
  const least = Math.min(...shares);
  return [
    {
      prediction: `${target.name}: whichever feature crashes, all six are down until the restart`,
      measured: `${touchedOf(target)} touched; while away, ${percent(least)} or more of each lost`,
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
    measured: `${touchedOf(target)} touched${asPredicted(target) ? ', these very ones' : ''}`,
    held: asPredicted(target),
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

/** Whether each crash touched exactly what it was predicted to, no more and no less. */
function asPredicted(target: TargetResult): boolean {
  return target.crashes
    .filter(({ component }) => isFeature(component))
    .every((crash) =>
      features.every((name) => isTouched(crash, name) === shouldTouch(crash.component, name)),
    );
}

function shouldTouch(crashed: string, feature: Feature): boolean {
  return crashed === feature || (feature === 'orders' && checkoutNeeds.includes(crashed));
}

function touchedOf(target: TargetResult): string {
  const crashes = target.crashes.filter(({ component }) => isFeature(component));
  const touched = crashes.map((crash) => features.filter((name) => isTouched(crash, name)).length);
  const sum = touched.reduce((total, count) => total + count, 0);
  return `${sum} of ${crashes.length * features.length} cells`;
}

/** Share of a feature's requests lost while the process was away, over all crashes; 0 without any. */
function shareAway(target: TargetResult, feature: Feature): number {
  const away = target.crashes.flatMap(({ cells }) => cells[feature].away ?? []);
  const sum = (of: (one: { sent: number; notOk: number }) => number) =>
    away.reduce((total, one) => total + of(one), 0);
  return (
    sum(({ notOk }) => notOk) /
    Math.max(
      1,
      sum(({ sent }) => sent),
    )
  );
}

const isFeature = (component: string) => (features as readonly string[]).includes(component);
export const percent = (share: number) => `${Math.round(share * 100)} %`;
