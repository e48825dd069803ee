package org.palomar.imap.angus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.angus.mail.iap.Argument;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.UidValidity;

/** LIST in one command where the server can (RFC 5258, 5819, 6154), else LIST with LSUB, and STATUS for each; all pipelined. */
final class MailboxList {

    private static final int STATUS_AT_ONCE = 100;

    private final ImapConnection connection;

    MailboxList(ImapConnection connection) {
        this.connection = connection;
    }

    List<Mailbox> all(boolean withStatus) {
        boolean extended = connection.offers("LIST-EXTENDED");
        boolean counted = extended && connection.offers("LIST-STATUS");
        if (withStatus) {
            catchUp();
        }
        Answer answer = extended
                ? connection.run(Command.read("LIST \"\" \"*\"" + returns(withStatus && counted)))
                : connection.run(List.of(Command.read("LIST \"\" \"*\""), Command.read("LSUB \"\" \"*\"")));
        Failures.check(answer.completions().getFirst());
        Map<MailboxName, Line> lines = new LinkedHashMap<>();
        answer.data("LIST").forEach(response -> {
            Line line = line(response);
            if (line != null) {
                lines.putIfAbsent(line.name, line);
            }
        });
        Set<MailboxName> subscribed = subscribed(answer, lines);
        Map<MailboxName, MailboxStatus> statuses = statuses(answer);
        if (withStatus && !counted) {
            statuses.putAll(oneByOne(lines.values()));
        }
        List<Mailbox> mailboxes = new ArrayList<>();
        lines.forEach((name, line) -> mailboxes.add(new Mailbox(
                name, line.delimiter, line.attributes, null, subscribed.contains(name), statuses.get(name))));
        return SpecialUses.assign(mailboxes);
    }

    MailboxStatus status(MailboxName name) {
        catchUp();
        Answer answer = connection.run(status(name, statusItems()));
        WireResponse completion = answer.completion();
        if (!completion.isOK()) {
            throw Failures.ofSelection(completion);
        }
        MailboxStatus status = statuses(answer).get(name);
        if (status == null) {
            throw new ImapException.Refused("no STATUS for the mailbox");
        }
        return status;
    }

    /**
     * Dovecot counts the selected mailbox as the client last saw it, so what came since then must be told first. A round trip of
     * its own, since Dovecot answers LIST and STATUS before a NOOP that came with them.
     */
    private void catchUp() {
        if (connection.selected() != null) {
            connection.run(Command.read("NOOP"));
        }
    }

    private String returns(boolean withStatus) {
        return " RETURN (SUBSCRIBED"
                + (connection.offers("SPECIAL-USE") ? " SPECIAL-USE" : "")
                + (withStatus ? " STATUS " + statusItems() : "")
                + ")";
    }

    private String statusItems() {
        return "(MESSAGES UNSEEN UIDVALIDITY UIDNEXT" + (connection.offers("CONDSTORE") ? " HIGHESTMODSEQ)" : ")");
    }

    private Command status(MailboxName name, String items) {
        Argument arguments = connection.names().argument(name).writeAtom(items);
        return Command.read("STATUS", arguments);
    }

    private Map<MailboxName, MailboxStatus> oneByOne(Iterable<Line> lines) {
        List<Command> commands = new ArrayList<>();
        for (Line line : lines) {
            if (!line.attributes.contains("\\noselect") && !line.attributes.contains("\\nonexistent")) {
                commands.add(status(line.name, statusItems()));
            }
        }
        Map<MailboxName, MailboxStatus> statuses = new LinkedHashMap<>();
        for (int from = 0; from < commands.size(); from += STATUS_AT_ONCE) {
            List<Command> some = commands.subList(from, Math.min(commands.size(), from + STATUS_AT_ONCE));
            statuses.putAll(statuses(connection.run(some)));
        }
        return statuses;
    }

    private Set<MailboxName> subscribed(Answer answer, Map<MailboxName, Line> lines) {
        Set<MailboxName> subscribed = new HashSet<>();
        answer.data("LSUB").map(this::line).forEach(line -> {
            if (line != null && !line.attributes.contains("\\noselect")) {
                subscribed.add(line.name);
            }
        });
        lines.values().stream()
                .filter(line -> line.attributes.contains("\\subscribed"))
                .forEach(line -> subscribed.add(line.name));
        return subscribed;
    }

    private @Nullable Line line(WireResponse response) {
        try {
            List<Value> values = response.values().rest();
            MailboxName name = values.size() < 3
                    ? null
                    : connection.names().decode(values.get(2).string());
            if (name == null) {
                return null;
            }
            Set<String> attributes = new TreeSet<>();
            values.getFirst().members().forEach(value -> {
                String attribute = value.string();
                if (attribute != null) {
                    attributes.add(attribute.toLowerCase(Locale.ROOT));
                }
            });
            byte[] delimiter = values.get(1).bytes();
            return new Line(
                    name,
                    delimiter == null || delimiter.length == 0
                            ? null
                            : new String(delimiter, StandardCharsets.UTF_8).charAt(0),
                    attributes);
        } catch (ValueReader.Malformed e) {
            return null;
        }
    }

    private Map<MailboxName, MailboxStatus> statuses(Answer answer) {
        Map<MailboxName, MailboxStatus> statuses = new LinkedHashMap<>();
        answer.data("STATUS").forEach(response -> {
            try {
                List<Value> values = response.values().rest();
                MailboxName name = values.size() < 2
                        ? null
                        : connection.names().decode(values.getFirst().string());
                if (name != null) {
                    statuses.put(name, status(values.get(1).members()));
                }
            } catch (ValueReader.Malformed e) {
                // A mailbox without counters is better than no list.
                return;
            }
        });
        return statuses;
    }

    private static MailboxStatus status(List<Value> items) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            String name = items.get(i).string();
            if (name != null) {
                numbers.put(
                        name.toUpperCase(Locale.ROOT),
                        Math.max(0, items.get(i + 1).number(0)));
            }
        }
        long era = numbers.getOrDefault("UIDVALIDITY", 0L);
        return new MailboxStatus(
                numbers.getOrDefault("MESSAGES", 0L),
                numbers.getOrDefault("UNSEEN", 0L),
                era > 0 && era <= 0xFFFF_FFFFL ? new UidValidity(era) : null,
                numbers.getOrDefault("UIDNEXT", 0L),
                numbers.getOrDefault("HIGHESTMODSEQ", 0L));
    }

    private record Line(MailboxName name, @Nullable Character delimiter, Set<String> attributes) {}
}
