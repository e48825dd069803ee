package org.palomar.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;
import org.palomar.web.Reader;

/**
 * A migration as pages show it.
 *
 * @param title whose mail it is there
 * @param state in lower case
 * @param target name of the mailbox here
 * @param leave days it stays there, 0 or -1 as in {@link Plan}
 * @param every minutes, or 0
 * @param rate and {@code left} empty where they are not known
 * @param ended when the last run came to its end, and {@code next} when the next one begins; or empty
 */
public record MigrationPage(
        String id,
        String kind,
        String title,
        String host,
        String state,
        String reason,
        String target,
        String segment,
        int leave,
        int every,
        Progress progress,
        String copied,
        String total,
        String octets,
        String totalOctets,
        String rate,
        @Nullable Left left,
        String ended,
        String next,
        boolean over) {

    /** How long it may take yet. */
    public record Left(String key, long number) {}

    static MigrationPage of(Migration row, Reader reader) {
        Plan plan = row.plan();
        Progress progress = row.progress();
        Instant now = reader.clock().instant();
        boolean running = row.state() == MigrationState.RUNNING;
        long seconds = running && row.begun() != null
                ? Math.max(1, Duration.between(row.begun(), now).toSeconds())
                : 0;
        String target = plan == null ? "INBOX" : plan.target();
        return new MigrationPage(
                row.id(),
                row.kind().word(),
                plan == null ? "" : plan.title(),
                plan == null || plan.server() == null ? "" : plan.server().host(),
                row.state().word(),
                row.reason(),
                target,
                new MailboxName(target).toSegment(),
                plan == null ? Plan.FOREVER : plan.leave(),
                plan == null ? 0 : plan.every(),
                progress,
                reader.number(progress.copied()),
                reader.number(progress.total()),
                reader.size(progress.copiedOctets()),
                progress.totalOctets() < 0 ? "" : reader.size(progress.totalOctets()),
                seconds == 0 || progress.copiedOctets() == 0 ? "" : reader.size(progress.copiedOctets() / seconds),
                left(progress, seconds),
                row.ended() == null ? "" : reader.date(row.ended()),
                row.state() == MigrationState.WAITING && row.due().isAfter(now) ? reader.date(row.due()) : "",
                row.state().isOver());
    }

    private static @Nullable Left left(Progress progress, long seconds) {
        long todo = progress.total() - progress.settled();
        if (seconds < 3 || progress.copied() == 0 || todo <= 0) {
            return null;
        }
        long left = progress.totalOctets() > progress.copiedOctets() && progress.copiedOctets() > 0
                ? (progress.totalOctets() - progress.copiedOctets()) * seconds / progress.copiedOctets()
                : todo * seconds / progress.copied();
        return left < 90
                ? new Left("migration.left.seconds", Math.max(1, left))
                : left < 5_400
                        ? new Left("migration.left.minutes", (left + 30) / 60)
                        : new Left("migration.left.hours", (left + 1_800) / 3_600);
    }

    /** One that could not be brought. */
    public record Skipped(String who, String reason, String size) {}

    static List<Skipped> skipped(List<Entry> entries, Reader reader) {
        return entries.stream()
                .map(entry -> new Skipped(
                        entry.note() == null ? "" : entry.note(), entry.reason(), reader.size(entry.octets())))
                .toList();
    }
}
