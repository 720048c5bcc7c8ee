package io.leadloom.platform;

import gg.jte.Content;
import gg.jte.html.HtmlContent;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.leadloom.platform.pages.JtepageGenerated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all pages share: one look, and templates that escape whatever a record holds. */
public final class Pages {

  private static final HtmlContent NOTHING = output -> {};
  private static final String STYLE = style("pages.css");

  private Pages() {}

  /** The style sheet, to stand inside a page: pages load nothing. */
  public static String style() {
    return STYLE;
  }

  /** A page of this title and content, with nothing above it. */
  public static HtmlContent page(String title, Content content) {
    return page(title, NOTHING, content);
  }

  /** A page of this title and content, with {@code top} above it. */
  public static HtmlContent page(String title, Content top, Content content) {
    return output -> JtepageGenerated.render(output, null, title, top, content);
  }

  /** The page that a generated template writes. */
  public static String render(Template template) {
    var text = new StringOutput();
    template.render(new OwaspHtmlTemplateOutput(text), null);
    return text.toString();
  }

  private static String style(String name) {
    try (var in = Pages.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A generated template with its parameters. */
  public interface Template {
    /** Writes the page. */
    void render(HtmlTemplateOutput output, @Nullable HtmlInterceptor interceptor);
  }
}
