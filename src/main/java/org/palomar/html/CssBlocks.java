package org.palomar.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.palomar.html.CssToken.Kind;

/** Finds where parts of CSS end: brackets are matched as css-syntax-3 section 5.4 matches them. */
final class CssBlocks {

    private CssBlocks() {}

    /** The index of the first of {@code stops} outside of brackets from {@code from} on, or {@code to}. */
    static int find(List<CssToken> tokens, int from, int to, String stops) {
        Deque<Character> closers = new ArrayDeque<>();
        for (int i = from; i < to; i++) {
            CssToken token = tokens.get(i);
            if (token.kind() == Kind.FUNCTION) {
                closers.push(')');
                continue;
            }
            if (token.kind() != Kind.DELIM) {
                continue;
            }
            char c = token.text().charAt(0);
            if (closers.isEmpty() && stops.indexOf(c) >= 0) {
                return i;
            }
            switch (c) {
                case '(' -> closers.push(')');
                case '[' -> closers.push(']');
                case '{' -> closers.push('}');
                default -> {
                    if (!closers.isEmpty() && closers.peek() == c) {
                        closers.pop();
                    }
                }
            }
        }
        return to;
    }
}
