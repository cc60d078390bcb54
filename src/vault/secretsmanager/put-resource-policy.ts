import { boolean, required } from '../shape.ts';
import { changing } from './changing.ts';
import { requireNotPublic, requirePolicy, resourcePolicy } from './policies.ts';
import { setPolicy } from './rows.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const putResourcePolicy = changing(
  { ResourcePolicy: required(resourcePolicy), BlockPublicPolicy: boolean() },
  (call, secret, { ResourcePolicy, BlockPublicPolicy }) => {
    const policy = requirePolicy(ResourcePolicy);
    if (BlockPublicPolicy) requireNotPublic(policy);
    setPolicy.run(call.database, ResourcePolicy, secret.arn);
    return { ARN: secret.arn, Name: secret.name };
  },
);
