// experiments/deployment/arms.ts: what is deployed where and how: the data of E7's arms.
// Read by deployment.ts, its definition and its figures.
import type { ArmPlan, Lab } from '../../lab/experiment.ts';
import type { Strategy } from '../../targets/platform.ts';
import type { ReplicaCounts } from '../../targets/replicas.ts';
import { shapesAt, type Target } from '../../targets/targets.ts';
import { type VersionName, versionNames } from './versions.ts';

export interface DeploymentArm {
  readonly name: string;
  /** The target it needs; with replicas it is started a second time, on other ports. */
  readonly shape: string;
  readonly replicas?: ReplicaCounts;
  /** What holds the catalog, and is built, shipped and replaced as a whole. */
  readonly component: string;
  readonly strategy: Strategy;
  readonly versions: readonly VersionName[];
  readonly quick: boolean;
}

export const CONTROL = 'monolith';
export const TWIN = 'monolith again';
export const SERVICE = 'microservices';
export const CLUSTER = 'monolith-cluster';
export const REPLICAS = 'microservices, 2 catalogs';

const monolith = { shape: CONTROL, component: 'monolith', strategy: 'recreate' } as const;
const service = { shape: SERVICE, component: 'catalog' } as const;

export const deploymentArms: readonly DeploymentArm[] = [
  { ...monolith, name: CONTROL, versions: ['good', 'bad'], quick: true },
  { ...monolith, name: TWIN, versions: ['good'], quick: false },
  {
    name: CLUSTER,
    shape: CLUSTER,
    component: 'monolith',
    strategy: 'rolling',
    versions: versionNames,
    quick: false,
  },
  { ...service, name: SERVICE, strategy: 'recreate', versions: ['good', 'bad'], quick: true },
  {
    ...service,
    name: REPLICAS,
    replicas: { catalog: 2 },
    strategy: 'rolling',
    versions: versionNames,
    quick: false,
  },
];

/** All rollouts of a block, as a sample of its own. */
export const EVERY_ROLLOUT = 'every rollout';

export const partOf = (arm: string, version: VersionName) => `${arm}: ${version} version`;

/** Each version is held against the same of the monolith; the twin says how much is noise. */
export function planOf({ name, versions }: DeploymentArm): ArmPlan[] {
  return versions.map((version) => {
    const [part, control] = [partOf(name, version), partOf(CONTROL, version)];
    if (name === CONTROL || version === 'wrong') return { name: part };
    return name === TWIN ? { name: part, twinOf: control } : { name: part, versus: control };
  });
}

/** Above the ports of the shapes and the controls. */
const REPLICAS_OFFSET = 50;

/** The arms that the targets asked for allow, each with the target it runs on. */
export function armsFor({ targets, size, portBase, platform }: Lab): [DeploymentArm, Target][] {
  return deploymentArms.flatMap((arm) => {
    const asked = targets.find(({ name }) => name === arm.shape);
    if (asked === undefined || (size === 'quick' && !arm.quick)) return [];
    // The workers of a cluster are in one container, and an image is deployed as a whole.
    if (arm.shape === CLUSTER && platform.name === 'compose') return [];
    if (arm.replicas === undefined) return [[arm, asked]];
    const { microservices } = shapesAt(portBase + REPLICAS_OFFSET);
    return [[arm, { ...microservices, name: arm.name }]];
  });
}
