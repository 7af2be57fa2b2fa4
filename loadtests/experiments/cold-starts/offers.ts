// cold-starts/offers.ts: what is compared in dollars: a call, by the door it comes through, and a server.
// Read by the figures; prices are those of prices/aws-2026.ts.
import { aws2026 } from '../../prices/aws-2026.ts';
import { dollarsFor, serverDollarsPerHour } from '../../prices/cost.ts';

export interface Offer {
  readonly name: string;
  readonly billedMs: number;
  readonly memoryMb: number;
  /** What its API takes for a million requests, US dollars. */
  readonly apiMillionRequests: number;
}

export const offers: readonly Offer[] = [
  {
    name: 'HTTP API, 100 ms, 128 MB',
    ...{ billedMs: 100, memoryMb: 128, apiMillionRequests: aws2026.httpApiMillionRequests },
  },
  {
    name: 'REST API, 100 ms, 128 MB',
    ...{ billedMs: 100, memoryMb: 128, apiMillionRequests: aws2026.restApiMillionRequests },
  },
  {
    name: 'REST API, 100 ms, 512 MB',
    ...{ billedMs: 100, memoryMb: 512, apiMillionRequests: aws2026.restApiMillionRequests },
  },
];

/** US dollars. */
export function dollarsPerCall({ billedMs, memoryMb, apiMillionRequests }: Offer): number {
  return dollarsFor({ billedMs, memoryMb, invocations: 1 }) + apiMillionRequests / 1e6;
}

export const server = {
  name: 'A quarter of a vCPU with half a GB on Fargate',
  vcpu: 0.25,
  memoryGb: 0.5,
};
export const serverPerHour = serverDollarsPerHour(server);

const HOURS_A_MONTH = 730;
export const monthly = (dollarsPerHour: number): number => dollarsPerHour * HOURS_A_MONTH;
