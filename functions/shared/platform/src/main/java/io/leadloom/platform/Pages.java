package io.leadloom.platform;

import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all pages share: one look, and templates that escape whatever a record holds. */
public final class Pages {

  private static final String STYLE = style("pages.css");

  private Pages() {}

  /** The style sheet, to stand inside a page: pages load nothing. */
  public static String style() {
    return STYLE;
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
