package io.leadloom.platform;

/** Where an item stands in the table; only {@link Keys} makes one. */
record Key(String pk, String sk) {}
