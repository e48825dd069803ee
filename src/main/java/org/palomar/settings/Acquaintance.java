package org.palomar.settings;

/** Tells whom a person knows. Must be safe for use by many threads. */
@FunctionalInterface
public interface Acquaintance {

    /** Whether this address is one of somebody they know; false when that cannot be told. */
    boolean knows(String person, String address);
}
