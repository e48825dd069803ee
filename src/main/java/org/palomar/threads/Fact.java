package org.palomar.threads;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.Lineage;
import org.palomar.mail.MessageId;
import org.palomar.mail.Uid;

/**
 * What is kept of one message.
 *
 * @param uid as an unsigned number
 * @param marks bits, see the constants
 * @param date of the Date header in seconds since 1970, unsigned; 0 when unknown
 * @param subject {@link BaseSubject#hash}
 * @param author 12 bits that stand for the author's address, or {@link #NOBODY}
 * @param people the bits of everybody in From, To and Cc
 * @param name what the author is called; empty for the person whose mailbox it is, null when unknown
 * @param own hash of the Message-ID, or 0 when there is none
 * @param ancestors hashes of the messages it answers, at most {@link #MOST_ANCESTORS}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Fact(
        int uid,
        byte marks,
        int date,
        int subject,
        short author,
        long people,
        @Nullable String name,
        long own,
        long[] ancestors) {

    /** Marked as an answer by its subject alone: no header says what it answers. */
    static final byte ORPHAN = 1;

    /** Has a Message-ID. */
    static final byte OWN = 2;

    static final short NOBODY = -1;

    /** The oldest one, which all of a conversation share, and the nearest ones; a chain may be 10,000 long. */
    static final int MOST_ANCESTORS = 30;

    private static final int LONGEST_NAME = 80;

    /** @param username whose mailbox it is */
    static Fact of(Lineage message, String username) {
        Envelope envelope = message.envelope();
        BaseSubject subject = BaseSubject.of(envelope.subject());
        long[] ancestors = ancestors(message);
        int marks = (subject.answer() && ancestors.length == 0 ? ORPHAN : 0) | (envelope.messageId() == null ? 0 : OWN);
        Address from = envelope.from().isEmpty() ? null : envelope.from().getFirst();
        return new Fact(
                (int) message.uid().value(),
                (byte) marks,
                seconds(envelope.date()),
                subject.hash(),
                from == null ? NOBODY : twelve(from),
                Stream.of(envelope.from(), envelope.to(), envelope.cc())
                        .flatMap(List::stream)
                        .mapToLong(person -> bits(twelve(person)))
                        .reduce(0, (a, b) -> a | b),
                name(from, username),
                envelope.messageId() == null ? 0 : hash(envelope.messageId()),
                ancestors);
    }

    /** Of a message that cannot be read: it stands alone. */
    static Fact unreadable(Uid uid) {
        return new Fact((int) uid.value(), (byte) 0, 0, 0, NOBODY, 0, null, 0, new long[0]);
    }

    /** The 64-bit hash that stands for a Message-ID; never 0. */
    static long hash(MessageId id) {
        long hash = Hash.of(id.value());
        return hash == 0 ? 1 : hash;
    }

    /** References, and the first of In-Reply-To, which names the parent where References was cut or left out. */
    private static long[] ancestors(Lineage message) {
        List<MessageId> references = message.references();
        String inReplyTo = message.envelope().inReplyTo();
        List<MessageId> parents = inReplyTo == null ? List.of() : MessageId.all(inReplyTo);
        int skipped = Math.max(0, references.size() - (MOST_ANCESTORS - 2));
        return Stream.of(
                        references.stream().limit(1),
                        references.stream().skip(Math.max(1, skipped)),
                        parents.stream().limit(1))
                .flatMap(ids -> ids)
                .mapToLong(Fact::hash)
                .distinct()
                .toArray();
    }

    private static @Nullable String name(@Nullable Address from, String username) {
        if (from == null || from.display().isBlank()) {
            return null;
        }
        if (from.address().equalsIgnoreCase(username)) {
            return "";
        }
        String name = from.display().strip();
        return name.length() > LONGEST_NAME ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME / 2)) : name;
    }

    private static short twelve(Address address) {
        return (short) (Hash.of(address.address().toLowerCase(Locale.ROOT)) & 0xFFF);
    }

    /** Two bits of 64 for an author: who is among others has both of them there. */
    static long bits(short author) {
        return 1L << (author & 63) | 1L << (author >> 6 & 63);
    }

    private static int seconds(@Nullable Instant date) {
        long seconds = date == null ? 0 : date.getEpochSecond();
        return seconds <= 0 || seconds > 0xFFFF_FFFFL ? 0 : (int) seconds;
    }
}
