export const page = `How things are named, in every command that takes a reference:

  secret:NAME[:STAGE-OR-VERSION][#KEY]     secret:prod/db  secret:prod/db#password  secret:prod/db:AWSPREVIOUS#password
  param:NAME[:VERSION-OR-LABEL][#KEY]      param:/prod/app/url  param:/prod/app/url:3
  param:PATH/   secret:PATH/               all below a path
  key:alias/NAME   key:ID                  a KMS key
  file:.env   env:   -                     a file, the environment, standard input

In front of any of them, where it is when that is not the session's own place:

  vault:   profile=NAME:   region=REGION:  profile=prod:region=eu-west-1:secret:prod/db

Inside "secret", "param" and "key" commands the kind may be left out. ARNs work wherever names do, and so do ECS's
valueFrom and CloudFormation's {{resolve:...}}. "#KEY" reads one key of a JSON value; nested keys are divided by "/",
and "~1" is a slash within a key. Quote what has a "#" or a "!": some shells read them.
`;
