package io.leadloom.outreach;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Amazon SES. It recognises no repetition, so nothing is ever handed over twice: after no answer
 * nobody knows, and the message counts as sent.
 */
@Singleton
final class SesMailer implements Mailer {

  private final SesV2Client ses;
  private final Settings settings;

  SesMailer(SesV2Client ses, Settings settings) {
    this.ses = ses;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "ses";
  }

  @Override
  public String costUnit() {
    return "ses.email";
  }

  @Override
  public Duration recognisesFor() {
    return Duration.ZERO;
  }

  @Override
  public Handover send(TenantId tenant, Mail mail) {
    try {
      var answer =
          ses.sendEmail(b ->
              b.configurationSetName(settings.mailConfigurationSet().orElse(null))
                  .fromEmailAddress(mail.from())
                  .destination(to -> to.toAddresses(mail.to()))
                  .replyToAddresses(mail.replyTo())
                  .content(content ->
                      content.simple(message ->
                          message
                              .subject(subject -> subject.data(mail.subject()).charset("UTF-8"))
                              .body(body ->
                                  body.text(text -> text.data(mail.text()).charset("UTF-8")))
                              .headers(
                                  mail.headers().entrySet().stream()
                                      .map(h ->
                                          MessageHeader.builder()
                                              .name(h.getKey())
                                              .value(h.getValue())
                                              .build())
                                      .toList())))
                  .emailTags(
                      mail.tags().entrySet().stream()
                          .map(t ->
                              MessageTag.builder().name(t.getKey()).value(t.getValue()).build())
                          .toList()));
      return new Handover.Accepted(answer.messageId());
    } catch (SesV2Exception e) {
      return refused(e);
    } catch (SdkClientException e) {
      if (causes(e).anyMatch(ConnectException.class::isInstance)) {
        throw new TransientException("provider.unreachable", "ses cannot be reached", e);
      }
      return new Handover.Unknown("ses.no-answer");
    }
  }

  private static Handover refused(AwsServiceException e) {
    var details = e.awsErrorDetails();
    var name = details == null || details.errorCode() == null ? "" : details.errorCode();
    if (e.statusCode() == 429 || e.isThrottlingException()) {
      throw new TransientException("provider.busy", "ses answered 429", e);
    }
    return e.statusCode() >= 500
        ? new Handover.Unknown("ses.status-" + e.statusCode())
        : new Handover.Refused("ses." + code(name, e.statusCode()));
  }

  private static String code(String name, int status) {
    return name.isEmpty() ? "status-" + status : name.toLowerCase(Locale.ROOT);
  }

  private static Stream<Throwable> causes(Throwable outermost) {
    return Stream.iterate(outermost, cause -> cause != null, Throwable::getCause);
  }
}
