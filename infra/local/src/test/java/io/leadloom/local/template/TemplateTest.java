package io.leadloom.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  private static final Deployment DEPLOYMENT =
      new Deployment(
          Names.LOCAL,
          URI.create("http://127.0.0.1:8080"),
          URI.create("http://127.0.0.1:4566"),
          Map.of());

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain                         | plain",
        "!Ref Word                     | word",
        "{Ref: Word}                   | word",
        "!Sub '${Word}-${AWS::Region}' | word-us-east-1",
        "!Sub '${!Word}'               | ${Word}",
        "!Sub ['${A}!', {A: !Ref Word}]| word!",
        "!Join [':', [a, !Ref Word]]   | a:word",
        "!Select [1, !Split [',', 'x,y']] | y",
        "!If [IsWord, yes, no]         | yes",
        "!FindInMap [Sizes, !Ref Word, Big] | 9",
        "!Base64 hi                    | aGk=",
        "!GetAtt Q.Arn                 | arn:aws:sqs:us-east-1:000000000000:Q",
        "!Ref Q                        | http://127.0.0.1:4566/000000000000/Q",
        "{'Fn::GetAtt': [Q, QueueName]}| Q",
      })
  void intrinsicIsEvaluated(String expression, String value) throws IOException {
    var template =
        read(
            """
            Parameters:
              Word: {Type: String, Default: word}
            Mappings:
              Sizes: {word: {Big: 9}}
            Conditions:
              IsWord: !And [!Equals [!Ref Word, word], !Not [!Equals [a, b]]]
            Resources:
              Q: {Type: AWS::SQS::Queue}
            Outputs:
              Out:
                Value: %s
            """
                .formatted(expression));
    assertThat(template.outputs()).containsEntry("Out", value);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Q: {Type: AWS::RDS::DBInstance}   | template.yaml:2: | does not run resources of type AWS::RDS::DBInstance",
        "Q: {Type: AWS::SQS::Queue, Properties: {Colour: red}} | template.yaml:2: | does not know the property Colour",
        "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !ImportValue x}} | template.yaml:2: | Fn::ImportValue",
        "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Nobody}} | template.yaml:2: | no parameter or resource Nobody",
        "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Q.Colour}} | template.yaml:2: | attribute Colour",
        "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Q}} | template.yaml:2: | depends on itself",
        "Q: {Type: AWS::SQS::Queue, Propertys: {}} | template.yaml:2: | Propertys",
        "F: {Type: AWS::Serverless::Function, Properties: {Timeout: 3}} | template.yaml:2: | lacks the property Handler",
        "F: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Timeout: long}} | template.yaml:2: | must be a whole number",
        "F: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Runtime: python3.13}} | template.yaml:2: | runs Java functions",
        "F: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Events: {E: {Type: S3}}}} | template.yaml:2: | events of type S3",
        "F: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Policies: [{SQSPollerPolicy: {QueueName: gone}}]}} | template.yaml:2: | which does not exist",
        "F: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Events: {E: {Type: HttpApi, Properties: {Path: /x, Auth: {Authorizer: Gone}}}}}} | template.yaml:2: | no authorizer Gone, only NONE, AWS_IAM",
        "A: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {Authorizers: {G: {FunctionArn: x, AuthorizerPayloadFormatVersion: '1.0'}}}}} | template.yaml:2: | payload format 2.0",
        "A: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {Authorizers: {G: {FunctionArn: x, AuthorizerPayloadFormatVersion: '2.0', Colour: red}}}}} | template.yaml:2: | property Colour",
        "A: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {Authorizers: {G: {JwtConfiguration: {audience: [x]}}}}}} | template.yaml:2: | lacks the property issuer",
        "A: {Type: AWS::Serverless::HttpApi, Properties: {StageName: live}} | template.yaml:2: | stage $default only",
        "A: {Type: AWS::Serverless::HttpApi, Properties: {RouteSettings: {GET /x: {ThrottlingBurstLimit: 1}}}} | template.yaml:2: | no route GET /x",
        "F: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Events: {E: {Type: HttpApi, Properties: {Path: /x, TimeoutInMillis: 31000}}}}} | template.yaml:2: | 50 to 30000",
        "F: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Events: {E: {Type: HttpApi, Properties: {Path: /x, Auth: {AuthorizationScopes: [a]}}}}}} | template.yaml:2: | need an authorizer with JwtConfiguration",
        "W: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP}} | template.yaml:2: | as AWS::Serverless::HttpApi",
        "W: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}} | template.yaml:2: | no AWS::ApiGatewayV2::Stage",
        "R: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: W, RouteKey: x, Target: t, AuthorizationType: AWS_IAM}} | template.yaml:2: | NONE and CUSTOM",
        "R: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: W, RouteKey: x, Target: t, AuthorizationType: CUSTOM, AuthorizerId: a}} | template.yaml:2: | Only the route $connect",
        "R: {Type: AWS::Events::Rule, Properties: {Targets: [{Arn: a, Id: a, RetryPolicy: {MaximumRetryAttempts: 186}}]}} | template.yaml:2: | 0 to 185",
        "I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: W, IntegrationType: MOCK, IntegrationUri: x}} | template.yaml:2: | AWS_PROXY only",
        "M: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: gone.json}} | template.yaml:2: | cannot be read",
        "A: {Type: AWS::Serverless::Application, Properties: {Location: gone.yaml}} | template.yaml:2: | needs the path of a local template",
      })
  void errorNamesTheLineAndTheReason(String resource, String place, String reason) {
    assertThatThrownBy(() -> read("Resources:\n  " + resource))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(place)
        .hasMessageContaining(reason);
  }

  @Test
  void lineOfANestedPropertyIsItsOwn() {
    assertThatThrownBy(() ->
            read(
                """
                Resources:
                  Q:
                    Type: AWS::SQS::Queue
                    Properties:
                      VisibilityTimeout: 30
                      RedrivePolicy:
                        maxReceiveCount: 3
                        colour: red
                """))
        .hasMessageStartingWith("template.yaml:8: ")
        .hasMessageContaining("colour");
  }

  @Test
  void twoResourcesOfOneNameAreRefused() {
    assertThatThrownBy(() ->
            read(
                """
                Resources:
                  A: {Type: AWS::SQS::Queue, Properties: {QueueName: same}}
                  B: {Type: AWS::SQS::Queue, Properties: {QueueName: same}}
                """))
        .hasMessageStartingWith("template.yaml:3: ")
        .hasMessageContaining("template.yaml:2");
  }

  @Test
  void undeclaredParameterOfANestedTemplateIsRefused() throws IOException {
    Files.writeString(folder.resolve("inner.yaml"), "Resources: {}\n");
    assertThatThrownBy(() ->
            read(
                """
                Resources:
                  A:
                    Type: AWS::CloudFormation::Stack
                    Properties: {TemplateURL: inner.yaml, Parameters: {Size: 1}}
                """))
        .hasMessageContaining("inner.yaml:1")
        .hasMessageContaining("Size");
  }

  private Template read(String text) throws IOException {
    var file = folder.resolve("template.yaml");
    Files.writeString(file, text);
    return Template.read(file, DEPLOYMENT);
  }
}
