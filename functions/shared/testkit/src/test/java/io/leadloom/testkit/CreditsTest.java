package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.CreditEntry;
import io.leadloom.model.LeadId;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Usages;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What leads cost their tenant, on DynamoDB Local. */
class CreditsTest {

  private static final YearMonth MONTH = YearMonth.from(TestClock.START.atZone(ZoneOffset.UTC));
  private static final LeadId LEAD = Samples.lead().id();

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void fiftyChargesOfOneLeadAtOnceChargeOnce() {
    var held =
        atOnce(
            IntStream.range(0, 50)
                .<Callable<Boolean>>mapToObj(n ->
                    () -> {
                      var has = patiently(() -> credits().reserve(Samples.TENANT, LEAD, 10));
                      patiently(() -> {
                        credits().charge(Samples.TENANT, LEAD);
                        return true;
                      });
                      return has;
                    })
                .toList());
    assertThat(held).containsOnly(true);
    assertThat(balance(10).used()).isEqualTo(1);
    assertThat(ledger()).hasSize(1);
    assertThat(platform.bean(Usages.class).of(Samples.TENANT, MONTH).leadsEnriched()).isEqualTo(1);
  }

  @Test
  void asManyLeadsAsThereAreCreditsGetOneThoseOfThePlanFirst() {
    credits().buy(Samples.TENANT, "order-1", 5);
    var held =
        atOnce(
            IntStream.range(0, 40)
                .<Callable<Boolean>>mapToObj(n ->
                    () ->
                        patiently(
                            () -> credits().reserve(Samples.TENANT, LeadId.of("lead-" + n), 15)))
                .toList());
    assertThat(held.stream().filter(has -> has)).hasSize(20);
    assertThat(balance(15)).isEqualTo(new Credits.Balance(MONTH, 15, 15, 0));
  }

  @Test
  void theBalanceIsWhatTheLedgerSays() {
    credits().buy(Samples.TENANT, "order-1", 2);
    for (var n = 0; n < 5; n++) {
      credits().reserve(Samples.TENANT, LeadId.of("lead-" + n), 3);
      credits().charge(Samples.TENANT, LeadId.of("lead-" + n));
    }
    assertThat(balance(3).left()).isZero();
    for (var n = 0; n < 5; n += 2) {
      credits().refund(Samples.TENANT, LeadId.of("lead-" + n), "touch.bounced");
      credits().refund(Samples.TENANT, LeadId.of("lead-" + n), "touch.bounced");
    }
    assertThat(balance(3)).isEqualTo(new Credits.Balance(MONTH, 3, 1, 1));
    var sums =
        ledger().stream()
            .collect(
                Collectors.groupingBy(
                    CreditEntry::source, Collectors.summingLong(CreditEntry::amount)));
    assertThat(sums)
        .containsEntry(CreditEntry.Source.PLAN, -1L)
        .containsEntry(CreditEntry.Source.EXTRA, 1L);
  }

  @Test
  void whatIsGivenBackGoesToTheMonthItCameFrom() {
    credits().reserve(Samples.TENANT, LEAD, 1);
    credits().charge(Samples.TENANT, LEAD);
    platform.clock().advance(Duration.ofDays(40));
    credits().refund(Samples.TENANT, LEAD, "touch.bounced");
    assertThat(balance(1).used()).isZero();
    assertThat(ledger()).hasSize(2);
  }

  @Test
  void aLeadForWhichNobodyWasFoundReservesAgainAndCostsNothing() {
    for (var n = 0; n < 3; n++) {
      assertThat(credits().reserve(Samples.TENANT, LEAD, 1)).isTrue();
      assertThat(balance(1).left()).isZero();
      credits().release(Samples.TENANT, LEAD);
      credits().release(Samples.TENANT, LEAD);
      assertThat(balance(1).left()).isEqualTo(1);
    }
    credits().refund(Samples.TENANT, LEAD, "touch.bounced");
    assertThat(ledger()).isEmpty();
  }

  @Test
  void theLedgerIsReadPageByPageLatestFirst() {
    for (var n = 0; n < 5; n++) {
      credits().buy(Samples.TENANT, "order-" + n, 1);
      platform.clock().advance(Duration.ofMinutes(1));
    }
    var first = credits().entries(Samples.TENANT, MONTH, null, 2);
    var second = credits().entries(Samples.TENANT, MONTH, Credits.place(first.getLast()), 2);
    assertThat(first.stream().map(CreditEntry::id)).containsExactly("order-4", "order-3");
    assertThat(second.stream().map(CreditEntry::id)).containsExactly("order-2", "order-1");
    assertThat(credits().entries(Samples.OTHER_TENANT, MONTH, null, 2)).isEmpty();
  }

  @Test
  void aCrashAnywhereCountsOnce() {
    Crashes.on(platform)
        .everywhere(
            () -> {},
            () -> {
              credits().buy(Samples.TENANT, "order-1", 1);
              var held = credits().reserve(Samples.TENANT, LEAD, 0);
              credits().charge(Samples.TENANT, LEAD);
              return held;
            });
    Crashes.on(platform)
        .everywhere(
            () -> {
              credits().reserve(Samples.TENANT, LEAD, 1);
              credits().charge(Samples.TENANT, LEAD);
            },
            () -> {
              credits().refund(Samples.TENANT, LEAD, "touch.bounced");
              return "refunded";
            });
  }

  private Credits credits() {
    return platform.bean(Credits.class);
  }

  private Credits.Balance balance(long plan) {
    return credits().balance(Samples.TENANT, MONTH, plan);
  }

  private List<CreditEntry> ledger() {
    return credits().entries(Samples.TENANT, MONTH, null, 100);
  }

  /** Tries again where others are in the way, as the state machine does. */
  private static boolean patiently(Callable<Boolean> step) throws Exception {
    while (true) {
      try {
        return step.call();
      } catch (TransientException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static List<Boolean> atOnce(List<Callable<Boolean>> calls) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Boolean>();
      for (var answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
