// runtime/cloud-addresses.ts: where the local cloud is: how far above the lab's first port, and its path.
// Read by serverless/cloud.ts, which listens there, and by the lab's table of targets, which calls it.

/** How far each service is above the lab's first port: 5000, 9324 and 9001 as a rule. */
export const cloudPorts = { 'API Gateway': 2000, SQS: 6324, Lambda: 6001 } as const;

/** AWS makes one up: ten letters and digits. Here it is known before anything is deployed. */
export const restApiId = 'oneshopapi';

/** What stands before every path of the shop, in the path style of REST APIs. */
export const basePath = `/restapis/${restApiId}/prod/_user_request_`;
