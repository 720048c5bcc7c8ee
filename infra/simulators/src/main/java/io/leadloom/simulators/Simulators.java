package io.leadloom.simulators;

import io.leadloom.simulators.FrontDoor.Door;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Every third party that the product talks to, over HTTP on one port, and prospects who react by
 * the clock of the stack. Each provider has its own prefix, with the vendor's paths behind it:
 *
 * <ul>
 *   <li>{@code /resend}, {@code /ses}: mail
 *   <li>{@code /apollo}, {@code /hunter}: companies and people
 *   <li>{@code /servicetitan-auth}, {@code /servicetitan}: capacity and bookings
 *   <li>{@code /ckan}, {@code /socrata}: files served as open-data portals
 *   <li>{@code /anthropic}, {@code /openai}, {@code /bedrock}: language models that write drafts
 * </ul>
 *
 * <p>Tests can read {@code GET /_journal}, {@code GET /_messages?recipient=} and {@code GET
 * /_credits?provider=&tenant=}, and make things go wrong with {@code POST /_faults}: one object or
 * an array of objects such as {@code {"provider": "resend", "path": "/emails", "drop": true}}
 * (handled, but not answered), {@code {"provider": "apollo", "status": 429, "times": 3}}, {@code
 * {"provider": "anthropic", "draft": "invented-fact"}}, {@code {"provider": "resend", "webhook":
 * "bad-signature", "type": "email.bounced"}}; {@code DELETE /_faults} ends that.
 *
 * <p>Whoever uses them does so with the {@link SimulatedCredentials} of a tenant. What happened is
 * kept under {@code <data>/simulators}; simulators started again on the same folder, however the
 * earlier ones ended, go on from there: no effect is repeated and no reaction is lost.
 */
public final class Simulators implements AutoCloseable {

  private final World world;
  private final Journal journal;
  private final Deliveries deliveries;
  private final Faults faults;
  private final CkanSimulator ckan;
  private final SocrataSimulator socrata;
  private final FrontDoor frontDoor;

  private Simulators(SimulatorOptions options) {
    var folder = options.data().resolve("simulators");
    world = World.open(folder.resolve("state.jsonl"));
    journal = Journal.open(folder.resolve("journal.jsonl"), world.effects());
    faults = new Faults(options.seed());
    var prospects = new Prospects(options.seed(), options.api(), options.aws());
    var mailboxes = new Mailboxes(options.seed(), world);
    deliveries = new Deliveries(options.clock(), world, faults);
    var directory = new Directory(options.seed());
    var serviceTitan = new ServiceTitanSimulator(options.seed(), world);
    ckan = new CkanSimulator(options.seed());
    socrata = new SocrataSimulator(options.seed());
    var doors =
        Map.ofEntries(
            door("resend", new ResendSimulator(world, mailboxes, prospects, deliveries)),
            door("ses", new SesSimulator(world, mailboxes, prospects, deliveries)),
            door("apollo", new ApolloSimulator(world, directory)),
            door("hunter", new HunterSimulator(options.seed(), world, directory)),
            door("servicetitan", serviceTitan),
            Map.entry("servicetitan-auth", new Door("servicetitan", serviceTitan)),
            door("ckan", ckan),
            door("socrata", socrata),
            door("anthropic", new AnthropicSimulator()),
            door("openai", new OpenAiSimulator()),
            door("bedrock", new BedrockSimulator()));
    frontDoor =
        new FrontDoor(
            options.port(),
            options.clock(),
            journal,
            faults,
            doors,
            new Control(world, journal, faults));
    world.messages().forEach(message -> deliveries.schedule(prospects.reactions(message)));
    frontDoor.open();
  }

  /**
   * Starts the simulators. Reactions that are overdue go out at once; a product that does not
   * listen yet is waited for, half a minute of real time.
   *
   * @throws java.io.UncheckedIOException if the port is taken or the folder cannot be written
   */
  public static Simulators start(SimulatorOptions options) {
    return new Simulators(options);
  }

  private static Map.Entry<String, Door> door(String name, Provider provider) {
    return Map.entry(name, new Door(name, provider));
  }

  /** Where they listen, without a slash at the end. */
  public URI baseUrl() {
    return frontDoor.baseUrl();
  }

  /**
   * Serves a CSV file (UTF-16, UTF-8 or windows-1252) as a resource of a CKAN portal. A file of the
   * same name as one before replaces it, as a portal's new export does. Not remembered by the next
   * start.
   *
   * @return the page of the resource: {@code <portal>/dataset/<name>/resource/<resource id>}, where
   *     the portal's API is at {@code <portal>/api/3/action/}
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it has no header
   */
  public URI ckan(Path csv) {
    return URI.create(baseUrl() + "/ckan" + ckan.serve(Table.read(csv)));
  }

  /**
   * Serves a CSV file as a dataset of a Socrata portal; otherwise as {@link #ckan}.
   *
   * @return the data's address for SODA 2.1: {@code <portal>/resource/<4x4>.json}; SODA3 is at
   *     {@code <portal>/api/v3/views/<4x4>/query.json}
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it has no header
   */
  public URI socrata(Path csv) {
    return URI.create(baseUrl() + "/socrata" + socrata.serve(Table.read(csv)));
  }

  /**
   * Lets some webhooks come twice, and some an hour late and so after later ones, from now on.
   *
   * @param twice their share of all, from 0 to 1
   * @param late likewise
   */
  public void disturbWebhooks(double twice, double late) {
    faults.disturb(twice, late);
  }

  /**
   * Whether nothing is due now: no request is being served and no reaction under way. Reactions
   * still to come wait on the clock.
   */
  public boolean idle() {
    return frontDoor.idle() && deliveries.idle();
  }

  @Override
  public void close() {
    frontDoor.close();
    deliveries.close();
    journal.close();
    world.close();
  }
}
