package org.palomar.filing;

import java.util.ArrayList;
import java.util.List;
import org.palomar.filing.Tally.Reason;
import org.palomar.web.Flash;
import org.palomar.web.Flash.Sentence;

/**
 * The sentences about one errand: what goes on, and what came of it.
 *
 * @param going message key with the number of messages and {@code place}
 * @param done message key with the number of messages and {@code place}
 * @param gone message key for messages that were no longer there
 * @param place a mailbox as the person knows it; may be empty where no sentence needs it
 */
record Words(String going, String done, String gone, String place) {

    Words(String going, String done, String place) {
        this(going, done, "flash.rest.gone", place);
    }

    /** What became of every message, without a way back. */
    Flash about(Tally tally) {
        List<Sentence> sentences = new ArrayList<>();
        if (tally.settled() == 0) {
            return Flash.warn("flash.rest.none");
        }
        if (tally.done() > 0) {
            sentences.add(sentence(done, tally.done(), place));
        }
        if (tally.there() > 0) {
            sentences.add(sentence("flash.rest.there", tally.there()));
        }
        if (tally.gone() > 0) {
            sentences.add(sentence(gone, tally.gone()));
        }
        Reason why = tally.reason();
        if (tally.left() > 0 && why != null) {
            sentences.add(sentence(left(why), tally.left()));
        }
        if (tally.unknown() > 0) {
            sentences.add(sentence("flash.rest.unknown", tally.unknown()));
        }
        boolean good = tally.isWhole() && tally.done() > 0;
        return new Flash(good ? "ok" : "warn", sentences, "");
    }

    private static String left(Reason why) {
        return switch (why) {
            case STOPPED -> "flash.rest.stopped";
            case QUOTA -> "flash.rest.quota";
            case REFUSED -> "flash.rest.refused";
            case MISSING -> "flash.rest.missing";
            case UNREACHABLE -> "flash.rest.unreachable";
            case UNSUPPORTED -> "flash.rest.unsupported";
            case CHANGED -> "flash.rest.changed";
        };
    }

    private static Sentence sentence(String key, Object... args) {
        return new Sentence(key, List.of(args));
    }
}
