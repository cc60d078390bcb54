import { changing } from './changing.ts';
import { setPolicy } from './rows.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = changing({}, (call, secret) => {
  setPolicy.run(call.database, null, secret.arn);
  return { ARN: secret.arn, Name: secret.name };
});
