package org.palomar.calendar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.palomar.mime.ContentLine;

/** What stands between BEGIN and END (RFC 5545 section 3.6). Missing ends end with the text. */
final class Component {

    private static final int DEEPEST = 8;
    private static final int MOST_LINES = 50_000;

    private final String name;
    private final List<ContentLine> lines = new ArrayList<>();
    private final List<Component> children = new ArrayList<>();

    private Component(String name) {
        this.name = name;
    }

    /** The outermost components of a text, in linear time and without recursion; components too deep are passed over. */
    static List<Component> read(String text) {
        Component root = new Component("");
        Deque<Component> open = new ArrayDeque<>(List.of(root));
        int tooDeep = 0;
        for (ContentLine line : ContentLine.read(text, MOST_LINES)) {
            String named = line.value().strip().toUpperCase(Locale.ROOT);
            if (line.name().equals("BEGIN")) {
                if (tooDeep > 0 || open.size() > DEEPEST) {
                    tooDeep++;
                    continue;
                }
                Component child = new Component(named);
                open.element().children.add(child);
                open.push(child);
            } else if (line.name().equals("END")) {
                if (tooDeep > 0) {
                    tooDeep--;
                } else if (!named.isEmpty() && open.stream().anyMatch(each -> each.name.equals(named))) {
                    while (!open.pop().name.equals(named)) {
                        // Its own END is missing.
                    }
                }
            } else if (tooDeep == 0) {
                open.element().lines.add(line);
            }
        }
        return root.children;
    }

    boolean is(String kind) {
        return name.equals(kind);
    }

    Stream<Component> children(String kind) {
        return children.stream().filter(child -> child.is(kind));
    }

    Optional<ContentLine> line(String property) {
        return lines.stream().filter(line -> line.name().equals(property)).findFirst();
    }

    Stream<ContentLine> lines(String property) {
        return lines.stream().filter(line -> line.name().equals(property));
    }

    /** The text of a property, or empty. */
    String text(String property) {
        return line(property).map(ContentLine::text).orElse("");
    }
}
