package org.palomar.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mime.AttachmentName;
import org.palomar.mime.Report;
import org.palomar.mime.TextEncoding;
import org.palomar.reading.ReadMessage;

/**
 * What a page says about a message beside its text: reports in plain words, files that lie elsewhere, and the charsets it may be
 * read in. Texts are keys of the words, or a stranger's.
 */
public record Notices(List<ReportCard> reports, List<Elsewhere> elsewhere, List<Encoding> encodings) {

    private static final int MOST_LINES = 200;

    /**
     * One report.
     *
     * @param icon {@code warn} for bad news, else {@code info}
     * @param titleKey what happened
     * @param url path of the report as a file
     */
    public record ReportCard(String icon, String titleKey, List<Line> lines, List<Report.Field> details, String url) {}

    /**
     * One sentence of a report.
     *
     * @param key of the sentence about {@code who}
     * @param reasonKey why, or null
     * @param said the words of the other server, or empty
     */
    public record Line(String key, String who, @Nullable String reasonKey, String said) {}

    /** A file that a message only points to (RFC 2046 section 5.2.3). */
    public record Elsewhere(String name, String where, String access) {}

    /** @param key of its name */
    public record Encoding(String key, String url, boolean current) {}

    static Notices of(List<ReadMessage.Notice> notices, MessagePaths paths) {
        List<ReportCard> reports = new ArrayList<>();
        List<Elsewhere> elsewhere = new ArrayList<>();
        for (ReadMessage.Notice notice : notices) {
            String url = paths.part(notice.part().path());
            switch (notice.report()) {
                case Report.Delivery delivery -> reports.add(card(delivery, url));
                case Report.Receipt receipt -> reports.add(card(receipt, url));
                case Report.Complaint complaint -> reports.add(card(complaint, url));
                case null -> {
                    if (notice.part().subtype().equals("external-body")) {
                        elsewhere.add(elsewhere(notice.part().parameters()));
                    } else {
                        reports.add(new ReportCard("info", "report.title.unreadable", List.of(), List.of(), url));
                    }
                }
            }
        }
        return new Notices(reports, elsewhere, encodings(paths));
    }

    private static List<Encoding> encodings(MessagePaths paths) {
        Stream<Encoding> own =
                Stream.of(new Encoding("encoding.own", paths.in(null).self(), paths.charset() == null));
        Stream<Encoding> others = Arrays.stream(TextEncoding.values())
                .map(each ->
                        new Encoding("encoding." + word(each), paths.in(each).self(), each == paths.charset()));
        return Stream.concat(own, others).toList();
    }

    private static ReportCard card(Report.Delivery delivery, String url) {
        List<Line> lines = delivery.recipients().stream()
                .limit(MOST_LINES)
                .map(recipient -> new Line(
                        "report.delivery." + word(recipient.action()),
                        recipient.original().isEmpty()
                                ? recipient.address()
                                : recipient.address() + " (" + recipient.original() + ")",
                        bad(recipient.action()) ? "report.reason." + word(recipient.reason()) : null,
                        recipient.diagnostic()))
                .toList();
        Report.Action worst = delivery.recipients().stream()
                .map(Report.Recipient::action)
                .min(Report.Action::compareTo)
                .orElse(Report.Action.OTHER);
        return new ReportCard(
                bad(worst) ? "warn" : "info", "report.title." + word(worst), lines, delivery.details(), url);
    }

    private static boolean bad(Report.Action action) {
        return action == Report.Action.FAILED || action == Report.Action.DELAYED;
    }

    private static ReportCard card(Report.Receipt receipt, String url) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("report.receipt." + word(receipt.what()), receipt.reader(), null, ""));
        if (receipt.automatic()) {
            lines.add(new Line("report.receipt.automatic", "", null, ""));
        }
        return new ReportCard("info", "report.title.receipt", lines, receipt.details(), url);
    }

    private static ReportCard card(Report.Complaint complaint, String url) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("report.complaint." + word(complaint.kind()), "", null, ""));
        Map.of(
                        "from",
                        complaint.from(),
                        "to",
                        complaint.to(),
                        "source",
                        complaint.source(),
                        "domain",
                        complaint.domain())
                .entrySet()
                .stream()
                .filter(fact -> !fact.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .forEach(fact -> lines.add(new Line("report.complaint." + fact.getKey(), fact.getValue(), null, "")));
        return new ReportCard("warn", "report.title.complaint", lines, complaint.details(), url);
    }

    private static Elsewhere elsewhere(Map<String, String> parameters) {
        String name = parameters.getOrDefault("name", "");
        String where = Stream.of("url", "site", "server", "directory")
                .map(key -> parameters.getOrDefault(key, ""))
                .filter(value -> !value.isBlank())
                .collect(Collectors.joining(" "));
        return new Elsewhere(
                name.isBlank() ? "" : AttachmentName.of(name, "application/octet-stream", 1),
                where.replaceAll("\\s+", " "),
                parameters.getOrDefault("access-type", "").toUpperCase(Locale.ROOT));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
