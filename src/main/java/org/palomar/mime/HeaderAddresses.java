package org.palomar.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;

/**
 * The mailboxes of a header field as strangers write it (RFC 5322 sections 3.4 and 4.4), one after the other; in linear time,
 * never failing. What stands in angle brackets is the address, whatever else looks like one; a group gives its members, or its
 * name when it has none.
 */
final class HeaderAddresses {

    private static final int MOST = 10_000;
    private static final int LONGEST_WORD = 1_000;

    private final String field;
    private final List<Address> found = new ArrayList<>();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder bare = new StringBuilder();
    private final StringBuilder comments = new StringBuilder();
    private @Nullable StringBuilder angle;
    private boolean open;
    private @Nullable String group;
    private int members;

    private HeaderAddresses(String field) {
        this.field = field;
    }

    /**
     * At most 10,000 mailboxes.
     *
     * @param field characters up to U+00FF may stand for octets
     * @param hint the charset of such octets, or null
     */
    static List<Address> parse(String field, @Nullable String hint) {
        HeaderAddresses addresses = new HeaderAddresses(HeaderText.octetsRead(field, hint));
        addresses.all();
        return addresses.found;
    }

    private void all() {
        for (int at = 0; at < field.length() && found.size() < MOST; ) {
            at = next(at);
        }
        end();
        endGroup();
    }

    private int next(int at) {
        char c = field.charAt(at);
        if (c == '"') {
            return quoted(at);
        } else if (c == '(') {
            return comment(at);
        } else if (c == '<') {
            before();
        } else if (c == '>' && open) {
            open = false;
        } else if (c == ',' && !(open && angle != null && angle.indexOf("@") == 0)) {
            end();
        } else if (c == ';' && !open) {
            end();
            endGroup();
        } else if (c == ':' && !open) {
            beginGroup();
        } else if (c == '[' && !bare.isEmpty() && bare.charAt(bare.length() - 1) == '@') {
            return literal(at);
        } else if (c == '=' && !open) {
            int end = Math.max(encodedWord(at), at + 1);
            append(field.substring(at, end));
            return end;
        } else {
            append(String.valueOf(c));
        }
        return at + 1;
    }

    /** A bracket opens: what stood in one before was part of the name. */
    private void before() {
        if (angle != null && !open) {
            name.append(' ').append('<').append(angle).append('>');
        }
        angle = new StringBuilder();
        open = true;
    }

    private void append(String text) {
        if (open && angle != null) {
            angle.append(text);
        } else {
            name.append(text);
            bare.append(text);
        }
    }

    private int quoted(int from) {
        StringBuilder text = new StringBuilder();
        int at = from + 1;
        while (at < field.length() && field.charAt(at) != '"') {
            boolean escape = field.charAt(at) == '\\' && at + 1 < field.length();
            text.append(field.charAt(escape ? at + 1 : at));
            at += escape ? 2 : 1;
        }
        String quoted = field.substring(from, Math.min(at + 1, field.length()));
        if (open && angle != null) {
            angle.append(quoted);
        } else {
            name.append(text);
            bare.append(quoted);
        }
        return at + 1;
    }

    private int comment(int from) {
        int depth = 0;
        int at = from;
        for (; at < field.length(); at++) {
            char c = field.charAt(at);
            at += c == '\\' ? 1 : 0;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        int end = Math.min(at + 1, field.length());
        if (!open) {
            String text = field.substring(from, end);
            comments.append(comments.isEmpty() ? "" : " ").append(text);
            name.append(' ').append(text);
        }
        return end;
    }

    private int literal(int from) {
        int close = field.substring(from, Math.min(field.length(), from + LONGEST_WORD))
                .indexOf(']');
        int end = from + Math.max(close, 0) + 1;
        append(field.substring(from, end));
        return end;
    }

    /** Where the encoded word at this place ends, or {@code at}: the separators in it separate nothing. */
    private int encodedWord(int at) {
        if (!field.startsWith("=?", at)) {
            return at;
        }
        String word = field.substring(at, Math.min(field.length(), at + LONGEST_WORD));
        int charset = word.indexOf('?', 2);
        int end = charset < 0 ? -1 : word.indexOf("?=", charset + 3);
        return end < 0 || word.substring(0, end).indexOf('<') >= 0 ? at : at + end + 2;
    }

    private void beginGroup() {
        endGroup();
        group = decoded(name.toString());
        members = 0;
        reset();
    }

    private void endGroup() {
        if (group != null && members == 0 && !group.isEmpty()) {
            found.add(new Address(group, ""));
        }
        group = null;
    }

    private void end() {
        Address address = angle != null ? bracketed(angle.toString()) : plain();
        if (address != null) {
            found.add(address);
            members++;
        }
        reset();
    }

    private void reset() {
        name.setLength(0);
        bare.setLength(0);
        comments.setLength(0);
        angle = null;
        open = false;
    }

    private @Nullable Address bracketed(String inside) {
        String spec = inside.strip();
        // A route of old (RFC 5322 section 4.4) says nothing today.
        spec = spec.startsWith("@") && spec.indexOf(':') > 0 ? spec.substring(spec.indexOf(':') + 1) : spec;
        String shown = decoded(name.toString());
        return spec.isEmpty() && shown.isEmpty() ? null : new Address(shown.isEmpty() ? null : shown, line(spec));
    }

    private @Nullable Address plain() {
        String text = spaced(bare.toString()).replaceAll(" ?@ ?", "@");
        String remark = decoded(comments.isEmpty() ? "" : comments.toString().replaceAll("^\\(|\\)$", ""));
        if (text.isEmpty()) {
            return remark.isEmpty() ? null : new Address(remark, "");
        }
        if (text.indexOf('@') < 0) {
            return new Address(decoded(name.toString()), "");
        }
        if (text.startsWith("\"")) {
            return new Address(remark.isEmpty() ? null : remark, line(text));
        }
        StringBuilder others = new StringBuilder();
        String address = null;
        for (String word : text.split("\\s+", -1)) {
            if (address == null && word.indexOf('@') >= 0) {
                address = word;
            } else {
                others.append(others.isEmpty() ? "" : " ").append(word);
            }
        }
        String shown = decoded(others + (remark.isEmpty() ? "" : " " + remark));
        return new Address(shown.isEmpty() ? null : shown, line(address == null ? text : address));
    }

    private static String decoded(String text) {
        return HeaderText.words(spaced(text));
    }

    private static String spaced(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String line(String address) {
        return HeaderText.line(address);
    }
}
