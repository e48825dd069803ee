package org.palomar.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a program says about a message: its delivery, its reading, or a complaint. All text is a stranger's. */
public sealed interface Report {

    /** Everything the report says, for those who want to know; as written. */
    List<Field> details();

    record Field(String name, String value) {}

    /** The report in a part of this type, or nothing when it is none or says nothing. */
    static Optional<Report> read(String mediaType, byte[] content) {
        List<List<Field>> groups = ReportFields.groups(content);
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        return switch (mediaType) {
            case "message/delivery-status", "message/global-delivery-status" -> Optional.of(Delivery.of(groups));
            case "message/disposition-notification", "message/global-disposition-notification" ->
                Optional.of(Receipt.of(groups));
            case "message/feedback-report" -> Optional.of(Complaint.of(groups));
            default -> Optional.empty();
        };
    }

    /** Whether parts of this type are reports. */
    static boolean is(String mediaType) {
        return switch (mediaType) {
            case "message/delivery-status",
                    "message/global-delivery-status",
                    "message/disposition-notification",
                    "message/global-disposition-notification",
                    "message/feedback-report" -> true;
            default -> false;
        };
    }

    private static List<Field> flat(List<List<Field>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }

    /** What became of a message (RFC 3464). */
    record Delivery(String reporter, List<Recipient> recipients, List<Field> details) implements Report {

        static Delivery of(List<List<Field>> groups) {
            List<Recipient> recipients = new ArrayList<>();
            for (List<Field> group : groups) {
                if (!ReportFields.value(group, "final-recipient").isEmpty()
                        || !ReportFields.value(group, "original-recipient").isEmpty()
                        || !ReportFields.value(group, "action").isEmpty()) {
                    recipients.add(Recipient.of(group));
                }
            }
            return new Delivery(ReportFields.typed(groups.getFirst(), "reporting-mta"), recipients, flat(groups));
        }
    }

    /**
     * One recipient of a {@link Delivery}.
     *
     * @param status enhanced status code (RFC 3463), as far as there is one
     * @param diagnostic what the other server said
     */
    record Recipient(String address, String original, Action action, String status, String diagnostic, String server) {

        static Recipient of(List<Field> group) {
            String last = ReportFields.typed(group, "final-recipient");
            String original = ReportFields.typed(group, "original-recipient");
            return new Recipient(
                    last.isEmpty() ? original : last,
                    original.equalsIgnoreCase(last) ? "" : original,
                    Action.of(ReportFields.value(group, "action")),
                    ReportFields.value(group, "status"),
                    ReportFields.typed(group, "diagnostic-code"),
                    ReportFields.typed(group, "remote-mta"));
        }

        public Reason reason() {
            return Reason.of(status);
        }
    }

    /** RFC 3464 section 2.3.3. */
    enum Action {
        FAILED,
        DELAYED,
        DELIVERED,
        RELAYED,
        EXPANDED,
        OTHER;

        static Action of(String value) {
            String word = value.strip().toLowerCase(Locale.ROOT);
            for (Action action : values()) {
                if (word.startsWith(action.name().toLowerCase(Locale.ROOT))) {
                    return action;
                }
            }
            return OTHER;
        }
    }

    /** Why, by the status code (RFC 3463 section 3) in a few kinds that people know. */
    enum Reason {
        NO_ADDRESS,
        NO_DOMAIN,
        FULL,
        DISABLED,
        TOO_LARGE,
        UNREACHABLE,
        LOOP,
        REFUSED,
        CONTENT,
        UNKNOWN;

        static Reason of(String status) {
            String[] numbers = status.strip().split("[^0-9]+", 4);
            if (numbers.length < 3) {
                return UNKNOWN;
            }
            return switch (numbers[1] + "." + numbers[2]) {
                case "1.1", "1.3", "1.6", "1.10" -> NO_ADDRESS;
                case "1.2", "4.4" -> NO_DOMAIN;
                case "2.2" -> FULL;
                case "2.1" -> DISABLED;
                case "2.3", "3.4" -> TOO_LARGE;
                case "4.6" -> LOOP;
                default ->
                    switch (numbers[1]) {
                        case "3", "4" -> UNREACHABLE;
                        case "6" -> CONTENT;
                        case "7" -> REFUSED;
                        default -> UNKNOWN;
                    };
            };
        }
    }

    /** What became of a message in front of its reader (RFC 8098). */
    record Receipt(String reader, What what, boolean automatic, String disposition, List<Field> details)
            implements Report {

        static Receipt of(List<List<Field>> groups) {
            List<Field> all = flat(groups);
            String disposition = ReportFields.value(all, "disposition");
            String lower = disposition.toLowerCase(Locale.ROOT);
            String type = lower.substring(lower.indexOf(';') + 1).strip();
            String reader = ReportFields.typed(all, "final-recipient");
            return new Receipt(
                    reader.isEmpty() ? ReportFields.typed(all, "original-recipient") : reader,
                    What.of(type),
                    lower.contains("automatic-action") || lower.contains("mdn-sent-automatically"),
                    disposition,
                    all);
        }
    }

    /** RFC 8098 section 3.2.6.2, and what older programs say. */
    enum What {
        DISPLAYED,
        DELETED,
        DISPATCHED,
        PROCESSED,
        DENIED,
        FAILED,
        OTHER;

        static What of(String type) {
            for (What what : values()) {
                if (type.startsWith(what.name().toLowerCase(Locale.ROOT))) {
                    return what;
                }
            }
            return OTHER;
        }
    }

    /** A complaint about a message (RFC 5965). */
    record Complaint(Kind kind, String from, String to, String source, String domain, List<Field> details)
            implements Report {

        static Complaint of(List<List<Field>> groups) {
            List<Field> all = flat(groups);
            return new Complaint(
                    Kind.of(ReportFields.value(all, "feedback-type")),
                    ReportFields.value(all, "original-mail-from"),
                    ReportFields.value(all, "original-rcpt-to"),
                    ReportFields.value(all, "source-ip"),
                    ReportFields.value(all, "reported-domain"),
                    all);
        }
    }

    /** RFC 5965 section 7.3. */
    enum Kind {
        ABUSE,
        FRAUD,
        VIRUS,
        NOT_SPAM,
        AUTH_FAILURE,
        OTHER;

        static Kind of(String type) {
            String word = type.strip().toLowerCase(Locale.ROOT).replace('-', '_');
            for (Kind kind : values()) {
                if (word.equals(kind.name().toLowerCase(Locale.ROOT))) {
                    return kind;
                }
            }
            return OTHER;
        }
    }
}
