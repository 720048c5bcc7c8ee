package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.local.template.Deployment;
import io.leadloom.local.template.EventSource;
import io.leadloom.local.template.FunctionResource;
import io.leadloom.local.template.Names;
import io.leadloom.local.template.Template;
import io.leadloom.states.StatesOptions;
import io.leadloom.states.StatesService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole stack of a SAM template in this JVM: its functions from the class path, its HTTP API on
 * one port and the AWS services that it uses on another. Everything is kept on disk; a stack that
 * was killed goes on where it was.
 */
public final class Stack implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

  private final StackOptions options;
  private final Work work;
  private final Faults faults = new Faults();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What is to be closed, the latest first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final LocalHttpServer api;
  private final LocalHttpServer aws;
  private @Nullable WebSocketServer webSockets;
  private @Nullable StatesService states;
  private @Nullable StatesApi statesApi;

  private Stack(StackOptions options) {
    this.options = options;
    this.work = new Work(options.clock());
    this.api = LocalHttpServer.bind(options.port(), "the HTTP API");
    try {
      this.aws = own(LocalHttpServer.bind(options.awsPort(), "the AWS services"));
    } catch (StackException e) {
      api.close();
      throw e;
    }
  }

  /**
   * Starts a stack and returns when everything answers.
   *
   * @throws io.leadloom.local.template.TemplateException when the template cannot be run here
   * @throws StackException when a part does not start
   */
  public static Stack start(StackOptions options) {
    StackLog.writeTo(options.data());
    var stack = new Stack(options);
    try {
      stack.start();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /** Where the HTTP API answers. */
  public URI apiUrl() {
    return api.url();
  }

  /**
   * Where clients of the WebSocket API connect, if the template has one: on the port after that of
   * the HTTP API, or any free one where that is free to choose too.
   */
  public Optional<URI> webSocketUrl() {
    return Optional.ofNullable(webSockets).map(WebSocketServer::url);
  }

  /** Where the AWS services answer. */
  public URI awsUrl() {
    return aws.url();
  }

  /**
   * Makes things go wrong from now on, as {@code dynamodb:throttle=0.1,lambda:fail=0.05,seed=7}
   * says; an empty text ends it.
   *
   * @throws IllegalArgumentException when the stack cannot do what it says
   */
  public void faults(String plan) {
    faults.plan(plan);
  }

  /** How many requests each of the faults that were asked for has struck. */
  public SortedMap<String, Long> faultsStruck() {
    return faults.struck();
  }

  /**
   * Whether nothing runs, and nothing is queued that would run without the clock going on or
   * something coming from outside.
   */
  public boolean idle() {
    // Work passes from the engine to the other parts and back, so the engine is asked twice.
    var engine = states;
    return engine == null ? work.idle() : engine.idle() && work.idle() && engine.idle();
  }

  private void start() {
    var clock = options.clock();
    var starting = own(work.begin());
    var template =
        Template.read(
            options.template(),
            new Deployment(Names.LOCAL, apiUrl(), awsUrl(), options.parameters()));
    checkHandlers(template.functions());
    createDataFolder();
    var http = own(new HttpCaller());
    var data = options.data();
    var store = own(StackStore.open(data.resolve("stack.mv")));
    var timeToLive = new TimeToLive(store, clock, work, threads);
    var gate = new TableGate(work, timeToLive, faults);
    var dynamoStart =
        CompletableFuture.supplyAsync(
            () -> {
              var server = own(DynamoServer.start(data.resolve("dynamodb"), http, gate));
              template.tables().forEach(server::create);
              return server;
            },
            threads);
    var lambda = new LambdaService(template.functions(), threads, work, faults);
    var secrets = new SecretsApi(store, clock);
    secrets.create(template.secrets());
    var parameters = new ParametersApi(store);
    parameters.create(template.parameters());

    var dynamo = join(dynamoStart);
    // It stops before the tables do.
    own(timeToLive);
    gate.open(dynamo.client());
    own(timeToLive).start(dynamo.client());
    var queues = own(new Queues(store, clock));
    queues.create(template.queues());
    var queueActions = new QueueActions(queues, awsUrl(), faults);
    var deliveries =
        own(
            new Deliveries(
                store,
                clock,
                work,
                threads,
                lambda,
                queueActions,
                (action, r) -> callStates(action, r),
                faults));
    var buses = EventBuses.names(template.eventBuses());
    var archives = new EventArchives(store, clock, buses);
    archives.create(template.archives());
    var events = new EventBuses(buses, template.rules(), archives, deliveries, clock);
    var replays = own(new EventReplays(store, clock, archives, events));
    var services = new LocalTaskServices(lambda, dynamo.client(), queueActions, events, deliveries);
    var engine =
        own(
            StatesService.open(
                data.resolve("states.mv"),
                clock,
                services,
                StatesOptions.defaults(),
                new ExecutionEvents(events)));
    var machines = new StatesApi(engine);
    states = engine;
    statesApi = machines;

    var connections = new WebSocketConnections(clock);
    var edge =
        new AwsEdge(
            dynamo.client(),
            new JsonEdge(
                Map.of(
                    "AmazonSQS", queueActions,
                    "AWSStepFunctions", machines,
                    "AWSEvents", new EventsApi(events, archives, replays),
                    "secretsmanager", secrets,
                    "AmazonSSM", parameters),
                faults),
            new LambdaApi(lambda, deliveries),
            new FaultsApi(faults),
            new ConnectionsApi(connections),
            events,
            Optional.ofNullable(options.parameters().get("SesUrl")).map(URI::create),
            http,
            work);
    aws.serve(edge::handle);
    options
        .environment()
        .prepare(EnvironmentVariables.merge(template.functions(), awsUrl(), dynamo.url()), clock);
    var readers = new ArrayList<Runnable>();
    for (var source : template.eventSources()) {
      switch (source) {
        case EventSource.Queue queue ->
            readers.add(own(new QueueReader(queue, queues, lambda, clock, work, threads))::start);
        case EventSource.Stream stream -> {
          var key = stream.functionArn() + " " + stream.tableName();
          var cursor =
              new StreamCursor(dynamo.client(), clock, store, stream.tableName(), key, timeToLive);
          var reader =
              own(new StreamReader(stream, cursor, lambda, deliveries, clock, work, threads));
          gate.onWrite(reader::wake);
          readers.add(reader::start);
        }
      }
    }
    // From here on executions of an earlier process go on, so all that they call must be there.
    deliveries.start();
    replays.start();
    engine.start();
    machines.create(template.stateMachines());
    readers.forEach(Runnable::run);
    var scheduler = own(new Scheduler(store, clock, deliveries));
    scheduler.start(template.rules());
    template
        .webSocketApi()
        .ifPresent(resource -> {
          // Next to the HTTP API, as a browser's page wants to know it beforehand.
          var port = options.port() == 0 ? 0 : options.port() + 1;
          webSockets = own(WebSocketServer.start(port, resource, connections, lambda, clock));
        });
    api.serve(new ApiServer(template.api(), lambda, threads, work, clock, data)::handle);
    starting.close();
    LOG.info("The stack is up: API {}, AWS {}", apiUrl(), awsUrl());
  }

  private JsonNode callStates(String action, JsonNode request) {
    var target = statesApi;
    if (target == null) {
      throw new AwsException("ServiceUnavailable", 503, "Step Functions is not up yet");
    }
    return target.call(action, request);
  }

  /** A misspelt handler should not wait for its first call to be found. */
  private static void checkHandlers(List<FunctionResource> functions) {
    for (var function : functions) {
      try {
        HandlerInstance.handlerClass(function);
      } catch (ClassNotFoundException e) {
        throw new StackException(
            "The handler "
                + function.handler()
                + " of "
                + function.id()
                + " is not on the class path. Correct the template, or build the module that has it",
            e);
      }
    }
  }

  private void createDataFolder() {
    try {
      Files.createDirectories(options.data());
    } catch (IOException e) {
      throw new StackException("The data folder " + options.data() + " cannot be made", e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private <T extends AutoCloseable> T own(T part) {
    synchronized (parts) {
      parts.push(part);
    }
    return part;
  }

  /** Stops everything; what was in it stays on disk. */
  @Override
  public void close() {
    // Nothing new from outside; what still runs needs the AWS services until the engine rests.
    api.close();
    while (true) {
      AutoCloseable part;
      synchronized (parts) {
        part = parts.poll();
      }
      if (part == null) {
        break;
      }
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
    threads.shutdownNow();
  }
}
