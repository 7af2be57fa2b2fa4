// deploy/template-text.test.ts: template.yaml is what the contract and template.base.yaml make of it.
import { readFileSync } from 'node:fs';
import { features } from '@lab/shared/contract/operation.ts';
import { customerOperations } from '@lab/shared/contract/operations.ts';
import { expect, test } from 'vitest';
import { apiDocument } from './api-document.ts';
import { isMap, parseTemplate } from './template.ts';
import { templateText } from './template-text.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const base = read('template.base.yaml');
const text = read('template.yaml');
const { Resources = {} } = parseTemplate(text);
const { paths } = JSON.parse(JSON.stringify(apiDocument(customerOperations)));
const idsOf = (type: string) => Object.keys(Resources).filter((id) => Resources[id]?.Type === type);

test('template.yaml is up to date: else `npm run template` writes it', () => {
  expect(text).toBe(templateText(base, customerOperations));
});

test('it is small enough for AWS to take it without a bucket', () => {
  expect(Buffer.byteLength(text)).toBeLessThan(51_200);
});

test('its API is the route table, and each route goes to the function of its feature', () => {
  const { Body } = Resources.ShopApi?.Properties ?? {};
  // As CloudFormation gets it: a key is a text.
  expect(Body).toEqual(JSON.parse(JSON.stringify(apiDocument(customerOperations))));
  for (const { id, feature, access, method, path } of customerOperations) {
    const operation = paths[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()];
    expect(operation.operationId).toBe(id);
    expect(operation.security).toEqual(access === 'customer' ? [{ apiKey: [] }] : undefined);
    const uri: string = operation['x-amazon-apigateway-integration'].uri['Fn::Sub'];
    const [, functionId = ''] = /functions\/\$\{(\w+)\.Arn\}\/invocations$/.exec(uri) ?? [];
    expect(functionId.toLowerCase()).toBe(`${feature}function`);
    expect(Resources[functionId]?.Type).toBe('AWS::Lambda::Function');
  }
});

test('no call between services can be made from outside', () => {
  expect(JSON.stringify(apiDocument(customerOperations))).not.toMatch(
    /prices|reservations|refund|events"/,
  );
});

test('every path answers a browser that asks first, with the methods it has', () => {
  expect(JSON.stringify(paths['/orders'].options)).toContain("'POST,GET,OPTIONS'");
  for (const { path } of customerOperations) {
    const { options } = paths[path.replace(/:(\w+)/g, '{$1}')];
    expect(options['x-amazon-apigateway-integration'].type).toBe('mock');
  }
});

test('what is no route of a customer goes to the gateway, without a key', () => {
  const rest = [paths['/'].get, paths['/{proxy+}']['x-amazon-apigateway-any-method']];
  for (const operation of rest) {
    expect(JSON.stringify(operation)).toContain('GatewayFunction.Arn');
    expect(operation.security).toBeUndefined();
  }
});

test('new routes make a new deployment, as AWS never changes one', () => {
  const [deployment] = idsOf('AWS::ApiGateway::Deployment');
  const other = parseTemplate(templateText(base, customerOperations.slice(1)));
  expect(Object.keys(other.Resources ?? {})).not.toContain(deployment);
});

test('every feature has its function, every queue its dead-letter queue after five tries', () => {
  const nameOf = (id: string) => Object.values(Resources[id]?.Properties?.FunctionName ?? {})[0];
  const names = idsOf('AWS::Lambda::Function').map(nameOf);
  for (const feature of features) expect(names).toContain(`\${AWS::StackName}-${feature}`);
  const redrives = idsOf('AWS::SQS::Queue').flatMap((id) => {
    const { RedrivePolicy } = Resources[id]?.Properties ?? {};
    return isMap(RedrivePolicy) ? [RedrivePolicy.maxReceiveCount] : [];
  });
  expect(redrives).toEqual([5, 5, 5]);
});
