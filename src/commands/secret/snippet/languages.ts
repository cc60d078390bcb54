import { stepsOf } from '../../../reference/json-pointer.ts';
import { formatReference, type SecretReference } from '../../../reference/reference.ts';

/** A string in double quotes, with escapes that all these languages know; Rust has its own. */
const quote = (text: string): string => JSON.stringify(text);

const isIndex = (step: string) => /^\d+$/.test(step);
/** Lines of code, without those that are not needed. */
const lines = (...all: (string | false | undefined)[]): string =>
  all.filter((line) => typeof line === 'string').join('\n');

/** What says which version: by the name that a language has for it. */
const versionIn = (
  wanted: SecretReference,
  write: (name: 'stage' | 'id', text: string) => string,
): string | undefined =>
  wanted.versionId
    ? write('id', quote(wanted.versionId))
    : wanted.stage
      ? write('stage', quote(wanted.stage))
      : undefined;

const partsOf = ({ id, key, where }: SecretReference) => ({ id, key, steps: stepsOf(key), region: where?.region });

function python(wanted: SecretReference): string {
  const { id, region, steps } = partsOf(wanted);
  const version = versionIn(wanted, (name, text) => `, ${name === 'id' ? 'VersionId' : 'VersionStage'}=${text}`) ?? '';
  const path = steps.map((step) => `[${isIndex(step) ? step : quote(step)}]`).join('');
  return lines(
    ...[steps.length > 0 && 'import json', steps.length > 0 && '', 'import boto3', ''],
    `client = boto3.client("secretsmanager"${region ? `, region_name=${quote(region)}` : ''})`,
    `answer = client.get_secret_value(SecretId=${quote(id)}${version})`,
    steps.length > 0 ? `value = json.loads(answer["SecretString"])${path}` : 'value = answer["SecretString"]',
  );
}

function javascript(wanted: SecretReference): string {
  const { id, region, steps } = partsOf(wanted);
  const version = versionIn(wanted, (name, text) => `, ${name === 'id' ? 'VersionId' : 'VersionStage'}: ${text}`) ?? '';
  return lines(
    ...["import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';", ''],
    `const client = new SecretsManagerClient({${region ? ` region: ${quote(region)} ` : ''}});`,
    `const answer = await client.send(new GetSecretValueCommand({ SecretId: ${quote(id)}${version} }));`,
    steps.length > 0
      ? `const value = JSON.parse(answer.SecretString)${steps.map((step) => `[${quote(step)}]`).join('')};`
      : 'const value = answer.SecretString;',
  );
}

function java(wanted: SecretReference): string {
  const { id, region, key } = partsOf(wanted);
  const version = versionIn(wanted, (name, text) => `.${name === 'id' ? 'versionId' : 'versionStage'}(${text})`) ?? '';
  const build = region ? `builder().region(Region.of(${quote(region)})).build()` : 'create()';
  return lines(
    key !== undefined && 'import com.fasterxml.jackson.databind.ObjectMapper;',
    region && 'import software.amazon.awssdk.regions.Region;',
    ...['import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;', ''],
    `try (SecretsManagerClient client = SecretsManagerClient.${build}) {`,
    `    String text = client.getSecretValue(request -> request.secretId(${quote(id)})${version}).secretString();`,
    key !== undefined && `    String value = new ObjectMapper().readTree(text).at(${quote(`/${key}`)}).asText();`,
    '}',
  );
}

function go(wanted: SecretReference): string {
  const { id, region, steps } = partsOf(wanted);
  const version =
    versionIn(wanted, (name, text) => `, ${name === 'id' ? 'VersionId' : 'VersionStage'}: aws.String(${text})`) ?? '';
  const path = steps
    .map((step) => (isIndex(step) ? `.([]any)[${step}]` : `.(map[string]any)[${quote(step)}]`))
    .join('');
  const unless = (condition: string) => [`\tif ${condition} {`, '\t\treturn "", err', '\t}'];
  return lines(
    ...['import (', '\t"context"', steps.length > 0 && '\t"encoding/json"', steps.length > 0 && '\t"fmt"', ''],
    ...['\t"github.com/aws/aws-sdk-go-v2/aws"', '\t"github.com/aws/aws-sdk-go-v2/config"'],
    ...['\t"github.com/aws/aws-sdk-go-v2/service/secretsmanager"', ')', ''],
    'func readSecret(ctx context.Context) (string, error) {',
    `\tcfg, err := config.LoadDefaultConfig(ctx${region ? `, config.WithRegion(${quote(region)})` : ''})`,
    ...unless('err != nil'),
    '\tclient := secretsmanager.NewFromConfig(cfg)',
    `\tinput := &secretsmanager.GetSecretValueInput{SecretId: aws.String(${quote(id)})${version}}`,
    '\tanswer, err := client.GetSecretValue(ctx, input)',
    ...unless('err != nil'),
    ...(steps.length === 0
      ? ['\treturn *answer.SecretString, nil']
      : [
          '\tvar all any',
          ...unless('err := json.Unmarshal([]byte(*answer.SecretString), &all); err != nil'),
          `\treturn fmt.Sprint(all${path}), nil`,
        ]),
    '}',
  );
}

function dotnet(wanted: SecretReference): string {
  const { id, region, steps } = partsOf(wanted);
  const version =
    versionIn(wanted, (name, text) => `, ${name === 'id' ? 'VersionId' : 'VersionStage'} = ${text}`) ?? '';
  const path = steps.map((step) => (isIndex(step) ? `[${step}]` : `.GetProperty(${quote(step)})`)).join('');
  return lines(
    ...[region && 'using Amazon;', 'using Amazon.SecretsManager;', 'using Amazon.SecretsManager.Model;'],
    ...[steps.length > 0 && 'using System.Text.Json;', ''],
    `using var client = new AmazonSecretsManagerClient(${region ? `RegionEndpoint.GetBySystemName(${quote(region)})` : ''});`,
    `var answer = await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = ${quote(id)}${version} });`,
    steps.length > 0 && 'using var json = JsonDocument.Parse(answer.SecretString);',
    steps.length > 0 ? `var value = json.RootElement${path}.ToString();` : 'var value = answer.SecretString;',
  );
}

function rust(wanted: SecretReference): string {
  const { id, region, key } = partsOf(wanted);
  const version =
    versionIn(wanted, (name, text) => `.${name === 'id' ? 'version_id' : 'version_stage'}(${text})`) ?? '';
  const asRust = (text: string) =>
    text.replace(/\\u([0-9a-f]{4})/g, '\\u{$1}').replace(/\\([bf])/g, (_, one) => (one === 'b' ? '\\x08' : '\\x0c'));
  return lines(
    'let config = aws_config::defaults(aws_config::BehaviorVersion::latest())',
    region && `    .region(aws_config::Region::new(${quote(region)}))`,
    ...['    .load()', '    .await;', 'let client = aws_sdk_secretsmanager::Client::new(&config);'],
    `let answer = client.get_secret_value().secret_id(${quote(id)})${version}.send().await?;`,
    'let text = answer.secret_string().unwrap_or_default();',
    ...(key === undefined
      ? []
      : [
          'let json: serde_json::Value = serde_json::from_str(text)?;',
          `let value = json.pointer(${asRust(quote(`/${key}`))}).ok_or("the key is missing")?;`,
        ]),
  );
}

/** By this program, into a variable. */
const shell = (wanted: SecretReference): string =>
  `value=$(latchkey secret get '${formatReference(wanted).replaceAll("'", `'\\''`)}')`;

export const languages = { python, javascript, java, go, dotnet, rust, shell };

export type Language = keyof typeof languages;
