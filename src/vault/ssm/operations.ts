/** Parameter Store, by the names of the API. Each page is loaded when its operation is first called. */
export const operations = {
  AddTagsToResource: async () => (await import('./add-tags-to-resource.ts')).addTagsToResource,
  DeleteParameter: async () => (await import('./delete-parameter.ts')).deleteParameter,
  DeleteParameters: async () => (await import('./delete-parameters.ts')).deleteParameters,
  DescribeParameters: async () => (await import('./describe-parameters.ts')).describeParameters,
  GetParameter: async () => (await import('./get-parameter.ts')).getParameter,
  GetParameterHistory: async () => (await import('./get-parameter-history.ts')).getParameterHistory,
  GetParameters: async () => (await import('./get-parameters.ts')).getParameters,
  GetParametersByPath: async () => (await import('./get-parameters-by-path.ts')).getParametersByPath,
  ListTagsForResource: async () => (await import('./list-tags-for-resource.ts')).listTagsForResource,
  PutParameter: async () => (await import('./put-parameter.ts')).putParameter,
  RemoveTagsFromResource: async () => (await import('./remove-tags-from-resource.ts')).removeTagsFromResource,
  LabelParameterVersion: async () => (await import('./label-parameter-version.ts')).labelParameterVersion,
  UnlabelParameterVersion: async () => (await import('./unlabel-parameter-version.ts')).unlabelParameterVersion,
};
