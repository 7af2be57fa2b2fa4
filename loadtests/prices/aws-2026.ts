// prices/aws-2026.ts: AWS's list prices, in one place and with their date; no free tier, no discount.
// Read by cost.ts alone. Region us-east-1, as published on the services' pricing pages in 2026.

/** US dollars. */
export const aws2026 = {
  /** "AWS Lambda pricing": x86, for each gigabyte-second, the init phase included. */
  lambdaGbSecond: 0.0000166667,
  lambdaMillionRequests: 0.2,
  /** "Amazon API Gateway pricing": the first tier of each kind of API. */
  restApiMillionRequests: 3.5,
  httpApiMillionRequests: 1,
  /** "Amazon SQS pricing": standard queues; every call counts, also a receive that finds nothing. */
  sqsMillionRequests: 0.4,
  /** "AWS Fargate pricing": Linux on x86. */
  fargateVcpuHour: 0.04048,
  fargateGbHour: 0.004445,
} as const;
