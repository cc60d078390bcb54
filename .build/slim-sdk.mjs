/**
 * Leaves out of the service clients' bundles what our configuration never calls. src/aws/sdk.ts gives each client its
 * Region, credentials, endpoint, retries and request handler; the SDK brings a module for each, to find them by itself.
 * Each stand-in below is what is left of such a module. Half of the code goes, and 40 % of the time to load it.
 */
const never = (...names) =>
  names.map((name) => `export const ${name} = () => { throw new Error('${name}'); };`).join('\n');

/** By the module that is asked for. */
const packages = {
  // The chain of credential providers, with SSO, STS and HTTP clients of their own: sdk/credentials.ts has it.
  '@aws-sdk/credential-provider-node': never('defaultProvider'),
  // src/aws/http-handler.ts honours proxies and CA bundles, and does not load HTTP/2.
  '@smithy/node-http-handler': `export const NodeHttpHandler = { create: (handler) => handler };
    ${never('streamCollector')}`,
  // Events in an answer; none of these services sends them. Takes checksums, and zlib with them, along.
  '@smithy/core/event-streams': never('eventStreamSerdeProvider', 'EventStreamSerde'),
  // Retries by count; src/aws/retry.ts goes by a deadline. Other middleware finds its place by this one's name.
  '@smithy/core/retry': `export const resolveRetryConfig = (config) => config;
    const place = { name: 'retryMiddleware', step: 'finalizeRequest', priority: 'high', override: true };
    export const getRetryPlugin = () => ({ applyToStack: (stack) => stack.add((next) => (request) => next(request), place) });
    export const DEFAULT_RETRY_MODE = 'standard', NODE_MAX_ATTEMPT_CONFIG_OPTIONS = {}, NODE_RETRY_MODE_CONFIG_OPTIONS = {};
    export const isClockSkewCorrectedError = (error) => error.$metadata?.clockSkewCorrected;`,
};

/** By the end of a file's path. */
const files = {
  // Configuration from environment and files: src/aws/session.ts has read what there is.
  'config/node-config-provider/configLoader.js': 'export const loadConfig = () => async () => undefined;',
  'adaptors/getEndpointFromConfig.js': 'export const getEndpointFromConfig = async () => undefined;',
  'regionConfig/getInstanceMetadataRegion.js': never('getInstanceMetadataRegion'),
  // SHA-256 for a Node without crypto.
  'checksum/sha256/Sha256Js.js': 'export class Sha256Js {}',
  // Who asks: src/aws/sdk.ts says "latchkey".
  'util-user-agent-node/defaultUserAgent.js': never(
    'createDefaultUserAgentProvider',
    'defaultUserAgent',
    'crtAvailability',
  ),
  // Which of the SDK's features are in use, for the user agent.
  'middleware-user-agent/check-features.js': 'export const checkFeatures = async () => {};',
  // Tracing headers inside a Lambda function.
  'middleware-recursion-detection/recursionDetectionMiddleware.js':
    'export const recursionDetectionMiddleware = () => (next) => (request) => next(request);',
  // Versions of packages, for the user agent.
  'package.json': '{}',
};

export const slimSdk = {
  name: 'slim-sdk',
  setup({ onResolve, onLoad }) {
    const namespace = 'slim-sdk';
    onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path }) =>
      Object.hasOwn(packages, path) ? { path, namespace, sideEffects: false } : undefined,
    );
    onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: packages[path] }));
    onLoad({ filter: /node_modules.*\.js(on)?$/ }, ({ path }) => {
      const name = Object.keys(files).find((end) => path.replaceAll('\\', '/').endsWith(`/${end}`));
      return name && { contents: files[name], loader: name.endsWith('.json') ? 'json' : 'js' };
    });
  },
};
