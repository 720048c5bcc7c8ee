package io.leadloom.cloud.suite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.s3.S3Client;

/** The suite's template on an endpoint that has CloudFormation: LocalStack, or AWS. */
final class Deployed implements Target {

  private static final String CODE = "functions.zip";
  private static final String MACHINE = "flow.asl.json";

  private final String name;
  private final String stack = "leadloom-suite-" + UUID.randomUUID().toString().substring(0, 8);
  private final S3Client s3 = S3Client.builder().forcePathStyle(true).build();
  private final CloudFormationClient cloudFormation = CloudFormationClient.create();
  private final AutoCloseable endpoint;

  /**
   * Deploys the template.
   *
   * @param libraries a folder of jars that the functions need
   * @param endpoint is closed with the target
   */
  Deployed(String name, Path template, Path libraries, AutoCloseable endpoint) {
    this.name = name;
    this.endpoint = endpoint;
    try {
      s3.createBucket(b -> b.bucket(stack));
      s3.putObject(b -> b.bucket(stack).key(CODE), RequestBody.fromBytes(code(libraries)));
      s3.putObject(
          b -> b.bucket(stack).key(MACHINE),
          RequestBody.fromFile(template.resolveSibling(MACHINE)));
      deploy(
          Files.readString(template)
              .replace("Uri: " + CODE, "Uri: s3://" + stack + "/" + CODE)
              .replace("Uri: " + MACHINE, "Uri: s3://" + stack + "/" + MACHINE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void deploy(String template) {
    cloudFormation.createChangeSet(b ->
        b.stackName(stack)
            .changeSetName("create")
            .changeSetType(ChangeSetType.CREATE)
            .templateBody(template)
            .capabilities(Capability.CAPABILITY_IAM, Capability.CAPABILITY_AUTO_EXPAND));
    try (var waiter = cloudFormation.waiter()) {
      waiter.waitUntilChangeSetCreateComplete(b -> b.stackName(stack).changeSetName("create"));
      cloudFormation.executeChangeSet(b -> b.stackName(stack).changeSetName("create"));
      waiter.waitUntilStackCreateComplete(b -> b.stackName(stack));
    }
  }

  /** The classes beside this one, and the libraries in lib/. */
  private static byte[] code(Path libraries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      var root =
          Path.of(Deployed.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      var folder = root.resolve(Deployed.class.getPackageName().replace('.', '/'));
      add(zip, root, folder, "");
      add(zip, libraries, libraries, "lib/");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, Path root, Path folder, String prefix)
      throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(
            new ZipEntry(prefix + root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String stack() {
    return stack;
  }

  @Override
  public void close() {
    try (endpoint;
        s3;
        cloudFormation) {
      cloudFormation.deleteStack(b -> b.stackName(stack));
      s3.deleteObject(b -> b.bucket(stack).key(CODE));
      s3.deleteObject(b -> b.bucket(stack).key(MACHINE));
      s3.deleteBucket(b -> b.bucket(stack));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(name + " did not stop", e);
    }
  }
}
