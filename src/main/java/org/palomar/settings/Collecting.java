package org.palomar.settings;

import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.springframework.stereotype.Component;

/** Whether the people somebody writes to are kept as contacts; they are unless chosen otherwise. Safe for use by many threads. */
@Component
public class Collecting {

    private static final String NAME = "collect";

    private final Choices choices;

    Collecting(Store store) {
        this.choices = new Choices(store);
    }

    /** Whether it is on; not when the store cannot be used. */
    public boolean isOn(String person) {
        try {
            return !choices.get(person, NAME).equals("off");
        } catch (StoreException _) {
            return false;
        }
    }

    void choose(String person, boolean on) {
        choices.set(person, NAME, on ? "on" : "off");
    }
}
