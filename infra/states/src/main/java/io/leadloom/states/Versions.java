package io.leadloom.states;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The versions of state machines, and the aliases of versions. */
final class Versions {

  private final Store store;

  /** By machine and number, deleted ones among them. */
  private final Map<String, TreeMap<Integer, Version>> versions = new HashMap<>();

  private final Map<String, Alias> aliases = new TreeMap<>();

  Versions(Store store) {
    this.store = store;
    store.versions().values().forEach(bytes -> remember(Json.read(bytes, Version.class)));
    store.aliases().forEach((arn, bytes) -> aliases.put(arn, Json.read(bytes, Alias.class)));
  }

  private void remember(Version version) {
    ofMachine(version.machineArn()).put(version.number(), version);
  }

  private TreeMap<Integer, Version> ofMachine(String arn) {
    return versions.computeIfAbsent(arn, a -> new TreeMap<>());
  }

  @Nullable Version find(String arn) {
    for (var version : ofMachine(machineArn(arn)).values()) {
      if (!version.deleted() && version.arn().equals(arn)) {
        return version;
      }
    }
    return null;
  }

  @Nullable Alias findAlias(String arn) {
    return aliases.get(arn);
  }

  /** The machine that an ARN with or without a qualifier belongs to. */
  static String machineArn(String arn) {
    var name = arn.indexOf(":stateMachine:") + ":stateMachine:".length();
    var qualifier = arn.indexOf(':', name);
    return qualifier < 0 ? arn : arn.substring(0, qualifier);
  }

  /** The versions of a machine, the newest first. */
  List<Version> list(String machineArn) {
    return ofMachine(machineArn).descendingMap().values().stream()
        .filter(version -> !version.deleted())
        .toList();
  }

  /** The aliases of a machine, by name. */
  List<Alias> listAliases(String machineArn) {
    return aliases.values().stream()
        .filter(alias -> alias.machineArn().equals(machineArn))
        .toList();
  }

  /** Publishes a machine as it is, unless its last version is just that. */
  Version publish(Machine machine, String description, long nowMillis) {
    var all = ofMachine(machine.arn());
    var last = all.lastEntry();
    if (last != null
        && !last.getValue().deleted()
        && last.getValue().revision().equals(machine.revision())
        && last.getValue().roleArn().equals(machine.roleArn())) {
      return last.getValue();
    }
    var version =
        new Version(
            machine.arn(),
            last == null ? 1 : last.getKey() + 1,
            machine.revision(),
            machine.roleArn(),
            description,
            nowMillis,
            false);
    put(version);
    return version;
  }

  void delete(Version version) {
    put(version.asDeleted());
  }

  private void put(Version version) {
    remember(version);
    store.versions().put(version.arn(), Json.bytes(version));
  }

  void put(Alias alias) {
    aliases.put(alias.arn(), alias);
    store.aliases().put(alias.arn(), Json.bytes(alias));
  }

  void delete(Alias alias) {
    aliases.remove(alias.arn());
    store.aliases().remove(alias.arn());
  }

  /** Forgets everything of a machine that is deleted. */
  void deleteAll(String machineArn) {
    listAliases(machineArn).forEach(this::delete);
    for (var version : ofMachine(machineArn).values()) {
      store.versions().remove(version.arn());
    }
    versions.remove(machineArn);
  }
}
