package io.leadloom.packs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a message must keep to before anyone sees it: complete, as long as its pack allows, from a
 * sender who says who they are, with a way to opt out, and without a fact that nobody gave.
 */
public final class MessageChecks {

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\{\\{|}}|\\$\\{|\\{%|\\[(?:your|my|insert|first|last|company|contact|name|date|time)[^\\]]*]"
              + "|<[^<>\\s]+>|\\b(?:TODO|TBD|XXX|lorem ipsum)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CLAIMS_HUMAN =
      Pattern.compile(
          "\\b(?:i am|i['’]?m|this is|it is|from|by) (?:a |an )?(?:real |actual |live |fellow )?(?:human(?: being)?|real person|person, not)\\b"
              + "|\\bnot (?:a |an )?(?:ai|bot|chatbot|robot|machine|computer|automated|automation|template)\\b"
              + "|\\bno (?:bot|robot|ai|automation)\\b"
              + "|\\b(?:wrote|typed|writing|typing) (?:this|it) (?:myself|by hand|personally)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern REPLY_PREFIX = Pattern.compile("^re:\\s*", Pattern.CASE_INSENSITIVE);

  private static final String QUOTES = "reply.";

  /** A pack's words are read once; packs are few and stay as long as the process. */
  private static final Map<DraftingRules, FactTokens> PACK_WORDS =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private final ProposedMessage message;
  private final DraftingRules rules;
  private final String text;
  private final List<Problem> problems = new ArrayList<>();

  private MessageChecks(ProposedMessage message, DraftingRules rules) {
    this.message = message;
    this.rules = rules;
    this.text =
        MessageFooter.above(
            message.body(), MessageFooter.of(rules, message.sender(), message.optOut()));
  }

  /**
   * Something a message does not keep to.
   *
   * @param code such as {@code draft.invented-figure}
   * @param text what is wrong, for a person
   */
  public record Problem(String code, String text) {}

  /** All problems of a message that a template or a model wrote; none means it may be shown. */
  public static List<Problem> ofMachine(ProposedMessage message, DraftingRules rules) {
    var checks = new MessageChecks(message, rules);
    checks.form();
    checks.length();
    checks.links();
    checks.bannedPhrases();
    checks.inventedFacts();
    return List.copyOf(checks.problems);
  }

  /**
   * The problems of a message that a person wrote or edited. Length and facts are theirs to answer
   * for; who writes, how to opt out and honesty about the writer are not theirs to leave out.
   */
  public static List<Problem> ofPerson(ProposedMessage message, DraftingRules rules) {
    var checks = new MessageChecks(message, rules);
    checks.form();
    return List.copyOf(checks.problems);
  }

  private void form() {
    var subject = message.subject();
    if (subject.isBlank()) {
      problem("draft.subject-blank", "The subject is blank");
    }
    if (CONTROL.matcher(subject).find()) {
      problem("draft.subject-lines", "The subject is not one line");
    }
    if (message.kind() == TemplateKind.FIRST_TOUCH
        && REPLY_PREFIX.matcher(subject.strip()).find()) {
      problem("draft.subject-deceptive", "A first message is no reply, so no '" + subject + "'");
    }
    if (text.isBlank()) {
      problem("draft.blank", "The message says nothing");
    }
    var placeholder = PLACEHOLDER.matcher(subject + "\n" + text);
    if (placeholder.find()) {
      problem("draft.placeholder", "'" + placeholder.group() + "' was not filled in");
    }
    requireInBody(message.sender().name(), "draft.no-sender", "who writes");
    requireInBody(message.sender().company(), "draft.no-sender", "for which company they write");
    requireInBody(
        message.sender().postalAddress(), "draft.no-postal-address", "the sender's postal address");
    requireInBody(message.optOut().toString(), "draft.no-opt-out", "the link to opt out");
    var claim = CLAIMS_HUMAN.matcher(text);
    if (claim.find()) {
      problem(
          "draft.claims-human", "'" + claim.group() + "' claims that no machine had part in it");
    }
  }

  private void requireInBody(String needed, String code, String what) {
    if (needed.isBlank() || !message.body().contains(needed)) {
      problem(code, "The message does not give " + what);
    }
  }

  private void length() {
    var limit = rules.limits().get(message.kind());
    var words = count(text);
    if (limit != null && words < limit.min()) {
      problem("draft.too-short", words + " words are fewer than " + limit.min());
    }
    if (limit != null && words > limit.max()) {
      problem("draft.too-long", words + " words are more than " + limit.max());
    }
    var subject = REPLY_PREFIX.matcher(message.subject().strip()).replaceFirst("");
    if (subject.length() > rules.subject().maxChars()) {
      problem(
          "draft.subject-long",
          "The subject has %d characters, more than %d"
              .formatted(subject.length(), rules.subject().maxChars()));
    }
    if (count(subject) > rules.subject().maxWords()) {
      problem(
          "draft.subject-long",
          "The subject has %d words, more than %d"
              .formatted(count(subject), rules.subject().maxWords()));
    }
  }

  private static long count(String words) {
    return Pattern.compile("\\s+").splitAsStream(words.strip()).filter(w -> !w.isEmpty()).count();
  }

  /** A host name within a given fact is a name, as in "Example.com Services"; a link is a link. */
  private void links() {
    var links = new LinkedHashSet<>(FactTokens.fullLinks(text));
    links.addAll(FactTokens.links(withoutGiven(text)));
    if (links.size() > rules.maxLinks()) {
      problem(
          "draft.links", links.size() + " links are more than " + rules.maxLinks() + " allowed");
    }
    for (var link : links) {
      if (!ours(link)) {
        problem("draft.link-host", "'" + link + "' does not lead to the sender");
      }
    }
  }

  private boolean ours(String link) {
    var host = link.replaceFirst("^https?://", "").replaceFirst("[/?#:].*$", "");
    var domain = message.sender().domain().toLowerCase(Locale.ROOT);
    return host.equals(domain)
        || host.endsWith("." + domain)
        || host.equals(message.optOut().getHost());
  }

  /** What was given, such as a company's name, is not the writer's wording. */
  private void bannedPhrases() {
    for (var phrase : rules.bannedIn(withoutGiven(message.subject() + "\n" + text))) {
      problem("draft.banned-phrase", "'" + phrase + "' is not to be used");
    }
  }

  private String withoutGiven(String wording) {
    var left = wording;
    for (var value : given(_ -> true)) {
      left = value.isBlank() ? left : left.replace(value, " ; ");
    }
    return left;
  }

  /** A prospect's words may be quoted back to them, but what they say is not a fact of ours. */
  private void inventedFacts() {
    var said = message.subject() + "\n" + text;
    for (var quote : given(fact -> fact.startsWith(QUOTES))) {
      said = quote.isBlank() ? said : said.replace(quote, " ");
    }
    var made = FactTokens.of(said);
    var given = FactTokens.of(given());
    var ours = PACK_WORDS.computeIfAbsent(rules, MessageChecks::packWords);
    invented(made, given, ours, FactTokens::links, "draft.invented-link", "link");
    invented(made, given, ours, FactTokens::emails, "draft.invented-email", "e-mail address");
    invented(made, given, ours, FactTokens::phones, "draft.invented-phone", "phone number");
    invented(made, given, ours, FactTokens::citations, "draft.invented-citation", "citation");
    invented(made, given, ours, FactTokens::figures, "draft.invented-figure", "figure");
    for (var name : made.names()) {
      if (!given.words().contains(name) && !ours.words().contains(name)) {
        problem("draft.invented-name", "Nobody gave the name '" + name + "'");
      }
    }
  }

  private void invented(
      FactTokens made,
      FactTokens given,
      FactTokens ours,
      Function<FactTokens, Set<String>> kind,
      String code,
      String what) {
    for (var token : kind.apply(made)) {
      if (!kind.apply(given).contains(token) && !kind.apply(ours).contains(token)) {
        problem(code, "Nobody gave the " + what + " '" + token + "'");
      }
    }
  }

  /** What this message may repeat: its facts, and who the sender is. */
  private String given() {
    var sender = message.sender();
    var all = new ArrayList<>(given(fact -> !fact.startsWith(QUOTES)));
    all.addAll(
        List.of(
            sender.name(),
            sender.company(),
            sender.email(),
            sender.domain(),
            sender.postalAddress()));
    return String.join("\n", all);
  }

  /** What every message of a pack may repeat: the pack's own words. */
  private static FactTokens packWords(DraftingRules rules) {
    var all = new ArrayList<String>();
    all.add(rules.offer());
    all.addAll(rules.facts());
    for (var template : rules.templates()) {
      all.add(template.subject().orElse(""));
      all.add(template.body());
    }
    return FactTokens.of(String.join("\n", all));
  }

  private List<String> given(Predicate<String> which) {
    return message.facts().stream()
        .filter(which)
        .map(fact -> fact.substring(fact.indexOf('=') + 1))
        .toList();
  }

  private void problem(String code, String what) {
    problems.add(new Problem(code, what));
  }
}
