// api-gateway/apis.ts: the APIs of this account, their deployments and stages.
// Called by api-gateway.ts for every change, and by answer-call.ts to find the stage of a request.
import { badRequest, ControlError } from './control-error.ts';
import { newId, newShortId, type Random } from './ids.ts';
import type { OpenApiDocument } from './openapi.ts';
import { type RestApi, readRestApi } from './rest-api.ts';
import type { Throttle } from './token-bucket.ts';

export interface StageSettings {
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Of each method that has none of its own: AWS's method setting for all methods. */
  readonly throttle?: Throttle | undefined;
  readonly methodThrottles?: readonly MethodThrottle[] | undefined;
}

export interface MethodThrottle {
  /** As in the document. */
  readonly resourcePath: string;
  /** `ANY` for a method that the document calls so. */
  readonly httpMethod: string;
  readonly throttle: Throttle;
}

export interface Stage {
  readonly apiId: string;
  readonly name: string;
  readonly deploymentId: string;
  readonly settings: StageSettings;
  /** What the API was when it was deployed. */
  readonly api: RestApi;
}

export interface Apis {
  /** @throws BadRequestException for a document that does not fit */
  create(body: OpenApiDocument): { readonly id: string };
  /** Replaces the whole API. Clients see it after the next deployment. */
  put(id: string, body: OpenApiDocument): void;
  /** @param settings undefined keeps those that the stage has */
  deploy(id: string, stageName: string, settings: StageSettings | undefined): Stage;
  stageOf(id: string, stageName: string): Stage | undefined;
}

/** @param firstId of the first API; one is made up when missing, and for all others */
export function createApis(random: Random, firstId?: string): Apis {
  const apis = new Map<string, { current: RestApi; readonly stages: Map<string, Stage> }>();

  function known(id: string) {
    const found = apis.get(id);
    if (found === undefined)
      throw new ControlError('NotFoundException', `Invalid API identifier specified: ${id}`);
    return found;
  }

  return {
    create(body) {
      const id = apis.size === 0 && firstId !== undefined ? firstId : newId(random);
      apis.set(id, { current: readRestApi(body, random), stages: new Map() });
      return { id };
    },
    put(id, body) {
      known(id).current = readRestApi(body, random);
    },
    deploy(id, stageName, settings) {
      const { current, stages } = known(id);
      if (!/^[\w-]{1,128}$/.test(stageName))
        throw badRequest('Stage name only allows a-zA-Z0-9_- and at most 128 characters');
      const stage: Stage = {
        apiId: id,
        name: stageName,
        deploymentId: newShortId(random),
        settings: settings ?? stages.get(stageName)?.settings ?? {},
        api: current,
      };
      stages.set(stageName, stage);
      return stage;
    },
    stageOf: (id, stageName) => apis.get(id)?.stages.get(stageName),
  };
}
