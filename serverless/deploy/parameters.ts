// deploy/parameters.ts: the values of a template's parameters: those given, else the defaults, checked.
// Called by deploy.ts; the sentences are CloudFormation's.
import { CannotDeploy, type ParameterDeclaration } from './template.ts';

type Declared = Readonly<Record<string, ParameterDeclaration>>;

/** @throws CannotDeploy naming all that are unknown or missing, or the first that does not fit */
export function parameterValues(
  declared: Declared,
  given: Readonly<Record<string, string>>,
): Record<string, string | readonly string[]> {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0)
    throw new CannotDeploy(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const texts = Object.entries(declared).map(
    ([name, declaration]) => [name, declaration, given[name] ?? declaration.Default] as const,
  );
  const missing = texts.filter(([, , text]) => text === undefined).map(([name]) => name);
  if (missing.length > 0)
    throw new CannotDeploy(`Parameters: [${missing.join(', ')}] must have values`);
  return Object.fromEntries(
    texts.map(([name, declaration, text]) => [name, parsedValue(name, declaration, String(text))]),
  );
}

function parsedValue(name: string, declaration: ParameterDeclaration, text: string) {
  const isList = ['CommaDelimitedList', 'List<Number>'].includes(declaration.Type);
  if (!isList && !['String', 'Number'].includes(declaration.Type))
    throw new CannotDeploy(`Parameter ${name}: the type ${declaration.Type} is not simulated.`);
  const parts = isList ? text.split(',').map((part) => part.trim()) : [text];
  for (const part of parts) {
    const fault = faultOf(declaration, part);
    if (fault === undefined) continue;
    const { ConstraintDescription: why } = declaration;
    throw new CannotDeploy(
      why === undefined
        ? `Parameter '${name}' must ${fault}`
        : `Parameter ${name} failed to satisfy constraint: ${why}`,
    );
  }
  return isList ? parts : text;
}

/** @returns what it must do, undefined when it does */
function faultOf(declaration: ParameterDeclaration, text: string): string | undefined {
  const { AllowedValues, AllowedPattern } = declaration;
  if (AllowedValues !== undefined && ![AllowedValues].flat().map(String).includes(text))
    return 'be one of AllowedValues';
  if (AllowedPattern !== undefined && !patternOf(AllowedPattern).test(text))
    return `match pattern ${AllowedPattern}`;
  return declaration.Type.includes('Number')
    ? numberFault(declaration, text)
    : lengthFault(declaration, text);
}

function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw new CannotDeploy(`The AllowedPattern ${pattern} is no regular expression.`);
  }
}

function numberFault(
  { MinValue = -Infinity, MaxValue = Infinity }: ParameterDeclaration,
  text: string,
) {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) return 'be a number';
  if (value < Number(MinValue)) return `be a number not less than ${MinValue}`;
  return value > Number(MaxValue) ? `be a number not greater than ${MaxValue}` : undefined;
}

function lengthFault({ MinLength = 0, MaxLength = Infinity }: ParameterDeclaration, text: string) {
  if (text.length < Number(MinLength)) return `contain at least ${MinLength} characters`;
  return text.length > Number(MaxLength) ? `contain at most ${MaxLength} characters` : undefined;
}
