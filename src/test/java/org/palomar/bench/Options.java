package org.palomar.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the command line says; {@code bench/README.md} explains it. */
record Options(
        int messages, int samples, List<String> only, int warm, int crowd, int seconds, Path jar, List<String> jvm) {

    static Options parse(String... arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].matches("--(messages|samples|only|warm|people|seconds|jar|jvm)")
                    || i + 1 == arguments.length) {
                throw new IllegalArgumentException("bench/README.md lists the options; " + arguments[i] + " is none");
            }
            given.put(arguments[i].substring(2), arguments[i + 1]);
        }
        return new Options(
                Integer.parseInt(given.getOrDefault("messages", "10000")),
                Integer.parseInt(given.getOrDefault("samples", "20")),
                words(given.get("only"), ","),
                Integer.parseInt(given.getOrDefault("warm", "150")),
                Integer.parseInt(given.getOrDefault("people", "50")),
                Integer.parseInt(given.getOrDefault("seconds", "10")),
                Path.of(given.getOrDefault("jar", "target/palomar.jar")),
                words(given.get("jvm"), " "));
    }

    private static List<String> words(String text, String separator) {
        return text == null ? List.of() : List.of(text.split(separator));
    }
}
