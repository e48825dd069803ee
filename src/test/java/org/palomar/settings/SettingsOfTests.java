package org.palomar.settings;

import org.palomar.store.Store;

/** What people chose, for tests of other packages. */
public final class SettingsOfTests {

    private SettingsOfTests() {}

    public static Collecting collecting(Store store) {
        return new Collecting(store);
    }

    public static void collect(Store store, String person, boolean on) {
        new Collecting(store).choose(person, on);
    }
}
