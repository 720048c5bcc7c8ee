#!/usr/bin/env bash
# Builds the functions, deploys template.yaml to the LocalStack at AWS_ENDPOINT_URL, and keeps it company.
set -euo pipefail

usage() {
  cat <<'END'
Usage: infra/localstack/deploy.sh [--at-once] [--built] [--only-deploy]

Builds the functions and deploys template.yaml, as CloudFormation, to the LocalStack at AWS_ENDPOINT_URL
(http://localhost:4566 if unset). Then makes a tenant and imports a few made-up permits, and plays the third
parties and the HTTP API until Ctrl-C.

  --at-once      let messages leave at once, at any hour of any day, to see a whole life of a lead
  --built        deploy what was built before
  --only-deploy  end after the deployment

Needs the AWS command line ("aws"). Heeds, besides what that heeds:
  LEADLOOM_STACK          name of the stack (leadloom)
  LEADLOOM_PUBLIC_URL     where people reach the HTTP API on this machine (http://localhost:8080)
  LEADLOOM_PROVIDERS_URL  where the functions reach this machine's simulators
                          (http://host.docker.internal:8080/simulated)
  LEADLOOM_BIND           address at which this machine's part listens (127.0.0.1)
END
}

say() { printf 'deploy: %s\n' "$*" >&2; }
die() { say "$@" && exit 1; }

at_once='' built='' only_deploy=''
for argument in "$@"; do
  case $argument in
    --at-once) at_once=yes ;;
    --built) built=yes ;;
    --only-deploy) only_deploy=yes ;;
    --help | -h) usage && exit ;;
    *) usage >&2 && exit 2 ;;
  esac
done

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/infra/localstack/target
stack=${LEADLOOM_STACK:-leadloom}
bucket=$stack-code
public_url=${LEADLOOM_PUBLIC_URL:-http://localhost:8080}
providers_url=${LEADLOOM_PROVIDERS_URL:-http://host.docker.internal:8080/simulated}
export AWS_ENDPOINT_URL="${AWS_ENDPOINT_URL:-http://localhost:4566}"
export AWS_ACCESS_KEY_ID="${AWS_ACCESS_KEY_ID:-test}" AWS_SECRET_ACCESS_KEY="${AWS_SECRET_ACCESS_KEY:-test}"
export AWS_REGION="${AWS_REGION:-us-east-1}" AWS_DEFAULT_REGION="${AWS_REGION:-us-east-1}"

command -v aws >/dev/null || die "there is no \"aws\" command; install AWS's command line, or put it on the path"
curl --silent --fail --max-time 10 "$AWS_ENDPOINT_URL/_localstack/health" >/dev/null ||
  die "no LocalStack answers at $AWS_ENDPOINT_URL; start it (infra/localstack/README.md), or point AWS_ENDPOINT_URL at it"

# It cannot update a stack of which it skipped a resource.
! aws cloudformation describe-stacks --stack-name "$stack" >/dev/null 2>&1 ||
  die "LocalStack has a stack $stack already; restart LocalStack, which forgets everything, or name another with LEADLOOM_STACK"

. "$root/infra/launcher/lock.sh"
. "$root/infra/launcher/jdk.sh"
. "$root/infra/launcher/build.sh"
follow_links() { readlink -f "$1"; }
cache=${XDG_CACHE_HOME:-$HOME/.cache}/leadloom
need_jdk
if [ -z "$built" ]; then
  say "building"
  (maven -B -q -ntp -pl infra/cloud -am -Dmaven.test.skip=true -Dspotless.check.skip=true package)
fi

packs=$root/functions/shared/packs/src/main/resources/packs
# What is deployed: the template as it is, with the functions' code beside it.
rm -rf "$work"
mkdir -p "$work/infra"
cp "$root/template.yaml" "$work"
cp "$root"/infra/*.yaml "$work/infra"
cp -R "$root/statemachines" "$work"
for code in "$root"/functions/*/target/lambda; do
  group=${code#"$root"/}
  mkdir -p "$work/$(dirname "$group")"
  cp -R "$code" "$work/$group"
  if [ -n "$at_once" ]; then
    # A file beside the libraries comes before the one in them.
    mkdir -p "$work/$group/packs"
    sed -E '/^sending:/,/^meeting:/ {
      s/^  window: .*/  window: { days: [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY], from: "00:00", to: "23:59" }/
      s/^  holidays:$/  holidays: []/
      /^    - [0-9-]+$/d
      s/exempt: \[.*\]/exempt: [FIRST_TOUCH, FOLLOW_UP, ANSWER, CONFIRMATION]/
    }' "$packs/us.yaml" >"$work/$group/packs/us.yaml"
  fi
done

say "uploading the code"
aws s3api head-bucket --bucket "$bucket" >/dev/null 2>&1 || aws s3 mb "s3://$bucket" >/dev/null
aws cloudformation package --template-file "$work/template.yaml" --s3-bucket "$bucket" \
  --output-template-file "$work/packaged.yaml" >"$work/package.log" 2>&1 || { cat "$work/package.log" >&2 && exit 1; }
# LocalStack looks for unknown names before it applies the SAM transform, which makes the aliases. So they are
# written out, but for that of the authorizer: what lets the HTTP API call it would be made before its alias.
sed -E -e '/^ +FunctionArn:$/ { n; s/Ref: ([A-Za-z0-9]+)\.Alias/Fn::Sub: ${\1.Arn}/; }' \
  -e 's/Ref: ([A-Za-z0-9]+)\.Alias/Fn::Sub: ${\1.Arn}:live/' "$work/packaged.yaml" >"$work/deployed.yaml"

say "deploying"
# It has no user pools either, so that people's tokens come from elsewhere.
aws cloudformation deploy --stack-name "$stack" --template-file "$work/deployed.yaml" --no-fail-on-empty-changeset \
  --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \
  --parameter-overrides "PublicUrl=$public_url" "ProviderOverrideUrl=$providers_url" \
  "TokenIssuer=$public_url" TokenClient=try-out >&2
say "the stack $stack stands at $AWS_ENDPOINT_URL"
[ -z "$only_deploy" ] || exit 0

exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 "-Dleadloom.home=$root" \
  -cp "$root/infra/cloud/target/classes:$(cat "$root/infra/cloud/target/classpath.txt")" io.leadloom.cloud.TryOut "$stack"
