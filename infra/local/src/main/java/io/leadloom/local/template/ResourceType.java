package io.leadloom.local.template;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resource types that the stack runs, each with the properties that it reads and those that it
 * knows to be without meaning on one machine. Every other property is an error, so that nothing is
 * left out silently.
 */
enum ResourceType {
  FUNCTION(
      "AWS::Serverless::Function",
      "FunctionName",
      "lambda",
      "function:",
      Set.of(
          "AutoPublishAlias",
          "DeadLetterQueue",
          "Environment",
          "EventInvokeConfig",
          "Events",
          "Handler",
          "MemorySize",
          "Policies",
          "ReservedConcurrentExecutions",
          "Timeout"),
      Set.of(
          "Architectures",
          "AutoPublishAliasAllProperties",
          "AutoPublishCodeSha256",
          "CodeUri",
          "DeploymentPreference",
          "Description",
          "EphemeralStorage",
          "KmsKeyArn",
          "Layers",
          "LoggingConfig",
          "PackageType",
          "PermissionsBoundary",
          "PropagateTags",
          "ProvisionedConcurrencyConfig",
          "RecursiveLoop",
          "Role",
          "Runtime",
          "RuntimeManagementConfig",
          "SnapStart",
          "Tags",
          "Tracing",
          "VersionDescription")),
  HTTP_API(
      "AWS::Serverless::HttpApi",
      null,
      "apigateway",
      "/apis/",
      Set.of(
          "Auth",
          "CorsConfiguration",
          "DefaultRouteSettings",
          "RouteSettings",
          "StageName",
          "StageVariables"),
      Set.of(
          "AccessLogSettings",
          "Description",
          "DisableExecuteApiEndpoint",
          "Domain",
          "FailOnWarnings",
          "Name",
          "PropagateTags",
          "Tags")),
  WEBSOCKET_API(
      "AWS::ApiGatewayV2::Api",
      null,
      "apigateway",
      "/apis/",
      Set.of("ProtocolType", "RouteSelectionExpression"),
      Set.of("Description", "DisableExecuteApiEndpoint", "Name", "Tags")),
  WEBSOCKET_ROUTE(
      "AWS::ApiGatewayV2::Route",
      null,
      "apigateway",
      "/routes/",
      Set.of(
          "ApiId",
          "AuthorizationType",
          "AuthorizerId",
          "RouteKey",
          "RouteResponseSelectionExpression",
          "Target"),
      Set.of("OperationName")),
  WEBSOCKET_AUTHORIZER(
      "AWS::ApiGatewayV2::Authorizer",
      null,
      "apigateway",
      "/authorizers/",
      Set.of("ApiId", "AuthorizerType", "AuthorizerUri", "IdentitySource"),
      Set.of("AuthorizerCredentialsArn", "Name")),
  WEBSOCKET_INTEGRATION(
      "AWS::ApiGatewayV2::Integration",
      null,
      "apigateway",
      "/integrations/",
      Set.of("ApiId", "IntegrationType", "IntegrationUri"),
      Set.of("CredentialsArn", "Description", "IntegrationMethod")),
  WEBSOCKET_STAGE(
      "AWS::ApiGatewayV2::Stage",
      "StageName",
      "apigateway",
      "/stages/",
      Set.of("ApiId", "StageVariables"),
      Set.of(
          "AccessLogSettings",
          "AutoDeploy",
          "DefaultRouteSettings",
          "DeploymentId",
          "Description",
          "RouteSettings",
          "Tags")),
  STATE_MACHINE(
      "AWS::Serverless::StateMachine",
      "Name",
      "states",
      "stateMachine:",
      Set.of(
          "Definition", "DefinitionSubstitutions", "DefinitionUri", "Events", "Policies", "Type"),
      Set.of(
          "AutoPublishAlias",
          "DeploymentPreference",
          "Logging",
          "PermissionsBoundary",
          "PropagateTags",
          "Role",
          "Tags",
          "Tracing",
          "UseAliasAsEventTarget")),
  APPLICATION(
      "AWS::Serverless::Application",
      null,
      "cloudformation",
      "stack/",
      Set.of("Location", "Parameters"),
      Set.of("NotificationARNs", "Tags", "TimeoutInMinutes")),
  NESTED_STACK(
      "AWS::CloudFormation::Stack",
      null,
      "cloudformation",
      "stack/",
      Set.of("TemplateURL", "Parameters"),
      Set.of("NotificationARNs", "Tags", "TimeoutInMinutes")),
  TABLE(
      "AWS::DynamoDB::Table",
      "TableName",
      "dynamodb",
      "table/",
      Set.of(
          "AttributeDefinitions",
          "BillingMode",
          "GlobalSecondaryIndexes",
          "KeySchema",
          "LocalSecondaryIndexes",
          "ProvisionedThroughput",
          "StreamSpecification",
          "TimeToLiveSpecification"),
      Set.of(
          "ContributorInsightsSpecification",
          "DeletionProtectionEnabled",
          "OnDemandThroughput",
          "PointInTimeRecoverySpecification",
          "ResourcePolicy",
          "SSESpecification",
          "TableClass",
          "Tags",
          "WarmThroughput")),
  QUEUE(
      "AWS::SQS::Queue",
      "QueueName",
      "sqs",
      "",
      Set.of(
          "ContentBasedDeduplication",
          "DelaySeconds",
          "FifoQueue",
          "MessageRetentionPeriod",
          "ReceiveMessageWaitTimeSeconds",
          "RedrivePolicy",
          "VisibilityTimeout"),
      Set.of(
          "DeduplicationScope",
          "FifoThroughputLimit",
          "KmsDataKeyReusePeriodSeconds",
          "KmsMasterKeyId",
          "MaximumMessageSize",
          "RedriveAllowPolicy",
          "SqsManagedSseEnabled",
          "Tags")),
  EVENT_BUS(
      "AWS::Events::EventBus",
      "Name",
      "events",
      "event-bus/",
      Set.of(),
      Set.of("DeadLetterConfig", "Description", "KmsKeyIdentifier", "LogConfig", "Policy", "Tags")),
  ARCHIVE(
      "AWS::Events::Archive",
      "ArchiveName",
      "events",
      "archive/",
      Set.of("Description", "EventPattern", "RetentionDays", "SourceArn"),
      Set.of("KmsKeyIdentifier")),
  RULE(
      "AWS::Events::Rule",
      "Name",
      "events",
      "rule/",
      Set.of("EventBusName", "EventPattern", "ScheduleExpression", "State", "Targets"),
      Set.of("Description", "RoleArn")),
  SECRET(
      "AWS::SecretsManager::Secret",
      "Name",
      "secretsmanager",
      "secret:",
      Set.of("GenerateSecretString", "SecretString"),
      Set.of("Description", "KmsKeyId", "ReplicaRegions", "Tags")),
  PARAMETER(
      "AWS::SSM::Parameter",
      "Name",
      "ssm",
      "parameter/",
      Set.of("Type", "Value"),
      Set.of("AllowedPattern", "DataType", "Description", "Policies", "Tags", "Tier"));

  /** Types of which nothing happens on one machine: rights, keys, alarms, logs, delivery. */
  static final Set<String> INERT =
      Set.of(
          "AWS::ApiGatewayV2::Deployment",
          "AWS::ApiGatewayV2::RouteResponse",
          "AWS::ApplicationAutoScaling::ScalableTarget",
          "AWS::ApplicationAutoScaling::ScalingPolicy",
          "AWS::Backup::BackupPlan",
          "AWS::Backup::BackupSelection",
          "AWS::Backup::BackupVault",
          "AWS::Budgets::Budget",
          "AWS::CertificateManager::Certificate",
          "AWS::CloudFront::CachePolicy",
          "AWS::CloudFront::Distribution",
          "AWS::CloudFront::OriginAccessControl",
          "AWS::CloudFront::OriginRequestPolicy",
          "AWS::CloudFront::ResponseHeadersPolicy",
          "AWS::CloudWatch::Alarm",
          "AWS::CloudWatch::CompositeAlarm",
          "AWS::CloudWatch::Dashboard",
          "AWS::Cognito::UserPool",
          "AWS::Cognito::UserPoolClient",
          "AWS::Cognito::UserPoolDomain",
          "AWS::Cognito::UserPoolGroup",
          "AWS::Events::EventBusPolicy",
          "AWS::IAM::ManagedPolicy",
          "AWS::IAM::Policy",
          "AWS::IAM::Role",
          "AWS::KMS::Alias",
          "AWS::KMS::Key",
          "AWS::Lambda::Permission",
          "AWS::Logs::LogGroup",
          "AWS::Logs::MetricFilter",
          "AWS::Logs::QueryDefinition",
          "AWS::Logs::ResourcePolicy",
          "AWS::Logs::SubscriptionFilter",
          "AWS::Route53::RecordSet",
          "AWS::SES::ConfigurationSet",
          "AWS::SES::EmailIdentity",
          "AWS::SNS::Subscription",
          "AWS::SNS::Topic",
          "AWS::SNS::TopicPolicy",
          "AWS::SQS::QueuePolicy",
          "AWS::SecretsManager::ResourcePolicy",
          "AWS::WAFv2::WebACL",
          "AWS::WAFv2::WebACLAssociation",
          "AWS::XRay::Group");

  private final String type;
  private final Optional<String> nameProperty;
  private final String arnService;
  private final String arnPrefix;
  private final Set<String> read;
  private final Set<String> inert;

  ResourceType(
      String type,
      @Nullable String nameProperty,
      String arnService,
      String arnPrefix,
      Set<String> read,
      Set<String> inert) {
    this.type = type;
    this.nameProperty = Optional.ofNullable(nameProperty);
    this.arnService = arnService;
    this.arnPrefix = arnPrefix;
    this.read = read;
    this.inert = inert;
  }

  static Optional<ResourceType> of(String type) {
    return Arrays.stream(values()).filter(known -> known.type.equals(type)).findFirst();
  }

  String type() {
    return type;
  }

  Optional<String> nameProperty() {
    return nameProperty;
  }

  boolean knows(String property) {
    return read.contains(property)
        || inert.contains(property)
        || nameProperty.filter(property::equals).isPresent();
  }

  String arn(Names names, String name) {
    return switch (this) {
      // AWS appends six random characters to a secret's name; these are as good as any.
      case SECRET -> names.arn(arnService, arnPrefix + name + "-LOCAL1");
      case PARAMETER ->
          names.arn(arnService, arnPrefix + (name.startsWith("/") ? name.substring(1) : name));
      default -> names.arn(arnService, arnPrefix + name);
    };
  }
}
