package io.leadloom.states;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state machines, and every definition that an execution may still run. */
final class Machines {

  private final Store store;
  private final Versions versions;
  private final Map<String, Machine> machines = new TreeMap<>();
  private final Map<String, Definition> definitions = new HashMap<>();

  Machines(Store store) {
    this.store = store;
    this.versions = new Versions(store);
    store.machines().forEach((arn, bytes) -> machines.put(arn, Json.read(bytes, Machine.class)));
  }

  Collection<Machine> all() {
    return machines.values();
  }

  @Nullable Machine find(String arn) {
    return machines.get(arn);
  }

  /**
   * A machine that has to be there.
   *
   * @throws StatesException {@code StateMachineDoesNotExist}
   */
  Machine get(String arn) {
    var machine = machines.get(arn);
    if (machine == null) {
      throw new StatesException(
          "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }
    return machine;
  }

  Versions versions() {
    return versions;
  }

  /**
   * What an ARN stands for: a machine, a version or an alias.
   *
   * @param chance from 0 up to but excluding 1; decides between the versions of an alias
   * @throws StatesException {@code StateMachineDoesNotExist}
   */
  Target target(String arn, double chance) {
    var machine = find(Versions.machineArn(arn));
    if (machine != null && machine.arn().equals(arn)) {
      return new Target(machine, null, null);
    }
    var alias = versions.findAlias(arn);
    var version = versions.find(alias == null ? arn : alias.choose(chance));
    return machine == null || version == null
        ? new Target(get(arn), null, null)
        : new Target(machine, version, alias);
  }

  /** Stores a machine with its definition, which has been parsed. */
  void put(Machine machine, Definition definition) {
    machines.put(machine.arn(), machine);
    definitions.put(machine.revision(), definition);
    store.machines().put(machine.arn(), Json.bytes(machine));
    store
        .revisions()
        .put(machine.revision(), machine.definition().getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes a machine; executions that run it go on. */
  void delete(String arn) {
    machines.remove(arn);
    store.machines().remove(arn);
    versions.deleteAll(arn);
  }

  /** The text of a revision. */
  String text(String revision) {
    var bytes = store.revisions().get(revision);
    if (bytes == null) {
      throw new IllegalStateException("The store has no definition " + revision);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Definition definition(String revision) {
    return definitions.computeIfAbsent(revision, r -> DefinitionParser.parse(text(r)));
  }
}
