// deploy/lint-wiring.ts: parts of a template that fit the specification each, and not one another.
// Called by lint.ts. AWS finds these at the deployment, or only when the first request fails.
import { referencesIn } from './references.ts';
import type { ResourceDeclaration, Template } from './template.ts';

type Resources = Readonly<Record<string, ResourceDeclaration>>;

export function lintWiring({ Resources = {} }: Template): string[] {
  return [...shortVisibility(Resources), ...missingPermissions(Resources)];
}

/** AWS's defaults, in seconds. */
const defaults = { visibility: 30, timeout: 3 };

/** A message would be handed out again while the function still works on it. */
function shortVisibility(resources: Resources): string[] {
  return ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(
    ([id, { Properties = {} }]) => {
      const [queue] = idsIn(resources, Properties.EventSourceArn, 'AWS::SQS::Queue');
      const [fn] = idsIn(resources, Properties.FunctionName, 'AWS::Lambda::Function');
      if (queue === undefined || fn === undefined) return [];
      const visibility = secondsOf(resources[queue], 'VisibilityTimeout', defaults.visibility);
      const timeout = secondsOf(resources[fn], 'Timeout', defaults.timeout);
      // NaN, for what is only known at the deployment, is not less than anything.
      if (!(visibility < timeout)) return [];
      return [
        `${id}: ${queue} hides a message for ${visibility} s, and ${fn} may work on it for ${timeout} s.`,
      ];
    },
  );
}

/** Whose type calls a function must be allowed to, by its service's name. */
const callers: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'apigateway.amazonaws.com',
  'AWS::ApiGateway::Method': 'apigateway.amazonaws.com',
  'AWS::Events::Rule': 'events.amazonaws.com',
};

function missingPermissions(resources: Resources): string[] {
  const given = new Set(
    ofType(resources, 'AWS::Lambda::Permission').flatMap(([, { Properties = {} }]) =>
      idsIn(resources, Properties.FunctionName, 'AWS::Lambda::Function').map(
        (fn) => `${Properties.Principal} ${fn}`,
      ),
    ),
  );
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    const principal = callers[Type];
    if (principal === undefined) return [];
    return idsIn(resources, Properties, 'AWS::Lambda::Function')
      .filter((fn) => !given.has(`${principal} ${fn}`))
      .map((fn) => `${id} calls ${fn}: no AWS::Lambda::Permission allows ${principal} to.`);
  });
}

function ofType(resources: Resources, type: string): [string, ResourceDeclaration][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

/** The resources of a type that a value refers to, each once. */
function idsIn(resources: Resources, value: unknown, type: string): string[] {
  const ids = referencesIn(value, '').map(({ to }) => to);
  return [...new Set(ids)].filter((id) => resources[id]?.Type === type);
}

function secondsOf(resource: ResourceDeclaration | undefined, name: string, fallback: number) {
  return Number(resource?.Properties?.[name] ?? fallback);
}
