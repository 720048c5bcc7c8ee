package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see, in a browser: from the pipeline to a draft's approval. */
class PagesE2ET {

  /** The narrowest phones. */
  private static final int PHONE = 360;

  @TempDir private Path folder;

  @Test
  void aPersonFindsALeadReadsItsStoryAndApprovesItsDraft() throws Exception {
    var installed = Chromium.installed();
    assumeTrue(installed.isPresent(), "there is no Chromium on the PATH");
    var permits = SamplePermits.file(folder, "permits.csv", SamplePermits.recentLines(30));
    try (var stack = UpStack.start(folder, folder.resolve("data"));
        var browser = Chromium.start(installed.orElseThrow(), folder)) {
      Command.run(
          folder,
          "import",
          permits.toString(),
          "--tenant",
          "riverside",
          "--source",
          "permits",
          "--port",
          stack.port());
      UpStack.await(
          "all leads have begun, and drafts wait",
          () ->
              stack.browse().page("/leads?tenant=riverside&stage=new").contains("No lead stands")
                  && stack.browse().pending("riverside").size() > 3);

      browser.open(stack.api().resolve("/?tenant=riverside"));
      assertThat(browser.title()).startsWith("Pipeline");
      assertThat(browser.text()).contains("wait for your decision", "awaiting approval");
      fitsOnAPhone(browser, "pipeline");

      browser.clickLink("Leads");
      assertThat(browser.title()).startsWith("Leads");
      fitsOnAPhone(browser, "leads");

      browser.click("tbody a");
      assertThat(browser.text())
          .contains("The whole story", "Draft (first touch)", "Approval asked");
      fitsOnAPhone(browser, "lead");

      browser.clickLink("Approvals");
      fitsOnAPhone(browser, "approvals");
      var waiting = stack.browse().pending("riverside").size();
      browser.click("a[href^='/approvals/']");
      assertThat(browser.title()).contains("waits for your decision");
      fitsOnAPhone(browser, "decide");
      var company = browser.title();

      browser.type("#subject", "A question about your project");
      browser.click("button[value=approve]");
      assertThat(browser.title()).contains("approved with changes").isNotEqualTo(company);
      assertThat(browser.text()).contains("A question about your project");
      fitsOnAPhone(browser, "decided");
      assertThat(stack.browse().pending("riverside")).hasSize(waiting - 1);
    }
  }

  /** Pictures of the pages stay with the build, for people to look at. */
  private static void fitsOnAPhone(Chromium browser, String page) throws Exception {
    var pictures = Command.home().resolve("infra/cli/target/pages");
    java.nio.file.Files.createDirectories(pictures);
    browser.screenshot(pictures.resolve(page + ".png"));
    assertThat(browser.overflow(PHONE))
        .as("pixels that %s is too wide", page)
        .isLessThanOrEqualTo(0);
  }
}
