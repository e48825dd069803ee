package org.palomar.trust;

import java.util.List;

/**
 * Something about a message that may deceive: what, and why.
 *
 * @param key of the sentence
 * @param args of the sentence: strangers' text
 * @param grave whether it is hardly ever meant well
 */
public record Warning(String key, List<Object> args, boolean grave) {

    public Warning {
        args = List.copyOf(args);
    }

    static Warning grave(String key, Object... args) {
        return new Warning(key, List.of(args), true);
    }

    static Warning slight(String key, Object... args) {
        return new Warning(key, List.of(args), false);
    }
}
