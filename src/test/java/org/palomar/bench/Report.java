package org.palomar.bench;

import java.util.List;
import java.util.Locale;

/** The table. */
final class Report {

    /** What one operation cost. {@code commands} and {@code trips} are Palomar's, on the wire to the mail server. */
    record Row(
            Operation operation,
            double first,
            Samples floor,
            Samples palomar,
            int requests,
            long octets,
            int asides,
            long asideOctets,
            int commands,
            int trips) {}

    private Report() {}

    static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder(String.join(
                "\n",
                "| operation | IMAP | Palomar | more | times | p95 | worst | first | requests | KB | IMAP commands |",
                "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
                ""));
        for (Row row : rows) {
            double floor = row.floor().median();
            double palomar = row.palomar().median();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s / %s | **%s** | %s | %sx | %s | %s | %s | %d + %d | %.1f + %.1f | %d in %d |%n",
                    row.operation().name(),
                    number(floor),
                    number(row.floor().quantile(0.95)),
                    number(palomar),
                    number(palomar - floor),
                    number(palomar / floor),
                    number(row.palomar().quantile(0.95)),
                    number(row.palomar().worst()),
                    number(row.first()),
                    row.requests(),
                    row.asides(),
                    row.octets() / 1024.0,
                    row.asideOctets() / 1024.0,
                    row.commands(),
                    row.trips()));
        }
        return table.toString();
    }

    static String load(Load.Result load) {
        return String.format(
                Locale.ROOT,
                "%d people at once: **%.0f operations/s**; list p50 %s, p95 %s ms; open p50 %s, p95 %s ms; %d failed%n",
                load.people(),
                load.perSecond(),
                number(load.list().median()),
                number(load.list().quantile(0.95)),
                number(load.open().median()),
                number(load.open().quantile(0.95)),
                load.failed());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 99.5 ? "%.1f" : "%.0f", value);
    }
}
