// deploy/template-text.ts: template.yaml, made of what is written by hand and of the route table.
// Called by write-template.ts, and by its test, which finds a template.yaml that is out of date.
import { createHash } from 'node:crypto';
import type { Operation } from '@lab/shared/contract/operation.ts';
import { stringify } from 'yaml';
import { apiDocument } from './api-document.ts';

const header = `# template.yaml: the shop on AWS as one CloudFormation template. docs/deploy-to-aws.md deploys it.
# Written by \`npm run template\` from template.base.yaml and shared/contract: change those instead.
`;

/**
 * A mapping of one word, which then stands on the line of its name: AWS takes 51,200 bytes, and much
 * of this text is indentation.
 */
const lonely = /^( *)(\S+):\n\1 {2}([\w-]+): ([^\s{}[\],]+|"[^"\n]*"|'[^'\n]*')\n(?!\1 {2})/gm;

/** @param base the text of template.base.yaml */
export function templateText(base: string, operations: readonly Operation[]): string {
  const text = stringify(apiDocument(operations), {
    // Else `on` and `off` would lose their quotes, which CloudFormation wants.
    version: '1.1',
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
  const body = text.replaceAll(lonely, '$1$2: { $3: $4 }\n').replaceAll(/\n +Fn::Sub: /g, ' !Sub ');
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 8);
  return base
    .replace(/^(#.*\n)+/, header)
    .replace(/^( *)Body: .*\n/m, (_, indent: string) => `${indent}Body:\n${shifted(body, indent)}`)
    .replaceAll(/\bShopDeployment\b/g, `ShopDeployment${digest}`);
}

function shifted(yaml: string, indent: string): string {
  return yaml.replace(/^(?=.)/gm, `${indent}  `);
}
